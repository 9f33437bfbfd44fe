import type { FlowRule } from '../rule.ts'

/** A flow has exactly one start node (VAL-2, VAL-16). */
export const startRule: FlowRule = {
  name: 'start',
  scope: 'flow',
  reads: ['types'],
  check({ starts }, report) {
    const [first, ...others] = starts
    if (first === undefined) {
      report('flow.noStart', {})
      return
    }
    for (const { node } of others) {
      report(
        'flow.secondStart',
        { node: node.id },
        { node: node.id, first: first.node.id },
        { related: [{ node: first.node.id }] },
      )
    }
  },
}
