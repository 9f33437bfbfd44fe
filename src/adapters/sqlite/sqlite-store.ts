import { SluiceError } from '../../base/sluice-error.ts'
import type { Store } from '../../runtime/stores/store.ts'
import { Connection } from './connection.ts'
import { sqliteContactStore } from './contact-store.ts'
import { sqliteContentStore } from './content-store.ts'
import { sqliteEventStore } from './event-store.ts'
import { sqliteLinkStore } from './link-store.ts'
import { migrate, requireSchema } from './migrate.ts'
import { sqliteSessionStore } from './session-store.ts'
import type { SqliteDatabase } from './sqlite-database.ts'
import { isBusy, storeError } from './store-errors.ts'
import { Tenants } from './tenants.ts'

export interface SqliteStoreOptions {
  /**
   * `full`, unless given: what a call has resolved for survives the loss of power. `relaxed`: it survives the end of the
   * process, but the loss of power may take back the last calls, whole ones; a call then waits for no disk.
   */
  readonly durability?: 'full' | 'relaxed'
  /**
   * How long a call waits for another process to let go of the file, in milliseconds, before it rejects with `store.busy`.
   * The thread waits with it. 5,000 unless given.
   */
  readonly busyTimeoutMs?: number
  /**
   * For tools that look into the file of a host: nothing is written, neither a schema nor anything else, and what would
   * write rejects with `store.readOnly`. `false` unless given.
   */
  readonly readOnly?: boolean
}

/** A store in a database of SQLite. */
export interface SqliteStore extends Store {
  /** Closes the database. Whatever is asked of the store after that rejects with `store.closed`. */
  close(): Promise<void>
}

/** Pages that may be kept in memory, as kibibytes; SQLite takes a number below 0 for that. */
const CACHE_KIB = 65_536

/** Pages of the log of writes after which they go into the file itself, 16 MB. At 1,000, as SQLite has it, hot pages would go too often. */
const CHECKPOINT_PAGES = 4_000

/**
 * Everything that a workspace and its host keep, in one file of SQLite. Takes an open database of `libsql`,
 * `better-sqlite3` or `node:sqlite`, for the store alone, and brings its schema up to date.
 *
 * Throws `store.foreign` for a file of somebody else, `store.newer` for one that a later release has written to,
 * `store.older` for one that would have to be brought up to date and is only to be read, and `store.busy` where the file
 * stays locked.
 *
 * @example
 * import Database from 'libsql'
 * const store = sqliteStore(new Database('flows.db'))
 * const workspace = openWorkspace({ id: 'acme', nodes: palette, ...store })
 */
export function sqliteStore(database: SqliteDatabase, options: SqliteStoreOptions = {}): SqliteStore {
  const { durability = 'full', busyTimeoutMs = 5_000, readOnly = false } = options
  if (!(busyTimeoutMs >= 0 && busyTimeoutMs <= 0x7fff_ffff) || !['full', 'relaxed'].includes(durability)) {
    throw new SluiceError({
      code: 'store.options',
      problem: `A store cannot be opened with durability ${durability} and busyTimeoutMs ${busyTimeoutMs}`,
      next: 'Pass full or relaxed, and milliseconds from 0 on, or leave them out',
    })
  }
  const connection = new Connection(database, readOnly)
  try {
    connection.exec(`PRAGMA busy_timeout = ${Math.trunc(busyTimeoutMs)}`)
    if (readOnly) {
      connection.exec('PRAGMA query_only = ON')
      requireSchema(connection)
    } else {
      migrate(connection)
      useWriteAheadLog(connection, busyTimeoutMs)
      connection.exec(`PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`)
      connection.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    }
    connection.exec(`PRAGMA cache_size = -${CACHE_KIB}`)
  } catch (error) {
    throw storeError(error)
  }
  const tenants = new Tenants(connection)
  return {
    events: sqliteEventStore(connection),
    contents: sqliteContentStore(connection),
    sessions: sqliteSessionStore(connection, tenants),
    contacts: sqliteContactStore(connection, tenants),
    links: sqliteLinkStore(connection, tenants),
    close: async () => connection.close(),
  }
}

/** A step between two tries. */
const PAUSE_MS = 10

/**
 * Readers and the writer do not wait for each other with it. It stays with the file, so it is asked for once in its life;
 * for that one change SQLite does not wait for others by itself.
 */
function useWriteAheadLog(connection: Connection, patienceMs: number): void {
  for (let waited = 0; ; waited += PAUSE_MS) {
    try {
      if (connection.prepare('PRAGMA journal_mode').get()?.journal_mode !== 'wal') {
        connection.prepare('PRAGMA journal_mode = WAL').get()
      }
      return
    } catch (error) {
      if (!isBusy(error) || waited >= patienceMs) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
    }
  }
}
