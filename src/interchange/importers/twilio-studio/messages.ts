import type { JsonObject } from '../../../base/json.ts'
import type { Source } from '../../../document/flow-document.ts'
import { next } from '../shared/step.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { textOf, timeoutOf } from '../shared/values.ts'
import { pairsOf, type StudioState } from './studio-flow.ts'
import { reportDropped, type WidgetContext } from './widget.ts'

/** Addresses and services that are those of the conversation anyway. */
const DROPPED = {
  to: ['{{contact.channel.address}}', '{{trigger.call.From}}', '{{trigger.message.From}}'],
  from: ['{{flow.channel.address}}', '{{trigger.call.To}}', '{{trigger.message.To}}'],
  attributes: [],
  messaging_service_sid: [],
}

/** Sends a message; waits for the channel only where a failure leads somewhere of its own. */
export function sendMessage(state: StudioState, context: WidgetContext): TranslatedStep {
  reportDropped(state, DROPPED, context.loss)
  const [sent, failed] = [next(state, 'sent'), next(state, 'failed')]
  if (isTemplate(state)) return { ...contentTemplate(state, context), targets: { sent, failed } }
  const prompt = messageOf(state, context)
  if (failed === undefined || failed === sent)
    return { type: 'send-message@1', config: { prompt }, targets: { next: sent } }
  return {
    type: 'send-message@1',
    config: { prompt, await: 'accepted' },
    targets: { sent, failed, timeout: failed },
  }
}

/**
 * Sends a message and waits for a reply. A message whose words the provider holds is sent by the host: then sending and
 * waiting are two nodes, and the one that waits holds the reply.
 */
export function sendAndWait(state: StudioState, context: WidgetContext): TranslatedStep {
  const { name, properties } = state
  reportDropped(state, DROPPED, context.loss)
  const timeout = timeoutOf(properties.timeout)
  const [reply, late, failed] = transitionsOf(state)
  const timedOut = timeout.timeout === undefined ? {} : { timeout: late }
  if (isTemplate(state)) {
    const waiting = context.names.outputOf(name)!
    const receive = { type: 'receive-message@1', config: timeout, targets: { received: reply, ...timedOut } }
    return {
      ...contentTemplate(state, context),
      targets: { sent: { node: waiting }, failed },
      beside: [{ id: waiting, ...receive }],
    }
  }
  // Whether the message arrives only matters where that leads somewhere of its own.
  const delivery = failed === late ? {} : { undelivered: true }
  return {
    type: 'collect-input@1',
    config: { prompt: messageOf(state, context), ...timeout, ...delivery },
    targets: { valid: reply, ...timedOut, ...(failed === late ? {} : { undelivered: failed }) },
  }
}

function transitionsOf(state: StudioState): readonly (string | undefined)[] {
  return ['incomingMessage', 'timeout', 'deliveryFailure'].map((event) => next(state, event))
}

function messageOf({ name, properties }: StudioState, { texts }: WidgetContext): JsonObject | Source {
  const text = texts.template(textOf(properties.body) ?? '', `${name}.body`)
  const media = textOf(properties.media_url) || undefined
  if (media === undefined) return text
  return { text: text as string, media: texts.template(media, `${name}.media_url`) as string }
}

/** True for a message whose words the provider holds, under an id. */
export function isTemplate({ properties }: StudioState): boolean {
  return properties.message_type === 'content_template' && textOf(properties.content_sid) !== undefined
}

/** The host sends it, because the words are not in the flow. */
function contentTemplate({ name, properties }: StudioState, { texts, loss }: WidgetContext) {
  loss.push({
    severity: 'warning',
    code: 'import.effect',
    where: name,
    message: 'The host has to send this message, whose words are a template of the provider',
  })
  const variables = pairsOf(properties.content_variables).map(({ key, value }, index) => [
    `variable_${key.replace(/\W+/g, '') || index + 1}`,
    texts.expression(value, `${name}.content_variables`),
  ])
  return {
    type: 'custom-effect@1',
    config: {
      effect: 'studio.content-template',
      fields: {
        content_sid: texts.expression(textOf(properties.content_sid)!, `${name}.content_sid`),
        ...Object.fromEntries(variables),
      } as JsonObject,
      outcomes: [{ name: 'sent' }],
    },
  }
}
