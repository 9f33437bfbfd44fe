import { endKind } from '../shared/outcomes.ts'
import { placeholderFor, translateByHost } from '../shared/translate-by-host.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import type { ActionContext } from './action.ts'
import { updateAttributes, updateFlowAttributes, updateTargetQueue } from './attributes.ts'
import { updateCallbackNumber } from './callback-number.ts'
import { compare } from './compare.ts'
import type { ConnectAction } from './connect-flow.ts'
import { EFFECT_ACTIONS } from './effect-actions.ts'
import { hostEffect, keeping } from './effects.ts'
import { disconnect, endFlow, invokeModule, transferToFlow } from './flows.ts'
import { getInput } from './get-input.ts'
import { messageIteratively, messageParticipant } from './messages.ts'
import { dequeueAndTransfer, transferToAgent, transferToQueue, transferToThirdParty } from './transfers.ts'
import { loop, wait } from './waits.ts'

type Translate = (action: ConnectAction, context: ActionContext) => TranslatedStep

/** Actions that have a counterpart, by type. */
export const ACTIONS: { readonly [type: string]: Translate } = {
  ...Object.fromEntries(Object.keys(EFFECT_ACTIONS).map((type) => [type, hostEffect])),
  Compare: compare,
  DequeueContactAndTransferToQueue: dequeueAndTransfer,
  DisconnectParticipant: disconnect,
  EndFlowExecution: endFlow,
  EndFlowModuleExecution: endFlow,
  GetParticipantInput: getInput,
  InvokeFlowModule: invokeModule,
  Loop: loop,
  MessageParticipant: messageParticipant,
  MessageParticipantIteratively: messageIteratively,
  TransferContactToAgent: transferToAgent,
  TransferContactToQueue: transferToQueue,
  TransferParticipantToThirdParty: transferToThirdParty,
  TransferToFlow: transferToFlow,
  UpdateContactAttributes: updateAttributes,
  UpdateContactCallbackNumber: updateCallbackNumber,
  UpdateContactTargetQueue: updateTargetQueue,
  UpdateFlowAttributes: updateFlowAttributes,
  Wait: wait,
}

/** Translates an action. One without a counterpart becomes a placeholder that validation points at. */
export function translateAction(action: ConnectAction, context: ActionContext): TranslatedStep {
  const own = context.translations.get(action.type)
  if (own !== undefined) {
    const node = translateByHost(own, action, (source) => context.texts.template(source, action.name))
    const good = Object.keys(node.targets).filter((outcome) => endKind(node.type, outcome) === 'completed')
    return { ...node, ...keeping(action, good, context) }
  }
  const translate = Object.hasOwn(ACTIONS, action.type) ? ACTIONS[action.type] : undefined
  if (translate !== undefined) return translate(action, context)
  context.loss.push({
    severity: 'error',
    code: 'import.widget',
    where: action.name,
    message: `There is no counterpart for the action ${action.type.slice(0, 80)}; a placeholder stands for it`,
  })
  return placeholderFor(action)
}
