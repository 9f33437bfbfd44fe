import type { FlowRule, NodeRule, Report } from '../rule.ts'
import type { CheckedSource } from '../source-reader.ts'

/** Every expression and template of a node can be read, names what exists and has the right type (VAL-7). */
export const sourcesRule: NodeRule = {
  name: 'sources',
  scope: 'node',
  reads: ['sources'],
  check({ node, sources }, _analysis, report) {
    for (const source of sources) reportFaults(source, node.id, report)
  },
}

/** The same for expressions in the flow settings. */
export const settingsSourcesRule: FlowRule = {
  name: 'settings-sources',
  scope: 'flow',
  reads: ['settings', 'scope'],
  check({ settingsSources }, report) {
    for (const source of settingsSources) reportFaults(source, undefined, report)
  },
}

function reportFaults({ path, faults }: CheckedSource, node: string | undefined, report: Report): void {
  for (const { code, range, details } of faults) {
    report(code, node === undefined ? { path, range } : { node, path, range }, details)
  }
}
