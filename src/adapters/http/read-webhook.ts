import type { WebhookReading, WebhookRequest } from '../../runtime/channels/channel.ts'
import { readInbound } from './read-inbound.ts'
import type { WebhookSecret } from './webhook-keys.ts'
import { verifyWebhook } from './webhook-signature.ts'

/** What a request is held against. */
export interface WebhookTerms {
  readonly channel: string
  readonly secret: WebhookSecret
  readonly windowMs: number
  readonly maxBytes: number
  readonly now: number
}

/** Reads a request of a provider: what is cheap to refuse first, and nothing of the body before it is believed. */
export function readWebhook(request: WebhookRequest, terms: WebhookTerms): WebhookReading {
  const { channel, secret, windowMs, maxBytes, now } = terms
  const { method, headers } = request
  if (method.toUpperCase() !== 'POST')
    return { ok: false, status: 405, code: 'webhook.method', reason: 'The request is no POST' }
  // A text has at least as many bytes as it has UTF-16 units.
  if (request.body.length > maxBytes) return tooLarge(maxBytes)
  const body = typeof request.body === 'string' ? new TextEncoder().encode(request.body) : request.body
  if (body.length > maxBytes) return tooLarge(maxBytes)
  const verdict = verifyWebhook({ secret, headers, body, now, windowMs })
  return verdict.ok ? readInbound(body, channel, verdict.id) : { ...verdict, status: 401 }
}

function tooLarge(maxBytes: number): WebhookReading {
  return {
    ok: false,
    status: 413,
    code: 'webhook.tooLarge',
    reason: `The body is larger than ${maxBytes} bytes`,
  }
}
