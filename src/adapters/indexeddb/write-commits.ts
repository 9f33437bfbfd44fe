import type { Commit, CommitAnswer, NextRevision, StoredSession } from '../../runtime/stores/session-store.ts'
import { done, type StoreName, type Stores } from './database.ts'

/** The object stores that a commit may touch. */
export const OF_COMMITS = [
  'numbers',
  'sessions',
  'history',
  'timers',
  'claims',
  'marks',
  'outbox',
  'dead',
  'log',
  'counts',
  'cursors',
] as const satisfies readonly StoreName[]

/** Applies commits in one transaction. What can turn a commit down is read before any of it is written. */
export async function writeCommits(
  stores: Stores,
  tenant: string,
  commits: readonly Commit[],
): Promise<readonly CommitAnswer[]> {
  const numbers = await Numbers.read(stores)
  const answers: CommitAnswer[] = []
  for (const commit of commits) answers.push(await apply(stores, tenant, commit, numbers))
  numbers.write()
  return answers
}

/** Numbers of work, dead letters and log entries; none is ever used again. */
class Numbers {
  readonly #stores: Stores
  #last: number

  constructor(stores: Stores, last: number) {
    this.#stores = stores
    this.#last = last
  }

  static async read(stores: Stores): Promise<Numbers> {
    const row = (await done(stores('numbers').get('last'))) as { value: number } | undefined
    return new Numbers(stores, row?.value ?? 0)
  }

  next(): number {
    return ++this.#last
  }

  write(): void {
    this.#stores('numbers').put({ name: 'last', value: this.#last })
  }
}

async function apply(
  stores: Stores,
  tenant: string,
  commit: Commit,
  numbers: Numbers,
): Promise<CommitAnswer> {
  const { next, claims = [], unclaim = [] } = commit
  let stored: StoredSession | undefined
  if (next !== undefined) {
    stored = await done(stores('sessions').get([tenant, next.session]))
    const revision = stored?.revision ?? 0
    if (revision !== next.expected) return { ok: false, reason: 'revision', revision }
  }
  const taken = new Map<string, string>()
  for (const { key, session, now } of claims) {
    const held = unclaim.includes(key) ? undefined : await holderOf(stores, tenant, key, now)
    const holder = taken.get(key) ?? held
    if (holder !== undefined) return { ok: false, reason: 'claimed', key, session: holder }
    taken.set(key, session)
  }
  if (next !== undefined) advance(stores, tenant, next, stored)
  hold(stores, tenant, commit)
  return record(stores, tenant, commit, numbers)
}

/** The session that holds a key at an instant. */
export async function holderOf(
  stores: Stores,
  tenant: string,
  key: string,
  now: number,
): Promise<string | undefined> {
  const claim = (await done(stores('claims').get([tenant, key]))) as
    | { session: string; until?: number }
    | undefined
  return claim === undefined || (claim.until !== undefined && claim.until <= now) ? undefined : claim.session
}

function advance(
  stores: Stores,
  tenant: string,
  { session, expected, text, head, timer, history }: NextRevision,
  stored: StoredSession | undefined,
): void {
  const revision = expected + 1
  stores('sessions').put({ tenant, session, revision, text, head: head ?? stored!.head })
  if (history !== undefined) stores('history').put({ tenant, session, revision, text: history })
  if (timer?.from !== undefined) stores('timers').delete([tenant, timer.from, session])
  if (timer?.to !== undefined) stores('timers').put({ tenant, due: timer.to, session })
}

/** Claims and marks. */
function hold(stores: Stores, tenant: string, { claims, unclaim, mark, unmark }: Commit): void {
  for (const key of unclaim ?? []) stores('claims').delete([tenant, key])
  for (const { key, session, until } of claims ?? [])
    stores('claims').put({ tenant, key, session, ...(until === undefined ? {} : { until }) })
  for (const each of unmark ?? []) stores('marks').delete([tenant, each.mark, each.session])
  for (const each of mark ?? []) stores('marks').put({ tenant, mark: each.mark, session: each.session })
}

/** Work, dead letters, log, counts and cursors. */
async function record(
  stores: Stores,
  tenant: string,
  commit: Commit,
  numbers: Numbers,
): Promise<CommitAnswer> {
  for (const number of commit.settled ?? []) stores('outbox').delete([tenant, number])
  for (const { number, text, at } of commit.postponed ?? []) {
    const entry = await done(stores('outbox').get([tenant, number]))
    if (entry !== undefined) stores('outbox').put({ ...entry, text, at })
  }
  for (const { session, type, at, text } of commit.dead ?? [])
    stores('dead').put({ tenant, number: numbers.next(), session, type, at, text })
  for (const number of commit.revived ?? []) stores('dead').delete([tenant, number])
  for (const { logbook, session, at, text } of commit.log ?? [])
    stores('log').put({ tenant, number: numbers.next(), logbook, session, at, text })
  for (const [name, by] of commit.counts ?? []) {
    const count = (await done(stores('counts').get([tenant, name]))) as { value: number } | undefined
    stores('counts').put({ tenant, name, value: (count?.value ?? 0) + by })
  }
  for (const [name, value] of commit.cursors ?? []) stores('cursors').put({ tenant, name, value })
  if (commit.work === undefined) return { ok: true }
  const { session, text } = commit.work
  const entry = numbers.next()
  stores('outbox').put({ tenant, number: entry, session, text, at: 0 })
  return { ok: true, entry }
}
