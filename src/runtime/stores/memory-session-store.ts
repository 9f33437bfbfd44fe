import { type Slice, sliceOf, sliceSize } from '../../releases/reading/slice.ts'
import type {
  Commit,
  CommitAnswer,
  DeadLetter,
  HistoryEntry,
  ListedSession,
  OutboxEntry,
  SessionHead,
  SessionQuery,
  SessionStore,
  StoredLogEntry,
  StoredSession,
  Timer,
} from './session-store.ts'

/** Sessions in memory, for tests, browsers and trying things out. */
export function memorySessionStore(): SessionStore {
  const tenants = new Map<string, TenantRecords>()
  const of = (tenant: string): TenantRecords => {
    let records = tenants.get(tenant)
    if (records === undefined) {
      records = new TenantRecords()
      tenants.set(tenant, records)
    }
    return records
  }
  return {
    async commit(tenant, commits) {
      const records = of(tenant)
      for (const { next } of commits) {
        if (next?.expected === 0 && next.head === undefined)
          throw new TypeError('The first revision of a session needs a head')
      }
      return commits.map((commit) => records.apply(commit))
    },
    read: async (tenant, session) => of(tenant).read(session),
    list: async (tenant, query) => of(tenant).list(query),
    history: async (tenant, session, after = 0) => of(tenant).historyOf(session, after),
    claimant: async (tenant, key, now) => of(tenant).claimant(key, now),
    async marked(tenant, mark, query) {
      const { after = '' } = query
      const sessions = [...(of(tenant).marks.get(mark) ?? [])].sort().filter((session) => session > after)
      return sliceOf(sessions, sliceSize(query), (session) => session)
    },
    due: async (tenant, until, limit) => of(tenant).due(until).slice(0, limit),
    nextDue: async (tenant) => of(tenant).due(Number.POSITIVE_INFINITY)[0]?.due,
    async outbox(tenant, after, limit) {
      const entries = [...of(tenant).outbox.values()].filter(({ number }) => number > after)
      return entries.sort((a, b) => a.number - b.number).slice(0, limit)
    },
    deadLetters: async (tenant, { session, ...query }) =>
      latest(
        [...of(tenant).dead.values()],
        query,
        (letter) => session === undefined || letter.session === session,
      ),
    log: async (tenant, { logbook, session, ...query }) =>
      latest(
        of(tenant).entries,
        query,
        (entry) =>
          (logbook === undefined || entry.logbook === logbook) &&
          (session === undefined || entry.session === session),
      ),
    async counts(tenant, prefix) {
      const found = [...of(tenant).counts].filter(([name, count]) => name.startsWith(prefix) && count !== 0)
      return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)))
    },
    cursor: async (tenant, name) => of(tenant).cursors.get(name) ?? 0,
    async erase(tenant, sessions) {
      for (const session of sessions) of(tenant).erase(session)
    },
    async endedBefore(tenant, instant, limit) {
      const ended = [...of(tenant).sessions.values()].filter(
        ({ head: { endedAt } }) => endedAt !== undefined && endedAt < instant,
      )
      return ended
        .sort((a, b) => a.head.endedAt! - b.head.endedAt!)
        .slice(0, limit)
        .map(({ session }) => session)
    },
    async dropExpired(tenant, now) {
      const { claims } = of(tenant)
      for (const [key, { until }] of claims) if (until !== undefined && until <= now) claims.delete(key)
    },
  }
}

interface HeldClaim {
  readonly session: string
  readonly until?: number
}

/** All that is kept of one tenant. */
class TenantRecords {
  readonly sessions = new Map<string, StoredSession>()
  readonly history = new Map<string, HistoryEntry[]>()
  readonly claims = new Map<string, HeldClaim>()
  readonly marks = new Map<string, Set<string>>()
  /** By session: when its timers are due. */
  readonly timers = new Map<string, Set<number>>()
  readonly outbox = new Map<number, OutboxEntry>()
  readonly dead = new Map<number, DeadLetter>()
  entries: StoredLogEntry[] = []
  readonly counts = new Map<string, number>()
  readonly cursors = new Map<string, number>()
  #number = 0

  /** Looks at all that can turn the commit down before anything changes. */
  apply(commit: Commit): CommitAnswer {
    const { next, claims = [], unclaim = [] } = commit
    if (next !== undefined) {
      const revision = this.sessions.get(next.session)?.revision ?? 0
      if (revision !== next.expected) return { ok: false, reason: 'revision', revision }
    }
    const taken = new Map<string, string>()
    for (const { key, session, now } of claims) {
      const holder = taken.get(key) ?? (unclaim.includes(key) ? undefined : this.claimant(key, now))
      if (holder !== undefined) return { ok: false, reason: 'claimed', key, session: holder }
      taken.set(key, session)
    }
    return this.#carryOut(commit)
  }

