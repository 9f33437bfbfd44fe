import { isJsonObject, type Json } from '../../../base/json.ts'
import type { Target, TranslatedStep } from '../shared/translated.ts'
import { textOf } from '../shared/values.ts'
import { type ActionContext, nextOf } from './action.ts'
import { type ConnectAction, objectAt } from './connect-flow.ts'
import { hostEffect } from './effects.ts'
import { isDynamic } from './paths.ts'

/** The most variables that one node sets. */
const MAX_ASSIGNMENTS = 100

/** Sets attributes of the contact. Where the flow makes up their names, or sets those of another contact, the host does it. */
export function updateAttributes(action: ConnectAction, context: ActionContext): TranslatedStep {
  const { name, properties } = action
  const attributes = Object.entries(objectAt(properties, 'Attributes'))
  const ofAnother = textOf(properties.TargetContact) === 'Related'
  if (ofAnother || attributes.some(([key]) => isDynamic(key))) return hostEffect(action, context)
  return setVariables(
    action,
    attributes.map(([key, value]) => [
      context.names.variable(key, { input: true }),
      context.texts.text(asText(value), `${name}.${key}`),
    ]),
    context,
  )
}

/** Sets values that only this flow has. */
export function updateFlowAttributes(action: ConnectAction, context: ActionContext): TranslatedStep {
  const attributes = Object.entries(objectAt(action.properties, 'FlowAttributes'))
  return setVariables(
    action,
    attributes.map(([key, value]) => [
      context.names.own(`FlowAttributes_${key}`),
      context.texts.text(asText(isJsonObject(value) ? value.Value : value), `${action.name}.${key}`),
    ]),
    context,
  )
}

/** Chooses the queue or the agent for a transfer that comes later. */
export function updateTargetQueue(action: ConnectAction, context: ActionContext): TranslatedStep {
  const { name, properties } = action
  const queue = textOf(properties.QueueId) || textOf(properties.AgentId) || ''
  const assignment = [context.names.own('TargetQueue'), context.texts.text(queue, `${name}.QueueId`)] as const
  return setVariables(action, queue === '' ? [] : [assignment], context)
}

function setVariables(
  action: ConnectAction,
  values: readonly (readonly [variable: string, value: string])[],
  { names }: ActionContext,
): TranslatedStep {
  const assignments = values.map(([variable, value]) => ({ variable, value }))
  const first = { assignments: assignments.slice(0, MAX_ASSIGNMENTS) }
  const parts: { assignments: typeof assignments }[] = []
  for (let at = MAX_ASSIGNMENTS; at < assignments.length; at += MAX_ASSIGNMENTS)
    parts.push({ assignments: assignments.slice(at, at + MAX_ASSIGNMENTS) })
  const ids = parts.map(() => names.freshNode(`${names.nodeOf(action.name)!}_more`))
  const after = (index: number): Target => (ids[index] === undefined ? nextOf(action) : { node: ids[index] })
  return {
    type: 'set-variables@1',
    config: first,
    targets: { next: after(0) },
    beside: parts.map((config, index) => ({
      id: ids[index]!,
      type: 'set-variables@1',
      config,
      targets: { next: after(index + 1) },
    })),
  }
}

function asText(value: Json | undefined): string {
  return textOf(value) ?? (value === undefined || value === null ? '' : JSON.stringify(value))
}
