import type { Connector, FlowNode } from '../document/flow-document.ts'
import type { Draft } from '../editing/draft.ts'
import { implicitOutcome, isImplicitOutcome, SIGNALS } from '../nodes/events.ts'
import type { NodeType } from '../nodes/node-type.ts'
import { withDefaults } from '../nodes/visit-config.ts'

/** One way out of a node, as a canvas draws it. */
export interface Handle {
  readonly outcome: string
  /**
   * `declared` by the type for this config; `error` and `signal` for those that every node has beside them; `unknown`
   * for one that only a connector still names.
   */
  readonly kind: 'declared' | 'error' | 'signal' | 'unknown'
  /** True where nothing need be connected. */
  readonly optional: boolean
  /** Id of the connector that leaves here. */
  readonly connector?: string
  /** Id of the node that it leads to. */
  readonly to?: string
}

const ERROR = implicitOutcome('error')
const IMPLICIT = [ERROR, ...SIGNALS.map(implicitOutcome)]

/**
 * The ways out of a node as it is configured: those that its type declares in their order, then those for errors and
 * signals, then what else connectors name. An end has none of its own.
 */
export function handlesOf(
  node: Pick<FlowNode, 'config'>,
  type: NodeType | undefined,
  leaving: Iterable<Connector> = [],
): readonly Handle[] {
  const config = type === undefined ? {} : withDefaults(type.fields, node.config)
  const declared = new Set(type?.runtime.outcomes(config))
  const optional = new Set(type?.optionalOutcomes?.(config))
  const connectors = new Map([...leaving].map((connector) => [connector.from.outcome, connector]))
  const outcomes = new Set([
    ...declared,
    ...(type?.place === 'end' ? [] : IMPLICIT),
    ...[...connectors.keys()].sort(),
  ])
  return [...outcomes].map((outcome) => {
    const connector = connectors.get(outcome)
    return {
      outcome,
      kind: declared.has(outcome) ? 'declared' : kindOf(outcome),
      optional: !declared.has(outcome) || optional.has(outcome),
      ...(connector === undefined ? {} : { connector: connector.id }),
      ...(connector?.to === undefined ? {} : { to: connector.to }),
    }
  })
}

function kindOf(outcome: string): Handle['kind'] {
  if (outcome === ERROR) return 'error'
  return isImplicitOutcome(outcome) ? 'signal' : 'unknown'
}

/** The handles of a node of a draft; none where there is no such node. */
export function handlesIn(draft: Draft, id: string): readonly Handle[] {
  const node = draft.node(id)
  if (node === undefined) return []
  const leaving = [...(draft.parts.leaving.get(id)?.ids() ?? [])].map((each) => draft.connector(each)!)
  return handlesOf(node, draft.context.registry.get(node.type), leaving)
}
