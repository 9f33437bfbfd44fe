import { Agent, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps, Agent as SecureAgent } from 'node:https'
import type { AddressGuard } from './address-guard.ts'
import { HttpFault } from './http-fault.ts'

/** A request, ready to go out. */
export interface HttpCall {
  readonly method: string
  readonly url: URL
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly body?: Uint8Array
}

export interface HttpClient {
  /**
   * Makes a request and resolves with the answer once its head is there; the caller reads its body, or destroys it. A
   * request that is harmless to repeat may go out on a connection that was kept open.
   */
  open(call: HttpCall, repeatable: boolean, signal: AbortSignal): Promise<IncomingMessage>
}

const MAX_HEADER_BYTES = 16_384

/** How long a connection is kept for the next request. Flows name any number of hosts, which might never close theirs. */
const IDLE_MS = 30_000

/**
 * Connections of its own: one that other code of the process has opened would not have been looked up through the guard,
 * and could lead anywhere.
 */
export function httpClient(guard: AddressGuard, idleMs = IDLE_MS): HttpClient {
  const { lookup } = guard
  const kept = {
    'http:': new Agent({ keepAlive: true, timeout: idleMs, lookup }),
    'https:': new SecureAgent({ keepAlive: true, timeout: idleMs, lookup }),
  }
  const once = { 'http:': new Agent({ lookup }), 'https:': new SecureAgent({ lookup }) }
  return {
    async open(call, repeatable, signal) {
      guard.checkHost(hostOf(call.url))
      const protocol = call.url.protocol === 'https:' ? 'https:' : 'http:'
      if (!repeatable) return send(call, once[protocol], signal)
      return send(call, kept[protocol], signal).catch((error) => {
        if (error !== STALE) throw error
        return send(call, once[protocol], signal)
      })
    },
  }
}

/** Thrown where a server closes a connection that was kept open, just as the next request goes out. */
const STALE = new Error('The connection had been closed')

function send(call: HttpCall, agent: Agent, signal: AbortSignal): Promise<IncomingMessage> {
  const { url, method, headers, body } = call
  return new Promise((resolve, reject) => {
    const make = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = make({
      protocol: url.protocol,
      hostname: hostOf(url),
      port: url.port,
      path: `${url.pathname}${url.search}`,
      method,
      headers: Object.fromEntries(headers),
      agent,
      signal,
      maxHeaderSize: MAX_HEADER_BYTES,
    })
    request.on('response', resolve)
    request.on('error', (error: NodeJS.ErrnoException) => {
      const closed = error.code === 'ECONNRESET' || error.code === 'EPIPE'
      reject(closed && request.reusedSocket ? STALE : error)
    })
    // A server that switches to another protocol, or just ends, answers nothing and is no error to Node.
    request.on('close', () => reject(new HttpFault('http.network', 'The server ended without an answer')))
    request.end(body)
  })
}

/** IPv6 addresses stand in brackets in URLs alone. */
function hostOf({ hostname }: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
}

/**
 * The body of an answer. Rejects with `http.tooLarge` beyond `maxBytes`, and with `http.encoded` where it is compressed
 * although nobody has asked for that: a small body could unpack to any size. `method` is that of the request: what headers
 * say of the body is what another method would get where it was HEAD, and none of it comes.
 */
export async function readBody(
  response: IncomingMessage,
  maxBytes: number,
  method: string,
): Promise<Uint8Array> {
  const { 'content-length': length, 'content-encoding': encoding = 'identity' } = response.headers
  try {
    const empty = method === 'HEAD' || response.statusCode === 204 || response.statusCode === 304
    if (!empty && encoding.toLowerCase() !== 'identity')
      throw new HttpFault('http.encoded', 'The answer is compressed')
    if (!empty && Number(length) > maxBytes) throw tooLarge(maxBytes)
    // One buffer that grows: a body of countless small pieces would cost many times its size.
    let bytes = new Uint8Array(Math.min(maxBytes, 4_096))
    let size = 0
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      if (size + chunk.length > maxBytes) throw tooLarge(maxBytes)
      if (size + chunk.length > bytes.length) {
        const larger = new Uint8Array(Math.min(maxBytes, 2 * (size + chunk.length)))
        larger.set(bytes.subarray(0, size))
        bytes = larger
      }
      bytes.set(chunk, size)
      size += chunk.length
    }
    return bytes.subarray(0, size)
  } finally {
    if (!response.complete) response.destroy()
  }
}

function tooLarge(maxBytes: number): HttpFault {
  return new HttpFault('http.tooLarge', `The answer is larger than ${maxBytes} bytes`)
}
