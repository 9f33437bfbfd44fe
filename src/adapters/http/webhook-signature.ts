import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { constantTimeEqual } from '../../base/constant-time.ts'
import { SluiceError } from '../../base/sluice-error.ts'
import type { WebhookRequest } from '../../runtime/channels/channel.ts'
import { type WebhookSecret, webhookKeys } from './webhook-keys.ts'

/** What there is to sign. */
export interface WebhookToSign {
  readonly secret: WebhookSecret
  /** Unique for ever, and the same at each further try. Visible ASCII without a full stop, which parts it from the rest. */
  readonly id: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** As it is sent, to the byte. */
  readonly body: Uint8Array | string
}

/** The headers of a signed request, by the names of Standard Webhooks. */
export interface WebhookHeaders {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

/**
 * Signs a request as Standard Webhooks has it: HMAC-SHA256 over id, seconds since 1970 and body. Throws `webhook.id` for
 * an id that could be taken for something else, and `webhook.secret` for a secret that protects nothing.
 *
 * @example
 * const body = JSON.stringify({ from: '+49151', to: '4711', text: 'hello' })
 * const headers = signWebhook({ secret, id: 'msg_1', now: Date.now(), body })
 * await fetch(url, { method: 'POST', headers, body })
 */
export function signWebhook({ secret, id, now, body }: WebhookToSign): WebhookHeaders {
  if (!isWebhookId(id)) {
    throw new SluiceError({
      code: 'webhook.id',
      problem: 'The id of a webhook is empty, too long, or holds a character that none may hold',
      next: 'Take up to 256 visible ASCII characters without a full stop',
    })
  }
  const timestamp = String(Math.floor(now / 1_000))
  const signatures = webhookKeys(secret).map((key) => signature(key, id, timestamp, bytesOf(body)))
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

export interface WebhookToVerify {
  readonly secret: WebhookSecret
  /** Names in lower case. */
  readonly headers: WebhookRequest['headers']
  /** As it came in, to the byte. */
  readonly body: Uint8Array | string
  /** Milliseconds since 1970. */
  readonly now: number
  /** How far the request's clock may be from ours, in milliseconds, before or after. Default 300,000. */
  readonly windowMs?: number
}

/** Whether a request is believed. The same `id` may come again within the window: that is how senders try again. */
export type WebhookVerdict =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly code: WebhookVerdictCode; readonly reason: string }

export type WebhookVerdictCode =
  | 'webhook.unsigned'
  | 'webhook.tooOld'
  | 'webhook.tooNew'
  | 'webhook.badSignature'

/**
 * Tells whether a request was signed with the secret, as it stands and just now. Takes the same time wherever a signature
 * is wrong.
 *
 * @example
 * const verdict = verifyWebhook({ secret, headers: request.headers, body: rawBody, now: Date.now() })
 * if (!verdict.ok) return reply.status(401).send()
 */
export function verifyWebhook(request: WebhookToVerify): WebhookVerdict {
  const { secret, headers, now, windowMs = 300_000 } = request
  const keys = webhookKeys(secret)
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': given } = headers
  if (!isWebhookId(id)) return refused('webhook.unsigned', 'The header webhook-id is missing or malformed')
  if (typeof timestamp !== 'string' || !/^[1-9]\d{0,11}$/.test(timestamp))
    return refused('webhook.unsigned', 'The header webhook-timestamp is missing or malformed')
  if (typeof given !== 'string' || given.length > LONGEST_SIGNATURES)
    return refused('webhook.unsigned', 'The header webhook-signature is missing or too long')
  const ageMs = now - Number(timestamp) * 1_000
  if (ageMs > windowMs) return refused('webhook.tooOld', 'The request was signed too long ago')
  if (!(ageMs >= -windowMs)) return refused('webhook.tooNew', 'The request was signed in the future')
  const body = bytesOf(request.body)
  let matches = 0
  for (const key of keys) {
    const expected = signature(key, id, timestamp, body)
    for (const each of given.split(' ')) matches += Number(constantTimeEqual(each, expected))
  }
  return matches > 0 ? { ok: true, id } : refused('webhook.badSignature', 'No signature fits the request')
}

/** Room for some twenty signatures, more than any rotation needs: each costs a comparison. */
const LONGEST_SIGNATURES = 1_024

/** With a full stop in it, an id could end where a timestamp or a body seems to begin, under the same signature. */
function isWebhookId(id: unknown): id is string {
  return typeof id === 'string' && /^[!-\-/-~]{1,256}$/.test(id)
}

function signature(key: Uint8Array, id: string, timestamp: string, body: Uint8Array): string {
  const mac = hmac
    .create(sha256, key)
    .update(bytesOf(`${id}.${timestamp}.`))
    .update(body)
    .digest()
  return `v1,${Buffer.from(mac).toString('base64')}`
}

function bytesOf(body: Uint8Array | string): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body
}

function refused(code: WebhookVerdictCode, reason: string): WebhookVerdict {
  return { ok: false, code, reason }
}
