import type { JsonObject } from '../base/json.ts'
import {
  defineNode,
  f,
  type IsGiven,
  type ListedOutcomes,
  type OutcomeRule,
  type OutcomesBy,
  type SessionEvent,
  type WaitFor,
  type When,
} from '../nodes/index.ts'
import { isGiven } from './is-given.ts'
import { listedOutcomes, reportImplicit } from './listed-outcomes.ts'
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
const INPUTS_AND_BUTTONS: readonly WaitFor[] = ['text', 'digits', 'button']

/**
 * Offers a choice and waits for it. Each option is an outcome named after its value. An answer matches an option
 * by its value, label or a synonym, without regard to case and outer spaces.
 *
 * @example
 * { "prompt": "Press 1 for balance, 2 to end.", "timeout": "10s",
 *   "options": [{ "value": "1" }, { "value": "2", "label": "End", "synonyms": ["bye"] }] }
 */
export const menu = defineNode({
  runtime: {
    type: 'menu',
    major: 1,
    outcomes: (config): OutcomesBy<MenuOutcomes> => [
      ...listedOutcomes(config.options, 'value'),
      ...failureOutcomes(config, failureKinds(config)),
    ],
    enter(context) {
      const { config } = context
      return config.buttons
        ? ask(context, INPUTS_AND_BUTTONS, config.prompt, buttonsOf(config.options))
        : ask(context, INPUTS)
    },
    on(event: SessionEvent, state: RetryState, context) {
      const { config } = context
      const chosen = choose(event, config.options)
      if (chosen === undefined) return undefined
      if (typeof chosen === 'object') {
        return succeed(context, { output: { value: chosen.value }, then: chosen.value })
      }
      return config.buttons
        ? fail(context, chosen, state, INPUTS_AND_BUTTONS, buttonsOf(config.options))
        : fail(context, chosen, state, INPUTS)
    },
  },
  title: 'Menu',
  category: 'messaging',
  icon: 'list',
  help: 'Offers options and waits for one of them, by message, key or button.',
  fields: {
    prompt: f.prompt({ label: 'Question' }),
    options: f.list(
      f.object({
        value: f.text({
          label: 'Value',
          help: 'The key or word that chooses it.',
          maxLength: 64,
          role: 'outcome',
        }),
        label: f.text({ label: 'Label', maxLength: 200, optional: true }),
        synonyms: f.list(f.text({ maxLength: 200 }), { label: 'Also understood as', optional: true }),
      }),
      { label: 'Options', min: 1, max: 50 },
    ),
    buttons: f.boolean({ label: 'Show the options as buttons', default: false }),
    ...retryFields,
  },
  outputs: () => ({ value: 'text' }),
  pauses: () => true,
  check({ options }, report) {
    reportImplicit(options, 'value', 'options', report)
  },
})

interface Option {
  readonly value: string
  readonly label: string | undefined
  readonly synonyms: readonly string[] | undefined
}

/** The option that an event chooses, or the kind of failure that it is; `undefined` for another's event. */
function choose(event: SessionEvent, options: readonly Option[]): Option | 'noMatch' | 'timeout' | undefined {
  switch (event.type) {
    case 'digits':
      return options.find((option) => option.value === event.digits) ?? 'noMatch'
    case 'button':
      return options.find((option) => option.value === event.value) ?? 'noMatch'
    case 'text':
      return findByText(event.text, options) ?? 'noMatch'
    case 'timer':
      return 'timeout'
    default:
      return undefined
  }
}

function findByText(text: string, options: readonly Option[]): Option | undefined {
  for (const option of options) if (option.value === text) return option
  const said = fold(text)
  return options.find(
    ({ value, label, synonyms }) =>
      fold(value) === said ||
      (label !== undefined && fold(label) === said) ||
      synonyms?.some((synonym) => fold(synonym) === said) === true,
  )
}

function fold(text: string): string {
  return text.trim().toLowerCase()
}

function buttonsOf(options: readonly Option[]): JsonObject {
  return { buttons: options.map(({ value, label }) => ({ value, text: label ?? value })) }
}

function failureKinds({ timeout }: JsonObject): readonly string[] {
  return isGiven(timeout) ? ['noMatch', 'timeout'] : ['noMatch']
}

export interface MenuOutcomes extends OutcomeRule {
  readonly outcomes: [
    ...ListedOutcomes<this['config'], 'options', 'value'>,
    ...FailureOutcomes<this['config'], ['noMatch', ...When<IsGiven<this['config'], 'timeout'>, ['timeout']>]>,
  ]
}
