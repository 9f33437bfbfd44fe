import { isApproved } from '../../releases/approvals.ts'
import { itemOf, nameOfVersion } from '../../releases/lookup.ts'
import { refuse } from '../../releases/refusal.ts'
import type { Application, FlowEntry, FlowState, Slot, WorkspaceState } from '../../releases/state.ts'
import { refuseSharing, type SharingRefusal } from '../refusal.ts'

/**
 * Whether contacts can be led to a flow by links: a main interaction flow, officially released, approved and not paused,
 * that a link starts (DST-1). The released version, or the first thing that is in the way.
 */
export function distributable(
  workspace: WorkspaceState,
  flow: FlowState | undefined,
  id: string,
): { readonly ok: true; readonly entry: FlowEntry; readonly slot: Slot } | SharingRefusal {
  const entry = itemOf(workspace.flows, id)
  if (entry === undefined || flow === undefined) return refuse('flow.unknown', { flow: id })
  const slot = entry.official
  const { role, audience } = slot ?? flow
  if (role !== 'main' || audience !== 'interaction')
    return refuseSharing('link.notInteraction', { flow: id, role, audience })
  if (slot === undefined) return refuseSharing('link.notReleased', { flow: id })
  const version = itemOf(flow.versions, slot.version)
  if (version === undefined || !isApproved(version, workspace))
    return refuseSharing('link.notApproved', {
      flow: id,
      version: version === undefined ? slot.version : nameOfVersion(version, workspace),
    })
  if (entry.paused === true) return refuseSharing('link.paused', { flow: id })
  const { kind = 'nothing' } = slot.trigger ?? {}
  if (kind !== 'link') return refuseSharing('link.otherTrigger', { flow: id, trigger: kind })
  return { ok: true, entry, slot }
}

/** The applications for which links to a flow can be made (DST-2): those that it is handed out for, and those that it speaks through. */
export function applicationsOf({ catalog }: WorkspaceState, entry: FlowEntry): readonly Application[] {
  const { distribution, official } = entry
  const ids = new Set([...(distribution?.applications ?? []), ...Object.values(official?.applications ?? {})])
  return [...ids].sort().flatMap((id) => itemOf(catalog.application, id) ?? [])
}
