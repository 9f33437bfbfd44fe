import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EMBED_SCRIPT } from 'sluice/sharing'
import { type Answer, bare, notAllowed, readBody, script } from './answer.ts'
import { EmbedDemo } from './embed-demo.ts'
import { type House, type HouseOptions, openHouse } from './house.ts'
import { embeddingPage } from './link-pages.ts'
import { answerLink } from './link-routes.ts'
import { linksPage, listPage, missingPage, sessionPage } from './pages.ts'

export interface ServerOptions extends Pick<HouseOptions, 'file' | 'providerUrl' | 'secret'> {
  /** A free one unless given. */
  readonly port?: number
  /** Where people reach the server, such as `https://go.example`; its own address unless given. */
  readonly publicUrl?: string
  /** Origins whose pages may show links, beside its own. */
  readonly embedding?: readonly string[]
  /** Takes lines for the log; standard error unless given. */
  readonly log?: (line: string) => void
}

export interface RunningServer extends Pick<House, 'workspace' | 'links' | 'shares'> {
  readonly url: string
  close(): Promise<void>
}

/** More than any webhook has. */
const MAX_WEBHOOK_BYTES = 1_048_576

/** More than a form of ours has. */
const MAX_FORM_BYTES = 8_192

/** A server that answers signed messages, calls and links with flows, and shows its sessions. */
export async function openServer(options: ServerOptions): Promise<RunningServer> {
  const { port = 0, embedding = [], log = console.error, ...rest } = options
  let answer: (request: IncomingMessage) => Promise<Answer> = async () => bare(503, { 'retry-after': '1' })
  const server = createServer(async (request, response) => {
    const { status, headers, body } = await answer(request).catch((error: unknown) => {
      log(String(error))
      return bare(500)
    })
    response.writeHead(status, headers).end(body)
  })
  // Links begin with the address of the server, so that they are made when it is known.
  const url = await listen(server, port)
  async function closeServer(): Promise<void> {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  try {
    const origin = new URL(options.publicUrl ?? url).origin
    const house = await openHouse({ ...rest, log, url: origin, embedding: [origin, ...embedding] })
    const demo = new EmbedDemo(house.links)
    answer = (request) => answerOf(house, demo, request)
    const { workspace, links, shares } = house
    async function close(): Promise<void> {
      await closeServer()
      await house.close()
    }
    return { url, workspace, links, shares, close }
  } catch (error) {
    // Nobody is there to close it later.
    await closeServer()
    throw error
  }
}

async function answerOf(house: House, demo: EmbedDemo, request: IncomingMessage): Promise<Answer> {
  const { host, links, shares } = house
  const { method = '', headers } = request
  // As it was sent: not every path is a part of an address.
  const target = request.url ?? '/'
  const [pathname = '/'] = target.split('?')
  const [, first = '', second = ''] = pathname.split('/')
  const body = await readBody(request, first === 'webhooks' ? MAX_WEBHOOK_BYTES : MAX_FORM_BYTES)
  if (body === undefined) return bare(413)
  switch (first) {
    case 'webhooks':
      return answerWebhook(house, second, { method, url: target, headers, body })
    case 'view':
      return shares.respond({ method, url: `${house.url}${target}`, body: body.toString('utf8') })
    case 'l':
    case 's':
      return answerLink(house, { method, url: `${house.url}${target}`, body: body.toString('utf8') })
  }
  if (method !== 'GET' && method !== 'HEAD') return notAllowed('GET', 'HEAD')
  switch (pathname) {
    case '/':
      return listPage((await host.sessions.list()).items)
    case '/links':
      return linksPage((await links.list()).items, house.refused)
    case '/embed.js':
      return script(EMBED_SCRIPT)
    case '/embed-demo':
      return embeddingPage(await demo.code(), house.url)
  }
  const view = first === 'sessions' ? await host.sessions.inspect(second) : undefined
  return view === undefined ? missingPage() : sessionPage(view, await host.sessions.history(second))
}

async function answerWebhook(
  { host, log }: House,
  channel: string,
  request: Parameters<House['host']['webhook']>[1],
): Promise<Answer> {
  const { answer, refused } = await host.webhook(channel, request)
  // What was wrong is for our log; whoever is not believed is told nothing.
  if (refused !== undefined) log(`webhook refused: ${refused.code}`)
  return { status: answer.status, headers: answer.headers ?? {}, body: answer.body ?? '' }
}

/** Resolves to the address of the server. */
function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    )
  })
}
