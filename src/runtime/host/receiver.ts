import type { SessionEvent } from '../../nodes/events.ts'
import { route } from '../../releases/gray/route.ts'
import type { Slot, WorkspaceState } from '../../releases/state.ts'
import type { Inbound } from '../channels/channel.ts'
import type { Claim } from '../stores/session-store.ts'
import { type CallerContact, findCaller } from './callers.ts'
import { KeyedTurns } from './keyed-turns.ts'
import type { HostParts } from './parts.ts'
import { type HostRefusal, refuseInHost } from './refusal.ts'
import { addressMark, type Changed, type Live } from './session-desk.ts'
import { giving } from './session-steps.ts'
import { readData, type Started } from './starter.ts'
import { sameAddress } from './test-mode.ts'

/** Sessions of one address that are looked at: the ones that were active last may not be among more. */
const MAX_CANDIDATES = 50
/** Characters of an address, an id, a name. */
const MAX_NAME = 512

/** What became of something that has come in. */
export type Received =
  | {
      readonly ok: true
      readonly session: string
      /** `started` a session, `continued` one, or was a `duplicate` of something that had come in before. */
      readonly did: 'started' | 'continued' | 'duplicate'
    }
  | HostRefusal

/**
 * Finds out whom something is for that has come in (RUN-23), in this order:
 *
 * 1. An answer goes to the session whose wait it names.
 * 2. Anything else goes to a session of the same address on the same channel, and of the number that was called or written
 *    to where both are known: to one whose wait accepts it, else to one that keeps it for later; of several to the one that
 *    was active last.
 * 3. What nobody waits for starts a flow: the one whose access code was called, else the one whose application was called or
 *    written to, else the only one that this trigger starts and that uses no application of the channel.
 *
 * A call that has just come in, without text or keys, always starts a flow.
 */
export class Receiver {
  readonly #parts: HostParts
  readonly #turns = new KeyedTurns()

  constructor(parts: HostParts) {
    this.#parts = parts
  }

  async receive(inbound: Inbound): Promise<Received> {
    const fault = faultOf(inbound)
    if (fault !== undefined) return refuseInHost('input.bad', { fault })
    const claims = this.#claims(inbound)
    const { button, result } = inbound
    if (button !== undefined) return this.#answer({ type: 'button', ...button }, claims)
    if (result !== undefined) return this.#answer({ type: 'result', ...result }, claims)
    const { channel, from } = inbound
    // Two messages of one person must not both start a flow, nor overtake each other.
    const key = from === undefined ? `${channel} ${inbound.id ?? ''}` : addressMark(channel, from)
    return this.#turns.take(key, () => this.#receive(inbound, claims))
  }

  async #receive(inbound: Inbound, claims: readonly Claim[]): Promise<Received> {
    const event = eventOf(inbound)
    const { channel, from } = inbound
    if (claims.length > 0) {
      const { tenant, sessions } = this.#parts
      const { key, now } = claims[0]!
      const before = await sessions.claimant(tenant, key, now)
      if (before !== undefined) return { ok: true, session: before, did: 'duplicate' }
    }
    if (event !== undefined && from !== undefined) {
      const found = await this.#findSession(inbound, event)
      if (found !== undefined) return received(await this.#give(found, event, withSession(claims, found)))
    }
    if (event !== undefined && event.type !== 'text')
      return refuseInHost('receive.nobodyWaits', { what: event.type, channel })
    return this.#start(inbound, claims)
  }

  /** The session of an answer is named by its wait. */
  async #answer(
    event: SessionEvent & { readonly waitId: string },
    claims: readonly Claim[],
  ): Promise<Received> {
    const session = event.waitId.slice(0, Math.max(0, event.waitId.lastIndexOf(':')))
    return received(await this.#give(session, event, withSession(claims, session)))
  }

  async #findSession(inbound: Inbound, event: SessionEvent): Promise<string | undefined> {
    const { tenant, sessions, desk } = this.#parts
    const { channel, from, to } = inbound
    const mark = addressMark(channel, from!)
    const { items } = await sessions.marked(tenant, mark, { limit: MAX_CANDIDATES })
    let best: Live | undefined
    for (const id of items) {
      // One that cannot run here must not keep others from their input.
      const live = await desk.load(id).catch(() => undefined)
      if (live === undefined || live.record.session.status !== 'waiting') continue
      const { to: own } = live.record.about
      if (to !== undefined && own !== undefined && !sameAddress(to, own)) continue
      if (best === undefined || comesBefore(live, best, event)) best = live
    }
    if (best === undefined && items.length === 1) return items[0]
    return best?.record.session.id
  }

  async #start(inbound: Inbound, claims: readonly Claim[]): Promise<Received> {
    const { tenant, contacts, starter } = this.#parts
    const { channel, from, to, text } = inbound
    const kind = text === undefined ? 'call' : 'message'
    const contact = await findCaller(contacts, tenant, from === undefined ? undefined : { address: from })
    const workspace = await this.#parts.state()
    const flow = chooseFlow(workspace, kind, inbound, contact)
    if (typeof flow !== 'string') return flow
    const data = readData(inbound.data)
    if ('fault' in data) return refuseInHost('input.bad', { fault: data.fault })
    return startedAs(
      await starter.start({
        flow,
        kind,
        contact,
        channel,
        to,
        ...data,
        members: { channel, from, to, text },
        once: claims[0],
      }),
    )
  }

  #give(session: string, event: SessionEvent, claims: readonly Claim[]): Promise<Changed> {
    return this.#parts.desk.change(session, giving(event), claims.length === 0 ? {} : { claims })
  }

  /** What came in under an id before changes nothing. */
  #claims({ channel, id }: Inbound): readonly Claim[] {
    if (id === undefined) return []
    const now = this.#parts.clock.now()
    const key = `in/${encodeURIComponent(channel)}/${id}`
    return [{ key, session: '', now, until: now + this.#parts.rememberMs }]
  }
}

