import { isApproved } from '../../releases/approvals.ts'
import { itemOf, nameOfVersion } from '../../releases/lookup.ts'
import { refuse } from '../../releases/refusal.ts'
import type { Application, FlowEntry, FlowState, Slot, WorkspaceState } from '../../releases/state.ts'
import { refuseSharing, type SharingRefusal } from '../refusal.ts'

/** A flow that contacts can be led to, with what is out of it. */
export interface Distributable {
  readonly ok: true
  readonly entry: FlowEntry
  /** The official version. */
  readonly slot: Slot
  /** Everything that contacts may reach: it, and a gray version where there is one. */
  readonly slots: readonly Slot[]
}

/**
 * Whether contacts can be led to a flow by links: a main interaction flow, officially released, approved and not paused,
 * that a link starts (DST-1). A gray version that some contacts would reach has to be all of that, too. The official
 * version, or the first thing that is in the way.
 */
export function distributable(
  workspace: WorkspaceState,
  flow: FlowState | undefined,
  id: string,
): Distributable | SharingRefusal {
  const entry = itemOf(workspace.flows, id)
  if (entry === undefined || flow === undefined) return refuse('flow.unknown', { flow: id })
  const { official, gray, paused } = entry
  const { role, audience } = official ?? flow
  if (!isForContacts(role, audience))
    return refuseSharing('link.notInteraction', { flow: id, role, audience })
  if (official === undefined) return refuseSharing('link.notReleased', { flow: id })
  if (paused === true) return refuseSharing('link.paused', { flow: id })
  const slots = gray === undefined ? [official] : [official, gray]
  for (const slot of slots) {
    const refused = unfit(workspace, flow, slot)
    if (refused !== undefined) return refused
  }
  return { ok: true, entry, slot: official, slots }
}

function isForContacts(role: string, audience: string): boolean {
  return role === 'main' && audience === 'interaction'
}

/** Why a released version takes nobody in by a link; `undefined` where it does. */
function unfit(workspace: WorkspaceState, flow: FlowState, slot: Slot): SharingRefusal | undefined {
  const { role, audience, trigger } = slot
  if (!isForContacts(role, audience))
    return refuseSharing('link.notInteraction', { flow: flow.id, role, audience })
  const version = itemOf(flow.versions, slot.version)
  if (version === undefined || !isApproved(version, workspace))
    return refuseSharing('link.notApproved', {
      flow: flow.id,
      version: version === undefined ? slot.version : nameOfVersion(version, workspace),
    })
  const { kind = 'nothing' } = trigger ?? {}
  return kind === 'link' ? undefined : refuseSharing('link.otherTrigger', { flow: flow.id, trigger: kind })
}

/** The applications for which links to a flow can be made (DST-2): those that it is handed out for, and those that it speaks through. */
export function applicationsOf({ catalog }: WorkspaceState, entry: FlowEntry): readonly Application[] {
  const { distribution, official } = entry
  const ids = new Set([...(distribution?.applications ?? []), ...Object.values(official?.applications ?? {})])
  return [...ids].sort().flatMap((id) => itemOf(catalog.application, id) ?? [])
}
