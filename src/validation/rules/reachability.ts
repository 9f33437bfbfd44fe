import type { FlowRule, NodeRule } from '../rule.ts'

/** The start reaches every node, and every node reaches an end (VAL-2, VAL-6). */
export const reachabilityRule: NodeRule = {
  name: 'reachability',
  scope: 'node',
  reads: ['node', 'reach'],
  check({ node, index, type }, { graph, reach }, report, { unreachable = 'error' }) {
    if (!reach.startless && !reach.isReached(index) && type?.place !== 'start') {
      // What leads here, though itself unreachable, would be left with an outcome that leads nowhere.
      const removable = graph.previous[index]!.every((from) => from === index)
      const fix = { title: `Remove ${node.id}`, commands: [{ type: 'remove', node: node.id }] }
      const extra = removable ? { severity: unreachable, fix } : { severity: unreachable }
      report('node.unreachable', { node: node.id }, {}, extra)
    }
    if (!reach.reachesEnd(index)) report('node.noWayToEnd', { node: node.id }, {}, { severity: unreachable })
  },
}

/** An end can be reached from the start (VAL-2). */
export const completionRule: FlowRule = {
  name: 'completion',
  scope: 'flow',
  reads: ['types', 'ends', 'graph'],
  check({ reach }, report) {
    if (!reach.startless && !reach.completes) report('flow.noEndReachable', {})
  },
}
