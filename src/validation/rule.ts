import type { Fix, Location, Severity } from '../diagnostics/diagnostic.ts'
import type { Details } from '../diagnostics/entry.ts'
import type { Analysis, NodeFacts } from './analysis.ts'

/** Choices that validation leaves to the workspace. */
export interface ValidationPolicy {
  /** How an outcome that its node type declares optional is judged when it leads nowhere. Default `error`. */
  readonly optionalOutcomes?: Severity
  /** How a node is judged that the start does not reach, or that reaches no end. Default `error`. */
  readonly unreachable?: Severity
}

/** What a rule may find; the code's entry in the table words it. */
export type Report = (
  code: string,
  location: Location,
  details?: Details,
  extra?: { readonly related?: readonly Location[]; readonly fix?: Fix; readonly severity?: Severity },
) => void

/**
 * What a rule reads. After an edit, a rule runs again only where something that it reads has changed.
 *
 * For a rule of nodes, `node` is the node itself and `connectors` are those that leave it; for a rule of the flow,
 * all connectors. The rest is of the whole flow: `types` which nodes there are and of which type, `outcomes` the
 * outcomes that each declares, `waits` which of them wait and which outcomes are taken only so often, `ends` after
 * which of them nothing follows, `tags` the flow outcomes that they name, `graph` which node leads to which, `scope`
 * the names that expressions may use, `settings` the flow settings and the role of the flow. `nodes` is all that
 * stands in any node: a rule that reads it runs again with every letter typed.
 */
export type Facet =
  | 'node'
  | 'connectors'
  | 'types'
  | 'outcomes'
  | 'waits'
  | 'ends'
  | 'tags'
  | 'graph'
  | 'scope'
  | 'settings'
  | 'nodes'

/** Checks one node at a time. */
export interface NodeRule {
  readonly name: string
  readonly scope: 'node'
  readonly reads: readonly Facet[]
  check(facts: NodeFacts, analysis: Analysis, report: Report, policy: ValidationPolicy): void
}

/** Checks the flow as a whole. */
export interface FlowRule {
  readonly name: string
  readonly scope: 'flow'
  readonly reads: readonly Facet[]
  check(analysis: Analysis, report: Report, policy: ValidationPolicy): void
}

export type Rule = NodeRule | FlowRule
