import type { JsonObject } from '../../../base/json.ts'
import type { Target, TranslatedStep } from '../shared/translated.ts'
import { QUEUE_WAIT, textOf } from '../shared/values.ts'
import { type ActionContext, errorOf, nextOf, secondsOf } from './action.ts'
import { type ConnectAction, objectAt } from './connect-flow.ts'
import { TRANSFERRED } from './flows.ts'

/** Puts the contact into the queue that was chosen before. Whoever is connected there has left the flow. */
export function transferToQueue(action: ConnectAction, context: ActionContext): TranslatedStep {
  return queue(action, chosenBefore(action, context), 'queue', LEFT)
}

/** Hands the contact over to the agent that was chosen before. */
export function transferToAgent(action: ConnectAction, context: ActionContext): TranslatedStep {
  const agent = textOf(action.properties.AgentId) ?? ''
  const to =
    agent === '' ? chosenBefore(action, context) : context.texts.template(agent, `${action.name}.AgentId`)
  return queue(action, to, 'agent', LEFT)
}

/** Whoever is connected there has left the flow. */
const LEFT: Target = { end: TRANSFERRED.code }

/** The queue that was chosen last; where nothing here chooses any, the flow before has to. */
function chosenBefore({ name }: ConnectAction, { names, choosesQueue, loss }: ActionContext): string {
  const variable = names.own('TargetQueue')
  if (!choosesQueue)
    loss.push({
      severity: 'warning',
      code: 'import.reference',
      where: name,
      message: `No queue is chosen in this flow: the flow that goes on here gives it as ${variable}`,
    })
  return `{{${variable}}}`
}

/** Takes the contact out of one queue and puts it into another; the flow goes on while it waits there. */
export function dequeueAndTransfer(action: ConnectAction, context: ActionContext): TranslatedStep {
  const { name, properties } = action
  const given = textOf(properties.QueueId) || textOf(properties.AgentId) || ''
  const to = given === '' ? chosenBefore(action, context) : context.texts.template(given, `${name}.QueueId`)
  return queue(action, to, 'queue', nextOf(action) ?? LEFT)
}

function queue(
  action: ConnectAction,
  to: string,
  kind: 'queue' | 'agent',
  connected: Target,
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
      connected: (comesBack ? nextOf(action) : undefined) ?? LEFT,
      busy: errorOf(action, 'CallFailed') ?? failed,
      noAnswer: errorOf(action, 'ConnectionTimeLimitExceeded') ?? failed,
      failed: errorOf(action, 'CallFailed') ?? failed,
    },
  }
}
