import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { FlowDocument } from '../document/flow-document.ts'
import { type Analysis, type AnalysisOptions, analyse } from './analysis.ts'
import type { Report, ValidationPolicy } from './rule.ts'
import { RULES } from './rules/index.ts'

export interface ValidateOptions extends AnalysisOptions {
  readonly policy?: ValidationPolicy | undefined
}

/**
 * Everything that is wrong with a flow, as data. Errors keep it from running; warnings do not.
 *
 * @example
 * const diagnostics = validate(document, { nodes: palette })
 * const broken = diagnostics.some(({ severity }) => severity === 'error')
 */
export function validate(document: FlowDocument, options: ValidateOptions): Diagnostic[] {
  return findAll(analyse(document, options), options.policy)
}

/** The findings of all rules over an analysis that has been made. */
export function findAll(analysis: Analysis, policy: ValidationPolicy = {}): Diagnostic[] {
  const found: Diagnostic[] = []
  const flow = analysis.document.id
  const report: Report = (code, location, details, extra) => {
    found.push(createDiagnostic(code, { flow, ...location }, details, extra))
  }
  for (const rule of RULES) {
    if (rule.scope === 'flow') rule.check(analysis, report, policy)
    else for (const facts of analysis.nodes) rule.check(facts, analysis, report, policy)
  }
  return found
}
