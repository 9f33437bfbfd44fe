import { KeyedTurns } from '../../base/keyed-turns.ts'
import type { SessionEvent } from '../../nodes/events.ts'
import { isWithheld } from '../../releases/gray/phone-number.ts'
import type { Inbound } from '../channels/channel.ts'
import type { Claim } from '../stores/session-store.ts'
import { findCaller } from './callers.ts'
import { chooseFlow } from './choose-flow.ts'
import { findSession, type InboundFrom } from './find-session.ts'
import { faultOfInbound } from './inbound-fault.ts'
import type { Changed } from './live.ts'
import { addressMark } from './marks.ts'
import type { HostParts } from './parts.ts'
import { withRecordingFor } from './recordings.ts'
import { type HostRefusal, refuseInHost } from './refusal.ts'
import { giving, keeping } from './session-steps.ts'
import type { Started } from './starter.ts'

/** How often another session is looked for because the one that was found has just come to its end. */
const MAX_SEARCHES = 8

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
 * 1. An answer goes to the session whose wait it names, and whatever names its session to that one.
 * 2. Anything else goes to a session of the same address on the same channel, and of the number that was called or written
 *    to where both are known: to one whose wait accepts it, else to one that keeps it for later; of several to the one that
 *    was active last.
 * 3. Else it goes, by the same rules, to a session of the same contact that began elsewhere and has said something to them
 *    on this channel.
 * 4. What nobody waits for starts a flow: the one whose access code was called, else the one whose application was called or
 *    written to, else the only one that this trigger starts and that uses no application of the channel; see `chooseFlow`.
 *
 * A call that has just come in, without text or keys, always starts a flow. Who withholds their number has no address, so
 * that their inputs find a session only where they name it.
 */
export class Receiver {
  readonly #parts: HostParts
  readonly #turns = new KeyedTurns()

  constructor(parts: HostParts) {
    this.#parts = parts
  }

  async receive(given: Inbound): Promise<Received> {
    const fault = faultOfInbound(given)
    if (fault !== undefined) return refuseInHost('input.bad', { fault })
    const inbound = isWithheld(given.from) ? { ...given, from: undefined } : given
    const { button, result, channel, from, id } = inbound
    if (button !== undefined) return this.#answer(inbound, { type: 'button', ...button })
    if (result !== undefined) return this.#answer(inbound, { type: 'result', ...result })
    if (from === undefined && id === undefined) return this.#receive(inbound)
    // Two messages of one person must not both start a flow, nor overtake each other.
    const key = from === undefined ? `in/${channel}/${id}` : addressMark(channel, from)
    return this.#turns.take(key, () => this.#receive(inbound))
  }

  async #receive(inbound: Inbound): Promise<Received> {
    const claim = this.#claim(inbound)
    if (claim !== undefined) {
      const { tenant, sessions } = this.#parts
      const before = await sessions.claimant(tenant, claim.key, claim.now)
      if (before !== undefined) return { ok: true, session: before, did: 'duplicate' }
    }
    const event = eventOf(inbound)
    if (event === undefined) return this.#start(inbound, 'call', claim)
    if (inbound.session !== undefined) return this.#give(inbound.session, event, claim)
    const given = await this.#giveToWaiting(inbound, event, claim)
    if (given !== undefined) return given
    return event.type === 'text' ? this.#start(inbound, 'message', claim) : nobodyWaits(inbound, event)
  }

  /** The session of an answer is named by its wait. */
  async #answer(inbound: Inbound, event: SessionEvent & { readonly waitId: string }): Promise<Received> {
    const { waitId } = event
    const session = waitId.slice(0, Math.max(0, waitId.lastIndexOf(':')))
    const { result } = inbound
    const patch = result === undefined ? undefined : withRecordingFor(waitId, result)
    const given = await this.#give(session, event, this.#claim(inbound), patch)
    // Who hangs up ends the recording: it is there, though the session waits for it no longer.
    if (!given.ok && patch !== undefined && given.code !== 'session.unknown')
      await this.#parts.desk.change(session, keeping(patch, given))
    return given
  }

  /** What became of it, or `undefined` where no session waits. */
  async #giveToWaiting(
    inbound: Inbound,
    event: SessionEvent,
    claim: Unclaimed | undefined,
  ): Promise<Received | undefined> {
    if (inbound.from === undefined) return undefined
    for (let search = 0; search < MAX_SEARCHES; search++) {
      const session = await findSession(this.#parts, inbound as InboundFrom, event)
      if (session === undefined) return undefined
      const given = await this.#give(session, event, claim)
      // Where a timer or an answer has ended it in between, the input is for whoever else waits.
      if (given.ok || !GONE.has(given.code)) return given
    }
    return undefined
  }

  async #start(inbound: Inbound, kind: 'message' | 'call', once: Unclaimed | undefined): Promise<Received> {
    const { tenant, contacts, starter } = this.#parts
    const { channel, from, to, text, data } = inbound
    const contact = await findCaller(contacts, tenant, from === undefined ? undefined : { address: from })
    const flow = chooseFlow(await this.#parts.state(), kind, inbound, contact)
    if (typeof flow !== 'string') return flow
    const members = { channel, from, to, text }
    return startedAs(await starter.start({ flow, kind, contact, channel, to, data, members, once }))
  }

  async #give(
    session: string,
    event: SessionEvent,
    claim: Unclaimed | undefined,
    patch?: Parameters<typeof giving>[1],
  ): Promise<Received> {
    const also = claim === undefined ? {} : { claims: [{ ...claim, session }] }
    return received(await this.#parts.desk.change(session, giving(event, patch), also))
  }

  /** What came in under an id before changes nothing. */
  #claim({ channel, id }: Inbound): Unclaimed | undefined {
    if (id === undefined) return undefined
    const { clock, rememberMs } = this.#parts
    const now = clock.now()
    return { key: `in/${encodeURIComponent(channel)}/${id}`, now, until: now + rememberMs }
  }
}

/** A claim of which nobody knows yet for what session. */
type Unclaimed = Omit<Claim, 'session'>

/** Refusals of a session that was still there when it was looked for. */
const GONE: ReadonlySet<string> = new Set(['session.ended', 'session.unknown'])

function nobodyWaits({ channel }: Inbound, { type }: SessionEvent): HostRefusal {
  return refuseInHost('receive.nobodyWaits', { what: type, channel })
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
