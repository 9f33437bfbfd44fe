import { exceptionFlowOf } from './exception-flow.ts'
import { itemOf } from './lookup.ts'
import type { FlowEntry, Slot, SlotName, WorkspaceState } from './state.ts'

/**
 * The released flows, by id, that an exception flow does not cover: one of their medium is not named, not released to
 * the same slot or officially, or paused. Exception flows need none themselves. Paused flows count: they come back.
 */
export function uncoveredFlows(workspace: WorkspaceState): readonly string[] {
  return Object.values(workspace.flows)
    .filter((entry) => isExposed(workspace, entry))
    .map(({ id }) => id)
}

/** The flows that are covered before and not after. */
export function exposedFlows(before: WorkspaceState, after: WorkspaceState): readonly string[] {
  const earlier = new Set(uncoveredFlows(before))
  return uncoveredFlows(after).filter((id) => !earlier.has(id))
}

function isExposed(workspace: WorkspaceState, { official, gray }: FlowEntry): boolean {
  return (
    (official !== undefined && !isCovered(workspace, official, 'official')) ||
    (gray !== undefined && !isCovered(workspace, gray, 'gray'))
  )
}

function isCovered(workspace: WorkspaceState, { role, medium }: Slot, slot: SlotName): boolean {
  if (role === 'exception') return true
  const id = exceptionFlowOf(workspace, medium)
  const entry = id === undefined ? undefined : itemOf(workspace.flows, id)
  if (entry === undefined || entry.paused === true) return false
  // One that is only gray covers gray releases alone (REL-20).
  return entry.official !== undefined || (slot === 'gray' && entry.gray !== undefined)
}
