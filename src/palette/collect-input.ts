import type { JsonObject } from '../base/json.ts'
import {
  defineNode,
  f,
  type Holds,
  type IsGiven,
  type OutcomeRule,
  type OutcomesBy,
  type SessionEvent,
  type WaitFor,
  type When,
  wait,
} from '../nodes/index.ts'
import { isGiven } from './is-given.ts'
import { resultFailed } from './results.ts'
import {
  ask,
  type FailureOutcomes,
  fail,
  failureOutcomes,
  type RetryState,
  retryFields,
  succeed,
} from './retries.ts'

const INPUTS: readonly WaitFor[] = ['text', 'digits']
const INPUTS_AND_DELIVERY: readonly WaitFor[] = ['text', 'digits', 'result']

/**
 * Asks for a value and waits for it: text, a number, a calendar date (`2026-11-21`) or digits. Keeps it in a
 * variable where one is named; expressions also read it as `nodes.<id>.value`, and as `nodes.<id>.kind` whether it was
 * written or said (`text`) or pressed (`digits`). With `undelivered` it leaves by that outcome where the host says that
 * the question has reached nobody.
 *
 * @example { "prompt": "Your ticket number?", "variable": "ticket", "pattern": "^[A-Z]{2}-\\d{4}$" }
 */
export const collectInput = defineNode({
  runtime: {
    type: 'collect-input',
    major: 1,
    outcomes: (config): OutcomesBy<InputOutcomes> => [
      'valid',
      ...failureOutcomes(config, failureKinds(config)),
      ...(config.undelivered === true ? ['undelivered'] : []),
    ],
    enter: (context) => ask(context, waitsFor(context.config)),
    on(event: SessionEvent, state: RetryState, context) {
      if (event.type === 'timer') return fail(context, 'timeout', state, waitsFor(context.config))
      if (event.type === 'result') {
        if (resultFailed(event)) return 'undelivered'
        return { state, then: wait({ for: INPUTS, until: state?.until }) }
      }
      if (event.type !== 'text' && event.type !== 'digits') return undefined
      const text = event.type === 'text' ? event.text : event.digits
      const { config } = context
      const value = read(text, config)
      if (value === undefined) return fail(context, 'invalid', state, waitsFor(config))
      return succeed(context, {
        set: config.variable === undefined ? undefined : { [config.variable]: value },
        output: { value, kind: event.type },
        then: 'valid',
      })
    },
  },
  title: 'Collect input',
  category: 'messaging',
  icon: 'keyboard',
  help: 'Asks for a value, checks it and keeps it in a variable.',
  fields: {
    prompt: f.prompt({ label: 'Question' }),
    variable: f.variable({ label: 'Keep in', optional: true }),
    accept: f.options(['text', 'number', 'date', 'digits'], { label: 'Kind of value', default: 'text' }),
    pattern: f.pattern({
      label: 'Pattern',
      help: 'A regular expression that the answer must match; one of more than 10,000 characters never does.',
      optional: true,
    }),
    minLength: f.number({ label: 'At least so many characters', min: 0, integer: true, optional: true }),
    maxLength: f.number({ label: 'At most so many characters', min: 1, integer: true, optional: true }),
    min: f.number({ label: 'Smallest number', optional: true }),
    max: f.number({ label: 'Largest number', optional: true }),
    ...retryFields,
    undelivered: f.boolean({
      label: 'An outcome where the question reaches nobody',
      help: 'The host tells whether it could be delivered.',
      optional: true,
    }),
  },
  outputs: ({ accept }) => ({ value: accept === 'number' ? 'number' : 'text', kind: 'text' }),
  outputsFollowVariables: true,
  setsVariablesOn: () => ['valid'],
  pauses: () => true,
})

function waitsFor({ undelivered }: { readonly undelivered: boolean | undefined }): readonly WaitFor[] {
  return undelivered === true ? INPUTS_AND_DELIVERY : INPUTS
}

interface Expected {
  readonly accept: 'text' | 'number' | 'date' | 'digits'
  readonly pattern: ((text: string) => boolean) | undefined
  readonly minLength: number | undefined
  readonly maxLength: number | undefined
  readonly min: number | undefined
  readonly max: number | undefined
}

/** UTF-16 units of an answer that is held against a pattern, which takes time in proportion to it. */
const MAX_MATCHED_LENGTH = 10_000

/** The value of an answer, or `undefined` where it is not what was asked for. */
function read(answer: string, expected: Expected): string | number | undefined {
  const { accept, minLength, maxLength, pattern } = expected
  const text = accept === 'text' ? answer : answer.trim()
  if (minLength !== undefined && text.length < minLength) return undefined
  if (maxLength !== undefined && text.length > maxLength) return undefined
  if (pattern !== undefined && (text.length > MAX_MATCHED_LENGTH || !pattern(text))) return undefined
  switch (accept) {
    case 'text':
      return text
    case 'digits':
      return /^[0-9*#]+$/.test(text) ? text : undefined
    case 'date':
      return isCalendarDate(text) ? text : undefined
    case 'number':
      return readNumber(text, expected)
  }
}

/** Reads `12`, `-3`, `12.5` and `12,5`. */
function readNumber(text: string, { min, max }: Expected): number | undefined {
  if (!/^[+-]?\d{1,15}([.,]\d{1,15})?$/.test(text)) return undefined
  // Adding 0 makes a negative zero a plain one, which is what it would be after a turn through JSON.
  const value = Number(text.replace(',', '.')) + 0
  if (min !== undefined && value < min) return undefined
  return max !== undefined && value > max ? undefined : value
}

/** True for `2024-02-29`, false for `2023-02-29`. */
function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const instant = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text)
}

/** Fields that a text can fail; bounds are for numbers, which can fail anyway. */
const CHECKS = ['pattern', 'minLength', 'maxLength']

/** A text without any check is always valid, and a wait without a timeout never times out. */
function failureKinds(config: JsonObject): readonly string[] {
  const isText = !isGiven(config.accept) || config.accept === 'text'
  const checked = !isText || CHECKS.some((name) => isGiven(config[name]))
  return [...(checked ? ['invalid'] : []), ...(isGiven(config.timeout) ? ['timeout'] : [])]
}

export interface InputOutcomes extends OutcomeRule {
  readonly outcomes: [
    'valid',
    ...FailureOutcomes<this['config'], FailureKinds<this['config']>>,
    ...When<Holds<this['config'], 'undelivered', true>, ['undelivered']>,
  ]
}

type FailureKinds<Config> = [
  ...When<IsChecked<Config>, ['invalid']>,
  ...When<IsGiven<Config, 'timeout'>, ['timeout']>,
]

type IsChecked<Config> = When<IsText<Config>, HasCheck<Config>, true>

type IsText<Config> = When<IsGiven<Config, 'accept'>, Holds<Config, 'accept', 'text'>, true>

type HasCheck<Config> = true extends IsGiven<Config, 'pattern' | 'minLength' | 'maxLength'> ? true : false
