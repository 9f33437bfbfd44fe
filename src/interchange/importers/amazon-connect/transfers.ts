import type { JsonObject } from '../../../base/json.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { QUEUE_WAIT, textOf } from '../shared/values.ts'
import { type ActionContext, errorOf, nextOf, secondsOf } from './action.ts'
import { type ConnectAction, objectAt } from './connect-flow.ts'

/** Puts the contact into the queue that was chosen before. Whoever is connected there has left the flow. */
export function transferToQueue(action: ConnectAction, context: ActionContext): TranslatedStep {
  return queue(action, `{{${context.names.own('TargetQueue')}}}`, 'queue', undefined)
}

/** Hands the contact over to the agent that was chosen before. */
export function transferToAgent(action: ConnectAction, context: ActionContext): TranslatedStep {
  const agent = textOf(action.properties.AgentId) ?? ''
  const chosen = `{{${context.names.own('TargetQueue')}}}`
  const to = agent === '' ? chosen : context.texts.template(agent, `${action.name}.AgentId`)
  return queue(action, to, 'agent', undefined)
}

/** Takes the contact out of one queue and puts it into another; the flow goes on while it waits there. */
export function dequeueAndTransfer(action: ConnectAction, context: ActionContext): TranslatedStep {
  const { name, properties } = action
  const given = textOf(properties.QueueId) || textOf(properties.AgentId) || ''
  const to =
    given === ''
      ? `{{${context.names.own('TargetQueue')}}}`
      : context.texts.template(given, `${name}.QueueId`)
  return queue(action, to, 'queue', nextOf(action))
}

function queue(
  action: ConnectAction,
  to: string,
  kind: 'queue' | 'agent',
  connected: string | undefined,
): TranslatedStep {
  const failed = errorOf(action, 'NoMatchingError') ?? errorOf(action, 'QueueAtCapacity')
  return {
    type: 'transfer@1',
    config: { kind, to, timeout: QUEUE_WAIT },
    targets: { connected, busy: errorOf(action, 'QueueAtCapacity') ?? failed, noAnswer: failed, failed },
  }
}

/** Connects the contact with a number, and comes back afterwards where the flow asks for that. */
export function transferToThirdParty(action: ConnectAction, context: ActionContext): TranslatedStep {
  const { name, properties } = action
  const { texts, loss } = context
  const caller = objectAt(properties, 'CallerId')
  const given = {
    callerId: textOf(caller.Number),
    callerName: textOf(caller.Name),
    digits: textOf(properties.ThirdPartyDTMFDigits),
  }
  const data = Object.entries(given).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [[key, texts.template(value, `${name}.${key}`)] as const],
  )
  const seconds = secondsOf(action, 'ThirdPartyConnectionTimeLimitSeconds', loss)
  const comesBack = textOf(properties.ContinueFlowExecution)?.toLowerCase() === 'true'
  const failed = errorOf(action, 'NoMatchingError', 'CallFailed', 'ConnectionTimeLimitExceeded')
  return {
    type: 'transfer@1',
    config: {
      kind: 'number',
      to: texts.template(textOf(properties.ThirdPartyPhoneNumber) ?? '', `${name}.ThirdPartyPhoneNumber`),
      ...(seconds === undefined ? {} : { timeout: seconds }),
      ...(data.length === 0 ? {} : { data: Object.fromEntries(data) }),
    } as JsonObject,
    targets: {
      connected: comesBack ? nextOf(action) : undefined,
      busy: errorOf(action, 'CallFailed') ?? failed,
      noAnswer: errorOf(action, 'ConnectionTimeLimitExceeded') ?? failed,
      failed: errorOf(action, 'CallFailed') ?? failed,
    },
  }
}
