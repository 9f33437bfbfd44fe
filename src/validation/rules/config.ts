import type { NodeRule } from '../rule.ts'

/** Every field has a value of its kind, and every field that is needed has one (VAL-3). */
export const configRule: NodeRule = {
  name: 'config',
  scope: 'node',
  reads: ['node'],
  check({ node, configFaults, tags }, _analysis, report) {
    const tagged = new Set(tags.map(({ path }) => path.join('.')))
    for (const { code, path, details } of configFaults) {
      // An end without a flow outcome has words of its own.
      if (code === 'config.missing' && tagged.has(path.join('.'))) continue
      report(code, { node: node.id, path }, details)
    }
  },
}
