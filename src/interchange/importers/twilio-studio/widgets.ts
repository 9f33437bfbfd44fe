import { placeholderFor, translateByHost } from '../shared/translate-by-host.ts'
import type { TranslatedStep } from '../shared/translated.ts'
import { connectCall, makeOutgoingCall, recordVoicemail } from './calls.ts'
import { EFFECT_WIDGETS } from './effect-outcomes.ts'
import { hostEffect } from './effects.ts'
import { gatherInput } from './gather-input.ts'
import { sendAndWait, sendMessage } from './messages.ts'
import { enqueueCall, sendToFlex } from './queues.ts'
import { makeHttpRequest, runFunction } from './requests.ts'
import { runSubflow } from './run-subflow.ts'
import { sayPlay } from './say-play.ts'
import { setVariables } from './set-variables.ts'
import { splitBasedOn } from './split-based-on.ts'
import type { StudioState } from './studio-flow.ts'
import type { WidgetContext } from './widget.ts'

type Translate = (state: StudioState, context: WidgetContext) => TranslatedStep

/** Widgets that have a counterpart, by type. */
const WIDGETS: { readonly [type: string]: Translate } = {
  'say-play': sayPlay,
  'send-message': sendMessage,
  'send-and-wait-for-reply': sendAndWait,
  'gather-input-on-call': gatherInput,
  'split-based-on': splitBasedOn,
  'run-function': runFunction,
  'make-http-request': makeHttpRequest,
  'connect-call-to': connectCall,
  'make-outgoing-call-v1': makeOutgoingCall,
  'make-outgoing-call-v2': makeOutgoingCall,
  'record-voicemail': recordVoicemail,
  'send-to-flex': sendToFlex,
  'enqueue-call': enqueueCall,
  'run-subflow': runSubflow,
  'set-variables': setVariables,
  ...Object.fromEntries(Object.keys(EFFECT_WIDGETS).map((type) => [type, hostEffect])),
}

/** Translates a widget. One without a counterpart becomes a placeholder that validation points at. */
export function translateWidget(state: StudioState, context: WidgetContext): TranslatedStep {
  const own = context.translations.get(state.type)
  if (own !== undefined)
    return translateByHost(own, state, (source) => context.texts.template(source, state.name))
  const translate = Object.hasOwn(WIDGETS, state.type) ? WIDGETS[state.type] : undefined
  if (translate !== undefined) return translate(state, context)
  context.loss.push({
    severity: 'error',
    code: 'import.widget',
    where: state.name,
    message: `There is no counterpart for the widget ${state.type.slice(0, 80)}; a placeholder stands for it`,
  })
  return placeholderFor(state)
}
