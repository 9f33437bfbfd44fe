import { mkdtempSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Provider } from '../../examples/webhook-server/provider.ts'
import { openServer, type RunningServer } from '../../examples/webhook-server/server.ts'
import { ROOT, runSnippet } from '../support/snippets.ts'

const ADA = '+4915112345678'
const BOB = '+4915187654321'
const SECRET = 'sixteen bytes or more'

const WELCOME = 'Hello Ada, welcome to ACME.'
const MENU = 'Press 1 for balance, 2 to hear this again, 3 for a ticket.'
const OWE = 'Ada, you owe 150 (high).'
const SORRY = 'Sorry, that did not work.'
const ASK = 'Please give your ticket number.'
const CONFIRM = 'Ticket AB-1234 is being handled.'
const RESOLVED = [WELCOME, MENU, OWE, MENU, MENU, SORRY, MENU, OWE, MENU, ASK, CONFIRM]

let folder: string
let provider: Provider
let providerUrl: string
let server: RunningServer

const log: string[] = []
const start = () =>
  openServer({ file: join(folder, 'flows.db'), secret: SECRET, providerUrl, log: (line) => log.push(line) })

beforeEach(async () => {
  log.length = 0
  folder = mkdtempSync(join(tmpdir(), 'sluice-webhooks-'))
  provider = new Provider(SECRET)
  providerUrl = await provider.open()
  server = await start()
})

afterEach(async () => {
  await server.close()
  await provider.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Sends something twice, and waits until so much has been said to whoever sent it. */
async function send(channel: string, inbound: { from: string; [member: string]: string }, said: number) {
  const heard = new Promise<void>((resolve) => {
    const look = () => provider.said.filter(({ to }) => to === inbound.from).length >= said && resolve()
    provider.onSaid = look
    look()
  })
  expect(await provider.send(server.url, channel, inbound)).toEqual([204, 204])
  await heard
}

const heardBy = (address: string) => provider.said.filter(({ to }) => to === address).map(({ text }) => text)

describe('examples/webhook-server', () => {
  it('plays a conversation by text over HTTP, with every webhook twice', async () => {
    const script: [string, number][] = [
      ['hello', 2],
      ['1', 4],
      ['2', 5],
      ['9', 7],
      ['1', 9],
      ['3', 10],
      ['AB-1234', 11],
    ]
    for (const [text, said] of script) await send('sms', { from: ADA, to: '+4930100', text }, said)
    expect(heardBy(ADA)).toEqual(RESOLVED)
  })

  it('takes a call, and goes on after a restart in the middle', async () => {
    await send('voice', { from: ADA, to: '+4930200' }, 2)
    await send('voice', { from: ADA, to: '+4930200', digits: '1' }, 4)
    await send('voice', { from: ADA, to: '+4930200', digits: '2' }, 5)
    await server.close()
    server = await start()
    await send('voice', { from: ADA, to: '+4930200', digits: '9' }, 7)
    await server.close()
    server = await start()
    await send('voice', { from: ADA, to: '+4930200', digits: '1' }, 9)
    await send('voice', { from: ADA, to: '+4930200', digits: '3' }, 10)
    await send('voice', { from: ADA, to: '+4930200', text: 'AB-1234' }, 11)
    expect(heardBy(ADA)).toEqual(RESOLVED)
  })

  it('keeps two people apart', async () => {
    await send('sms', { from: ADA, to: '+4930100', text: 'hello' }, 2)
    await send('sms', { from: BOB, to: '+4930100', text: 'hello' }, 2)
    await send('sms', { from: ADA, to: '+4930100', text: '1' }, 4)
    expect(heardBy(ADA)).toEqual([WELCOME, MENU, OWE, MENU])
    expect(heardBy(BOB)).toEqual(['Hello , welcome to ACME.', MENU])
  })

  it('believes no webhook that was not signed', async () => {
    const stranger = new Provider('another secret altogether')
    expect(await stranger.send(server.url, 'sms', { from: ADA, to: '+4930100', text: 'hi' })).toEqual([
      401, 401,
    ])
    expect((await fetch(`${server.url}/webhooks/sms`, { method: 'POST', body: '{}' })).status).toBe(401)
    expect((await fetch(`${server.url}/webhooks/fax`, { method: 'POST', body: '{}' })).status).toBe(404)
    expect(await (await fetch(server.url)).text()).not.toContain('support-sms')
    expect(log).toEqual([
      'webhook refused: webhook.badSignature',
      'webhook refused: webhook.badSignature',
      'webhook refused: webhook.unsigned',
      'webhook refused: webhook.channel',
    ])
  })

  it('shows its sessions, and the path of one', async () => {
    await send('sms', { from: ADA, to: '+4930100', text: 'hello' }, 2)
    const list = await (await fetch(server.url)).text()
    const [, id] = /href="\/sessions\/([^"]+)"/.exec(list) ?? []
    expect(list).toContain('<td>support-sms</td><td>v1</td><td>ada</td><td>waiting</td>')
    const page = await (await fetch(`${server.url}/sessions/${id}`)).text()
    expect(page).toContain('<p>welcome → next</p>')
    expect(page).toContain(`<p>“${WELCOME}”</p>`)
    expect((await fetch(`${server.url}/sessions/nobody`)).status).toBe(404)
  })

  it.each(['//', '/sessions/%zz', '/sessions/', '/webhooks'])('has no page at %s', async (path) => {
    const { hostname, port } = new URL(server.url)
    const status = await new Promise((resolve, reject) =>
      get({ hostname, port, path }, (response) => resolve(response.resume().statusCode)).once(
        'error',
        reject,
      ),
    )
    expect(status).toBe(404)
  })

  it('leaves nothing open where its port is taken, so that the process ends', () => {
    const { status, stdout } = runSnippet(`
      import { openServer } from ${JSON.stringify(join(ROOT, 'examples/webhook-server/server.ts'))}
      const options = ${JSON.stringify({ file: join(folder, 'second.db'), secret: SECRET, providerUrl })}
      const port = ${Number(new URL(server.url).port)}
      await openServer({ ...options, port }).catch(({ code }) => console.log(code))
    `)
    expect([status, stdout]).toEqual([0, 'EADDRINUSE\n'])
  })
})
