import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { palette } from '../../src/palette/index.ts'
import {
  renderPasswordPage,
  renderUnavailablePage,
  renderViewer,
  type ViewerPage,
} from '../../src/sharing/viewer/index.ts'
import { validate } from '../../src/validation/index.ts'
import { support } from '../drawing/flows.ts'
import { hostileFlow } from '../sharing/hostile-flow.ts'
import { CHROMIUM, launchChromium } from '../support/chromium.ts'

const pageOf = (flow: ReturnType<typeof support>) =>
  renderViewer(flow, {
    nodes: palette,
    diagnostics: validate(flow, { nodes: palette }),
    version: '3',
    savedAt: '2026-11-21T09:00:00Z',
  })

const PAGES: { readonly [path: string]: ViewerPage } = {
  '/support': pageOf(support()),
  '/hostile': pageOf(hostileFlow()),
  '/password': renderPasswordPage({ action: '/sent' }),
  '/wrong': renderPasswordPage({ action: '/sent', problem: 'wrong' }),
  '/unavailable': renderUnavailablePage(),
}

if (CHROMIUM === undefined) console.warn('SKIPPED: no chromium on this machine, so the viewer was not opened')

describe.skipIf(CHROMIUM === undefined)('the pages of shared flows in a browser', () => {
  let server: Server
  let browser: Browser
  let origin: string
  let requests: string[] = []

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url}`)
      const plain = { status: 200, headers: { 'content-type': 'text/html' } }
      const evil = '<!doctype html><p>Framed</p><iframe src="/support"></iframe>'
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        if (request.method === 'POST') requests.push(body)
        const page = PAGES[request.url ?? ''] ?? { ...plain, html: evil }
        // A status that tells of a failure is told on the console, which is to stay empty.
        response.writeHead(200, page.headers).end(page.html)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    browser = await launchChromium()
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  interface Opened {
    readonly page: Page
    /** What the console said, and which dialogs came up. */
    readonly said: string[]
    /** What the page asked for, wherever that is. */
    readonly asked: string[]
  }

  async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Opened> {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const said: string[] = []
    const asked: string[] = []
    page.on('console', (message) => said.push(message.text()))
    page.on('pageerror', (error) => said.push(error.message))
    page.on('dialog', (dialog) => said.push(dialog.message()))
    page.on('request', (request) => asked.push(request.url()))
    requests = []
    await page.goto(origin + path, { waitUntil: 'networkidle' })
    return { page, said, asked }
  }

  it.each(Object.keys(PAGES))(
    '%s opens without a word, and asks for nothing else',
    async (path) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page, said, asked } = await open(path, { colorScheme })
        expect(said).toEqual([])
        expect(asked.filter((url) => url !== 'data:,')).toEqual([origin + path])
        expect(requests).toEqual([`GET ${path}`])
        // Its own style sheet holds, and that of the picture.
        const colour = (selector: string, property: string) =>
          page
            .locator(selector)
            .first()
            .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)
        expect(await colour('body', 'background-color')).toBe(
          colorScheme === 'light' ? 'rgb(246, 247, 249)' : 'rgb(20, 23, 28)',
        )
        if (path === '/support')
          expect(await colour('.sluice-flow .card', 'fill')).toBe(
            colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(31, 36, 44)',
          )
        await page.context().close()
      }
    },
    60_000,
  )

  it.each(Object.keys(PAGES))(
    '%s is as wide as a phone, and no wider',
    async (path) => {
      const { page } = await open(path, { viewport: { width: 360, height: 740 } })
      const width = await page.locator('html').evaluate((element) => element.scrollWidth)
      expect(width).toBe(360)
      await page.context().close()
    },
    60_000,
  )

  it('shows the hostile flow as text', async () => {
    const { page } = await open('/hostile')
    expect(await page.locator('script, img, iframe, form, [onerror], [onmouseover], [style]').count()).toBe(0)
    expect(await page.locator('a:not([href^="#"]):not([href^="https://evil.example"])').count()).toBe(0)
    expect(await page.locator('h1').textContent()).toBe('</style><script>alert(2)</script>')
    expect(await page.title()).toBe('</style><script>alert(2)</script>')
    await page.context().close()
  })

  it('tells who cannot see it what the picture shows', async () => {
    const { page } = await open('/support')
    expect(await page.getByRole('main').count()).toBe(1)
    expect(await page.getByRole('navigation', { name: 'On this page' }).count()).toBe(1)
    expect(await page.getByRole('img', { name: 'Support' }).count()).toBe(1)
    const head = page.getByRole('rowheader', { name: 'menu', exact: true })
    const row = page.getByRole('table', { name: 'Nodes' }).getByRole('row').filter({ has: head })
    expect(await row.getByRole('listitem').first().textContent()).toBe('1 leads to balance')
    await row.getByRole('link', { name: 'balance' }).click()
    expect(await page.locator('tr:target').getByRole('rowheader').textContent()).toBe('balance')
    await page.context().close()
  })

  it('keeps its policy in a saved copy, and out of frames', async () => {
    const { page } = await open('/support')
    const refused = await page.evaluate(async () => {
      const violations: string[] = []
      addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))
      document.body.append(Object.assign(new Image(), { src: '/pixel.png' }))
      document.body.append(Object.assign(document.createElement('style'), { textContent: 'h1{color:red}' }))
      await new Promise((resolve) => setTimeout(resolve, 50))
      return violations
    })
    expect(new Set(refused)).toEqual(new Set(['img-src', 'style-src-elem']))
    expect(requests).toEqual(['GET /support'])
    // The same without headers, as a file that somebody saved has none.
    const saved = await browser.newPage()
    const said: string[] = []
    saved.on('console', (message) => said.push(message.text()))
    await saved.setContent(PAGES['/support']!.html.replace('</main>', '<script>alert(1)</script></main>'))
    await expect.poll(() => said.join()).toContain('violates the following Content Security Policy directive')
    await saved.close()
    const framed = await open('/evil')
    expect(framed.said.join()).toContain("frame-ancestors 'none'")
    await page.context().close()
    await framed.page.context().close()
  })

  it('sends the password alone, to where the page says', async () => {
    const { page } = await open('/password')
    // The field has the focus.
    await page.keyboard.type('open & sesame')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${origin}/sent`)
    expect(requests.slice(1, 3)).toEqual(['POST /sent', 'password=open+%26+sesame'])
    await page.context().close()
  })
})
