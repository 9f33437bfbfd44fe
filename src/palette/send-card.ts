import type { JsonObject } from '../base/json.ts'
import type { Template } from '../expressions/types.ts'
import {
  defineNode,
  type EffectRequest,
  f,
  type IsGiven,
  type ListedOutcomes,
  type NodeContext,
  type OutcomeRule,
  type OutcomesBy,
  type SessionEvent,
  type When,
  wait,
} from '../nodes/index.ts'
import { isGiven } from './is-given.ts'
import { linkAddress } from './link-address.ts'
import { listedOutcomes, reportImplicit } from './listed-outcomes.ts'
import { resultFailed } from './results.ts'

/**
 * Sends a card: a title, a text and buttons. With buttons it waits for one of them, each an outcome named after its
 * value; a card that has an expiry is left by `expired` when nobody has chosen by then. Without buttons it goes on at
 * once.
 *
 * The host keeps a card with buttons under the `waitId` of its effect `card.send`: the button event names it, and so
 * does the effect `card.withdraw`, as `card`, when a card that may be withdrawn expires. Of such a card the host answers
 * with a result only where it could not be delivered.
 *
 * @example
 * { "title": "Your visit", "prompt": "Tomorrow at nine?", "expiry": "12h",
 *   "buttons": [{ "value": "yes", "text": "I will come" }, { "value": "no" }] }
 */
export const sendCard = defineNode({
  runtime: {
    type: 'send-card',
    major: 1,
    outcomes(config): OutcomesBy<CardOutcomes> {
      const values = listedOutcomes(config.buttons, 'value')
      if (values.length === 0) return ['next']
      return [...values, ...(isGiven(config.expiry) ? ['expired'] : []), 'failed']
    },
    enter(context) {
      const { buttons = [], expiry } = context.config
      const card = cardOf(context)
      if (buttons.length === 0) return { effects: [card], then: 'next' }
      return {
        effects: [{ ...card, awaited: true }],
        then: wait({ for: ['button', 'result'], timeoutMs: expiry }),
      }
    },
    on(event: SessionEvent, _state, { config }) {
      switch (event.type) {
        case 'button':
          return config.buttons?.some(({ value }) => value === event.value)
            ? { output: { value: event.value }, then: event.value }
            : undefined
        case 'result':
          return resultFailed(event) ? 'failed' : undefined
        case 'timer':
          return config.withdrawable
            ? { effects: [{ type: 'card.withdraw', card: event.waitId }], then: 'expired' }
            : 'expired'
        default:
          return undefined
      }
    },
  },
  title: 'Send card',
  category: 'messaging',
  icon: 'panel-top',
  help: 'Sends a card with a title, a text and buttons, and waits for one of them.',
  fields: {
    title: f.prompt({ label: 'Title' }),
    prompt: f.prompt({ label: 'Text', optional: true }),
    buttons: f.list(
      f.object({
        value: f.text({ label: 'Value', maxLength: 64, role: 'outcome' }),
        text: f.text({ label: 'Text', help: 'The value unless given.', maxLength: 200, optional: true }),
        url: f.template({ label: 'Opens', help: 'An address that the button opens.', optional: true }),
      }),
      { label: 'Buttons', max: 10, optional: true },
    ),
    priority: f.options(['low', 'normal', 'high'], { label: 'Priority', default: 'normal' }),
    expiry: f.duration({ label: 'Expires after', help: 'Never unless given.', optional: true }),
    withdrawable: f.boolean({
      label: 'Withdraw when it has expired',
      help: 'The card disappears from the contact’s screen.',
      default: true,
    }),
  },
  outputs: ({ buttons }) => (listedOutcomes(buttons, 'value').length === 0 ? {} : { value: 'text' }),
  pauses: ({ buttons }) => listedOutcomes(buttons, 'value').length > 0,
  check({ buttons }, report) {
    reportImplicit(buttons, 'value', 'buttons', report)
  },
})

export interface CardOutcomes extends OutcomeRule {
  readonly outcomes: ListedOutcomes<this['config'], 'buttons', 'value'> extends infer Listed extends
    readonly string[]
    ? Listed extends readonly []
      ? ['next']
      : [...Listed, ...When<IsGiven<this['config'], 'expiry'>, ['expired']>, 'failed']
    : never
}

interface Button {
  readonly value: string
  readonly text: string | undefined
  readonly url: Template | undefined
}

type CardContext = Parameters<typeof sendCard.runtime.enter>[0]

function cardOf(context: CardContext): EffectRequest {
  const { title, prompt, buttons = [], priority, expiry, withdrawable } = context.config
  return {
    type: 'card.send',
    title: context.prompt(title).text,
    ...(prompt === undefined ? {} : context.prompt(prompt)),
    ...(buttons.length === 0 ? {} : { buttons: buttons.map((button) => buttonOf(button, context)) }),
    priority,
    expiryMs: expiry,
    withdrawable,
  }
}

function buttonOf({ value, text, url }: Button, context: NodeContext<unknown>): JsonObject {
  const shown = { value, text: text ?? value }
  return url === undefined ? shown : { ...shown, url: linkAddress(context.text(url)) }
}
