import type { PGlite, Transaction } from '@electric-sql/pglite'
import { sliceOf, sliceSize } from '../../src/releases/reading/slice.ts'
import type {
  Commit,
  CommitAnswer,
  SessionHead,
  SessionQuery,
  SessionStore,
  Slice,
} from '../../src/runtime/index.ts'

/*
 * A spike: does the session port fit a database server? Statements as one would send them to PostgreSQL, with as little
 * around them as the contract allows. What hosts use is to come as an adapter of its own.
 */

const SCHEMA = `
  CREATE SEQUENCE numbers;
  CREATE TABLE sessions (
    tenant text, session text, revision int NOT NULL, body text NOT NULL, head jsonb NOT NULL,
    started bigint NOT NULL, ended bigint, PRIMARY KEY (tenant, session)
  );
  CREATE INDEX ON sessions (tenant, started DESC, session DESC);
  CREATE TABLE history (tenant text, session text, revision int, body text, PRIMARY KEY (tenant, session, revision));
  CREATE TABLE timers (tenant text, session text, due bigint, PRIMARY KEY (tenant, session, due));
  CREATE INDEX ON timers (tenant, due);
  CREATE TABLE claims (tenant text, key text, session text NOT NULL, until bigint, PRIMARY KEY (tenant, key));
  CREATE TABLE marks (tenant text, mark text, session text COLLATE "C", PRIMARY KEY (tenant, mark, session));
  CREATE TABLE outbox (n bigint PRIMARY KEY, tenant text, session text, body text, at bigint NOT NULL);
  CREATE TABLE dead (n bigint PRIMARY KEY, tenant text, session text, type text, at bigint, body text);
  CREATE TABLE log (n bigint PRIMARY KEY, tenant text, logbook text, session text, at bigint, body text);
  CREATE TABLE counts (tenant text, name text COLLATE "C", value double precision NOT NULL, PRIMARY KEY (tenant, name));
  CREATE TABLE cursors (tenant text, name text, value double precision NOT NULL, PRIMARY KEY (tenant, name));
`

/** Tables that know of sessions. */
const OF_SESSIONS = ['sessions', 'history', 'timers', 'claims', 'marks', 'outbox', 'dead', 'log']

type Row = { readonly [column: string]: unknown }
type Queries = Pick<Transaction, 'query'>

async function rows(on: Queries, sql: string, ...values: unknown[]): Promise<Row[]> {
  return (await on.query<Row>(sql, values)).rows
}

export async function postgresSessionStore(database: PGlite): Promise<SessionStore> {
  await database.exec(SCHEMA)
  const read = (sql: string, ...values: unknown[]) => rows(database, sql, ...values)
  return {
    commit(tenant, commits) {
      for (const { next } of commits)
        if (next?.expected === 0 && next.head === undefined) return Promise.reject(new TypeError('No head'))
      return database.transaction(async (on) => {
        await takeTurn(on, tenant)
        const answers: CommitAnswer[] = []
        for (const commit of commits) answers.push(await apply(on, tenant, commit))
        return answers
      })
    },
    async read(tenant, session) {
      const [row] = await read('SELECT * FROM sessions WHERE tenant = $1 AND session = $2', tenant, session)
      if (row === undefined) return undefined
      return {
        session,
        revision: Number(row.revision),
        text: String(row.body),
        head: row.head as SessionHead,
      }
    },
    list: (tenant, query) => list(database, tenant, query),
    async history(tenant, session, after = 0) {
      const sql =
        'SELECT * FROM history WHERE tenant = $1 AND session = $2 AND revision > $3 ORDER BY revision'
      const found = await read(sql, tenant, session, after)
      return found.map(({ revision, body }) => ({ revision: Number(revision), text: String(body) }))
    },
    claimant: (tenant, key, now) => holderOf(database, tenant, key, now),
    async marked(tenant, mark, query) {
      const size = sliceSize(query)
      const sql =
        'SELECT session FROM marks WHERE tenant = $1 AND mark = $2 AND session > $3 ORDER BY session LIMIT $4'
      const found = await read(sql, tenant, mark, query.after ?? '', size + 1)
      return sliceOf(
        found.map(({ session }) => String(session)),
        size,
        (session) => session,
      )
    },
    async due(tenant, until, limit) {
      const sql = 'SELECT * FROM timers WHERE tenant = $1 AND due <= $2 ORDER BY due LIMIT $3'
      const found = await read(sql, tenant, Math.min(until, Number.MAX_SAFE_INTEGER), limit)
      return found.map(({ session, due }) => ({ session: String(session), due: Number(due) }))
    },
    async nextDue(tenant) {
      const [row] = await read('SELECT min(due) AS due FROM timers WHERE tenant = $1', tenant)
      return row?.due == null ? undefined : Number(row.due)
    },
    async outbox(tenant, after, limit) {
      const sql = 'SELECT * FROM outbox WHERE tenant = $1 AND n > $2 ORDER BY n LIMIT $3'
      const found = await read(sql, tenant, after, limit)
      return found.map(({ n, session, body, at }) => ({
        number: Number(n),
        session: String(session),
        text: String(body),
        at: Number(at),
      }))
    },
    deadLetters: (tenant, query) =>
      latest(
        database,
        'dead',
        tenant,
        { session: query.session },
        query,
        ({ n, session, type, at, body }) => ({
          number: Number(n),
          session: String(session),
          type: String(type),
          at: Number(at),
          text: String(body),
        }),
      ),
    log: (tenant, query) =>
      latest(
        database,
        'log',
        tenant,
        { logbook: query.logbook, session: query.session },
        query,
        ({ n, logbook, session, at, body }) => ({
          number: Number(n),
          logbook: String(logbook),
          session: String(session),
          at: Number(at),
          text: String(body),
        }),
      ),
    async counts(tenant, prefix) {
      const sql = 'SELECT name, value FROM counts WHERE tenant = $1 AND starts_with(name, $2) AND value <> 0'
      const found = await read(sql, tenant, prefix)
      // The server orders by bytes of UTF-8, which differs from code units for rare characters.
      const counts = found.map(({ name, value }): [string, number] => [String(name), Number(value)])
      return new Map(counts.sort(([a], [b]) => (a < b ? -1 : 1)))
    },
    async cursor(tenant, name) {
      const [row] = await read('SELECT value FROM cursors WHERE tenant = $1 AND name = $2', tenant, name)
      return Number(row?.value ?? 0)
    },
    async erase(tenant, sessions) {
      await database.transaction(async (on) => {
        for (const table of OF_SESSIONS)
          await on.query(`DELETE FROM ${table} WHERE tenant = $1 AND session = ANY($2)`, [
            tenant,
            [...sessions],
          ])
      })
    },
    async endedBefore(tenant, instant, limit) {
      const sql = 'SELECT session FROM sessions WHERE tenant = $1 AND ended < $2 ORDER BY ended LIMIT $3'
      return (await read(sql, tenant, instant, limit)).map(({ session }) => String(session))
    },
    async dropExpired(tenant, now) {
      await database.query('DELETE FROM claims WHERE tenant = $1 AND until <= $2', [tenant, now])
    },
  }
}

