import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts'

/**
 * Types as exports before 2019 wrote them, by what they are called now. The spellings of widgets that no export at
 * hand holds are those of their names on the canvas; one that is missing becomes a placeholder and is reported.
 */
const OLDER_TYPES: { readonly [type: string]: string } = {
  InitialState: 'trigger',
  Trigger: 'trigger',
  Branch: 'split-based-on',
  SplitBasedOn: 'split-based-on',
  SayPlay: 'say-play',
  Gather: 'gather-input-on-call',
  GatherInputOnCall: 'gather-input-on-call',
  ConnectCaller: 'connect-call-to',
  ConnectCallTo: 'connect-call-to',
  OutgoingCall: 'make-outgoing-call-v1',
  MakeOutgoingCall: 'make-outgoing-call-v1',
  Record: 'record-voicemail',
  RecordVoicemail: 'record-voicemail',
  Enqueue: 'enqueue-call',
  EnqueueCall: 'enqueue-call',
  Message: 'send-message',
  SendMessage: 'send-message',
  SendAndWaitForReply: 'send-and-wait-for-reply',
  SendWaitReply: 'send-and-wait-for-reply',
  Webhook: 'make-http-request',
  HttpRequest: 'make-http-request',
  MakeHttpRequest: 'make-http-request',
  Function: 'run-function',
  RunFunction: 'run-function',
  SetVariables: 'set-variables',
  SetAttributes: 'set-variables',
  SendToFlex: 'send-to-flex',
  SendToAutopilot: 'send-to-auto-pilot',
  AddTwimlRedirect: 'add-twiml-redirect',
  TwimlRedirect: 'add-twiml-redirect',
  CapturePayments: 'capture-payments',
  RunSubflow: 'run-subflow',
}

/** Properties of those exports, by what they are called now, by the type that it is now. */
const OLDER_PROPERTIES: { readonly [type: string]: { readonly [property: string]: string } } = {
  'enqueue-call': {
    workflow_sid: 'task_router_workflow',
    wait_url: 'hold_music_url',
    wait_url_method: 'twiml_request_method',
  },
}

/** Wrappers around a definition: what the API returns, what tools write, and a body that is still JSON text. */
const WRAPPERS = ['definition', 'Definition', 'flow', 'flow_definition'] as const

/** The definition of a flow, out of whatever is around it; `undefined` where there is none. */
export function definitionOf(value: unknown, depth = 0): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined
  if (value.states !== undefined || depth > 2) return value
  for (const name of WRAPPERS) {
    const inner = Object.hasOwn(value, name) ? readText(value[name]) : undefined
    if (isJsonObject(inner)) return definitionOf(inner, depth + 1)
  }
  return value
}

function readText(value: Json | undefined): unknown {
  if (typeof value !== 'string' || !value.trimStart().startsWith('{') || value.length > MAX_TEXT) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** Larger than any flow that Studio takes. */
const MAX_TEXT = 4_000_000

/**
 * Brings a definition of any age into the present shape: states in a list, each under its name; transitions to names
 * where they led to ids; types as they are called now; the first state by name. What is not known is left as it is.
 */
export function upgradeDefinition(definition: JsonObject): JsonObject {
  const states = listOfStates(definition.states)
  if (states === undefined) return definition
  const names = new Map<string, string>()
  for (const { sid, name } of states)
    if (typeof sid === 'string' && typeof name === 'string') names.set(sid, name)
  const named = (target: Json | undefined) =>
    typeof target === 'string' ? (names.get(target) ?? target) : target
  const upgraded = states.map((state) => upgradeState(state, named))
  const first = definition.initial_state ?? upgraded.find(({ type }) => type === 'trigger')?.name
  return { ...definition, states: upgraded, initial_state: named(first) }
}

/** States by name or id, as some tools keep them, are states in a list. */
function listOfStates(states: Json | undefined): readonly JsonObject[] | undefined {
  if (Array.isArray(states)) return states.every(isJsonObject) ? states : undefined
  if (!isJsonObject(states)) return undefined
  const entries = Object.entries(states)
  if (!entries.every(([, state]) => isJsonObject(state))) return undefined
  return entries.map(([name, state]) => ({ name, ...(state as JsonObject) }))
}

function upgradeState(state: JsonObject, named: (target: Json | undefined) => Json | undefined): JsonObject {
  const { type, transitions } = state
  const upgraded: { [member: string]: Json | undefined } = { ...state }
  if (typeof type === 'string' && Object.hasOwn(OLDER_TYPES, type)) upgraded.type = OLDER_TYPES[type]
  if (state.properties === null) upgraded.properties = {}
  const renamed = OLDER_PROPERTIES[String(upgraded.type)]
  if (renamed !== undefined && isJsonObject(upgraded.properties))
    upgraded.properties = Object.fromEntries(
      Object.entries(upgraded.properties).map(([name, value]) => [renamed[name] ?? name, value]),
    )
  if (Array.isArray(transitions)) {
    upgraded.transitions = transitions.map((transition: Json) =>
      isJsonObject(transition) && 'next' in transition
        ? { ...transition, next: named(transition.next) ?? null }
        : transition,
    )
  }
  return upgraded
}
