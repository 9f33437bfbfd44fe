import type { Fix, Location, Severity } from '../diagnostics/diagnostic.ts'
import type { Details } from '../diagnostics/entry.ts'
import type { Analysis } from './analysis.ts'
import type { NodeFacts } from './node-facts.ts'

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
 * Of one node, for rules of nodes: `node` is its type, config and actions; `sources` what its expressions and templates
 * come to within the names of the flow; `connectors` those that leave it; `targets` whether these lead to nodes that
 * exist, and of which type; `definite` the variables that are set on every
 * path to it; `reach` whether the start leads to it, it leads to an end, and which nodes lead to it.
 *
 * Of the whole flow: `types` which nodes there are and of which type, `outcomes` the outcomes that each declares, `waits`
 * which of them wait and which outcomes are taken only so often, `ends` after which of them nothing follows, `tags` the
 * flow outcomes that they name, `graph` which node leads to which, `connectors` and `targets` those of all nodes,
 * `strays` the connectors that leave no node, `scope` the names that expressions may use, `settings` the flow settings
 * and the role of the flow.
 *
 * `ids` are the names of all nodes, `wayOut` is the end that fixes lead to.
 */
export type Facet =
  | 'node'
  | 'sources'
  | 'connectors'
  | 'targets'
  | 'definite'
  | 'reach'
  | 'types'
  | 'outcomes'
  | 'waits'
  | 'ends'
  | 'tags'
  | 'graph'
  | 'strays'
  | 'scope'
  | 'settings'
  | 'ids'
  | 'wayOut'

/** Checks one node at a time. */
export interface NodeRule {
  readonly name: string
  readonly scope: 'node'
  /** What decides whether something is found. */
  readonly reads: readonly Facet[]
  /** What only words what is found, in suggestions and fixes: nodes in which nothing was found are not looked at again. */
  readonly words?: readonly Facet[]
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
