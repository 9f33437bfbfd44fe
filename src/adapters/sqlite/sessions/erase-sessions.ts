import type { Connection } from '../connection.ts'
import { encodeText } from '../text-codec.ts'

/** Sessions of one statement. */
const AT_ONCE = 500

/** The sessions of a statement, and their numbers. Every statement takes the tenant and a JSON list of ids. */
const IDS = '(SELECT value FROM json_each(?))'
const NUMBERS = `(SELECT n FROM heads WHERE tenant = ? AND session IN ${IDS})`

/** In this order: what finds the rows of a session goes last. */
const STATEMENTS: readonly string[] = [
  `WITH RECURSIVE chain (n) AS (
     SELECT past FROM sessions WHERE n IN ${NUMBERS} AND past IS NOT NULL
     UNION ALL
     SELECT h.past FROM chain JOIN history h ON h.n = chain.n WHERE h.past IS NOT NULL
   )
   DELETE FROM history WHERE n IN (SELECT n FROM chain)`,
  `DELETE FROM timers WHERE session IN ${NUMBERS}`,
  `DELETE FROM sessions WHERE n IN ${NUMBERS}`,
  ...['heads', 'claims', 'marks', 'outbox', 'dead_letters', 'log'].map(
    (table) => `DELETE FROM ${table} WHERE tenant = ? AND session IN ${IDS}`,
  ),
]

/**
 * Removes all that is kept of sessions; inside of a transaction. The outbox, which is short and changes with every input,
 * has no index by session and is gone through once for each 500 of them.
 */
export function eraseSessions(connection: Connection, tenant: number, sessions: readonly string[]): void {
  for (let i = 0; i < sessions.length; i += AT_ONCE) {
    const ids = JSON.stringify(sessions.slice(i, i + AT_ONCE).map(encodeText))
    for (const sql of STATEMENTS) connection.prepare(sql).run(tenant, ids)
  }
}
