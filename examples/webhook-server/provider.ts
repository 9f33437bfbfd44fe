import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { signWebhook, verifyWebhook } from 'sluice/http'

/** A text message or a prompt that has gone out to somebody. */
export interface Said {
  readonly to: string
  readonly text: string
}

/**
 * A stand-in for whoever carries messages and calls: takes what goes out, each once however often it comes, and sends what
 * people answer as signed webhooks, twice as providers do.
 */
export class Provider {
  readonly said: Said[] = []
  /** Called for each thing that goes out. */
  onSaid: (said: Said) => void = () => {}
  readonly #secret: string
  readonly #keys = new Set<string>()
  readonly #server: Server
  #count = 0

  constructor(secret: string) {
    this.#secret = secret
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const body = Buffer.concat(chunks)
      const { headers } = request
      if (!verifyWebhook({ secret, headers, body, now: Date.now() }).ok)
        return void response.writeHead(401).end()
      const key = String(headers['idempotency-key'])
      if (!this.#keys.has(key)) {
        this.#keys.add(key)
        const { effect, to } = JSON.parse(body.toString('utf8'))
        const said = { to, text: effect.text }
        this.said.push(said)
        this.onSaid(said)
      }
      response.writeHead(204).end()
    })
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** What somebody has said, or that they call, as two equal webhooks; tells the status of each. */
  async send(server: string, channel: string, inbound: object): Promise<number[]> {
    const id = `m${process.pid}-${Date.now()}-${++this.#count}`
    const body = JSON.stringify({ ...inbound, id })
    const signed = signWebhook({ secret: this.#secret, id, now: Date.now(), body })
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...signed }, body }
    const statuses: number[] = []
    for (let i = 0; i < 2; i++) statuses.push((await fetch(`${server}/webhooks/${channel}`, init)).status)
    return statuses
  }
}
