import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { type HttpRequestsOptions, httpRequests } from '../../../src/adapters/http/index.ts'
import type { EffectAnswer } from '../../../src/nodes/effects.ts'
import type { HttpEffect } from '../../../src/nodes/index.ts'
import type { Delivery } from '../../../src/runtime/channels/channel.ts'
import type { EffectFailure } from '../../../src/runtime/channels/effect-failure.ts'

/** A server on loopback, and what it was asked. */
export interface Lab {
  readonly url: string
  readonly port: number
  readonly seen: Seen[]
  /** Whoever answers next, until told otherwise. */
  answer: (request: Seen, response: ServerResponse, raw: IncomingMessage) => void
  close(): Promise<void>
}

export interface Seen {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export async function openLab(): Promise<Lab> {
  const listener: RequestListener = async (raw, response) => {
    let body = ''
    for await (const chunk of raw.setEncoding('utf8')) body += chunk
    const request = { method: raw.method!, path: raw.url!, headers: raw.headers, body }
    lab.seen.push(request)
    lab.answer(request, response, raw)
  }
  const server = createServer(listener)
  const port = await listen(server)
  const lab: Lab = {
    url: `http://127.0.0.1:${port}`,
    port,
    seen: [],
    answer: (_, response) => response.end(),
    close: () => close(server),
  }
  return lab
}

export function listen(server: Pick<Server, 'listen' | 'address'>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

function close(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

/** A request as a node would ask for it. */
export function httpEffect(rest: Partial<HttpEffect> & { readonly url: string }): HttpEffect {
  const origin = { key: 's1:1', node: 'call', flow: 'f1', waitId: 's1:2', awaited: true } as const
  return { type: 'http.request', method: 'GET', headers: {}, timeoutMs: 2_000, ...origin, ...rest }
}

export function delivery(rest: Partial<Delivery> = {}): Delivery {
  return { workspace: 'w1', session: 's1', attempt: 1, signal: new AbortController().signal, ...rest }
}

/** Answers with JSON. */
export function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value))
}

type Asked = readonly [rest?: Partial<HttpEffect>, options?: HttpRequestsOptions, signal?: AbortSignal]
export type Ask = (...asked: Asked) => Promise<EffectAnswer>
export type Fail = (...asked: Asked) => Promise<EffectFailure>

/** What a lab answers to a request; loopback is allowed unless the options say otherwise. */
export async function askLab(lab: Lab, ...asked: Asked): Promise<EffectAnswer> {
  const [rest, options, signal] = asked
  const handler = httpRequests({ allow: ['127.0.0.1'], ...options })
  const effect = httpEffect({ url: `${lab.url}/orders?id=7`, ...rest })
  return (await handler(effect, delivery(signal && { signal })))!
}

/** How such a request fails. */
export function failAtLab(lab: Lab, ...asked: Asked): Promise<EffectFailure> {
  return askLab(lab, ...asked).then(
    (answer) => Promise.reject(new Error(`answered ${JSON.stringify(answer)}`)),
    (error) => error,
  )
}
