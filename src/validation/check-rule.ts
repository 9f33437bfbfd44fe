import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Analysis } from './analysis.ts'
import type { NodeFacts } from './node-facts.ts'
import type { FlowRule, NodeRule, Report, ValidationPolicy } from './rule.ts'

const NONE: readonly Diagnostic[] = []

/** What a rule finds in one node. */
export function checkNode(
  rule: NodeRule,
  facts: NodeFacts,
  analysis: Analysis,
  policy: ValidationPolicy,
): readonly Diagnostic[] {
  let found: Diagnostic[] | undefined
  const { id: flow } = analysis.flow
  const report: Report = (code, location, details, extra) => {
    found ??= []
    found.push(createDiagnostic(code, { flow, ...location }, details, extra))
  }
  rule.check(facts, analysis, report, policy)
  return found ?? NONE
}

/** What a rule finds in the flow as a whole: first what concerns no node, then node by node. */
export function checkFlow(rule: FlowRule, analysis: Analysis, policy: ValidationPolicy): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  const { id: flow } = analysis.flow
  const report: Report = (code, location, details, extra) => {
    found.push(createDiagnostic(code, { flow, ...location }, details, extra))
  }
  rule.check(analysis, report, policy)
  return found.length < 2 ? found : found.sort(byNode)
}

function byNode({ location: { node: a = '' } }: Diagnostic, { location: { node: b = '' } }: Diagnostic): number {
  return a < b ? -1 : a > b ? 1 : 0
}
