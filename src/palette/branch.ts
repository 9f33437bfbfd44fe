import type { JsonObject } from '../base/json.ts'
import {
  defineNode,
  f,
  isImplicitOutcome,
  type ListedOutcomes,
  type OutcomeRule,
  type OutcomesBy,
} from '../nodes/index.ts'
import { listedOutcomes, reportImplicit } from './listed-outcomes.ts'

/**
 * Goes on by the first rule whose condition is true, else by the default outcome.
 *
 * @example
 * { "rules": [{ "outcome": "gold", "condition": "contact.tier == \"gold\"" }], "default": "others" }
 */
export const branch = defineNode({
  runtime: {
    type: 'branch',
    major: 1,
    outcomes: (config): OutcomesBy<BranchOutcomes> => [
      ...listedOutcomes(config.rules, 'outcome'),
      defaultOutcome(config),
    ],
    enter(context) {
      const { rules, default: otherwise } = context.config
      for (let i = 0; i < rules.length; i++) {
        const rule = rules[i]!
        if (context.evaluate(rule.condition) === true) return rule.outcome
      }
      return otherwise
    },
  },
  title: 'Branch',
  category: 'flow',
  icon: 'split',
  help: 'Goes on by the first rule that is true.',
  fields: {
    rules: f.list(
      f.object({
        outcome: f.text({ label: 'Outcome', maxLength: 64, role: 'outcome' }),
        condition: f.expression('boolean', { label: 'Condition' }),
      }),
      { label: 'Rules', help: 'Tried in order.', min: 1, max: 200 },
    ),
    default: f.text({ label: 'Outcome where none is true', maxLength: 64, role: 'outcome', default: 'else' }),
  },
  check(config, report) {
    reportImplicit(config.rules, 'outcome', 'rules', report)
    if (isImplicitOutcome(defaultOutcome(config))) {
      report('outcome.badName', ['default'], { outcome: defaultOutcome(config) })
    }
  },
})

export interface BranchOutcomes extends OutcomeRule {
  readonly outcomes: [...ListedOutcomes<this['config'], 'rules', 'outcome'>, DefaultOutcome<this['config']>]
}

type DefaultOutcome<Config> = Config extends { readonly default: infer Name extends string } ? Name : 'else'

function defaultOutcome(config: JsonObject): string {
  return typeof config.default === 'string' ? config.default : 'else'
}
