import type { Json, JsonObject } from '../base/json.ts'
import type { InputEvent, SessionEvent } from '../nodes/events.ts'
import type { WaitFor } from '../nodes/node-runtime.ts'

/** What a wait calls an input. */
export function inputKind(event: InputEvent): WaitFor {
  return event.type === 'event' ? `event:${event.name}` : event.type
}

/** Texts and digits come in as they are, for speed; what is kept of them has the members of their type alone. */
export function plainInput(event: InputEvent): InputEvent {
  if (event.type === 'text') return { type: 'text', text: event.text }
  return event.type === 'digits' ? { type: 'digits', digits: event.digits } : event
}

/** The part of an event whose size is bounded: the whole of it, but for texts and digits. */
export function contentOf(event: SessionEvent): Json {
  if (event.type === 'text') return event.text
  return event.type === 'digits' ? event.digits : (event as unknown as JsonObject)
}
