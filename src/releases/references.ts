import type { Slot, WorkspaceState } from './state.ts'

/** The other flows, by id, of which a released version calls or jumps to a flow. */
export function callersOf(workspace: WorkspaceState, flow: string): readonly string[] {
  return Object.values(workspace.flows)
    .filter(({ id, official, gray }) => id !== flow && (calls(official, flow) || calls(gray, flow)))
    .map(({ id }) => id)
}

function calls(slot: Slot | undefined, flow: string): boolean {
  return slot?.references.includes(flow) === true
}
