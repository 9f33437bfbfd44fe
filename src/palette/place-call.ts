import { isJsonObject } from '../base/json.ts'
import { defineNode, f, type SessionEvent, wait } from '../nodes/index.ts'
import { resultFailed, resultTimedOut } from './results.ts'

/**
 * Calls a number, and goes on with the conversation when somebody answers. The host answers with a body such as
 * `{ "result": "answered", "answeredBy": "human" }`; the other results are `busy`, `noAnswer` and `failed`. Expressions
 * read `nodes.<id>.answeredBy`.
 *
 * @example { "to": "{{contact.phone}}", "from": "+4930123456", "timeout": "45s" }
 */
export const placeCall = defineNode({
  runtime: {
    type: 'place-call',
    major: 1,
    outcomes: () => ['answered', 'busy', 'noAnswer', 'failed'],
    defaults: { busy: 'noAnswer', noAnswer: 'failed' },
    enter(context) {
      const { to, from, timeout, record, detectMachine } = context.config
      return {
        effects: [
          {
            type: 'call.place',
            to: context.text(to),
            ...(from === undefined ? {} : { from: context.text(from) }),
            timeoutMs: timeout,
            record,
            detectMachine,
            awaited: true,
          },
        ],
        then: wait({ for: ['result'], timeoutMs: timeout + TIMER_SLACK_MS }),
      }
    },
    on(event: SessionEvent) {
      if (event.type === 'timer') return 'noAnswer'
      if (event.type !== 'result') return undefined
      if (resultTimedOut(event)) return 'noAnswer'
      if (resultFailed(event)) return 'failed'
      const { result, answeredBy } = isJsonObject(event.body) ? event.body : {}
      if (result === 'busy' || result === 'noAnswer' || result === 'failed') return result
      return { output: { answeredBy: typeof answeredBy === 'string' ? answeredBy : null }, then: 'answered' }
    },
  },
  title: 'Place call',
  category: 'voice',
  icon: 'phone-outgoing',
  help: 'Calls a number and goes on when somebody answers.',
  fields: {
    to: f.template({ label: 'Number' }),
    from: f.template({ label: 'Shown as caller', optional: true }),
    timeout: f.duration({ label: 'Ring at most', default: '60s' }),
    record: f.boolean({ label: 'Record the call', default: false }),
    detectMachine: f.boolean({ label: 'Tell people and machines apart', default: false }),
  },
  outputs: () => ({ answeredBy: 'text' }),
  pauses: () => true,
  channels: () => ['voice'],
})

/** The provider's own ringing time should pass first; the wait's timer is the net below it. */
const TIMER_SLACK_MS = 30_000
