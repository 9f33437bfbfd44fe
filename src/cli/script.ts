import * as z from 'zod'
import type { Json } from '../base/json.ts'
import { nearest } from '../base/nearest.ts'
import { SluiceError } from '../base/sluice-error.ts'

const json = z.custom<Json>((value) => value !== undefined, { error: 'a JSON value is needed' })

/** The events of a script, by `type`. A bare string is whatever the open wait accepts. */
const EVENTS = {
  text: z.strictObject({ type: z.literal('text'), text: z.string(), channel: z.string().optional() }),
  digits: z.strictObject({
    type: z.literal('digits'),
    digits: z.string(),
    channel: z.string().optional(),
  }),
  button: z.strictObject({ type: z.literal('button'), value: z.string() }),
  timeout: z.strictObject({ type: z.literal('timeout') }),
  event: z.strictObject({
    type: z.literal('event'),
    name: z.string().min(1),
    data: z.record(z.string(), json).optional(),
  }),
  result: z.strictObject({
    type: z.literal('result'),
    status: z.number().optional(),
    body: json.optional(),
    error: z.string().optional(),
  }),
  signal: z.strictObject({ type: z.literal('signal'), name: z.string().regex(/^[A-Za-z][\w.-]{0,63}$/) }),
}

/** One thing that the contact or the host does, as it stands in a script. */
export type ScriptEvent =
  | string
  | { [Type in keyof typeof EVENTS]: z.infer<(typeof EVENTS)[Type]> }[keyof typeof EVENTS]

/** Most events that a script may hold. */
export const MAX_SCRIPT_EVENTS = 100_000

/**
 * Reads a script: a JSON array of events. Throws `script.notAList`, `script.tooLong` or `script.event`, each naming
 * the entry; entries count from 1.
 *
 * @example parseScript(['1', { type: 'timeout' }], 'script.json')
 */
export function parseScript(value: Json, name: string): readonly ScriptEvent[] {
  if (!Array.isArray(value)) {
    throw fault(
      'script.notAList',
      `${name} does not hold a list of events`,
      'Give a JSON array such as ["1", {"type": "timeout"}]',
    )
  }
  if (value.length > MAX_SCRIPT_EVENTS) {
    throw fault('script.tooLong', `${name} holds ${value.length} events`, `Give at most ${MAX_SCRIPT_EVENTS}`)
  }
  return value.map((entry: Json, index) => parseEvent(entry, `Event ${index + 1} of ${name}`))
}

function parseEvent(entry: Json, where: string): ScriptEvent {
  if (typeof entry === 'string') return entry
  const type = typeof entry === 'object' && entry !== null && 'type' in entry ? entry.type : undefined
  if (typeof type !== 'string') {
    throw fault(
      'script.event',
      `${where} is neither a text nor an object with a type`,
      `Use one of the types ${TYPES.join(', ')}`,
    )
  }
  if (!Object.hasOwn(EVENTS, type)) {
    const suggestion = nearest(type, TYPES)
    throw fault(
      'script.event',
      `${where} has the unknown type ${JSON.stringify(type.slice(0, 64))}${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`,
      `Use one of the types ${TYPES.join(', ')}`,
    )
  }
  const parsed = EVENTS[type as keyof typeof EVENTS].safeParse(entry)
  if (parsed.success) return parsed.data as ScriptEvent
  const { path, message } = parsed.error.issues[0]!
  const at = path.length === 0 ? '' : ` at ${path.join('.')}`
  throw fault(
    'script.event',
    `${where} is no ${type} event${at}: ${message.slice(0, 200)}`,
    SHAPES[type as keyof typeof EVENTS],
  )
}

const TYPES = Object.keys(EVENTS)

const SHAPES: { readonly [Type in keyof typeof EVENTS]: string } = {
  text: 'Write it as {"type": "text", "text": "hello"}',
  digits: 'Write it as {"type": "digits", "digits": "1"}',
  button: 'Write it as {"type": "button", "value": "yes"}',
  timeout: 'Write it as {"type": "timeout"}',
  event: 'Write it as {"type": "event", "name": "paid", "data": {}}',
  result: 'Write it as {"type": "result", "status": 200, "body": {}}',
  signal: 'Write it as {"type": "signal", "name": "hangup"}',
}

function fault(code: string, problem: string, next: string): SluiceError {
  return new SluiceError({ code, problem, next })
}
