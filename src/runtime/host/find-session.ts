import { resume } from '../../interpreter/interpreter.ts'
import type { SessionEvent } from '../../nodes/events.ts'
import type { Inbound } from '../channels/channel.ts'
import { sameAddress } from './addresses.ts'
import { findCaller } from './callers.ts'
import type { Live } from './live.ts'
import { addressMark, spokenMark } from './marks.ts'
import type { HostParts } from './parts.ts'
import { isQuarantining } from './session-desk.ts'
import type { SessionFacts } from './session-record.ts'

/** Something that has come in from somebody who is known by an address. */
export type InboundFrom = Inbound & { readonly from: string }

/**
 * The session that an input is for (steps 2 and 3 of `Receiver`): one of the same address on the same channel, else one of
 * the same contact that has said something to them on this channel.
 */
export async function findSession(
  parts: HostParts,
  inbound: InboundFrom,
  event: SessionEvent,
): Promise<string | undefined> {
  const { channel, from } = inbound
  const here = await best(parts, addressMark(channel, from), inbound, event)
  if (here !== undefined) return here
  const { contacts, tenant } = parts
  const contact = (await findCaller(contacts, tenant, { address: from }))?.id
  return contact === undefined ? undefined : best(parts, spokenMark(channel, contact), inbound, event)
}

/** Of the sessions with a mark the one to take an input: one whose wait accepts it, and then the one active last. */
async function best(
  { desk, clock, ...parts }: HostParts,
  mark: string,
  { channel, to }: InboundFrom,
  event: SessionEvent,
): Promise<string | undefined> {
  const found: Live[] = []
  let quarantined: string | undefined
  for (const id of await desk.marked(mark)) {
    try {
      const live = await desk.load(id)
      if (live?.record.session.status !== 'waiting') continue
      if (await wasMeant(parts, live.record.about, channel, to)) found.push(live)
    } catch (error) {
      // One that cannot run here must not keep others from their input; a store that fails must.
      if (!isQuarantining(error)) throw error
      const facts = await desk.facts(id).catch(() => undefined)
      if (facts !== undefined && (await wasMeant(parts, facts, channel, to))) quarantined ??= id
    }
  }
  if (found.length < 2) return found[0]?.record.session.id ?? quarantined
  const now = clock.now()
  const ranked = found.map((live) => ({ live, takes: takes(live, event, now) }))
  return ranked.reduce((a, b) => (comesBefore(b, a) ? b : a)).live.record.session.id
}

/** False where the number that was called or written to, and the one that the session goes by, are both known and differ. */
async function wasMeant(
  { state }: Pick<HostParts, 'state'>,
  { channel: own, to: called, applications }: SessionFacts,
  channel: string,
  to: string | undefined,
): Promise<boolean> {
  if (to === undefined) return true
  if (called !== undefined && own === channel) return sameAddress(called, to)
  const application = applications?.[channel]
  if (application === undefined) return true
  const address = (await state()).catalog.application[application]?.address
  return address === undefined || sameAddress(address, to)
}

interface Candidate {
  readonly live: Live
  readonly takes: boolean
}

function comesBefore(a: Candidate, b: Candidate): boolean {
  if (a.takes !== b.takes) return a.takes
  const [{ record: one }, { record: other }] = [a.live, b.live]
  if (one.activeAt !== other.activeAt) return one.activeAt > other.activeAt
  return one.about.startedAt > other.about.startedAt
}

/** Whether an input would be taken now, rather than kept for later: the node that waits has the last word. */
function takes({ record: { session }, program, programs }: Live, event: SessionEvent, now: number): boolean {
  const { wait } = session
  if (event.type === 'signal') return true
  if (!wait?.for.some((each) => each === event.type)) return false
  try {
    const run = resume(program, session, event, { now, programs })
    return run.refused === undefined && run.session.wait?.id !== wait.id
  } catch (error) {
    if (!isQuarantining(error)) throw error
    return false
  }
}
