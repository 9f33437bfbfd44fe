import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts'
import { lose } from '../shared/report.ts'
import type { Target, TranslatedNode, TranslatedStep } from '../shared/translated.ts'
import { type ActionContext, errorOf, nextOf, secondsOf } from './action.ts'
import type { ConnectAction } from './connect-flow.ts'
import { promptOf } from './prompts.ts'

/** Says something; waits until it has been said only where a failure leads somewhere of its own. */
export function messageParticipant(action: ConnectAction, { texts }: ActionContext): TranslatedStep {
  const prompt = promptOf(action.properties, action.name, texts)
  return send(prompt, nextOf(action), errorOf(action, 'NoMatchingError'))
}

function send(prompt: JsonObject | string, sent: Target, failed: Target): TranslatedNode {
  if (failed === undefined || failed === sent)
    return { type: 'send-message@1', config: { prompt }, targets: { next: sent } }
  return {
    type: 'send-message@1',
    config: { prompt, await: 'accepted' },
    targets: { sent, failed, timeout: failed },
  }
}

/**
 * Says some messages one after another. With an interruption the flow goes on after that time; without one they are said
 * again and again, until somebody ends the session.
 */
export function messageIteratively(action: ConnectAction, context: ActionContext): TranslatedStep {
  const { name, properties, conditions } = action
  const { names, texts, loss } = context
  const given: readonly Json[] = Array.isArray(properties.Messages) ? properties.Messages : []
  const messages = given.filter(isJsonObject).map((message) => promptOf(message, name, texts))
  const pause = secondsOf(action, 'InterruptFrequencySeconds', loss)
  const interrupted = conditions.find(({ operands }) => operands[0] === 'MessagesInterrupted')?.next
  const failed = errorOf(action, 'NoMatchingError')
  const own = names.nodeOf(name)!
  const ids = [own, ...messages.slice(1).map((_, index) => names.freshNode(`${own}_${index + 2}`))]
  const waiting = pause === undefined ? undefined : names.freshNode(`${own}_wait`)
  if (waiting !== undefined)
    lose(
      loss,
      name,
      'The messages are said once, then the flow waits for as long as it takes to interrupt them',
    )
  const after = waiting === undefined ? own : waiting
  const [first, ...others] = (messages.length === 0 ? [''] : messages).map((prompt, index) => ({
    id: ids[index]!,
    ...send(prompt, { node: ids[index + 1] ?? after }, failed),
  }))
  const { id: _, ...node } = first!
  const target = interrupted ?? nextOf(action)
  const wait =
    waiting === undefined
      ? []
      : [{ id: waiting, type: 'delay@1', config: { duration: pause! }, targets: { done: target } }]
  return { ...node, beside: [...others, ...wait] }
}
