import { defineNode, type NodeRuntime, type NodeType } from '../../src/nodes/index.ts'

/** A node type without config for one test: `enter` and `on` as given, outcomes `next` and `other`. */
export function nodeType(runtime: Partial<NodeRuntime>, rest: Partial<NodeType> = {}): NodeType {
  return defineNode({
    runtime: { type: 'odd', major: 1, outcomes: () => ['next', 'other'], enter: () => 'next', ...runtime },
    title: 'Odd',
    category: 'flow',
    icon: 'odd',
    help: 'A node type of a test.',
    fields: {},
    pauses: () => true,
    ...rest,
  })
}
