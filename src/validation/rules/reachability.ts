import { fixOf } from '../fixes/fix.ts'
import type { FlowRule, NodeRule } from '../rule.ts'

/** The start reaches every node, and every node reaches an end (VAL-2, VAL-6). */
export const reachabilityRule: NodeRule = {
  name: 'reachability',
  scope: 'node',
  reads: ['node', 'reach'],
  check({ node, index, type, outputs }, { graph, reach }, report, { unreachable = 'error' }) {
    if (!reach.startless && !reach.isReached(index) && type?.place !== 'start') {
      // What leads here, though itself unreachable, would be left with an outcome that leads nowhere, and what reads
      // its outputs with nothing to read.
      const removable = outputs === undefined && graph.previous[index]!.every((from) => from === index)
      const fix = removable ? fixOf(`Remove ${node.id}`, { type: 'remove', node: node.id }) : {}
      report('node.unreachable', { node: node.id }, {}, { severity: unreachable, ...fix })
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
