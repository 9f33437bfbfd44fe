import { branch } from './branch.ts'
import { businessHours } from './business-hours.ts'
import { callSubflow } from './call-subflow.ts'
import { collectInput } from './collect-input.ts'
import { customEffect } from './custom-effect.ts'
import { delay } from './delay.ts'
import { emitEvent } from './emit-event.ts'
import { end } from './end.ts'
import { evaluate } from './evaluate.ts'
import { httpRequest } from './http-request.ts'
import { jump } from './jump.ts'
import { log } from './log.ts'
import { loop } from './loop.ts'
import { menu } from './menu.ts'
import { parseData } from './parse-data.ts'
import { placeCall } from './place-call.ts'
import { pushNotification } from './push-notification.ts'
import { receiveMessage } from './receive-message.ts'
import { record } from './record.ts'
import { script } from './script.ts'
import { sendCard } from './send-card.ts'
import { sendMessage } from './send-message.ts'
import { setVariables } from './set-variables.ts'
import { start } from './start.ts'
import { transfer } from './transfer.ts'
import { updateContact } from './update-contact.ts'
import { waitForEvent } from './wait-for-event.ts'

/** The built-in node types, in the order in which a palette shows them. */
export const palette = [
  start,
  end,
  sendMessage,
  receiveMessage,
  sendCard,
  pushNotification,
  menu,
  collectInput,
  branch,
  evaluate,
  businessHours,
  loop,
  jump,
  setVariables,
  updateContact,
  log,
  parseData,
  script,
  delay,
  waitForEvent,
  emitEvent,
  httpRequest,
  callSubflow,
  customEffect,
  transfer,
  placeCall,
  record,
] as const

export type { AcceptanceOutcomes } from './acceptance.ts'
export type { BranchOutcomes } from './branch.ts'
export type { CallOutcomes } from './call-subflow.ts'
export type { InputOutcomes } from './collect-input.ts'
export type { EffectOutcomes } from './custom-effect.ts'
export type { ChoiceOutcomes } from './evaluate.ts'
export type { JumpOutcomes } from './jump.ts'
export type { MenuOutcomes } from './menu.ts'
export type { MessageOutcomes } from './receive-message.ts'
export type { CardOutcomes } from './send-card.ts'
export type { EventOutcomes } from './wait-for-event.ts'
export {
  branch,
  businessHours,
  callSubflow,
  collectInput,
  customEffect,
  delay,
  emitEvent,
  end,
  evaluate,
  httpRequest,
  jump,
  log,
  loop,
  menu,
  parseData,
  placeCall,
  pushNotification,
  receiveMessage,
  record,
  script,
  sendCard,
  sendMessage,
  setVariables,
  start,
  transfer,
  updateContact,
  waitForEvent,
}
