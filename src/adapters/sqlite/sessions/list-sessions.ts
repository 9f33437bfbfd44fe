import { SluiceError } from '../../../base/sluice-error.ts'
import { type Slice, sliceOf, sliceSize } from '../../../releases/reading/slice.ts'
import type {
  DeadLetter,
  DeadLetterQuery,
  ListedSession,
  LogQuery,
  SessionQuery,
  StoredLogEntry,
} from '../../../runtime/stores/session-store.ts'
import type { Connection, Row, Value } from '../connection.ts'
import { HEAD_COLUMNS, headOf } from './head-columns.ts'

/** Sessions by their heads. Of several conditions the most telling one is looked up, and the others are tried on what it finds. */
export function listSessions(
  connection: Connection,
  tenant: number,
  query: SessionQuery,
): Slice<ListedSession> {
  const size = sliceSize(query)
  const { conditions, values } = conditionsOf([
    ['contact', query.contact],
    ['test', query.test === undefined ? undefined : Number(query.test)],
    ['status', query.status],
    ['flow', query.flow],
    ['version', query.version],
    ['outcome', query.outcome],
  ])
  if (query.after !== undefined) {
    const [started, n] = query.after.split('/').map(Number)
    conditions.push('(started, n) < (?, ?)')
    values.push(checked(started), checked(n))
  }
  const rows = connection
    .prepare(
      `SELECT n, session, ${HEAD_COLUMNS} FROM heads WHERE ${['tenant = ?', ...conditions].join(' AND ')}
       ORDER BY started DESC, n DESC LIMIT ?`,
    )
    .all(tenant, ...values, size + 1)
  const { items, next } = sliceOf(rows, size, ({ started, n }) => `${started}/${n}`)
  return sliceWith(
    items.map((row) => ({ session: String(row.session), head: headOf(row) })),
    next,
  )
}

/** Dead letters, the latest first. */
export function listDeadLetters(
  connection: Connection,
  tenant: number,
  { session, ...page }: DeadLetterQuery,
): Slice<DeadLetter> {
  return latest(connection, 'dead_letters', tenant, [['session', session]], page, (row) => ({
    number: Number(row.n),
    session: String(row.session),
    type: String(row.type),
    at: Number(row.at),
    text: String(row.text),
  }))
}

/** Entries of logbooks, the latest first. */
export function listLog(
  connection: Connection,
  tenant: number,
  { logbook, session, ...page }: LogQuery,
): Slice<StoredLogEntry> {
  const wanted: Wanted = [
    ['session', session],
    ['logbook', logbook],
  ]
  return latest(connection, 'log', tenant, wanted, page, (row) => ({
    number: Number(row.n),
    logbook: String(row.logbook),
    session: String(row.session),
    at: Number(row.at),
    text: String(row.text),
  }))
}

/** Columns and the values that they have to have, the most telling first; `undefined` asks for nothing. */
type Wanted = readonly (readonly [column: string, value: Value | undefined])[]

/**
 * Conditions on columns. The first one alone may choose the index: without statistics SQLite would take any of them, and a
 * plus sign before a column keeps it from looking at that one’s.
 */
function conditionsOf(wanted: Wanted): { conditions: string[]; values: Value[] } {
  const asked = wanted.flatMap(([column, value]) => (value === undefined ? [] : [[column, value] as const]))
  return {
    conditions: asked.map(([column], i) => `${i === 0 ? '' : '+'}${column} = ?`),
    values: asked.map(([, value]) => value),
  }
}

/** Rows of a numbered table, the latest first. */
function latest<Item extends { readonly number: number }>(
  connection: Connection,
  table: 'log' | 'dead_letters',
  tenant: number,
  wanted: Wanted,
  page: { readonly after?: string; readonly limit?: number },
  itemOf: (row: Row) => Item,
): Slice<Item> {
  const size = sliceSize(page)
  const { conditions, values } = conditionsOf(wanted)
  if (page.after !== undefined) {
    conditions.push('n < ?')
    values.push(checked(Number(page.after)))
  }
  const rows = connection
    .prepare(
      `SELECT * FROM ${table} WHERE ${['tenant = ?', ...conditions].join(' AND ')} ORDER BY n DESC LIMIT ?`,
    )
    .all(tenant, ...values, size + 1)
  return sliceOf(rows.map(itemOf), size, ({ number }) => number)
}

export function sliceWith<Item>(items: readonly Item[], next: string | undefined): Slice<Item> {
  return next === undefined ? { items } : { items, next }
}

function checked(place: number | undefined): number {
  if (place !== undefined && Number.isFinite(place)) return place
  throw new SluiceError({
    code: 'list.badPage',
    problem: 'The list cannot go on from there',
    next: 'Pass next of the slice before, of the same list',
  })
}
