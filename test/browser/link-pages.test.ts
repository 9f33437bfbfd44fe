import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServer, type RunningServer } from '../../examples/webhook-server/server.ts'
import type { MadeLink } from '../../src/sharing/index.ts'
import { CHROMIUM, launchChromium } from '../support/chromium.ts'

const ADA = { by: 'ada' }
const PASSWORD = 'seven green bottles'

if (CHROMIUM === undefined) console.warn('SKIPPED: no chromium on this machine, so no link was opened')

describe.skipIf(CHROMIUM === undefined)('the pages of links in a browser', () => {
  let folder: string
  let server: RunningServer
  /** Serves pages of other people. */
  let others: Server
  /** Two names of it, which are two origins: one that may embed links, and one that may not. */
  let friend: string
  let stranger: string
  let page: string
  let browser: Browser

  beforeAll(async () => {
    others = createServer((request, response) => {
      const html = `<!doctype html><link rel="icon" href="data:,"><title>Other</title><body>${page}`
      response.writeHead(request.url === '/' ? 200 : 404, { 'content-type': 'text/html' }).end(html)
    })
    await new Promise<void>((resolve) => others.listen(0, '127.0.0.1', resolve))
    const { port } = others.address() as AddressInfo
    friend = `http://127.0.0.1:${port}`
    stranger = `http://localhost:${port}`
    folder = mkdtempSync(join(tmpdir(), 'sluice-link-pages-'))
    server = await openServer({
      file: join(folder, 'flows.db'),
      secret: 'sixteen bytes or more',
      providerUrl: 'http://127.0.0.1:9/',
      embedding: [friend],
      log: () => {},
    })
    browser = await launchChromium()
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    await server?.close()
    others?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  interface Opened {
    readonly page: Page
    /** What the console said. */
    readonly said: readonly string[]
    /** Origins that were asked for something. */
    readonly asked: ReadonlySet<string>
  }

  async function open(url: string): Promise<Opened> {
    const page = await (await browser.newContext()).newPage()
    const said: string[] = []
    const asked = new Set<string>()
    page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
    page.on('pageerror', (error) => said.push(error.message))
    page.on('request', (request) => {
      if (request.url() !== 'data:,') asked.add(new URL(request.url()).origin)
    })
    await page.goto(url, { waitUntil: 'networkidle' })
    return { page, said, asked }
  }

  async function make(parameters = '&order=4711&parcels=2'): Promise<MadeLink> {
    const made = await server.links.make(
      { flow: 'delivery', application: 'web', parameters, embed: true, shorten: true },
      ADA,
    )
    if (!made.ok) throw new Error(made.reason)
    return made
  }

  it('show a flow to whoever enters its password', async () => {
    const shared = await server.shares.share('delivery', { password: PASSWORD }, ADA)
    if (!shared.ok) throw new Error(shared.reason)
    const { page, said, asked } = await open(shared.url)
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Delivery', level: 1 }).waitFor()
    expect(await page.getByRole('img', { name: 'Delivery' }).count()).toBe(1)
    expect(await page.content()).not.toContain('key of the courier')
    expect({ said, asked: [...asked] }).toEqual({ said: [], asked: [server.url] })
    await page.context().close()
  }, 60_000)

  it.each(['url', 'shortUrl'] as const)('start a flow by the button: %s', async (which) => {
    const { page, said, asked } = await open((await make('&order=<b>4711</b>&parcels=2'))[which]!)
    expect(await page.getByRole('heading').textContent()).toBe('Delivery')
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByText('Thank you. Order <b>4711</b> comes tomorrow.').waitFor()
    expect(await page.locator('b').count()).toBe(0)
    expect({ said, asked: [...asked] }).toEqual({ said: [], asked: [server.url] })
    await page.context().close()
  })

  it('stand in frames of the server itself, by both kinds of code', async () => {
    const { page, said, asked } = await open(`${server.url}/embed-demo`)
    expect(await page.locator('iframe').count()).toBe(2)
    for (const index of [0, 1]) {
      const frame = page.frameLocator('iframe').nth(index)
      await frame.getByRole('button', { name: 'Start' }).click()
      await frame.getByText('Thank you. Order of a page that embeds comes tomorrow.').waitFor()
    }
    expect(said.filter((each) => each.startsWith('error'))).toEqual([])
    expect([...asked]).toEqual([server.url])
    await page.context().close()
  })

  it.each(['iframe', 'script'] as const)('stand in frames of pages that may embed: %s', async (kind) => {
    page = (await make()).embed![kind]
    const { page: embedding, said, asked } = await open(friend)
    const frame = embedding.frameLocator('iframe')
    await frame.getByRole('button', { name: 'Start' }).click()
    await frame.getByText('Thank you. Order 4711 comes tomorrow.').waitFor()
    expect(said).toEqual([])
    expect([...asked]).toEqual([friend, server.url])
    await embedding.context().close()
  })

  it.each(['iframe', 'script'] as const)('stand in no frame of any other page: %s', async (kind) => {
    page = (await make()).embed![kind]
    const { page: embedding, said, asked } = await open(stranger)
    await expect.poll(() => said.join()).toContain(`frame-ancestors ${server.url} ${friend}`)
    expect(await embedding.frameLocator('iframe').getByRole('button').count()).toBe(0)
    expect(said).toHaveLength(1)
    expect([...asked]).toEqual([stranger, server.url])
    await embedding.context().close()
  })
})
