import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import { type Analysis, type AnalysisOptions, analyse } from './analysis.ts'
import { RuleRunner } from './check-rule.ts'
import type { ValidationPolicy } from './rule.ts'
import { RULES } from './rules/index.ts'

export interface ValidateOptions extends AnalysisOptions {
  readonly policy?: ValidationPolicy | undefined
}

/**
 * Everything that is wrong with a flow, as data. Errors keep it from running; warnings do not. Findings are listed by
 * rule, those of a rule by node.
 *
 * @example
 * const diagnostics = validate(document, { nodes: palette })
 * const broken = diagnostics.some(({ severity }) => severity === 'error')
 */
export function validate(document: FlowDocument, options: ValidateOptions): Diagnostic[] {
  return findAll(analyse(document, options), options.policy)
}

/** The findings of all rules over an analysis that has been made. */
export function findAll(analysis: Analysis, policy?: ValidationPolicy): Diagnostic[] {
  const runner = new RuleRunner(analysis, policy)
  const found: Diagnostic[] = []
  for (const rule of RULES) {
    if (rule.scope === 'flow') append(found, runner.checkFlow(rule))
    else for (const facts of analysis.nodes) append(found, runner.checkNode(rule, facts))
  }
  return found
}

function append(list: Diagnostic[], more: readonly Diagnostic[]): void {
  for (const each of more) list.push(each)
}
