import type { SqliteDatabase } from '../../src/adapters/sqlite/index.ts'
import type { TraceEntry } from '../../src/interpreter/index.ts'
import type { Host, Store } from '../../src/runtime/index.ts'
import type { ContactLedger, Ledger, SessionLedger } from './messages.ts'

const PAGE = 200

/** In the child: what is stored, by contact, in a form that two runs can be compared by. */
export async function readLedger(
  host: Host,
  store: Store,
  database: SqliteDatabase,
  tenant: string,
): Promise<Ledger> {
  const logged = new Map<string, number>()
  for await (const { session } of pages((query) => host.sessions.log(query)))
    logged.set(session, (logged.get(session) ?? 0) + 1)
  const sessions = new Map<string, SessionLedger[]>()
  for await (const { session, head } of pages((query) => host.sessions.list(query))) {
    const history = await host.sessions.history(session)
    const steps = history.flatMap(({ entries }) => entries)
    const contact = head.contact ?? ''
    const ledger: SessionLedger = {
      session,
      flow: head.flow,
      end: `${head.status} ${head.outcome ?? ''}`.trim(),
      path: steps.flatMap(stepOf).join(' '),
      logged: logged.get(session) ?? 0,
    }
    sessions.set(contact, [...(sessions.get(contact) ?? []), ledger])
  }
  const contacts: { [contact: string]: ContactLedger } = {}
  for (const [id, of] of sessions) {
    const visits = Number((await store.contacts.get(tenant, id))?.fields.visits ?? 0)
    // Which of the sessions of one story began first may differ; no two of them are of one flow.
    contacts[id] = { visits, sessions: of.sort((a, b) => (a.flow < b.flow ? -1 : 1)) }
  }
  const { integrity_check } = database.prepare('PRAGMA integrity_check').get() as { integrity_check: string }
  const { items } = await host.sessions.deadLetters({ limit: 1 })
  return { contacts, integrity: integrity_check, deadLetters: items.length }
}

async function* pages<Item>(
  read: (query: { readonly limit: number; readonly after?: string }) => Promise<{
    readonly items: readonly Item[]
    readonly next?: string | undefined
  }>,
): AsyncGenerator<Item> {
  let after: string | undefined
  do {
    const slice = await read({ limit: PAGE, ...(after === undefined ? {} : { after }) })
    yield* slice.items
    after = slice.next
  } while (after !== undefined)
}

/** What came to a node, and how it was left: a session that was advanced twice has gone another way, or further. */
function stepOf(entry: TraceEntry): string[] {
  if (entry.type === 'event') return [`${entry.event}>${entry.node}`]
  return entry.type === 'leave' || entry.type === 'end' ? [`${entry.node}:${entry.outcome}`] : []
}