/**
 * Hosts that share the server write for a tenant one after the other. To lock the rows would not do: a session that two begin
 * and a key that two claim have none yet, and a sequence gives out numbers in another order than they become visible, so that
 * whoever reads the outbox behind a number would miss some.
 */
async function takeTurn(on: Transaction, tenant: string): Promise<void> {
  await on.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [tenant])
}

async function apply(on: Transaction, tenant: string, commit: Commit): Promise<CommitAnswer> {
  const { next, claims = [], unclaim = [] } = commit
  if (next !== undefined) {
    const sql = 'SELECT revision FROM sessions WHERE tenant = $1 AND session = $2'
    const [row] = await rows(on, sql, tenant, next.session)
    const revision = Number(row?.revision ?? 0)
    if (revision !== next.expected) return { ok: false, reason: 'revision', revision }
  }
  const taken = new Map<string, string>()
  for (const { key, now, session: claimant } of claims) {
    const stored = unclaim.includes(key) ? undefined : await holderOf(on, tenant, key, now)
    const session = taken.get(key) ?? stored
    if (session !== undefined) return { ok: false, reason: 'claimed', key, session }
    taken.set(key, claimant)
  }
  if (next !== undefined) await advance(on, tenant, next)
  const run = (sql: string, ...values: unknown[]) => on.query(sql, [tenant, ...values])
  for (const key of unclaim) await run('DELETE FROM claims WHERE tenant = $1 AND key = $2', key)
  for (const { key, session, until } of claims)
    await run(
      'INSERT INTO claims VALUES ($1, $2, $3, $4) ON CONFLICT (tenant, key) DO UPDATE SET session = $3, until = $4',
      key,
      session,
      until ?? null,
    )
  for (const { mark, session } of commit.unmark ?? [])
    await run('DELETE FROM marks WHERE tenant = $1 AND mark = $2 AND session = $3', mark, session)
  for (const { mark, session } of commit.mark ?? [])
    await run('INSERT INTO marks VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', mark, session)
  for (const number of commit.settled ?? [])
    await run('DELETE FROM outbox WHERE tenant = $1 AND n = $2', number)
  for (const { number, text, at } of commit.postponed ?? [])
    await run('UPDATE outbox SET body = $3, at = $4 WHERE tenant = $1 AND n = $2', number, text, at)
  for (const { session, type, at, text } of commit.dead ?? [])
    await run("INSERT INTO dead VALUES (nextval('numbers'), $1, $2, $3, $4, $5)", session, type, at, text)
  for (const number of commit.revived ?? [])
    await run('DELETE FROM dead WHERE tenant = $1 AND n = $2', number)
  for (const { logbook, session, at, text } of commit.log ?? [])
    await run("INSERT INTO log VALUES (nextval('numbers'), $1, $2, $3, $4, $5)", logbook, session, at, text)
  for (const [name, by] of commit.counts ?? [])
    await run(
      'INSERT INTO counts VALUES ($1, $2, $3) ON CONFLICT (tenant, name) DO UPDATE SET value = counts.value + $3',
      name,
      by,
    )
  for (const [name, to] of commit.cursors ?? [])
    await run(
      'INSERT INTO cursors VALUES ($1, $2, $3) ON CONFLICT (tenant, name) DO UPDATE SET value = $3',
      name,
      to,
    )
  if (commit.work === undefined) return { ok: true }
  const { session, text } = commit.work
  const sql = "INSERT INTO outbox VALUES (nextval('numbers'), $1, $2, $3, 0) RETURNING n"
  const [row] = await rows(on, sql, tenant, session, text)
  return { ok: true, entry: Number(row!.n) }
}

