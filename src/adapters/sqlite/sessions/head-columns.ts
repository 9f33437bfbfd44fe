import type { SessionHead } from '../../../runtime/stores/session-store.ts'
import type { Row, Value } from '../connection.ts'

/** What stands in `heads` beside whose head it is. */
export const HEAD_COLUMNS = 'flow, version, status, contact, channel, test, started, ended, outcome'

/** The values of these columns. */
export function headValues(head: SessionHead): Value[] {
  const { flow, version, status, contact, channel, test, startedAt, endedAt, outcome } = head
  return [
    flow,
    version,
    status,
    contact ?? null,
    channel ?? null,
    test === true ? 1 : 0,
    startedAt,
    endedAt ?? null,
    outcome ?? null,
  ]
}

export function headOf(row: Row): SessionHead {
  return {
    flow: String(row.flow),
    version: String(row.version),
    status: row.status as SessionHead['status'],
    ...(row.contact == null ? {} : { contact: String(row.contact) }),
    ...(row.channel == null ? {} : { channel: String(row.channel) }),
    ...(row.test === 1 ? { test: true } : {}),
    startedAt: Number(row.started),
    ...(row.ended == null ? {} : { endedAt: Number(row.ended) }),
    ...(row.outcome == null ? {} : { outcome: String(row.outcome) }),
  }
}
