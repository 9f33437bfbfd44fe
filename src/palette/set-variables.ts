import type { Json } from '../base/json.ts'
import { defineNode, f } from '../nodes/index.ts'

/**
 * Sets variables, all at once: every value is computed before any is stored.
 *
 * @example { "assignments": [{ "variable": "retries", "value": "retries + 1" }] }
 */
export const setVariables = defineNode({
  runtime: {
    type: 'set-variables',
    major: 1,
    outcomes: () => ['next'],
    enter(context) {
      const { assignments } = context.config
      const set: { [variable: string]: Json } = {}
      for (let i = 0; i < assignments.length; i++) {
        const assignment = assignments[i]!
        set[assignment.variable] = context.evaluate(assignment.value)
      }
      return { set, then: 'next' }
    },
  },
  title: 'Set variables',
  category: 'data',
  icon: 'equals',
  help: 'Computes values and keeps them in variables.',
  fields: {
    assignments: f.list(
      f.object({
        variable: f.variable({ label: 'Variable' }),
        value: f.expression('any', { label: 'Value', forVariable: 'variable' }),
      }),
      { label: 'Assignments', min: 1, max: 100 },
    ),
  },
})
