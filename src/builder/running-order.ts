import type { FlowDocument, FlowNode } from '../document/flow-document.ts'
import type { NodeRegistry } from '../nodes/registry.ts'

/**
 * The nodes in the order in which a conversation comes to them: from the start on, what an outcome leads to before what
 * the next outcome leads to. Nodes that nothing leads to come last, as the document has them.
 */
export function inRunningOrder(
  { nodes, connectors }: FlowDocument,
  types: NodeRegistry,
): readonly FlowNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const next = new Map<string, string[]>()
  for (const { from, to } of connectors) {
    if (to === undefined) continue
    const targets = next.get(from.node)
    if (targets === undefined) next.set(from.node, [to])
    else targets.push(to)
  }
  const starts = nodes.filter(({ type }) => types.get(type)?.place === 'start')
  const ordered = new Set<FlowNode>()
  for (const first of [...starts, ...nodes]) {
    const open = [first]
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (ordered.has(node)) continue
      ordered.add(node)
      const following = (next.get(node.id) ?? []).flatMap((id) => byId.get(id) ?? [])
      for (const each of following.reverse()) open.push(each)
    }
  }
  return [...ordered]
}
