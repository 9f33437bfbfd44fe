import { type Clock, systemClock } from '../../base/ports.ts'
import type { Effect, HttpEffect } from '../../nodes/effects.ts'
import type { EffectHandler } from '../../runtime/channels/channel.ts'
import { type AddressOptions, addressGuard } from './address-guard.ts'
import { withDeadline } from './deadline.ts'
import { failureOf, statusFailure } from './failure-of.ts'
import { type HttpCall, httpClient, readBody } from './http-client.ts'
import { HttpFault } from './http-fault.ts'
import { readAnswer } from './read-answer.ts'
import { readRequest } from './read-request.ts'
import { redirect } from './redirect.ts'
import { requireNumber } from './require-number.ts'
import { mayPass, readRetryAfter } from './retry-after.ts'

export interface HttpRequestsOptions extends AddressOptions {
  /** Ports that requests may go to. Any unless given. */
  readonly ports?: readonly number[]
  /** Default 5. */
  readonly maxRedirects?: number
  /** Bytes of the body of an answer. Default 1,048,576. */
  readonly maxResponseBytes?: number
  /** Milliseconds that a request may take whatever its effect says. Default 300,000. */
  readonly maxTimeoutMs?: number
  readonly clock?: Clock
}

/** RFC 9110, 9.2.2: to make such a request twice is to make it once. */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])

/**
 * Makes the requests that `http.request` effects ask for. Flows name the addresses, and what people say may be part of
 * them, so that requests reach public addresses alone unless `allow` says otherwise. What is checked is the address that
 * is connected to, at every redirect.
 *
 * Resolves with `{ status, body }`, or with an `error` that stays. Rejects with an `EffectFailure` where another try may
 * do better: without an answer, and, where the effect names a retry policy, with a status of 408, 425, 429 or 500 and above.
 *
 * Throws `http.options` for options that cannot be used.
 *
 * @example
 * const host = createHost({ workspace, handlers: { 'http.request': httpRequests({ allow: ['crm.internal'] }) } })
 */
export function httpRequests(options: HttpRequestsOptions = {}): EffectHandler {
  const { ports, maxRedirects = 5, maxResponseBytes = 1_048_576, maxTimeoutMs = 300_000 } = options
  const { clock = systemClock } = options
  requireNumber('maxRedirects', maxRedirects, 0)
  requireNumber('maxResponseBytes', maxResponseBytes, 0)
  requireNumber('maxTimeoutMs', maxTimeoutMs, 1)
  const client = httpClient(addressGuard(options))

  /** The answer at the end of all redirects, and the method that it answers. */
  async function open(call: HttpCall, signal: AbortSignal) {
    let next = call
    for (let redirects = 0; ; redirects++) {
      checkPort(next.url, ports)
      const response = await client.open(next, IDEMPOTENT.has(next.method), signal)
      const followed = redirect(next, response.statusCode!, response.headers.location)
      if (followed === undefined) return { response, method: next.method }
      response.destroy()
      if (redirects >= maxRedirects)
        throw new HttpFault('http.tooManyRedirects', `More than ${maxRedirects} redirects`)
      next = followed
    }
  }

  return async (effect, delivery) => {
    try {
      const { timeoutMs, ...call } = readEffect(effect)
      const limitMs = Math.min(timeoutMs, maxTimeoutMs)
      const { answer, retryAfter } = await withDeadline(limitMs, delivery.signal, async (signal) => {
        const { response, method } = await open(call, signal)
        const bytes = await readBody(response, maxResponseBytes, method)
        const { 'content-type': contentType, 'retry-after': retryAfter } = response.headers
        return { answer: { status: response.statusCode!, body: readAnswer(bytes, contentType) }, retryAfter }
      })
      if (effect.retry === undefined || !mayPass(answer.status)) return answer
      throw statusFailure(answer, readRetryAfter(retryAfter, clock.now()))
    } catch (error) {
      return failureOf(error)
    }
  }
}

/** Nodes of a host may ask for anything: what the palette's own node has checked is checked here too. */
function readEffect(effect: Effect): HttpCall & { readonly timeoutMs: number } {
  const { type, method, url, timeoutMs } = effect as HttpEffect
  if (type !== 'http.request' || typeof method !== 'string' || typeof url !== 'string')
    throw new HttpFault('http.badRequest', 'The effect asks for no HTTP request')
  return { ...readRequest(effect as HttpEffect), timeoutMs: timeoutMs >= 0 ? timeoutMs : Number.MAX_VALUE }
}

function checkPort(url: URL, ports: readonly number[] | undefined): void {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  if (ports !== undefined && !ports.includes(port))
    throw new HttpFault('http.portRefused', 'Requests may not go to this port')
}
