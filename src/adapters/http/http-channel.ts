import { validateHeaderName, validateHeaderValue } from 'node:http'
import { type Clock, systemClock } from '../../base/ports.ts'
import { SluiceError } from '../../base/sluice-error.ts'
import type { Effect, EffectAnswer } from '../../nodes/effects.ts'
import type { Channel, ChannelCapabilities, Delivery } from '../../runtime/channels/channel.ts'
import { SAYING, TAKING } from '../../runtime/channels/usual.ts'
import { type AddressOptions, addressGuard } from './address-guard.ts'
import { withDeadline } from './deadline.ts'
import { failureOf, statusFailure } from './failure-of.ts'
import { type HttpCall, httpClient, readBody } from './http-client.ts'
import { HttpFault } from './http-fault.ts'
import { isJsonType, readAnswer } from './read-answer.ts'
import { keyHeader } from './read-request.ts'
import { readWebhook } from './read-webhook.ts'
import { requireNumber } from './require-number.ts'
import { mayPass, readRetryAfter } from './retry-after.ts'
import { type WebhookSecret, webhookKeys } from './webhook-keys.ts'
import { signWebhook } from './webhook-signature.ts'

export interface HttpChannelOptions extends AddressOptions {
  readonly name: string
  /** Where effects are posted to. */
  readonly url: string
  /** Signs what goes out and what comes in; several while one takes over from another. */
  readonly secret: WebhookSecret
  /** Everything that says something, and any answer, unless given. */
  readonly capabilities?: Partial<ChannelCapabilities>
  /** Sent beside our own, such as `authorization`. */
  readonly headers?: { readonly [name: string]: string }
  /** How far the clock of a webhook may be from ours, in milliseconds, before or after. Default 300,000. */
  readonly windowMs?: number
  /** Bytes of a webhook's body. Default 1,048,576. */
  readonly maxWebhookBytes?: number
  /** Milliseconds that the receiver has for its answer. Default 10,000. */
  readonly timeoutMs?: number
  /** Bytes of an answer's body. Default 65,536. */
  readonly maxResponseBytes?: number
  readonly clock?: Clock
}

/**
 * A channel over HTTP, for a provider that has no adapter of its own: effects are posted as JSON, what people answer comes
 * in by webhook, and both are signed as Standard Webhooks has it. The receiver may get an effect twice, under the same
 * `idempotency-key`, and should do it once.
 *
 * A status of 200 to 299 means done. 408, 425, 429 and 500 and above reject, as does silence; any other is an answer with
 * an error. Redirects are not followed: a signed request is meant for one receiver.
 *
 * The address is the host's own, so that it may lead anywhere; where customers choose it, pass `allow: []`.
 *
 * Throws `http.options` or `webhook.secret` for options that cannot be used.
 *
 * @example
 * const sms = httpChannel({ name: 'sms', url: 'https://gateway.example.com/sluice', secret: process.env.SMS_SECRET })
 * const host = createHost({ workspace, channels: [sms] })
 */
export function httpChannel(options: HttpChannelOptions): Channel {
  const { name, secret, capabilities, headers = {}, clock = systemClock, allow = () => true } = options
  const { windowMs = 300_000, maxWebhookBytes = 1_048_576 } = options
  const { timeoutMs = 10_000, maxResponseBytes = 65_536 } = options
  webhookKeys(secret)
  requireNumber('windowMs', windowMs, 1_000)
  requireNumber('maxWebhookBytes', maxWebhookBytes, 1)
  requireNumber('timeoutMs', timeoutMs, 1)
  requireNumber('maxResponseBytes', maxResponseBytes, 0)
  const url = readUrl(options.url)
  const own = readHeaders(headers)
  const client = httpClient(addressGuard({ ...options, allow }))

  function callFor(effect: Effect, delivery: Delivery): HttpCall {
    const { signal: _, ...about } = delivery
    const body = new TextEncoder().encode(JSON.stringify({ effect, ...about }))
    const key = keyHeader(effect.key)
    const signed = signWebhook({ secret, id: key.replaceAll('.', '%2E'), now: clock.now(), body })
    const ours = {
      'content-type': 'application/json',
      'content-length': String(body.length),
      'accept-encoding': 'identity',
      'idempotency-key': key,
      ...signed,
    }
    return { method: 'POST', url, headers: new Map([...own, ...Object.entries(ours)]), body }
  }

  async function post(call: HttpCall, signal: AbortSignal) {
    const response = await client.open(call, true, signal)
    const { 'content-type': contentType, 'retry-after': retryAfter } = response.headers
    const status = response.statusCode!
    const bytes = await readBody(response, maxResponseBytes, call.method).catch(withoutBody)
    const body = bytes !== undefined && isJsonType(contentType) ? readJson(bytes, contentType) : undefined
    const answer: EffectAnswer = { status, ...(body === undefined ? {} : { body }) }
    return { answer, status, retryAfter }
  }

  return {
    name,
    capabilities: { effects: SAYING, inputs: TAKING, ...capabilities },
    async deliver(effect, delivery) {
      try {
        const call = callFor(effect, delivery)
        const { answer, status, retryAfter } = await withDeadline(timeoutMs, delivery.signal, (signal) =>
          post(call, signal),
        )
        if (status >= 200 && status < 300) return answer
        const refused = { ...answer, error: 'http.status' }
        if (!mayPass(status)) return refused
        throw statusFailure(refused, readRetryAfter(retryAfter, clock.now()))
      } catch (error) {
        return failureOf(error)
      }
    },
    webhook: async (request, { now }) =>
      readWebhook(request, { channel: name, secret, windowMs, maxBytes: maxWebhookBytes, now }),
  }
}

/** The status tells what became of the effect; a body that cannot be used takes nothing of that back. */
function withoutBody(error: unknown): undefined {
  if (!(error instanceof HttpFault) || !error.final) throw error
}

function readJson(bytes: Uint8Array, contentType: string | undefined) {
  try {
    return readAnswer(bytes, contentType)
  } catch (error) {
    return withoutBody(error)
  }
}

function readUrl(address: string): URL {
  if (URL.canParse(address)) {
    const url = new URL(address)
    if (/^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url
  }
  throw badOption(
    'The url of an HTTP channel is no http or https address, or holds a name or password',
    'Pass an absolute address, and credentials in headers',
  )
}

function readHeaders(headers: { readonly [name: string]: string }): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(headers).map(([name, value]) => {
      try {
        validateHeaderName(name)
        validateHeaderValue(name, value)
      } catch {
        throw badOption(
          'A header of an HTTP channel has a name or a value that none may have',
          'Mend headers',
        )
      }
      return [name.toLowerCase(), value]
    }),
  )
}

function badOption(problem: string, next: string): SluiceError {
  return new SluiceError({ code: 'http.options', problem, next })
}
