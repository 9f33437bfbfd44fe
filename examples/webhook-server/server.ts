import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Database from 'libsql'
import { httpChannel } from 'sluice/http'
import { palette } from 'sluice/palette'
import { createHost, openWorkspace, sessionCensus } from 'sluice/runtime'
import { sqliteStore } from 'sluice/sqlite'
import { setUp } from './flows.ts'
import { listPage, missingPage, sessionPage } from './pages.ts'

export interface ServerOptions {
  /** The database file. */
  readonly file: string
  /** Where messages and calls of the provider are sent to. */
  readonly providerUrl: string
  /** What the provider and we sign with. */
  readonly secret: string
  /** A free one unless given. */
  readonly port?: number
  /** Takes lines for the log; standard error unless given. */
  readonly log?: (line: string) => void
}

export interface RunningServer {
  readonly url: string
  close(): Promise<void>
}

/** More than any webhook has. */
const MAX_BODY_BYTES = 1_048_576

/** A server that answers signed messages and calls with the support flow, and shows its sessions. */
export async function openServer(options: ServerOptions): Promise<RunningServer> {
  const { file, providerUrl, secret, port = 0, log = console.error } = options
  const store = sqliteStore(new Database(file))
  const workspace = openWorkspace({
    id: 'acme',
    nodes: palette,
    ...store,
    census: sessionCensus(store, 'acme'),
  })
  await setUp(workspace)
  await store.contacts.put('acme', {
    id: 'ada',
    addresses: ['+4915112345678'],
    fields: { name: 'Ada', balance: 150, tier: 'gold' },
  })
  const channels = ['sms', 'voice'].map((name) => httpChannel({ name, url: providerUrl, secret }))
  const host = await createHost({
    workspace,
    nodes: palette,
    store,
    channels,
    onError: (error) => log(String(error)),
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // As it was sent: not every path is a part of an address.
    const [pathname = '/'] = (request.url ?? '/').split('?')
    const [, first = '', second = ''] = pathname.split('/')
    if (first === 'webhooks') {
      const body = await readBody(request)
      if (body === undefined) return void response.writeHead(413).end()
      const { method = '', url = '', headers } = request
      const outcome = await host.webhook(second, { method, url, headers, body })
      // What was wrong is for our log; whoever is not believed is told nothing.
      if (outcome.refused !== undefined) log(`webhook refused: ${outcome.refused.code}`)
      return void response.writeHead(outcome.answer.status, outcome.answer.headers).end(outcome.answer.body)
    }
    if (request.method !== 'GET') return void response.writeHead(405).end()
    if (pathname === '/') return show(response, listPage((await host.sessions.list()).items))
    const view = first === 'sessions' ? await host.sessions.inspect(second) : undefined
    if (view === undefined) return show(response, missingPage(), 404)
    show(response, sessionPage(view, await host.sessions.history(second)))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log(String(error))
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  async function close(): Promise<void> {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await host.close()
    await store.close()
  }

  try {
    await listen(server, port)
  } catch (error) {
    // Nobody is there to close it later.
    await close()
    throw error
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}

/** The bytes of a request as they were sent, for signatures cover those; `undefined` where there are too many. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function show(response: ServerResponse, html: string, status = 200): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  })
  response.end(html)
}
