import type { FlowEntry, Slot, WorkspaceState } from './state.ts'

/** The other flows, by id, of which a released version calls or jumps to a flow. */
export function callersOf(workspace: WorkspaceState, flow: string): readonly string[] {
  return Object.values(workspace.flows)
    .filter(({ id, official, gray }) => id !== flow && (calls(official, flow) || calls(gray, flow)))
    .map(({ id }) => id)
}

/**
 * The other flows, by id, that could not go on calling a flow with a slot of its empty: official versions call official
 * ones, for every contact may come to them; gray versions are content with either.
 */
export function strandedCallers(workspace: WorkspaceState, after: FlowEntry): readonly string[] {
  if (after.official !== undefined) return []
  if (after.gray === undefined) return callersOf(workspace, after.id)
  return Object.values(workspace.flows)
    .filter(({ id, official }) => id !== after.id && calls(official, after.id))
    .map(({ id }) => id)
}

function calls(slot: Slot | undefined, flow: string): boolean {
  return slot?.references.includes(flow) === true
}
