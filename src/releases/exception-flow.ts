import type { Medium } from '../document/flow-document.ts'
import type { WorkspaceState } from './state.ts'

/**
 * The exception flow that a failing session of a flow enters (REL-20), by flow id: the one named for its medium, else the
 * one named for any. A flow of any medium is served by the one for any, else by either of the other two. `undefined`
 * where none is named; whether the one named is released, or there at all, is another question.
 */
export function exceptionFlowOf(
  { exceptionFlows }: Pick<WorkspaceState, 'exceptionFlows'>,
  medium: Medium,
): string | undefined {
  return exceptionFlows[medium] ?? exceptionFlows.any ?? eitherOf(medium, exceptionFlows)
}

function eitherOf(medium: Medium, flows: WorkspaceState['exceptionFlows']): string | undefined {
  return medium === 'any' ? (flows.voice ?? flows.messaging) : undefined
}