function withSession(claims: readonly Claim[], session: string): readonly Claim[] {
  return claims.map((claim) => ({ ...claim, session }))
}

/** Of two sessions of one address, the one to take an input. */
function comesBefore(a: Live, b: Live, event: SessionEvent): boolean {
  const [takesIt, otherTakesIt] = [accepts(a, event), accepts(b, event)]
  if (takesIt !== otherTakesIt) return takesIt
  if (a.record.activeAt !== b.record.activeAt) return a.record.activeAt > b.record.activeAt
  return a.record.about.startedAt > b.record.about.startedAt
}

function accepts({ record: { session } }: Live, event: SessionEvent): boolean {
  if (event.type === 'signal') return true
  return session.wait?.for.some((each) => each === event.type) === true
}

function received(changed: Changed): Received {
  if (!changed.ok) return changed
  if ('duplicateOf' in changed) return { ok: true, session: changed.duplicateOf, did: 'duplicate' }
  return { ok: true, session: changed.live.record.session.id, did: 'continued' }
}

function startedAs(started: Started): Received {
  if (!started.ok) return started
  const { session, duplicate } = started
  return { ok: true, session, did: duplicate ? 'duplicate' : 'started' }
}

/** What a waiting session takes; `undefined` for a call that has just come in. */
function eventOf({ channel, text, digits, signal }: Inbound): SessionEvent | undefined {
  if (signal !== undefined) return { type: 'signal', name: signal }
  if (digits !== undefined) return { type: 'digits', digits, channel }
  return text === undefined ? undefined : { type: 'text', text, channel }
}

/** The flow that something starts which nobody waits for. */
function chooseFlow(
  workspace: WorkspaceState,
  kind: 'message' | 'call',
  { channel, to }: Inbound,
  contact: CallerContact | undefined,
): string | HostRefusal {
  const coded = Object.values(workspace.flows).find(
    ({ accessCode }) => accessCode !== undefined && accessCode === to,
  )
  // Whether it is released, and started by this, is what starting it looks at.
  if (coded !== undefined) return coded.id
  const routed = { id: contact?.id, number: contact?.address, attributes: contact?.fields }
  const ranks: [string[], string[]] = [[], []]
  const refusals: HostRefusal[] = []
  for (const { id, official, gray } of Object.values(workspace.flows)) {
    const slots = [official, gray].filter((slot) => slot !== undefined)
    if (!slots.some((slot) => isStartedBy(slot, kind, channel))) continue
    const answer = route(workspace, { flow: id, contact: routed })
    if (!answer.ok) {
      refusals.push(answer as HostRefusal)
      continue
    }
    const slot = answer.slot === 'official' ? official! : gray!
    if (!isStartedBy(slot, kind, channel)) continue
    const application = slot.applications[channel]
    const address =
      application === undefined ? undefined : workspace.catalog.application[application]?.address
    if (address === undefined || to === undefined) ranks[1].push(id)
    else if (sameAddress(address, to)) ranks[0].push(id)
  }
  const flows = ranks.find((rank) => rank.length > 0) ?? []
  if (flows.length > 1) return refuseInHost('receive.ambiguous', { flows })
  return flows[0] ?? (refusals.length === 1 ? refusals[0]! : refuseInHost('receive.noFlow', { channel }))
}

function isStartedBy({ trigger }: Slot, kind: string, channel: string): boolean {
  return trigger?.kind === kind && (trigger.channel === undefined || trigger.channel === channel)
}

/** What is wrong with something that has come in from outside. */
function faultOf(inbound: Inbound): string | undefined {
  if (typeof inbound !== 'object' || inbound === null) return 'it is no object'
  const { channel, from, to, id, text, digits, signal, button, result } = inbound
  if (!isName(channel)) return 'channel is missing'
  for (const [name, value] of Object.entries({ from, to, id, signal })) {
    if (value !== undefined && !isName(value)) return `${name} is no text of 1 to ${MAX_NAME} characters`
  }
  for (const [name, value] of Object.entries({ text, digits })) {
    if (value !== undefined && typeof value !== 'string') return `${name} is no text`
  }
  const said = [text, digits, signal, button, result].filter((each) => each !== undefined)
  if (said.length > 1) return 'it says several things at once; send one at a time'
  const answer = button ?? result
  if (answer !== undefined && !isName(answer.waitId)) return 'its waitId is no text'
  return undefined
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_NAME
}
