import { SluiceError } from '../../base/sluice-error.ts'
import { type Slice, sliceOf, sliceSize } from '../../releases/reading/slice.ts'
import type {
  DeadLetter,
  ListedSession,
  SessionHead,
  SessionQuery,
  SessionStore,
  StoredLogEntry,
  StoredSession,
} from '../../runtime/stores/session-store.ts'
import { beginningWith, type Database, done, type StoreName, type Stores } from './database.ts'
import { walk } from './walk.ts'
import { holderOf, OF_COMMITS, writeCommits } from './write-commits.ts'

/** Object stores whose rows belong to a session, with the index that finds them. */
const OF_SESSIONS = ['timers', 'claims', 'marks', 'outbox', 'dead', 'log'] as const

/** Sessions, and all that changes together with them. */
export function indexedDbSessionStore(database: Database): SessionStore {
  const read = database.read
  return {
    commit(tenant, commits) {
      const headless = commits.find(({ next }) => next?.expected === 0 && next.head === undefined)
      if (headless !== undefined) return Promise.reject(noHead(headless.next!.session))
      return database.write(OF_COMMITS, (stores) => writeCommits(stores, tenant, commits))
    },
    read: (tenant, session) =>
      read(['sessions'], async (stores) => {
        const row = await done(stores('sessions').get([tenant, session]))
        return row === undefined ? undefined : withoutTenant<StoredSession>(row)
      }),
    list: (tenant, query) => read(['sessions'], (stores) => list(stores, tenant, query)),
    history: (tenant, session, after = 0) =>
      read(['history'], async (stores) => {
        const range = IDBKeyRange.bound([tenant, session, after], [tenant, session, []], true)
        const rows = await done(stores('history').getAll(range))
        return rows.map(({ revision, text }) => ({ revision, text }))
      }),
    claimant: (tenant, key, now) => read(['claims'], (stores) => holderOf(stores, tenant, key, now)),
    marked: (tenant, mark, query) =>
      read(['marks'], async (stores) => {
        const size = sliceSize(query)
        const range = IDBKeyRange.bound([tenant, mark, query.after ?? ''], [tenant, mark, []], true)
        const rows = await done(stores('marks').getAll(range, size + 1))
        return sliceOf(
          rows.map(({ session }) => session as string),
          size,
          (session) => session,
        )
      }),
    due: (tenant, until, limit) =>
      read(['timers'], async (stores) => {
        if (limit < 1) return []
        const range = IDBKeyRange.bound([tenant], [tenant, until, []])
        const rows = await done(stores('timers').getAll(range, limit))
        return rows.map(({ session, due }) => ({ session, due }))
      }),
    nextDue: (tenant) =>
      read(
        ['timers'],
        async (stores) => (await done(stores('timers').getAll(beginningWith(tenant), 1)))[0]?.due,
      ),
    outbox: (tenant, after, limit) =>
      read(['outbox'], async (stores) => {
        if (limit < 1) return []
        const range = IDBKeyRange.bound([tenant, after], [tenant, []], true)
        const rows = await done(stores('outbox').getAll(range, limit))
        return rows.map(({ number, session, text, at }) => ({ number, session, text, at }))
      }),
    deadLetters: (tenant, query) =>
      read(['dead'], (stores) =>
        latest<DeadLetter>(stores, 'dead', tenant, query, ({ session }) =>
          query.session === undefined ? true : session === query.session,
        ),
      ),
    log: (tenant, query) =>
      read(['log'], (stores) =>
        latest<StoredLogEntry>(
          stores,
          'log',
          tenant,
          query,
          ({ session, logbook }) =>
            (query.session === undefined || session === query.session) &&
            (query.logbook === undefined || logbook === query.logbook),
        ),
      ),
    counts: (tenant, prefix) =>
      read(['counts'], async (stores) => {
        const range = IDBKeyRange.bound([tenant, prefix], [tenant, []])
        const counts = new Map<string, number>()
        await walk<AnyRow>(stores('counts').openCursor(range), ({ name, value }) => {
          if (!name.startsWith(prefix)) return false
          if (value !== 0) counts.set(name, value)
          return true
        })
        return counts
      }),
    cursor: (tenant, name) =>
      read(['cursors'], async (stores) => (await done(stores('cursors').get([tenant, name])))?.value ?? 0),
    erase: (tenant, sessions) =>
      database.write(['sessions', 'history', ...OF_SESSIONS], async (stores) => {
        for (const session of sessions) await erase(stores, tenant, session)
      }),
    endedBefore: (tenant, instant, limit) =>
      read(['sessions'], async (stores) => {
        if (limit < 1) return []
        const range = IDBKeyRange.bound([tenant], [tenant, instant], false, true)
        const rows = await done(stores('sessions').index('ended').getAll(range, limit))
        return rows.map(({ session }) => session as string)
      }),
    dropExpired: (tenant, now) =>
      database.write(['claims'], async (stores) => {
        const range = IDBKeyRange.bound([tenant], [tenant, now])
        for (const key of await done(stores('claims').index('until').getAllKeys(range)))
          stores('claims').delete(key as IDBValidKey)
      }),
  }
}

