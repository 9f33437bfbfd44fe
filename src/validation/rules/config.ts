import { fixConfig } from '../fixes/config-fix.ts'
import type { NodeRule } from '../rule.ts'

/** Every field has a value of its kind, and every field that is needed has one (VAL-3). */
export const configRule: NodeRule = {
  name: 'config',
  scope: 'node',
  reads: ['node'],
  check(facts, _analysis, report) {
    const { node, configFaults, tags } = facts
    if (configFaults.length === 0) return
    const tagged = new Set(tags.map(({ path }) => path.join('.')))
    for (const fault of configFaults) {
      const { code, path, details } = fault
      // An end without a flow outcome has words of its own.
      if (code === 'config.missing' && tagged.has(path.join('.'))) continue
      report(code, { node: node.id, path }, details, fixConfig(fault, facts))
    }
  },
}
