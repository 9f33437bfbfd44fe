import { defineNode, f, NodeFault, type SessionEvent, wait } from '../nodes/index.ts'
import { isGiven } from './is-given.ts'

/**
 * Waits for a span of time, or until an instant. An instant that has passed is not waited for.
 *
 * @example { "duration": "1h30m" }
 * @example { "until": "timestamp(trigger.data.appointment) - duration('24h')" }
 */
export const delay = defineNode({
  runtime: {
    type: 'delay',
    major: 1,
    outcomes: () => ['done'],
    enter(context) {
      const { duration, until } = context.config
      if (until === undefined) return { then: wait({ for: [], timeoutMs: duration ?? 0 }) }
      const instant = context.evaluate(until)
      if (typeof instant !== 'number')
        throw new NodeFault('delay.noInstant', 'The instant to wait for is not a number')
      if (Math.abs(instant) > MAX_INSTANT_MS)
        throw new NodeFault('delay.noInstant', 'The instant to wait for is beyond what a date can hold')
      return instant <= context.now ? 'done' : { then: wait({ for: [], until: instant }) }
    },
    on: (event: SessionEvent) => (event.type === 'timer' ? 'done' : undefined),
  },
  title: 'Delay',
  category: 'flow',
  icon: 'clock',
  help: 'Waits for a span of time or until a date.',
  fields: {
    duration: f.duration({ label: 'For', optional: true }),
    until: f.expression('number', {
      label: 'Until',
      help: 'An instant, such as timestamp("2026-12-24T18:00", "Europe/Berlin").',
      optional: true,
    }),
  },
  pauses: ({ until }) => !isGiven(until),
  check({ duration, until }, report) {
    if (!isGiven(duration) && !isGiven(until)) report('config.missing', ['duration'], { field: 'For' })
    if (isGiven(duration) && isGiven(until)) {
      report('config.wrongType', ['until'], {
        field: 'Until',
        expected: 'empty where a span is given',
        got: 'both',
      })
    }
  },
})

/** The last instant that a date of JavaScript can hold, 100,000,000 days after 1970 (ECMA-262, 21.4.1.1). */
const MAX_INSTANT_MS = 8.64e15
