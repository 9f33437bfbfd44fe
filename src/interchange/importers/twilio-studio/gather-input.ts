import { lose } from '../shared/report.ts'
import { next } from '../shared/step.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { timeoutOf } from '../shared/values.ts'
import { promptOf, voiceOf } from './say-play.ts'
import type { StudioState } from './studio-flow.ts'
import { reportDropped, type WidgetContext } from './widget.ts'

/** A call may wait for keys without a word. */
const SILENCE = '{{ "" }}'

/** Asks on a call: for keys, for speech, or for both, and led apart where they lead apart. */
export function gatherInput(state: StudioState, context: WidgetContext): TranslatedStep {
  const { name, properties } = state
  const { names, loss } = context
  const [keys, speech, late] = [next(state, 'keypress'), next(state, 'speech'), next(state, 'timeout')]
  reportDropped(state, { ...voiceOf(context), ...DROPPED }, loss)
  const timeout = timeoutOf(properties.timeout)
  const digits = Number(properties.number_of_digits ?? properties.num_digits)
  const hasCount = Number.isInteger(digits) && digits > 0
  const timedOut = timeout.timeout === undefined ? {} : { timeout: late }
  if (speech === undefined) {
    if (keys !== undefined && state.transitions.some(({ event }) => event === 'speech'))
      reportIgnored(loss, `${name}.speech`, 'What is said leads nowhere there; only keys are taken here')
    return {
      type: 'collect-input@1',
      config: {
        prompt: promptOf(properties, name, context) || SILENCE,
        accept: 'digits',
        ...(hasCount ? { maxLength: digits } : {}),
        ...timeout,
      },
      targets: { valid: keys, invalid: late, ...timedOut },
    }
  }
  if (hasCount)
    lose(loss, `${name}.number_of_digits`, 'The number of keys is not bounded where speech is taken as well')
  const config = { prompt: promptOf(properties, name, context) || SILENCE, accept: 'text', ...timeout }
  if (keys === undefined || keys === speech)
    return { type: 'collect-input@1', config, targets: { valid: speech, ...timedOut } }
  const split = names.freshNode(`${name}_kind`)
  const node = names.nodeOf(name)!
  return {
    type: 'collect-input@1',
    config,
    targets: { valid: { node: split }, ...timedOut },
    beside: [
      {
        id: split,
        type: 'branch@1',
        config: {
          rules: [{ outcome: 'keypress', condition: `nodes.${node}.kind == "digits"` }],
          default: 'speech',
        },
        targets: { keypress: keys, speech },
      },
    ],
  }
}

function reportIgnored(loss: WidgetContext['loss'], where: string, message: string): void {
  loss.push({ severity: 'info', code: 'import.changed', where, message })
}

/** Properties without a counterpart, with the values that Studio writes by itself. */
const DROPPED = {
  finish_on_key: ['#'],
  hints: [],
  gather_language: ['en', 'en-US'],
  speech_recognition_language: ['en', 'en-US'],
  speech_timeout: ['auto'],
  speech_model: ['default'],
  profanity_filter: ['true'],
  stop_gather: [true],
}
