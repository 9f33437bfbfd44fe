import { stat } from 'node:fs/promises'
import type { SqliteDatabase, SqliteStore } from '../adapters/sqlite/index.ts'
import { CommandFailure } from './command-failure.ts'
import { EXIT } from './io.ts'
import { isMissing } from './languages.ts'

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

/** Opens the database of a host, with whichever driver is installed. The file has to be there: none is made. */
export async function openDatabase(file: string): Promise<SqliteStore> {
  const found = await stat(file).catch(() => undefined)
  if (found?.isFile() !== true)
    throw unusable('file.missing', `There is no database ${file}`, 'Check the path')
  const { sqliteStore } = await import('../adapters/sqlite/index.ts')
  return sqliteStore((await openDriver(file)) as SqliteDatabase)
}

async function openDriver(file: string): Promise<unknown> {
  for (const { name, open } of DRIVERS) {
    try {
      return open((await import(name)) as Driver, file)
    } catch (error) {
      const { code } = error as { code?: unknown }
      if (!isMissing(error, name) && code !== 'ERR_UNKNOWN_BUILTIN_MODULE')
        throw unusable('file.unreadable', `${file} cannot be opened as a database`, 'Check the file')
    }
  }
  throw unusable(
    'cli.sqliteMissing',
    'No driver for SQLite is installed',
    'Run npm install libsql, or use Node 22 or newer',
  )
}

function unusable(code: string, problem: string, next: string): CommandFailure {
  return new CommandFailure({ code, problem, next, exitCode: EXIT.unusable })
}
