import { defineNode, end as endRun, f } from '../nodes/index.ts'

/**
 * Ends the run and says what it came to. In a subflow the caller goes on by this flow outcome.
 *
 * @example { "outcome": "resolved" }
 */
export const end = defineNode({
  runtime: {
    type: 'end',
    major: 1,
    outcomes: () => [],
    enter: ({ config }) => ({ then: endRun(config.outcome) }),
  },
  title: 'End',
  category: 'flow',
  icon: 'stop',
  help: 'Ends the flow with one of its flow outcomes.',
  place: 'end',
  fields: {
    outcome: f.text({ label: 'Flow outcome', role: 'flowOutcome' }),
  },
})
