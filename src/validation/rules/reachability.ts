import { reach } from '../flow-graph.ts'
import type { FlowRule } from '../rule.ts'

/** The start reaches every node, and every node reaches an end (VAL-2, VAL-6). */
export const reachabilityRule: FlowRule = {
  name: 'reachability',
  scope: 'flow',
  reads: ['types', 'ends', 'graph'],
  check({ nodes, starts, graph }, report, { unreachable = 'error' }) {
    const start = starts[0]
    const ends = nodes.filter((facts) => facts.ends).map((facts) => facts.index)
    const forward = start === undefined ? undefined : reach([start.index], graph.next)
    const backward = reach(ends, graph.previous)
    if (forward !== undefined && !ends.some((end) => forward[end] === 1)) report('flow.noEndReachable', {})
    for (const { node, index, type } of nodes) {
      if (forward !== undefined && forward[index] !== 1 && type?.place !== 'start') {
        // What leads here, though itself unreachable, would be left with an outcome that leads nowhere.
        const removable = graph.previous[index]!.every((from) => from === index)
        const fix = { title: `Remove ${node.id}`, commands: [{ type: 'remove', node: node.id }] }
        const extra = removable ? { severity: unreachable, fix } : { severity: unreachable }
        report('node.unreachable', { node: node.id }, {}, extra)
      }
      if (backward[index] !== 1) report('node.noWayToEnd', { node: node.id }, {}, { severity: unreachable })
    }
  },
}
