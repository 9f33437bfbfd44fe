import {
  defineNode,
  f,
  type IsGiven,
  jump as jumpTo,
  type OutcomeRule,
  type OutcomesBy,
  type When,
} from '../nodes/index.ts'
import { isGiven } from './is-given.ts'
import { reportBadNames, valuesOf } from './named-values.ts'

/**
 * Goes back, or to anywhere else, a bounded number of times: by `jump` as often as `max` says, and from then on by
 * `exceeded`. With a flow it goes on in that flow, which takes the place of this one, and does not come back.
 *
 * @example { "max": 3 }
 * @example { "flow": "farewell", "inputs": { "name": "contact.name" } }
 */
export const jump = defineNode({
  runtime: {
    type: 'jump',
    major: 1,
    outcomes: ({ flow }): OutcomesBy<JumpOutcomes> => (isGiven(flow) ? [] : ['jump', 'exceeded']),
    enter(context) {
      const { count } = context
      const { flow, inputs, max } = context.config
      if (flow !== undefined) return { then: jumpTo({ flow, inputs: valuesOf(context, inputs) }) }
      return count < max ? { count: count + 1, then: 'jump' } : 'exceeded'
    },
  },
  title: 'Jump',
  category: 'flow',
  icon: 'corner-up-left',
  help: 'Jumps within the flow so many times at most, or to another flow for good.',
  fields: {
    max: f.number({
      label: 'At most so many times',
      help: 'In one run of the flow.',
      min: 1,
      max: 1_000,
      integer: true,
      default: 10,
    }),
    flow: f.flowRef({ label: 'Flow', help: 'To go on in another flow.', optional: true }),
    inputs: f.record(f.expression('any'), {
      label: 'Variables of that flow to start with',
      optional: true,
    }),
  },
  boundedOutcomes: () => ['jump'],
  leavesFlow: ({ flow }) => isGiven(flow),
  check({ flow, inputs }, report) {
    reportBadNames(inputs, 'Variable of that flow', 'inputs', report)
    if (isGiven(inputs) && !isGiven(flow)) {
      report('config.wrongType', ['inputs'], {
        field: 'Variables of that flow to start with',
        expected: 'empty where no flow is given',
        got: 'given',
      })
    }
  },
})

export interface JumpOutcomes extends OutcomeRule {
  readonly outcomes: When<IsGiven<this['config'], 'flow'>, [], ['jump', 'exceeded']>
}
