import { SluiceError } from '../../base/sluice-error.ts'
import { sliceOf, sliceSize } from '../../releases/reading/slice.ts'
import type { Commit, SessionStore } from '../../runtime/stores/session-store.ts'
import type { Connection } from './connection.ts'
import { atMost } from './limit.ts'
import { eraseSessions } from './sessions/erase-sessions.ts'
import { HEAD_COLUMNS, headOf } from './sessions/head-columns.ts'
import { listDeadLetters, listLog, listSessions } from './sessions/list-sessions.ts'
import { Places } from './sessions/places.ts'
import { HOLDER, writeCommits } from './sessions/write-commits.ts'
import type { Tenants } from './tenants.ts'
import { behindPrefix } from './text-codec.ts'

/** Sessions, and all that changes together with them. */
export function sqliteSessionStore(connection: Connection, tenants: Tenants): SessionStore {
  /** Reads what is kept of a tenant. */
  const read = <Result>(tenant: string, work: (n: number) => Result): Promise<Result> =>
    connection.read(() => work(tenants.find(tenant)))
  const sql = (text: string) => connection.prepare(text)
  const places = new Places()

  return {
    async commit(tenant, commits) {
      if (commits.length === 0) return []
      for (const commit of commits) checkHead(commit)
      const n = await connection.read(() => tenants.make(tenant))
      try {
        return await connection.write(() => writeCommits(connection, n, commits, places))
      } catch (error) {
        // What was written down on the way has been taken back.
        places.clear()
        throw error
      }
    },

    read: (tenant, session) =>
      read(tenant, (n) => {
        const row = sql(READ).get(n, session)
        if (row === undefined) return undefined
        return { session, revision: Number(row.revision), text: String(row.text), head: headOf(row) }
      }),
    list: (tenant, query) => read(tenant, (n) => listSessions(connection, n, query)),
    history: (tenant, session, after = 0) =>
      read(tenant, (n) =>
        sql(HISTORY)
          .all(n, session, after, after)
          .map((row) => ({ revision: Number(row.revision), text: String(row.text) })),
      ),

    claimant: (tenant, key, now) =>
      read(tenant, (n) => {
        const row = sql(HOLDER).get(n, key, now)
        return row && String(row.session)
      }),
    marked: (tenant, mark, query) =>
      read(tenant, (n) => {
        const size = sliceSize(query)
        const sessions = sql(
          'SELECT session FROM marks WHERE tenant = ? AND mark = ? AND session > ? ORDER BY session LIMIT ?',
        )
          .all(n, mark, query.after ?? '', size + 1)
          .map(({ session }) => String(session))
        return sliceOf(sessions, size, (session) => session)
      }),

    due: (tenant, until, limit) =>
      read(tenant, (n) =>
        sql(DUE)
          .all(n, until, atMost(limit))
          .map((row) => ({ session: String(row.session), due: Number(row.due) })),
      ),
    nextDue: (tenant) =>
      read(tenant, (n) => {
        const due = sql('SELECT min(due) AS due FROM timers WHERE tenant = ?').get(n)?.due
        return due == null ? undefined : Number(due)
      }),
    outbox: (tenant, after, limit) =>
      read(tenant, (n) =>
        sql('SELECT n, session, text, at FROM outbox WHERE tenant = ? AND n > ? ORDER BY n LIMIT ?')
          .all(n, after, atMost(limit))
          .map((row) => ({
            number: Number(row.n),
            session: String(row.session),
            text: String(row.text),
            at: Number(row.at),
          })),
      ),
    deadLetters: (tenant, query) => read(tenant, (n) => listDeadLetters(connection, n, query)),

    log: (tenant, query) => read(tenant, (n) => listLog(connection, n, query)),
    counts: (tenant, prefix) =>
      read(tenant, (n) => {
        const behind = behindPrefix(prefix)
        const rows =
          behind === undefined ? sql(COUNTS).all(n, prefix) : sql(COUNTS_BEFORE).all(n, prefix, behind)
        const counts = rows.map(({ name, value }) => [String(name), Number(value)] as const)
        // SQLite goes by code points.
        return new Map(counts.sort(([a], [b]) => (a < b ? -1 : 1)))
      }),
    cursor: (tenant, name) =>
      read(tenant, (n) =>
        Number(sql('SELECT value FROM cursors WHERE tenant = ? AND name = ?').get(n, name)?.value ?? 0),
      ),

    async erase(tenant, sessions) {
      await connection.write(() => eraseSessions(connection, tenants.find(tenant), sessions))
      places.clear()
    },
    endedBefore: (tenant, instant, limit) =>
      read(tenant, (n) =>
        sql('SELECT session FROM heads WHERE tenant = ? AND ended < ? ORDER BY ended, n LIMIT ?')
          .all(n, instant, atMost(limit))
          .map(({ session }) => String(session)),
      ),
    dropExpired: (tenant, now) =>
      connection.write(() => {
        sql('DELETE FROM claims WHERE tenant = ? AND until <= ?').run(tenants.find(tenant), now)
      }),
  }
}

const READ = `SELECT s.revision, s.text, ${HEAD_COLUMNS}
  FROM heads h JOIN sessions s ON s.n = h.n WHERE h.tenant = ? AND h.session = ?`

/** From the last entry to the one before it, as far as is asked for. */
const HISTORY = `WITH RECURSIVE chain (past, revision, text) AS (
    SELECT h.past, h.revision, h.text FROM history h WHERE h.n = (
      SELECT s.past FROM heads JOIN sessions s ON s.n = heads.n WHERE heads.tenant = ? AND heads.session = ?
    ) AND h.revision > ?
    UNION ALL
    SELECT h.past, h.revision, h.text FROM chain JOIN history h ON h.n = chain.past WHERE h.revision > ?
  )
  SELECT revision, text FROM chain ORDER BY revision`

const DUE = `SELECT h.session, t.due FROM timers t JOIN heads h ON h.n = t.session
  WHERE t.tenant = ? AND t.due <= ? ORDER BY t.due LIMIT ?`

const COUNTS = 'SELECT name, value FROM counts WHERE tenant = ? AND name >= ? AND value <> 0'
const COUNTS_BEFORE = `${COUNTS} AND name < ?`

function checkHead({ next }: Commit): void {
  if (next?.expected !== 0 || next.head !== undefined) return
  throw new SluiceError({
    code: 'store.noHead',
    problem: `The first revision of session ${next.session} has no head`,
    next: 'Give a head with the first revision of a session',
  })
}