  #carryOut({ next, claims = [], unclaim = [], mark = [], unmark = [], ...rest }: Commit): CommitAnswer {
    if (next !== undefined) this.#advance(next)
    for (const key of unclaim) this.claims.delete(key)
    for (const { key, session, until } of claims)
      this.claims.set(key, until === undefined ? { session } : { session, until })
    for (const each of unmark) this.marks.get(each.mark)?.delete(each.session)
    for (const each of mark) keyed(this.marks, each.mark, () => new Set<string>()).add(each.session)
    for (const number of rest.settled ?? []) this.outbox.delete(number)
    for (const { number, text, at } of rest.postponed ?? []) {
      const entry = this.outbox.get(number)
      if (entry !== undefined) this.outbox.set(number, { ...entry, text, at })
    }
    for (const letter of rest.dead ?? []) {
      const number = ++this.#number
      this.dead.set(number, { ...letter, number })
    }
    for (const number of rest.revived ?? []) this.dead.delete(number)
    for (const entry of rest.log ?? []) this.entries.push({ ...entry, number: ++this.#number })
    for (const [name, by] of rest.counts ?? []) this.counts.set(name, (this.counts.get(name) ?? 0) + by)
    for (const [name, to] of rest.cursors ?? []) this.cursors.set(name, to)
    if (rest.work === undefined) return { ok: true }
    const entry = ++this.#number
    this.outbox.set(entry, { ...rest.work, number: entry, at: 0 })
    return { ok: true, entry }
  }

  #advance({ session, expected, text, head, timer, history }: NonNullable<Commit['next']>): void {
    const revision = expected + 1
    const kept = head === undefined ? this.sessions.get(session)!.head : { ...head }
    this.sessions.set(session, { session, revision, text, head: kept })
    if (history !== undefined)
      keyed(this.history, session, () => [] as HistoryEntry[]).push({ revision, text: history })
    if (timer?.from !== undefined) this.timers.get(session)?.delete(timer.from)
    if (timer?.to !== undefined) keyed(this.timers, session, () => new Set<number>()).add(timer.to)
    if (this.timers.get(session)?.size === 0) this.timers.delete(session)
  }

  read(session: string): StoredSession | undefined {
    const kept = this.sessions.get(session)
    return kept && { ...kept, head: { ...kept.head } }
  }

  claimant(key: string, now: number): string | undefined {
    const claim = this.claims.get(key)
    return claim === undefined || (claim.until !== undefined && claim.until <= now)
      ? undefined
      : claim.session
  }

  due(until: number): Timer[] {
    const timers = [...this.timers].flatMap(([session, instants]) =>
      [...instants].map((due) => ({ session, due })),
    )
    return timers.filter(({ due }) => due <= until).sort((a, b) => a.due - b.due)
  }

  list({ after, ...query }: SessionQuery): Slice<ListedSession> {
    const found = [...this.sessions.values()]
      .filter(({ head }) => matches(head, query))
      .map(({ session, head }) => ({ session, head, place: placeOf(session, head) }))
      .filter(({ place }) => after === undefined || place < after)
      .sort((a, b) => (a.place < b.place ? 1 : -1))
    const { items, next } = sliceOf(found, sliceSize(query), ({ place }) => place)
    const listed = items.map(({ session, head }) => ({ session, head: { ...head } }))
    return next === undefined ? { items: listed } : { items: listed, next }
  }

  historyOf(session: string, after: number): readonly HistoryEntry[] {
    return (this.history.get(session) ?? []).filter(({ revision }) => revision > after)
  }

  erase(session: string): void {
    this.sessions.delete(session)
    this.history.delete(session)
    this.timers.delete(session)
    for (const [key, claim] of this.claims) if (claim.session === session) this.claims.delete(key)
    for (const sessions of this.marks.values()) sessions.delete(session)
    for (const [number, entry] of this.outbox) if (entry.session === session) this.outbox.delete(number)
    for (const [number, letter] of this.dead) if (letter.session === session) this.dead.delete(number)
    this.entries = this.entries.filter((entry) => entry.session !== session)
  }
}

function keyed<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key)
  if (value === undefined) {
    value = make()
    map.set(key, value)
  }
  return value
}

/** Where a session stands in a list: by when it started, then by its id. */
function placeOf(session: string, { startedAt }: SessionHead): string {
  return `${String(startedAt).padStart(16, '0')}/${session}`
}

function matches(
  head: SessionHead,
  { flow, version, status, contact, test, outcome }: Omit<SessionQuery, 'after' | 'limit'>,
): boolean {
  return (
    (flow === undefined || head.flow === flow) &&
    (version === undefined || head.version === version) &&
    (status === undefined || head.status === status) &&
    (contact === undefined || head.contact === contact) &&
    (test === undefined || (head.test === true) === test) &&
    (outcome === undefined || head.outcome === outcome)
  )
}

/** The latest of numbered items that a condition holds for. */
function latest<Item extends { readonly number: number }>(
  items: readonly Item[],
  query: { readonly after?: string; readonly limit?: number },
  holds: (item: Item) => boolean,
): Slice<Item> {
  const before = query.after === undefined ? Number.POSITIVE_INFINITY : Number(query.after)
  const found = items
    .filter((item) => item.number < before && holds(item))
    .sort((a, b) => b.number - a.number)
  return sliceOf(found, sliceSize(query), ({ number }) => number)
}
