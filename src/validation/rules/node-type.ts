import type { NodeRule } from '../rule.ts'

/** Every node is of a type that the palette has; a placeholder stands for one that an import could not bring along. */
export const nodeTypeRule: NodeRule = {
  name: 'node-type',
  scope: 'node',
  reads: ['node'],
  check({ node, type }, { registry }, report) {
    if (type !== undefined) return
    const location = { node: node.id, path: ['type'] }
    if (node.type.startsWith('placeholder@')) {
      const { original } = node.config
      report('node.placeholder', location, {
        original: typeof original === 'string' ? original : 'a foreign node',
      })
      return
    }
    const suggestion = registry.suggest(node.type)
    report('node.unknownType', location, {
      type: node.type,
      ...(suggestion === undefined ? {} : { suggestion }),
    })
  },
}
