import { fixOf } from '../fixes/fix.ts'
import type { FlowRule } from '../rule.ts'

/** A flow has exactly one start node (VAL-2, VAL-16). */
export const startRule: FlowRule = {
  name: 'start',
  scope: 'flow',
  reads: ['types', 'graph'],
  check({ starts, graph }, report) {
    const [first, ...others] = starts
    if (first === undefined) {
      report('flow.noStart', {})
      return
    }
    for (const { node, index, type } of others) {
      // What leads to it would be left with an outcome that leads nowhere, what reads its outputs with nothing.
      const isFree = type?.outputs === undefined && graph.previous[index]!.every((from) => from === index)
      report(
        'flow.secondStart',
        { node: node.id },
        { node: node.id, first: first.node.id },
        {
          related: [{ node: first.node.id }],
          ...(isFree ? fixOf(`Remove ${node.id}`, { type: 'remove', node: node.id }) : {}),
        },
      )
    }
  },
}
