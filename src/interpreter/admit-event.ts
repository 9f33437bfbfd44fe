import { checkJson } from '../base/check-json.ts'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { normaliseJson } from '../base/normalise-json.ts'
import type { SessionEvent } from '../nodes/events.ts'

/**
 * An event from outside with the members of its type alone, as JSON text would carry them; `undefined` for one
 * that lacks a member or holds something that is not JSON.
 */
export function admitEvent(event: SessionEvent): SessionEvent | undefined {
  switch (event?.type) {
    case 'text':
      return typeof event.text === 'string' && isChannel(event.channel) ? event : undefined
    case 'digits':
      return typeof event.digits === 'string' && isChannel(event.channel) ? event : undefined
    case 'timer':
      return typeof event.waitId === 'string' ? { type: 'timer', waitId: event.waitId } : undefined
    case 'button': {
      const { waitId, value } = event
      return typeof waitId === 'string' && typeof value === 'string'
        ? { type: 'button', waitId, value }
        : undefined
    }
    case 'signal':
      // Errors are led to a connector of their own, which no signal may take.
      return isSignalName(event.name) ? { type: 'signal', name: event.name } : undefined
    case 'event':
      return admitCustom(event.name, event.data)
    case 'result':
      return admitResult(event)
    default:
      return undefined
  }
}

function isChannel(channel: unknown): boolean {
  return channel === undefined || typeof channel === 'string'
}

function isSignalName(name: unknown): name is string {
  return typeof name === 'string' && /^[A-Za-z][\w.-]{0,63}$/.test(name) && name !== 'error'
}

function admitCustom(name: unknown, data: unknown): SessionEvent | undefined {
  if (typeof name !== 'string') return undefined
  if (data === undefined) return { type: 'event', name }
  if (!isJsonObject(data) || checkJson(data) !== undefined) return undefined
  return { type: 'event', name, data: normaliseJson(data) as JsonObject }
}

function admitResult({
  waitId,
  status,
  body,
  error,
}: SessionEvent & { type: 'result' }): SessionEvent | undefined {
  if (typeof waitId !== 'string' || (status !== undefined && !Number.isFinite(status))) return undefined
  if (
    (error !== undefined && typeof error !== 'string') ||
    (body !== undefined && checkJson(body) !== undefined)
  ) {
    return undefined
  }
  return {
    type: 'result',
    waitId,
    ...(status === undefined ? {} : { status }),
    ...(body === undefined ? {} : { body: normaliseJson(body as Json) }),
    ...(error === undefined ? {} : { error }),
  }
}
