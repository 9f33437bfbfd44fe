import type { Json } from '../base/json.ts'
import { defineNode, f, type ListedOutcomes, type OutcomeRule, type OutcomesBy } from '../nodes/index.ts'
import { listedOutcomes, reportImplicit } from './listed-outcomes.ts'

/**
 * Computes a value, and goes on by it where choices are given: by the choice whose text the value has, else by `other`.
 * Keeps the value in a variable where one is named; expressions also read it as `nodes.<id>.value`.
 *
 * @example { "expression": "contact.tier", "choices": [{ "value": "gold" }, { "value": "silver" }] }
 */
export const evaluate = defineNode({
  runtime: {
    type: 'evaluate',
    major: 1,
    outcomes({ choices }): OutcomesBy<ChoiceOutcomes> {
      const listed = listedOutcomes(choices, 'value')
      return listed.length === 0 ? ['next'] : [...listed, 'other']
    },
    enter(context) {
      const { expression, variable, choices = [] } = context.config
      const value = context.evaluate(expression)
      return {
        set: variable === undefined ? undefined : { [variable]: value },
        output: { value },
        then: choices.length === 0 ? 'next' : choose(value, choices),
      }
    },
  },
  title: 'Evaluate',
  category: 'data',
  icon: 'calculator',
  help: 'Computes a value, and can choose the way on by it.',
  fields: {
    expression: f.expression('any', { label: 'Expression', forVariable: 'variable' }),
    variable: f.variable({ label: 'Keep in', optional: true }),
    choices: f.list(f.object({ value: f.text({ label: 'Value', maxLength: 64, role: 'outcome' }) }), {
      label: 'Choices',
      help: 'Values that are led apart; numbers, true and false are compared as they print.',
      max: 200,
      optional: true,
    }),
  },
  outputs: () => ({ value: 'any' }),
  outputsFollowVariables: true,
  valuesFollowExpressions: true,
  check({ choices }, report) {
    reportImplicit(choices, 'value', 'choices', report)
  },
})

export interface ChoiceOutcomes extends OutcomeRule {
  readonly outcomes: ListedOutcomes<this['config'], 'choices', 'value'> extends infer Listed extends
    readonly string[]
    ? Listed extends readonly []
      ? ['next']
      : [...Listed, 'other']
    : never
}

function choose(value: Json, choices: readonly { readonly value: string }[]): string {
  if (value === null || typeof value === 'object') return 'other'
  const text = String(value)
  return choices.some((choice) => choice.value === text) ? text : 'other'
}
