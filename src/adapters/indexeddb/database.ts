/// <reference lib="dom" />
import { SluiceError } from '../../base/sluice-error.ts'

/** The version of the object stores below; a newer one upgrades what an older one has left. */
const VERSION = 2

/** Object stores with their keys, and the indexes that something is looked up by. */
const STORES = {
  streams: { keyPath: 'name', indexes: {} },
  events: { keyPath: ['stream', 'revision'], indexes: {} },
  contents: { keyPath: 'hash', indexes: {} },
  numbers: { keyPath: 'name', indexes: {} },
  sessions: {
    keyPath: ['tenant', 'session'],
    indexes: {
      started: ['tenant', 'head.startedAt', 'session'],
      contact: ['tenant', 'head.contact', 'head.startedAt', 'session'],
      ended: ['tenant', 'head.endedAt'],
    },
  },
  history: { keyPath: ['tenant', 'session', 'revision'], indexes: {} },
  timers: { keyPath: ['tenant', 'due', 'session'], indexes: { session: ['tenant', 'session'] } },
  claims: {
    keyPath: ['tenant', 'key'],
    indexes: { session: ['tenant', 'session'], until: ['tenant', 'until'] },
  },
  marks: { keyPath: ['tenant', 'mark', 'session'], indexes: { session: ['tenant', 'session'] } },
  outbox: { keyPath: ['tenant', 'number'], indexes: { session: ['tenant', 'session'] } },
  dead: { keyPath: ['tenant', 'number'], indexes: { session: ['tenant', 'session'] } },
  log: { keyPath: ['tenant', 'number'], indexes: { session: ['tenant', 'session'] } },
  counts: { keyPath: ['tenant', 'name'], indexes: {} },
  cursors: { keyPath: ['tenant', 'name'], indexes: {} },
  contacts: { keyPath: ['tenant', 'id'], indexes: {} },
  addresses: { keyPath: ['tenant', 'address'], indexes: {} },
  memberships: {
    keyPath: ['tenant', 'segment', 'contact'],
    indexes: {
      number: ['tenant', 'segment', 'number'],
      contact: ['tenant', 'contact'],
      open: ['tenant', 'open', 'number'],
    },
  },
  // From version 2 on.
  links: {
    keyPath: ['tenant', 'id'],
    indexes: { code: ['tenant', 'code'], place: ['tenant', 'place', 'id'] },
  },
  tallies: { keyPath: ['tenant', 'name'], indexes: { until: ['tenant', 'until'] } },
} as const satisfies Readonly<
  Record<string, { readonly keyPath: string | readonly string[]; readonly indexes: object }>
>

export type StoreName = keyof typeof STORES

/** The object stores of one transaction. What is awaited inside of it has to be a request of it: anything else ends it. */
export type Stores = <Name extends StoreName>(name: Name) => IDBObjectStore

export interface Database {
  /** Reads in one transaction. */
  read<Result>(names: readonly StoreName[], work: (stores: Stores) => Promise<Result>): Promise<Result>
  /** Writes in one transaction, and resolves when it is on the disk; where the work throws, nothing of it is kept. */
  write<Result>(names: readonly StoreName[], work: (stores: Stores) => Promise<Result>): Promise<Result>
  close(): void
}

/** Opens a database by its name, and makes it where there is none. */
export async function openDatabase(factory: IDBFactory, name: string): Promise<Database> {
  const opening = factory.open(name, VERSION)
  opening.onupgradeneeded = () => makeStores(opening.result)
  let database: IDBDatabase
  try {
    database = await opened(opening)
  } catch (cause) {
    throw openingError(name, cause)
  }
  // A newer version of the page wants to upgrade it.
  database.onversionchange = () => database.close()
  const run = async <Result>(
    mode: IDBTransactionMode,
    names: readonly StoreName[],
    work: (stores: Stores) => Promise<Result>,
  ): Promise<Result> => {
    let transaction: IDBTransaction
    try {
      transaction = database.transaction([...names], mode, { durability: 'strict' })
    } catch (cause) {
      throw storeError(cause)
    }
    const ended = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(storeError(transaction.error))
    })
    // Where the work fails, that is what is told.
    ended.catch(() => {})
    try {
      const result = await work((each) => transaction.objectStore(each))
      await ended
      return result
    } catch (error) {
      try {
        transaction.abort()
      } catch {}
      throw error instanceof DOMException ? storeError(error) : error
    }
  }
  return {
    read: (names, work) => run('readonly', names, work),
    write: (names, work) => run('readwrite', names, work),
    close: () => database.close(),
  }
}

/** What an opening comes to: where others keep the browser from it, that is told, and the database is not held later on. */
function opened(opening: IDBOpenDBRequest): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
    opening.onblocked = () => {
      opening.onsuccess = () => opening.result.close()
      reject(new Error('Another tab has the database open and does not let go of it'))
    }
  })
}

function openingError(name: string, cause: unknown): SluiceError {
  if ((cause as { readonly name?: string } | null)?.name === 'VersionError')
    return new SluiceError({
      code: 'store.newer',
      problem: `A later release of Sluice has written to the database ${name}`,
      next: 'Load the page anew, with that release or a later one',
      cause,
    })
  return new SluiceError({
    code: 'store.failed',
    problem: `The database ${name} cannot be opened`,
    next: 'Close other tabs of an older version, and see whether the browser lets this page store data',
    cause,
  })
}

function makeStores(database: IDBDatabase): void {
  for (const [name, { keyPath, indexes }] of Object.entries(STORES)) {
    // Stores are added and never changed, so that what an earlier version has made stays.
    if (database.objectStoreNames.contains(name)) continue
    const path = typeof keyPath === 'string' ? keyPath : [...keyPath]
    const store = database.createObjectStore(name, { keyPath: path })
    for (const [index, members] of Object.entries(indexes as Record<string, readonly string[]>))
      store.createIndex(index, [...members])
  }
}

/** What a request comes to. */
export function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Every key that begins with these parts: arrays stand behind all numbers, dates and texts. */
export function beginningWith(...parts: readonly IDBValidKey[]): IDBKeyRange {
  return IDBKeyRange.bound([...parts], [...parts, []])
}

function storeError(cause: unknown): SluiceError {
  const name = (cause as { readonly name?: string } | null)?.name
  if (name === 'QuotaExceededError')
    return new SluiceError({
      code: 'store.full',
      problem: 'The browser gives the page no more room',
      next: 'Remove old sessions, or ask for persistent storage',
      cause,
    })
  if (name === 'InvalidStateError')
    return new SluiceError({
      code: 'store.closed',
      problem: 'The store has been closed',
      next: 'Close it when nothing uses it any more',
      cause,
    })
  return new SluiceError({
    code: 'store.failed',
    problem: 'The browser could not read or write its database',
    next: 'See the cause',
    cause,
  })
}
