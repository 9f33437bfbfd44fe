import { cycles } from '../flow-graph.ts'
import type { FlowRule } from '../rule.ts'

/** No cycle runs without waiting (VAL-6): what is left of the graph without nodes that wait has no cycle. */
export const endlessCyclesRule: FlowRule = {
  name: 'endless-cycles',
  scope: 'flow',
  reads: ['types', 'waits', 'graph'],
  check({ nodes, graph }, report) {
    const running = Uint8Array.from(nodes, ({ type, waits }) =>
      // Nothing leaves an end, whatever connectors say.
      type === undefined || type.place === 'end' || waits ? 0 : 1,
    )
    for (const cycle of cycles(graph.next, running)) {
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
