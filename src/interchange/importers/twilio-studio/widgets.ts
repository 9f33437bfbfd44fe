import type { JsonObject } from '../../../base/json.ts'
import type { Translation } from '../../importer.ts'
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
import { next, type Target, type TranslatedWidget, type WidgetContext } from './widget.ts'

type Translate = (state: StudioState, context: WidgetContext) => TranslatedWidget

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
export function translateWidget(state: StudioState, context: WidgetContext): TranslatedWidget {
  const own = context.translations.get(state.type)
  if (own !== undefined) return translateByHost(own, state, context)
  const translate = Object.hasOwn(WIDGETS, state.type) ? WIDGETS[state.type] : undefined
  if (translate !== undefined) return translate(state, context)
  context.loss.push({
    severity: 'error',
    code: 'import.widget',
    where: state.name,
    message: `There is no counterpart for the widget ${state.type.slice(0, 80)}; a placeholder stands for it`,
  })
  return {
    type: 'placeholder@1',
    config: { original: state.type.slice(0, 80) },
    targets: Object.fromEntries(
      state.transitions.map((each): [string, Target] => [each.event.slice(0, 64), each.next || undefined]),
    ),
  }
}

function translateByHost(
  translate: Translation,
  state: StudioState,
  { texts }: WidgetContext,
): TranslatedWidget {
  const { name, type, properties } = state
  const { config, targets, ...node } = translate({
    name,
    type,
    properties: properties as JsonObject,
    next: (event) => next(state, event),
    text: (source) => texts.template(source, name),
  })
  return { type: node.type, config, targets }
}
