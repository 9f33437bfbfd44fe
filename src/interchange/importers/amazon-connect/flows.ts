import type { JsonObject } from '../../../base/json.ts'
import type { FlowOutcome } from '../../../document/flow-document.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { textOf } from '../shared/values.ts'
import { type ActionContext, errorOf, nextOf } from './action.ts'
import type { ConnectAction } from './connect-flow.ts'
import { hostEffect } from './effects.ts'
import { isDynamic } from './paths.ts'

/** What a flow comes to that hangs up, which the host is to do; a flow that only ends leaves the contact where it is. */
export const DISCONNECTED: FlowOutcome = {
  code: 'disconnected',
  label: 'The contact is to be disconnected',
  kind: 'completed',
}

export function disconnect(): TranslatedStep {
  return { type: 'end@1', config: { outcome: DISCONNECTED.code }, targets: {} }
}

export function endFlow(): TranslatedStep {
  return { type: 'end@1', config: { outcome: 'completed' }, targets: {} }
}

/** Goes on in another flow for good, with the attributes of the contact. Only the host finds a flow that is named late. */
export function transferToFlow(action: ConnectAction, context: ActionContext): TranslatedStep {
  const { name, properties } = action
  const given = textOf(properties.ContactFlowId) ?? ''
  if (isDynamic(given)) return hostEffect(action, context)
  const flow = flowIdOf(given, name, context)
  for (const [event, target] of [['NextAction', nextOf(action)] as const, ...action.errors]) {
    if (target === undefined) continue
    context.loss.push({
      severity: 'info',
      code: 'import.changed',
      where: `${name}.${event}`,
      message: 'The session goes on in the other flow for good; this way is never taken here',
    })
  }
  return { type: 'jump@1', config: { flow, ...inputsOf(context) }, targets: {} }
}

/** Calls a module, which comes back with the attributes that it set. */
export function invokeModule(action: ConnectAction, context: ActionContext): TranslatedStep {
  const { name, properties } = action
  const given = textOf(properties.FlowModuleId) ?? ''
  if (isDynamic(given)) return hostEffect(action, context)
  const outputs = context.carried.map((variable) => ({ variable, from: variable }))
  const failed = errorOf(action, 'NoMatchingError')
  return {
    type: 'call-subflow@1',
    config: {
      flow: flowIdOf(given, name, context),
      ...inputsOf(context),
      ...(outputs.length === 0 ? {} : { outputs }),
      outcomes: ['failed'],
    } as JsonObject,
    targets: { done: nextOf(action), failed },
  }
}

/** The id of a flow: the last part of the name that Connect gives it in full. */
function flowIdOf(given: string, name: string, { loss }: ActionContext): string {
  const flow = given.startsWith('arn:') ? given.slice(given.lastIndexOf('/') + 1) : given
  loss.push({
    severity: flow === '' ? 'error' : 'warning',
    code: 'import.subflow',
    where: name,
    message:
      flow === ''
        ? 'The flow that is called is not named; choose it in the node'
        : `Bring the flow ${flow.slice(0, 64)} in as well, under this id`,
  })
  return flow.slice(0, 200)
}

function inputsOf({ carried }: ActionContext): JsonObject {
  return carried.length === 0 ? {} : { inputs: Object.fromEntries(carried.map((each) => [each, each])) }
}
