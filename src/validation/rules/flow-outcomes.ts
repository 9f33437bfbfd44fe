import type { FlowOutcome } from '../../document/flow-document.ts'
import { isImplicitOutcome } from '../../nodes/events.ts'
import { changeSettings, configure, fixOf, short, type WithFix } from '../fixes/fix.ts'
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
        const tagWith = (other: string) =>
          fixOf(`Tag ${node.id} with ${short(other)}`, configure(node.id, path, other))
        if (code === '') {
          const only = onlyOne(declared)
          if (!optional) report('end.untagged', location, {}, only === undefined ? {} : tagWith(only))
          continue
        }
        used.add(code)
        if (codes.has(code)) continue
        const meant = suggest(code, codes)
        const fix = meant.suggestion ? tagWith(meant.suggestion) : declare(code)
        report('end.unknownOutcome', location, { outcome: code, ...meant }, fix)
      }
    }
    declared.forEach(({ code }, index) => {
      // One without a code cannot be used yet; that it lacks one is said elsewhere.
      if (code === '' || used.has(code)) return
      const fix = fixOf(`Remove ${short(code)} from the settings`, changeSettings(['outcomes', index]))
      report('flowOutcome.unused', { path: ['settings', 'outcomes', index] }, { outcome: code }, fix)
    })
  },
}

/** A caller goes on by the flow outcome of a subflow: its code has to be good for an outcome. */
export function isOutcomeName(code: string): boolean {
  return code !== '' && code.length <= 64 && !isImplicitOutcome(code)
}

/** The code that every end must have, where only one is declared. */
function onlyOne([first, ...others]: readonly FlowOutcome[]): string | undefined {
  return first !== undefined && first.code !== '' && others.length === 0 ? first.code : undefined
}

function declare(code: string): WithFix {
  const outcome = { code, kind: 'completed' } as const
  return isOutcomeName(code)
    ? fixOf(`Add ${short(code)} to the settings`, { type: 'addFlowOutcome', outcome })
    : {}
}
