import type { Analysis } from '../analysis.ts'
import { cycles } from '../flow-graph.ts'
import type { FlowRule } from '../rule.ts'

/**
 * No cycle runs without waiting (VAL-6): what is left of the graph without nodes that wait, and without outcomes that
 * are taken only so often, has no cycle.
 */
export const endlessCyclesRule: FlowRule = {
  name: 'endless-cycles',
  scope: 'flow',
  reads: ['types', 'waits', 'graph', 'connectors'],
  check(analysis, report) {
    const { nodes } = analysis
    const running = Uint8Array.from(nodes, ({ type, waits }) =>
      // Nothing leaves an end, whatever connectors say.
      type === undefined || type.place === 'end' || waits ? 0 : 1,
    )
    for (const cycle of cycles(unboundedNext(analysis), running)) {
      const ids = cycle.map((index) => nodes[index]!.node.id).sort()
      report(
        'cycle.endless',
        { node: ids[0]! },
        { nodes: ids.slice(0, 10).join(', ') },
        {
          related: ids.slice(1, 100).map((node) => ({ node })),
        },
      )
    }
  },
}

/**
 * The graph without bounded outcomes. They cannot make a cycle endless: of the nodes that it would pass for ever, one
 * leads to no other of them but by bounded outcomes, and would have to take another some time.
 */
function unboundedNext({ nodes, graph }: Analysis): readonly (readonly number[])[] {
  if (nodes.every(({ bounded }) => bounded.length === 0)) return graph.next
  return nodes.map(({ bounded, connectors, index }) => {
    if (bounded.length === 0) return graph.next[index]!
    return [...connectors.values()].flatMap(({ from, to }) => {
      const target = bounded.includes(from.outcome) || to === undefined ? undefined : graph.indexOf.get(to)
      return target === undefined ? [] : [target]
    })
  })
}
