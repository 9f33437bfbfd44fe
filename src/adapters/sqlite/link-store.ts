import { sliceOf, sliceSize } from '../../releases/reading/slice.ts'
import { cursorOf, readCursor } from '../../sharing/links/link-place.ts'
import type { LinkStore, StoredLink } from '../../sharing/links/link-store.ts'
import type { Connection, Row, Value } from './connection.ts'
import type { Tenants } from './tenants.ts'

/** Links that are handed out, and what is counted about them. */
export function sqliteLinkStore(connection: Connection, tenants: Tenants): LinkStore {
  const run = (sql: string, ...values: Value[]) => connection.prepare(sql).run(...values)
  /** A change to what is kept of a tenant, who is made where there is none. */
  const change = <Result>(tenant: string, work: (n: number) => Result): Promise<Result> =>
    connection.read(() => tenants.make(tenant)).then((n) => connection.write(() => work(n)))
  const keep = (n: number, key: string, value: number, until: number | undefined) =>
    run('INSERT OR REPLACE INTO tallies VALUES (?, ?, ?, ?)', n, key, value, until ?? null)
  const one = (tenant: string, column: 'id' | 'code', value: string) =>
    connection.read(() => {
      const row = connection
        .prepare(`SELECT ${COLUMNS} FROM links WHERE tenant = ? AND ${column} = ?`)
        .get(tenants.find(tenant), value)
      return row === undefined ? undefined : linkOf(row)
    })
  return {
    add: (tenant, { id, code, flow, application, at, text }) =>
      change(tenant, (n) => {
        const sql = `INSERT OR IGNORE INTO links (tenant, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`
        return run(sql, n, id, code ?? null, flow, application, at, text) > 0
      }),
    read: (tenant, id) => one(tenant, 'id', id),
    find: (tenant, code) => one(tenant, 'code', code),
    list: (tenant, query) =>
      connection.read(() => {
        const { flow, application, after } = query
        const size = sliceSize(query)
        const conditions = ['tenant = ?']
        const values: Value[] = [tenants.find(tenant)]
        if (flow !== undefined) {
          conditions.push('flow = ?')
          values.push(flow)
        }
        if (application !== undefined) {
          conditions.push('application = ?')
          values.push(application)
        }
        if (after !== undefined) {
          const { at, id } = readCursor(after)
          conditions.push('(-at, id) > (?, ?)')
          values.push(-at, id)
        }
        const rows = connection
          .prepare(`SELECT ${COLUMNS} FROM links WHERE ${conditions.join(' AND ')} ORDER BY -at, id LIMIT ?`)
          .all(...values, size + 1)
        return sliceOf(rows.map(linkOf), size, cursorOf)
      }),
    remove: (tenant, ids) =>
      connection.write(() => {
        for (const id of ids) run('DELETE FROM links WHERE tenant = ? AND id = ?', tenants.find(tenant), id)
      }),
    perApplication: (tenant) =>
      connection.read(() => {
        const rows = connection
          .prepare('SELECT application, count(*) AS links FROM links WHERE tenant = ? GROUP BY application')
          .all(tenants.find(tenant))
        return new Map(rows.map(({ application, links }) => [String(application), Number(links)]))
      }),
    count: (tenant, key, { atMost, now, until, once }) =>
      change(tenant, (n) => {
        const { value, until: holdsUntil } = tallyOf(connection, n, key, now)
        const isKnown = once !== undefined && tallyOf(connection, n, once.key, now).value > 0
        if (isKnown) return { ok: true, count: value }
        if (value >= atMost) return { ok: false, ...(holdsUntil === undefined ? {} : { until: holdsUntil }) }
        keep(n, key, value + 1, until)
        if (once !== undefined) keep(n, once.key, 1, once.until)
        return { ok: true, count: value + 1 }
      }),
    counted: (tenant, key, now) =>
      connection.read(() => tallyOf(connection, tenants.find(tenant), key, now).value),
    reset: (tenant, key) =>
      connection.write(() => {
        run('DELETE FROM tallies WHERE tenant = ? AND name = ?', tenants.find(tenant), key)
      }),
    dropExpired: (tenant, now) =>
      connection.write(() => {
        run('DELETE FROM tallies WHERE tenant = ? AND until <= ?', tenants.find(tenant), now)
      }),
  }
}

const COLUMNS = 'id, code, flow, application, at, text'

/** How far a count has come, and until when it holds. */
function tallyOf(
  connection: Connection,
  tenant: number,
  key: string,
  now: number,
): { readonly value: number; readonly until?: number } {
  const row = connection
    .prepare('SELECT value, until FROM tallies WHERE tenant = ? AND name = ?')
    .get(tenant, key)
  if (row === undefined) return { value: 0 }
  if (row.until == null) return { value: Number(row.value) }
  const until = Number(row.until)
  return { value: until <= now ? 0 : Number(row.value), until }
}

function linkOf({ id, code, flow, application, at, text }: Row): StoredLink {
  return {
    id: String(id),
    ...(code == null ? {} : { code: String(code) }),
    flow: String(flow),
    application: String(application),
    at: Number(at),
    text: String(text),
  }
}
