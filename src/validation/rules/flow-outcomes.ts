import type { FlowRule } from '../rule.ts'
import { suggest } from '../suggest.ts'

/** Every end is tagged with a declared flow outcome, and every declared one is used (VAL-8). */
export const flowOutcomesRule: FlowRule = {
  name: 'flow-outcomes',
  scope: 'flow',
  reads: ['tags', 'settings'],
  check({ settings, nodes }, report) {
    const declared = settings.outcomes ?? []
    const codes = new Set(declared.map(({ code }) => code))
    const used = new Set<string>()
    for (const { node, tags } of nodes) {
      for (const { path, code, optional } of tags) {
        const location = { node: node.id, path }
        if (code === '') {
          if (!optional) report('end.untagged', location)
          continue
        }
        used.add(code)
        if (!codes.has(code))
          report('end.unknownOutcome', location, { outcome: code, ...suggest(code, codes) })
      }
    }
    declared.forEach(({ code }, index) => {
      // One without a code cannot be used yet; that it lacks one is said elsewhere.
      if (code !== '' && !used.has(code))
        report('flowOutcome.unused', { path: ['settings', 'outcomes', index] }, { outcome: code })
    })
  },
}
