import type { JsonObject } from '../../../base/json.ts'
import type { FlowOutcome } from '../../../document/flow-document.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { textOf } from '../shared/values.ts'
import { type ActionContext, errorOf, nextOf } from './action.ts'
import type { ConnectAction } from './connect-flow.ts'
import { hostEffect } from './effects.ts'
import { handOver } from './handing-over.ts'
import { isDynamic } from './paths.ts'

/** What a flow comes to that hangs up, which the host is to do; a flow that only ends leaves the contact where it is. */
export const DISCONNECTED: FlowOutcome = {
  code: 'disconnected',
  label: 'The contact is to be disconnected',
  kind: 'completed',
}

/** What a flow comes to that has handed the contact over: nothing goes on after it, nor in a flow that called it. */
export const TRANSFERRED: FlowOutcome = {
  code: 'transferred',
  label: 'The contact was handed over',
  kind: 'completed',
}

/** Ends of a module that end the flow that called it as well, with the same flow outcome. */
const FOR_GOOD = [DISCONNECTED.code, TRANSFERRED.code, 'incomplete']

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
  return handOver(
    (inputs) => ({ type: 'jump@1', config: { flow, ...inputsOf(inputs) }, targets: {} }),
    context.names.nodeOf(name)!,
    context.carried,
    context.names,
  )
}

/**
 * Calls a module, which comes back with the attributes that it set. It does not come back where it hangs up or hands the
 * contact over. What it does not know comes back as null, so that each value has a place of its own until it is there.
 */
export function invokeModule(action: ConnectAction, context: ActionContext): TranslatedStep {
  const { name, properties } = action
  const given = textOf(properties.FlowModuleId) ?? ''
  if (isDynamic(given)) return hostEffect(action, context)
  const outputs = context.carried.map(({ variable }) => ({
    variable: context.names.own(`${variable}_returned`, { any: true, input: false }),
    from: variable,
  }))
  const take = outputs.map(({ variable, from }) => ({ set: from, to: `default(${variable}, ${from})` }))
  const failed = errorOf(action, 'NoMatchingError')
  const flow = flowIdOf(given, name, context)
  return handOver(
    (inputs) => ({
      type: 'call-subflow@1',
      config: {
        flow,
        ...inputsOf(inputs),
        ...(outputs.length === 0 ? {} : { outputs }),
        outcomes: ['failed', ...FOR_GOOD],
      } as JsonObject,
      targets: {
        done: nextOf(action),
        failed,
        ...Object.fromEntries(FOR_GOOD.map((end) => [end, { end }])),
      },
      ...(take.length === 0 ? {} : { onLeave: { done: take, failed: take } }),
    }),
    context.names.nodeOf(name)!,
    context.carried,
    context.names,
  )
}

/** The id of a flow: the last part of the name that Connect gives it in full, without the version that may follow. */
function flowIdOf(given: string, name: string, { loss }: ActionContext): string {
  const flow = given.startsWith('arn:') ? given.slice(given.lastIndexOf('/') + 1).replace(/:.*$/s, '') : given
  loss.push({
    severity: flow === '' ? 'error' : 'warning',
    code: 'import.subflow',
    where: name,
    message:
      flow === ''
        ? 'The flow that is called is not named; choose it in the node'
        : `Bring the flow ${flow.slice(0, 64)} in as well, under this id; it gets the attributes that are named here`,
  })
  return flow.slice(0, 200)
}

function inputsOf(inputs: { readonly [variable: string]: string }): JsonObject {
  return Object.keys(inputs).length === 0 ? {} : { inputs }
}
