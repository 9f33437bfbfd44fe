import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Analysis } from './analysis.ts'
import type { NodeFacts } from './node-facts.ts'
import type { FlowRule, NodeRule, Report, ValidationPolicy } from './rule.ts'

const NONE: readonly Diagnostic[] = []

/** Runs rules over one analysis. What a rule reports comes back as diagnostics; most checks find nothing. */
export class RuleRunner {
  readonly #analysis: Analysis
  readonly #policy: ValidationPolicy
  readonly #report: Report
  #found: Diagnostic[] = []

  constructor(analysis: Analysis, policy: ValidationPolicy = {}) {
    this.#analysis = analysis
    this.#policy = policy
    this.#report = (code, location, details, extra) => {
      this.#found.push(createDiagnostic(code, { flow: analysis.flow.id, ...location }, details, extra))
    }
  }

  /** What a rule finds in one node. */
  checkNode(rule: NodeRule, facts: NodeFacts): readonly Diagnostic[] {
    rule.check(facts, this.#analysis, this.#report, this.#policy)
    return this.#take()
  }

  /** What a rule finds in the flow as a whole: first what concerns no node, then node by node. */
  checkFlow(rule: FlowRule): readonly Diagnostic[] {
    rule.check(this.#analysis, this.#report, this.#policy)
    return [...this.#take()].sort(byNode)
  }

  #take(): readonly Diagnostic[] {
    if (this.#found.length === 0) return NONE
    const found = this.#found
    this.#found = []
    return found
  }
}

function byNode(
  { location: { node: a = '' } }: Diagnostic,
  { location: { node: b = '' } }: Diagnostic,
): number {
  return a < b ? -1 : a > b ? 1 : 0
}
