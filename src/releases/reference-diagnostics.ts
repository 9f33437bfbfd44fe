import type { Json } from '../base/json.ts'
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic, Location, Severity } from '../diagnostics/diagnostic.ts'
import { exceptionFlowOf } from './exception-flow.ts'
import type { Inspection } from './inspection.ts'
import type { SlotName, WorkspaceState } from './state.ts'

/**
 * What is wrong with a flow among the others of its workspace: flows that it runs, and the exception flow where the
 * policy asks for one, are missing or not released (VAL-9). Warnings while the flow is a `draft`, so that flows can be
 * drawn in any order; errors at its `release`.
 *
 * `slot` is where it is released to. For `official` the other flows have to be official as well, for every contact may
 * come to them; for `gray`, and while nobody has chosen, any released version will do. A flow that runs itself is as
 * good as released, for by then it is. Flows of the role exception need no other one to fall back on (REL-11).
 *
 * @example
 * const found = [...inspection.diagnostics, ...referenceDiagnostics(workspace, inspection, 'release', 'official')]
 */
export function referenceDiagnostics(
  workspace: WorkspaceState,
  inspection: Inspection,
  moment: 'draft' | 'release',
  slot?: SlotName,
): Diagnostic[] {
  const severity: Severity = moment === 'draft' ? 'warning' : 'error'
  const { flow: own, references, role, medium } = inspection
  const report = (code: string, location: Location, details: { readonly [name: string]: Json }) =>
    createDiagnostic(code, { flow: own, ...location }, details, { severity })
  const detailsOf = (fault: Fault, flow: string) => ({
    flow,
    ...(fault === 'notReleased' && slot === 'official' ? { slot } : {}),
  })

  const found = references
    .filter(({ flow }) => flow !== own)
    .flatMap(({ flow, nodes }) => {
      const fault = faultOf(workspace, flow, slot)
      return fault === undefined
        ? []
        : nodes.map((node) => report(`subflow.${fault}`, { node }, detailsOf(fault, flow)))
    })

  if (!workspace.policy.release.needsExceptionFlow || role === 'exception') return found
  const flow = exceptionFlowOf(workspace, medium)
  if (flow === undefined) return [...found, report('exceptionFlow.missing', {}, { medium })]
  const fault = faultOf(workspace, flow, slot)
  return fault === undefined
    ? found
    : [...found, report(`exceptionFlow.${fault}`, {}, detailsOf(fault, flow))]
}

type Fault = 'missing' | 'notReleased'

function faultOf({ flows }: WorkspaceState, id: string, slot: SlotName | undefined): Fault | undefined {
  const entry = Object.hasOwn(flows, id) ? flows[id] : undefined
  if (entry === undefined) return 'missing'
  const released = entry.official ?? (slot === 'official' ? undefined : entry.gray)
  return released === undefined ? 'notReleased' : undefined
}