/** From the latest on; a contact is looked up, every other condition is tried on what there is. */
async function list(stores: Stores, tenant: string, query: SessionQuery): Promise<Slice<ListedSession>> {
  const size = sliceSize(query)
  const { contact, after } = query
  const prefix = contact === undefined ? [tenant] : [tenant, contact]
  const place = after === undefined ? undefined : readPlace(after)
  const range =
    place === undefined
      ? beginningWith(...prefix)
      : IDBKeyRange.bound(prefix, [...prefix, ...place], false, true)
  const index = stores('sessions').index(contact === undefined ? 'started' : 'contact')
  const found: ListedSession[] = []
  await walk<AnyRow>(index.openCursor(range, 'prev'), ({ session, head }) => {
    if (matches(head, query)) found.push({ session, head })
    return found.length <= size
  })
  return sliceOf(found, size, ({ session, head }) => JSON.stringify([head.startedAt, session]))
}

function readPlace(after: string): [number, string] {
  try {
    const [startedAt, session] = JSON.parse(after)
    if (typeof startedAt === 'number' && typeof session === 'string') return [startedAt, session]
  } catch {}
  throw badPage()
}

function matches(head: SessionHead, { flow, version, status, test, outcome }: SessionQuery): boolean {
  return (
    (flow === undefined || head.flow === flow) &&
    (version === undefined || head.version === version) &&
    (status === undefined || head.status === status) &&
    (test === undefined || (head.test === true) === test) &&
    (outcome === undefined || head.outcome === outcome)
  )
}

/** The latest of numbered rows that a condition holds for. */
async function latest<Item extends { readonly number: number }>(
  stores: Stores,
  name: StoreName,
  tenant: string,
  query: { readonly after?: string; readonly limit?: number },
  holds: (item: Item) => boolean,
): Promise<Slice<Item>> {
  const size = sliceSize(query)
  const before = query.after === undefined ? Number.POSITIVE_INFINITY : Number(query.after)
  if (Number.isNaN(before)) throw badPage()
  const found: Item[] = []
  await walk<AnyRow>(
    stores(name).openCursor(IDBKeyRange.bound([tenant], [tenant, before], false, true), 'prev'),
    (row) => {
      const item = withoutTenant<Item>(row)
      if (holds(item)) found.push(item)
      return found.length <= size
    },
  )
  return sliceOf(found, size, ({ number }) => number)
}

async function erase(stores: Stores, tenant: string, session: string): Promise<void> {
  stores('sessions').delete([tenant, session])
  stores('history').delete(beginningWith(tenant, session))
  for (const name of OF_SESSIONS) {
    const store = stores(name)
    const keys = await done(store.index('session').getAllKeys([tenant, session]))
    for (const key of keys) store.delete(key)
  }
}

// biome-ignore lint/suspicious/noExplicitAny: rows of every shape
type AnyRow = any

function withoutTenant<Item>({ tenant: _tenant, ...row }: AnyRow): Item {
  return row as Item
}

function badPage(): SluiceError {
  return new SluiceError({
    code: 'list.badPage',
    problem: 'The list cannot go on from there',
    next: 'Pass next of the slice before, of the same list',
  })
}

function noHead(session: string): SluiceError {
  return new SluiceError({
    code: 'store.noHead',
    problem: `The first revision of the session ${session} has no head`,
    next: 'Give what lists show of it with the first revision',
  })
}
