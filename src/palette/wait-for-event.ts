import {
  defineNode,
  f,
  type IsGiven,
  type OutcomeRule,
  type OutcomesBy,
  type SessionEvent,
  type When,
  wait,
} from '../nodes/index.ts'
import { isGiven } from './is-given.ts'

/**
 * Waits until something happens elsewhere: an event by name, raised through the API. Expressions read what came
 * with it as `nodes.<id>.data`.
 *
 * @example { "event": "payment.received", "timeout": "2d" }
 */
export const waitForEvent = defineNode({
  runtime: {
    type: 'wait-for-event',
    major: 1,
    outcomes: ({ timeout }): OutcomesBy<EventOutcomes> =>
      isGiven(timeout) ? ['received', 'timeout'] : ['received'],
    enter: ({ config }) => ({ then: wait({ for: [`event:${config.event}`], timeoutMs: config.timeout }) }),
    on(event: SessionEvent, _state, { config }) {
      if (event.type === 'timer') return 'timeout'
      if (event.type !== 'event' || event.name !== config.event) return undefined
      return { output: { data: event.data ?? {} }, then: 'received' }
    },
  },
  title: 'Wait for event',
  category: 'integration',
  icon: 'bell',
  help: 'Waits until an event of the given name comes in.',
  fields: {
    event: f.text({ label: 'Event', maxLength: 128, role: 'event' }),
    timeout: f.duration({ label: 'Wait at most', help: 'Waits without end unless given.', optional: true }),
  },
  outputs: () => ({ data: { fields: {}, open: true } }),
  pauses: () => true,
})

export interface EventOutcomes extends OutcomeRule {
  readonly outcomes: ['received', ...When<IsGiven<this['config'], 'timeout'>, ['timeout']>]
}
