import type { Effect } from '../../nodes/effects.ts'
import type { TestContact, WorkspaceState } from '../../releases/state.ts'
import { sameAddress } from './addresses.ts'

/** Effects that reach nobody, and change nothing outside of what the host keeps apart for test sessions. */
const HARMLESS: ReadonlySet<string> = new Set(['script.run', 'flow.resolve', 'event.emit', 'log.write'])
/** Effects that go to the contact of the session. */
const TO_CONTACT: ReadonlySet<string> = new Set([
  'message.send',
  'message.withdraw',
  'card.send',
  'card.withdraw',
  'push.send',
  'voice.record',
  'contact.update',
])

/** The test contact who has an address, or has this id. */
export function findTestContact(
  { catalog }: WorkspaceState,
  { id, address }: { readonly id?: string | undefined; readonly address?: string | undefined },
): TestContact | undefined {
  return Object.values(catalog.testContact).find(
    (contact) =>
      (id !== undefined && contact.id === id) ||
      (address !== undefined && contact.addresses.some((each) => sameAddress(each, address))),
  )
}

/**
 * Why an effect of a test session is not to be done, or `undefined` where it may be (RUN-7): whatever could reach somebody has
 * to reach a test contact, and what nobody can tell the reach of is done by handlers for tests alone.
 */
export function testObstacle(
  workspace: WorkspaceState,
  effect: Effect,
  { contact, to }: { readonly contact?: string | undefined; readonly to?: string | undefined },
): string | undefined {
  if (HARMLESS.has(effect.type)) return undefined
  if (TO_CONTACT.has(effect.type)) {
    // Where an address is known it decides: a channel sends to it, whoever the session is for.
    const reached = findTestContact(workspace, to === undefined ? { id: contact } : { address: to })
    return reached === undefined ? 'test.notTestContact' : undefined
  }
  if (effect.type === 'call.place' || (effect.type === 'transfer' && effect.kind === 'number')) {
    const number = typeof effect.to === 'string' ? effect.to : ''
    return findTestContact(workspace, { address: number }) === undefined ? 'test.notTestContact' : undefined
  }
  return 'test.noHandler'
}
