import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { afterEach } from 'vitest'
import type { SqliteDatabase } from '../../../src/adapters/sqlite/index.ts'

/** A driver that the store is tried with. */
export interface Driver {
  readonly name: string
  readonly open: (file: string) => SqliteDatabase
  /** Why it cannot be tried here. */
  readonly missing?: string
}

const require = createRequire(import.meta.url)

function driver(name: string, openWith: (module: never) => (file: string) => SqliteDatabase): Driver {
  try {
    return { name, open: openWith(require(name) as never) }
  } catch (error) {
    const missing = (error as Error).message.split('\n')[0]!
    const open = () => {
      throw new Error(missing)
    }
    return { name, open, missing }
  }
}

type Constructor = new (file: string) => SqliteDatabase

/** libsql is always there; the others where they are installed, or where Node has them. */
export const libsql: Driver = { name: 'libsql', open: (file) => new Libsql(file) }
export const DRIVERS: readonly Driver[] = [
  libsql,
  driver('better-sqlite3', (Database: Constructor) => (file) => new Database(file)),
  driver(
    'node:sqlite',
    ({ DatabaseSync }: { DatabaseSync: Constructor }) =>
      (file) =>
        new DatabaseSync(file),
  ),
]

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0).reverse()) cleanUp()
})

/** The path of a database that is not there yet, in a folder that is removed after the test. */
export function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-sqlite-'))
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'flows.db')
}

/** Closes what a test leaves open. */
export function closing<Database extends SqliteDatabase>(database: Database): Database {
  cleanUps.push(() => {
    try {
      database.close()
    } catch {}
  })
  return database
}
