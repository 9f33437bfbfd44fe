import { route } from '../../releases/gray/route.ts'
import type { FlowEntry, Slot, WorkspaceState } from '../../releases/state.ts'
import type { Inbound } from '../channels/channel.ts'
import { sameAddress } from './addresses.ts'
import type { CallerContact } from './callers.ts'
import { type HostRefusal, refuseInHost } from './refusal.ts'

/** What comes in and starts a flow. */
export type InboundKind = 'message' | 'call'

/** Flows that stand equally near to what has come in, and those that would if the contact reached them. */
interface Rank {
  readonly flows: string[]
  readonly refusals: HostRefusal[]
}

/**
 * The flow that something starts which nobody waits for: the one whose access code was called; else the one whose application
 * was called or written to; else the only one that it starts and that has no number of its own on the channel.
 *
 * Who owns the number decides: where the flow of an application is paused, or reaches this contact not, what comes in on
 * its number is refused for that reason, and starts no other flow in its place.
 */
export function chooseFlow(
  workspace: WorkspaceState,
  kind: InboundKind,
  { channel, to }: Pick<Inbound, 'channel' | 'to'>,
  contact: CallerContact | undefined,
): string | HostRefusal {
  const entries = Object.values(workspace.flows)
  const coded = entries.find(({ accessCode }) => accessCode !== undefined && accessCode === to)
  // Whether it is released, and started by this, is what starting it looks at.
  if (coded !== undefined) return coded.id
  const routed = { id: contact?.id, number: contact?.address, attributes: contact?.fields }
  const [named, open]: [Rank, Rank] = [noFlows(), noFlows()]
  for (const entry of entries) {
    const started = slotsStartedBy(entry, kind, channel)
    if (started.length === 0) continue
    const answer = route(workspace, { flow: entry.id, contact: routed })
    const reached = answer.ok ? started.filter((slot) => slot === entry[answer.slot]) : started
    const nearness = reached.map((slot) => nearnessOf(workspace, slot, channel, to))
    const rank = nearness.includes('named') ? named : nearness.includes('open') ? open : undefined
    if (answer.ok) rank?.flows.push(entry.id)
    else rank?.refusals.push(answer as HostRefusal)
  }
  const { flows, refusals } =
    [named, open].find((rank) => rank.flows.length + rank.refusals.length > 0) ?? open
  if (flows.length > 1) return refuseInHost('receive.ambiguous', { flows })
  return flows[0] ?? (refusals.length === 1 ? refusals[0]! : refuseInHost('receive.noFlow', { channel }))
}

function noFlows(): Rank {
  return { flows: [], refusals: [] }
}

function slotsStartedBy({ official, gray }: FlowEntry, kind: InboundKind, channel: string): readonly Slot[] {
  return [official, gray]
    .filter((slot) => slot !== undefined)
    .filter(({ trigger }) => {
      return trigger?.kind === kind && (trigger.channel === undefined || trigger.channel === channel)
    })
}

/** `named` where the number is that of its application, `open` where it has none of its own; `undefined` for another one. */
function nearnessOf(
  { catalog }: WorkspaceState,
  { applications }: Slot,
  channel: string,
  to: string | undefined,
): 'named' | 'open' | undefined {
  const application = applications[channel]
  const address = application === undefined ? undefined : catalog.application[application]?.address
  if (address === undefined || to === undefined) return 'open'
  return sameAddress(address, to) ? 'named' : undefined
}
