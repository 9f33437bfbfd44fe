import type { JsonObject } from '../../base/json.ts'
import { changeSettings } from '../fixes/fix.ts'
import { fixInNode, fixSource } from '../fixes/source-fix.ts'
import type { FlowRule, NodeRule } from '../rule.ts'

/** Every expression and template of a node can be read, names what exists and has the right type (VAL-7). */
export const sourcesRule: NodeRule = {
  name: 'sources',
  scope: 'node',
  reads: ['node', 'sources'],
  check(facts, _analysis, report) {
    for (const source of facts.sources) {
      const { path, faults } = source
      for (const fault of faults) {
        const { code, range, details } = fault
        report(code, { node: facts.node.id, path, range }, details, fixInNode(source, fault, facts))
      }
    }
  },
}

/** The same for expressions in the flow settings. */
export const settingsSourcesRule: FlowRule = {
  name: 'settings-sources',
  scope: 'flow',
  reads: ['settings', 'scope'],
  check({ settings, settingsSources }, report) {
    const root = { settings } as unknown as JsonObject
    for (const source of settingsSources) {
      const { path, faults } = source
      for (const fault of faults) {
        const fix = fixSource(source, fault, root, (value) => changeSettings(path.slice(1), value))
        report(fault.code, { path, range: fault.range }, fault.details, fix)
      }
    }
  },
}
