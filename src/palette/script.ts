import { parseDuration } from '../base/duration.ts'
import { defineNode, f, type SessionEvent, wait } from '../nodes/index.ts'
import { reportBadNames, valuesOf } from './named-values.ts'
import { resultFailed, resultTimedOut } from './results.ts'

/** The longest time that a script may run. */
const MAX_TIME_MS = 10_000

/** The host's own deadline should pass first; the wait's timer is the net below it. */
const TIMER_SLACK_MS = 30_000

const BYTES_PER_MB = 1_048_576

/**
 * Has the host run JavaScript where it can reach nothing, and waits for the value: the source is the body of a function
 * that sees `inputs` and returns JSON. The engine itself runs none; a host without a sandbox for it answers with an
 * error. The value is the body of the result; expressions read it as `nodes.<id>.value`.
 *
 * @example
 * { "source": "return inputs.items.reduce((sum, item) => sum + item.price, 0)",
 *   "inputs": { "items": "items" }, "variable": "total" }
 */
export const script = defineNode({
  runtime: {
    type: 'script',
    major: 1,
    outcomes: () => ['done', 'failed', 'timeout'],
    defaults: { timeout: 'failed' },
    enter(context) {
      const { source, inputs, timeLimit, memoryLimit } = context.config
      return {
        effects: [
          {
            type: 'script.run',
            language: 'javascript',
            source,
            inputs: valuesOf(context, inputs),
            now: context.now,
            timeLimitMs: timeLimit,
            memoryBytes: memoryLimit * BYTES_PER_MB,
            awaited: true,
          },
        ],
        then: wait({ for: ['result'], timeoutMs: timeLimit + TIMER_SLACK_MS }),
      }
    },
    on(event: SessionEvent, _state, { config: { variable } }) {
      if (event.type === 'timer') return 'timeout'
      if (event.type !== 'result') return undefined
      if (resultTimedOut(event)) return 'timeout'
      if (resultFailed(event)) return 'failed'
      const value = event.body ?? null
      return {
        set: variable === undefined ? undefined : { [variable]: value },
        output: { value },
        then: 'done',
      }
    },
  },
  title: 'Script',
  category: 'data',
  icon: 'code',
  help: 'Runs JavaScript that can reach nothing, for what expressions cannot say.',
  fields: {
    source: f.text({
      label: 'JavaScript',
      help: 'The body of a function that sees inputs and returns a value.',
      maxLength: 20_000,
    }),
    inputs: f.record(f.expression('any'), { label: 'Inputs', max: 50, optional: true }),
    variable: f.variable({ label: 'Keep in', optional: true }),
    timeLimit: f.duration({ label: 'Runs at most', help: 'Up to 10s.', default: '1s' }),
    memoryLimit: f.number({
      label: 'Memory in MB',
      min: 1,
      max: 64,
      integer: true,
      default: 16,
    }),
  },
  outputs: () => ({ value: 'any' }),
  outputsFollowVariables: true,
  valuesFollowExpressions: true,
  setsVariablesOn: () => ['done'],
  pauses: () => true,
  check({ inputs, timeLimit }, report) {
    reportBadNames(inputs, 'Input', 'inputs', report)
    const timeMs = typeof timeLimit === 'string' ? parseDuration(timeLimit) : undefined
    if (timeMs === undefined || (timeMs > 0 && timeMs <= MAX_TIME_MS)) return
    report('config.wrongType', ['timeLimit'], {
      field: 'Runs at most',
      expected: 'more than nothing, and at most 10s',
      got: timeLimit!,
    })
  },
})
