import * as z from 'zod'
import { checkJson } from '../../base/check-json.ts'
import type { Json } from '../../base/json.ts'
import type { Inbound, WebhookReading } from '../../runtime/channels/channel.ts'

/** A request may bring so many at once. */
const MOST = 100

/** Ids, addresses and other short names, which end up in keys and logs. */
const name = z.string().regex(/^\P{Cc}{1,256}$/u)

/** Providers leave a number that is withheld out, or send it empty. */
const sender = z.string().regex(/^\P{Cc}{0,256}$/u)

const answer = {
  status: z.number().optional(),
  body: z.unknown(),
  error: z.string().max(1_024).optional(),
}

/** Members that nobody knows are refused: a `txt` that was meant to be a `text` would be silence. */
const INBOUND = z.strictObject({
  channel: name.optional(),
  from: sender.optional(),
  to: name.optional(),
  session: name.optional(),
  id: name.optional(),
  text: z.string().max(32_768).optional(),
  digits: z
    .string()
    .regex(/^[0-9*#A-D]{1,256}$/)
    .optional(),
  button: z.strictObject({ waitId: name, value: z.string().max(1_024) }).optional(),
  signal: name.optional(),
  result: z.strictObject({ waitId: name, ...answer }).optional(),
  data: z.record(z.string(), z.unknown()).optional(),
})

/**
 * Reads the body of a believed request: what has come in, one or a list. What names no id is given one of the request's,
 * so that a request that comes again changes nothing.
 */
export function readInbound(body: Uint8Array, channel: string, requestId: string): WebhookReading {
  const value = parse(body)
  if (value === undefined) return refused('webhook.notJson', 'The body is no JSON in UTF-8')
  const fault = checkJson(value, { maxDepth: 32, maxValues: 100_000, maxStringLength: 65_536 })
  if (fault !== undefined) return refused('webhook.badShape', `The body is refused (${fault.code})`)
  const list = Array.isArray(value) ? value : [value]
  if (list.length > MOST) return refused('webhook.tooMany', `The body holds more than ${MOST}`)
  const inbound: Inbound[] = []
  for (const [i, each] of list.entries()) {
    const read = INBOUND.safeParse(each)
    if (!read.success) return refused('webhook.badShape', `Number ${i} of the body: ${whereOf(read.error)}`)
    // Whoever may speak for one channel may not speak for others.
    if ((read.data.channel ?? channel) !== channel)
      return refused('webhook.otherChannel', `Number ${i} of the body is of another channel`)
    inbound.push({ id: `${requestId}:${i}`, ...(each as Partial<Inbound>), channel })
  }
  return { ok: true, inbound }
}

/** The bytes that were signed are the bytes that are read: where they are no UTF-8, nothing is guessed. */
function parse(body: Uint8Array): Json | undefined {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

/** Names members alone: values are what somebody has said. */
function whereOf({ issues: [issue] }: z.ZodError): string {
  const path = issue!.path.join('.')
  if (issue!.code === 'unrecognized_keys')
    return `there is no member ${JSON.stringify([...issue!.path, issue!.keys[0]!.slice(0, 64)].join('.'))}`
  return path === '' ? 'it is no object' : `${path} is not as it should be`
}

function refused(code: string, reason: string): WebhookReading {
  return { ok: false, status: 400, code, reason }
}
