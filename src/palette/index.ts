import { branch } from './branch.ts'
import { callSubflow } from './call-subflow.ts'
import { collectInput } from './collect-input.ts'
import { customEffect } from './custom-effect.ts'
import { delay } from './delay.ts'
import { end } from './end.ts'
import { httpRequest } from './http-request.ts'
import { menu } from './menu.ts'
import { placeCall } from './place-call.ts'
import { record } from './record.ts'
import { sendMessage } from './send-message.ts'
import { setVariables } from './set-variables.ts'
import { start } from './start.ts'
import { transfer } from './transfer.ts'
import { waitForEvent } from './wait-for-event.ts'

/** The built-in node types, in the order in which a palette shows them. */
export const palette = [
  start,
  end,
  sendMessage,
  menu,
  collectInput,
  branch,
  setVariables,
  delay,
  waitForEvent,
  httpRequest,
  callSubflow,
  customEffect,
  transfer,
  placeCall,
  record,
] as const

export {
  branch,
  callSubflow,
  collectInput,
  customEffect,
  delay,
  end,
  httpRequest,
  menu,
  placeCall,
  record,
  sendMessage,
  setVariables,
  start,
  transfer,
  waitForEvent,
}
