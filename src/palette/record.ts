import { isJsonObject, type Json } from '../base/json.ts'
import { defineNode, f, type SessionEvent, wait } from '../nodes/index.ts'
import { resultFailed, resultTimedOut } from './results.ts'

/**
 * Records what the contact says, and waits until it is done. The host answers with a body such as
 * `{ "url": "https://…", "durationMs": 8200 }`, or without an address where nothing was said. Expressions read
 * `nodes.<id>.url` and `nodes.<id>.durationMs`.
 *
 * @example { "prompt": "Leave a message after the tone.", "maxLength": "2m", "finishOnKey": "#" }
 */
export const record = defineNode({
  runtime: {
    type: 'record',
    major: 1,
    outcomes: () => ['recorded', 'silence', 'failed'],
    defaults: { silence: 'failed' },
    enter(context) {
      const { prompt, maxLength, silence, finishOnKey, transcribe } = context.config
      const recording = {
        type: 'voice.record',
        maxLengthMs: maxLength,
        silenceMs: silence,
        ...(finishOnKey === undefined ? {} : { finishOnKey }),
        transcribe,
        awaited: true,
      } as const
      return {
        effects: prompt === undefined ? [recording] : [context.message(prompt), recording],
        then: wait({ for: ['result'], timeoutMs: maxLength + silence + TIMER_SLACK_MS }),
      }
    },
    on(event: SessionEvent) {
      if (event.type === 'timer') return 'failed'
      if (event.type !== 'result') return undefined
      if (resultTimedOut(event) || resultFailed(event)) return 'failed'
      const { url, durationMs } = isJsonObject(event.body) ? event.body : {}
      if (typeof url !== 'string' || url === '') return 'silence'
      return { output: { url, durationMs: numberOr(durationMs) }, then: 'recorded' }
    },
  },
  title: 'Record',
  category: 'voice',
  icon: 'microphone',
  help: 'Records what the contact says, for a voicemail or an announcement.',
  fields: {
    prompt: f.prompt({ label: 'Said before', optional: true }),
    maxLength: f.duration({ label: 'At most', default: '120s' }),
    silence: f.duration({ label: 'Ends after silence of', default: '5s' }),
    finishOnKey: f.text({ label: 'Ends with the key', pattern: '^[0-9*#]$', optional: true }),
    transcribe: f.boolean({ label: 'Write down what is said', default: false }),
  },
  outputs: () => ({ url: 'text', durationMs: 'number' }),
  pauses: () => true,
})

/** The prompt is still being said when the time begins to run. */
const TIMER_SLACK_MS = 120_000

function numberOr(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null
}
