import type { TranslatedStep } from '../shared/translated.ts'
import { textOf } from '../shared/values.ts'
import type { ActionContext } from './action.ts'
import type { ConnectAction } from './connect-flow.ts'
import { hostEffect } from './effects.ts'

/** Chooses the number to call back. Whether anybody can be called there is for the host to say; a good one is kept. */
export function updateCallbackNumber(action: ConnectAction, context: ActionContext): TranslatedStep {
  const { name, properties } = action
  const to = context.texts.text(textOf(properties.CallbackNumber) ?? '', `${name}.CallbackNumber`)
  const set = context.names.own('CustomerCallbackNumber')
  return { ...hostEffect(action, context), onLeave: { done: [{ set, to }] } }
}
