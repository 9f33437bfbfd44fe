import { stat } from 'node:fs/promises'
import type { SqliteDatabase, SqliteStore } from '../adapters/sqlite/index.ts'
import { CommandFailure } from './command-failure.ts'
import { EXIT } from './io.ts'

/** Packages that open a database, the one that is asked for first; the last one is part of newer versions of Node. */
const DRIVERS: readonly {
  readonly name: string
  readonly open: (module: Driver, file: string) => unknown
}[] = [
  { name: 'libsql', open: ({ default: Database }, file) => new Database!(file) },
  { name: 'better-sqlite3', open: ({ default: Database }, file) => new Database!(file) },
  { name: 'node:sqlite', open: ({ DatabaseSync }, file) => new DatabaseSync!(file) },
]

interface Driver {
  readonly default?: new (file: string) => unknown
  readonly DatabaseSync?: new (file: string) => unknown
}

/**
 * Opens the database of a host, with whichever driver is installed. The file has to be there: none is made. Only with
 * `write` is anything changed, so that to look at a file brings no schema up to date that its host still needs.
 */
export async function openDatabase(
  file: string,
  { write = false }: { readonly write?: boolean } = {},
): Promise<SqliteStore> {
  const found = await stat(file).catch(() => undefined)
  if (found?.isFile() !== true)
    throw unusable('file.missing', `There is no database ${file}`, 'Check the path')
  const { sqliteStore } = await import('../adapters/sqlite/index.ts')
  return sqliteStore((await openDriver(file)) as SqliteDatabase, { readOnly: !write })
}

async function openDriver(file: string): Promise<unknown> {
  for (const { name, open } of DRIVERS) {
    // A driver may be there without the binary that it needs; the next one may do.
    const module = (await import(name).catch(() => undefined)) as Driver | undefined
    if (module === undefined) continue
    try {
      return open(module, file)
    } catch {
      throw unusable('file.unreadable', `${file} cannot be opened as a database`, 'Check the file')
    }
  }
  throw unusable(
    'cli.sqliteMissing',
    'No driver for SQLite can be loaded',
    'Run npm install libsql, or use Node 22 or newer',
  )
}

function unusable(code: string, problem: string, next: string): CommandFailure {
  return new CommandFailure({ code, problem, next, exitCode: EXIT.unusable })
}
