import type { Json, JsonObject } from '../base/json.ts'
import type { InputEvent, SessionEvent } from '../nodes/events.ts'
import type { WaitFor } from '../nodes/node-runtime.ts'

/** What a wait calls an input. */
export function inputKind(event: InputEvent): WaitFor {
  return event.type === 'event' ? `event:${event.name}` : event.type
}

/** Texts and digits come in as they are, for speed; what is kept of them has the members of their type alone. */
export function plainInput(event: InputEvent): InputEvent {
  if (event.type === 'event') return event
  const { channel } = event
  const input: InputEvent =
    event.type === 'text' ? { type: 'text', text: event.text } : { type: 'digits', digits: event.digits }
  return channel === undefined ? input : { ...input, channel }
}

/** The part of an event whose size is bounded: the whole of it, but for texts and digits with their channel. */
export function contentOf(event: SessionEvent): Json {
  if (event.type !== 'text' && event.type !== 'digits') return event as unknown as JsonObject
  const content = event.type === 'text' ? event.text : event.digits
  return event.channel === undefined ? content : content + event.channel
}
