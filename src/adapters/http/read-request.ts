import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { Json } from '../../base/json.ts'
import type { HttpEffect } from '../../nodes/effects.ts'
import type { HttpCall } from './http-client.ts'
import { HttpFault } from './http-fault.ts'

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Headers that belong to the connection, as in browsers: a flow that sets one would forge what the server reads. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/**
 * The request that an effect asks for. A text goes out as it stands, anything else as JSON. Throws an `HttpFault` for what
 * no request can be made of.
 */
export function readRequest(effect: HttpEffect): HttpCall {
  const method = effect.method.toUpperCase()
  if (!METHODS.has(method)) throw new HttpFault('http.badMethod', 'The method is none that requests may have')
  const headers = new Map([
    ['accept', '*/*'],
    ['user-agent', 'sluice'],
    ['idempotency-key', keyHeader(effect.key)],
  ])
  const body = effect.body === undefined ? undefined : encodeBody(effect.body)
  if (body !== undefined) headers.set('content-type', contentType(effect.body))
  for (const [name, value] of Object.entries(effect.headers ?? {})) setHeader(headers, name, value)
  // Bodies are bounded as they come in: nothing may unpack to more than it is.
  headers.set('accept-encoding', 'identity')
  if (body !== undefined) headers.set('content-length', String(body.length))
  return { method, url: readUrl(effect.url), headers, ...(body && { body }) }
}

/** A key as a header may hold it: as it is, unless it holds spaces or letters beyond ASCII. Dots are left to callers. */
export function keyHeader(key: string): string {
  return /^[!-~]+$/.test(key) ? key : encodeURIComponent(key.replace(/\p{Surrogate}/gu, '\ufffd'))
}

function readUrl(address: string): URL {
  if (!URL.canParse(address)) throw new HttpFault('http.badUrl', 'The address is none')
  const url = new URL(address)
  if (!/^https?:$/.test(url.protocol))
    throw new HttpFault('http.badUrl', 'The address does not begin with http:// or https://')
  if (url.username !== '' || url.password !== '')
    throw new HttpFault('http.credentialsInUrl', 'The address holds a name or a password')
  return url
}

function setHeader(headers: Map<string, string>, name: string, value: unknown): void {
  const key = name.toLowerCase()
  if (OF_THE_CONNECTION.has(key) || key.startsWith('proxy-')) return
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value as string)
  } catch {
    throw new HttpFault('http.badHeader', 'A header has a name or a value that none may have')
  }
  headers.set(key, String(value))
}

function encodeBody(body: Json): Uint8Array {
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))
}

function contentType(body: Json | undefined): string {
  return typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json'
}
