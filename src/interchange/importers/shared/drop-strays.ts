import type { Connector, FlowNode } from '../../../document/flow-document.ts'
import { reach, waysOf } from './reach.ts'

/** Takes out the nodes that nothing leads to from the start, with their connectors. Without a start all of them stay. */
export function dropStrays(
  nodes: readonly FlowNode[],
  connectors: readonly Connector[],
): {
  readonly nodes: readonly FlowNode[]
  readonly connectors: readonly Connector[]
  readonly strays: readonly FlowNode[]
} {
  const starts = nodes.filter(({ type }) => type === 'start@1').map(({ id }) => id)
  if (starts.length === 0) return { nodes, connectors, strays: [] }
  const reached = reach(starts, waysOf(connectors.map(({ from, to }) => [from.node, to])))
  return {
    nodes: nodes.filter(({ id }) => reached.has(id)),
    connectors: connectors.filter(({ from }) => reached.has(from.node)),
    strays: nodes.filter(({ id }) => !reached.has(id)),
  }
}