async function advance(
  on: Transaction,
  tenant: string,
  { session, expected, text, head, timer, history }: NonNullable<Commit['next']>,
): Promise<void> {
  const revision = expected + 1
  if (head === undefined) {
    const sql = 'UPDATE sessions SET revision = $3, body = $4 WHERE tenant = $1 AND session = $2'
    await on.query(sql, [tenant, session, revision, text])
  } else {
    await on.query(
      `INSERT INTO sessions VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (tenant, session) DO UPDATE SET revision = $3, body = $4, head = $5, started = $6, ended = $7`,
      [tenant, session, revision, text, JSON.stringify(head), head.startedAt, head.endedAt ?? null],
    )
  }
  if (history !== undefined)
    await on.query('INSERT INTO history VALUES ($1, $2, $3, $4)', [tenant, session, revision, history])
  if (timer?.from !== undefined)
    await on.query('DELETE FROM timers WHERE tenant = $1 AND session = $2 AND due = $3', [
      tenant,
      session,
      timer.from,
    ])
  if (timer?.to !== undefined)
    await on.query('INSERT INTO timers VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
      tenant,
      session,
      timer.to,
    ])
}

async function holderOf(on: Queries, tenant: string, key: string, now: number): Promise<string | undefined> {
  const sql = 'SELECT session FROM claims WHERE tenant = $1 AND key = $2 AND (until IS NULL OR until > $3)'
  const [row] = await rows(on, sql, tenant, key, now)
  return row && String(row.session)
}

async function list(on: Queries, tenant: string, query: SessionQuery): ReturnType<SessionStore['list']> {
  const size = sliceSize(query)
  const values: unknown[] = [tenant]
  const conditions = ['tenant = $1']
  for (const name of ['flow', 'version', 'status', 'contact', 'outcome'] as const) {
    if (query[name] === undefined) continue
    conditions.push(`head->>'${name}' = $${values.push(query[name])}`)
  }
  if (query.test !== undefined) conditions.push(`(head ? 'test') = $${values.push(query.test)}`)
  if (query.after !== undefined) {
    const [started, session] = JSON.parse(query.after) as [number, string]
    conditions.push(`(started, session) < ($${values.push(started)}, $${values.push(session)})`)
  }
  const sql = `SELECT session, head, started FROM sessions WHERE ${conditions.join(' AND ')}
    ORDER BY started DESC, session DESC LIMIT ${size + 1}`
  const found = await rows(on, sql, ...values)
  const { items, next } = sliceOf(found, size, ({ started, session }) =>
    JSON.stringify([Number(started), session]),
  )
  const sessions = items.map(({ session, head }) => ({ session: String(session), head: head as SessionHead }))
  return next === undefined ? { items: sessions } : { items: sessions, next }
}

/** The latest of numbered rows that have certain values. */
async function latest<Item extends { readonly number: number }>(
  on: Queries,
  table: 'dead' | 'log',
  tenant: string,
  wanted: { readonly [column: string]: string | undefined },
  query: { readonly after?: string; readonly limit?: number },
  read: (row: Row) => Item,
): Promise<Slice<Item>> {
  const size = sliceSize(query)
  const values: unknown[] = [tenant, Number(query.after ?? Number.MAX_SAFE_INTEGER)]
  const conditions = ['tenant = $1', 'n < $2']
  for (const [column, value] of Object.entries(wanted))
    if (value !== undefined) conditions.push(`${column} = $${values.push(value)}`)
  const sql = `SELECT * FROM ${table} WHERE ${conditions.join(' AND ')} ORDER BY n DESC LIMIT ${size + 1}`
  return sliceOf((await rows(on, sql, ...values)).map(read), size, ({ number }) => number)
}
