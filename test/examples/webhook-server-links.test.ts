import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { linkSecret } from '../../examples/webhook-server/link-secret.ts'
import { openServer, type RunningServer, type ServerOptions } from '../../examples/webhook-server/server.ts'
import type { LinkRequest, MadeLink } from '../../src/sharing/index.ts'

const ADA = { by: 'ada' }
const PASSWORD = 'seven green bottles'
const THANKS = 'Thank you. Order 4711 comes tomorrow.'

/** As `fetch`, on a connection of its own: those of before a restart are closed. */
const ask = (url: string, init: RequestInit = {}) => fetch(url, { ...init, headers: { connection: 'close' } })

let folder: string
let server: RunningServer

const log: string[] = []
const start = (options: Partial<ServerOptions> = {}) =>
  openServer({
    file: join(folder, 'flows.db'),
    secret: 'sixteen bytes or more',
    providerUrl: 'http://127.0.0.1:9/',
    log: (line) => log.push(line),
    ...options,
  })

beforeEach(async () => {
  log.length = 0
  folder = mkdtempSync(join(tmpdir(), 'sluice-links-'))
  server = await start()
})

afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Another process over the same file, at the same address. */
async function restart(): Promise<void> {
  await server.close()
  server = await start({ port: Number(new URL(server.url).port) })
}

async function make(request: Partial<LinkRequest> = {}): Promise<MadeLink> {
  const made = await server.links.make(
    { flow: 'delivery', application: 'web', parameters: '&order=4711&parcels=2', ...request },
    ADA,
  )
  if (!made.ok) throw new Error(`${made.code}: ${made.reason}`)
  return made
}

/** Says what holds for links of the application, beside who may embed them. */
async function rules(given: object): Promise<void> {
  const { web } = (await server.workspace.state()).catalog.application
  const item = { ...web!, links: { ...web!.links, ...given } }
  const defined = await server.workspace.execute({ type: 'define', kind: 'application', item }, ADA)
  expect(defined.ok).toBe(true)
}

async function share(): Promise<string> {
  const shared = await server.shares.share('delivery', { password: PASSWORD }, ADA)
  if (!shared.ok) throw new Error(shared.reason)
  return shared.url
}

const post = (url: string, body: string | URLSearchParams = '') => ask(url, { method: 'POST', body })
const enter = (url: string, password: string) => post(url, new URLSearchParams({ password }))
const sessions = async () => (await (await ask(server.url)).text()).match(/<td>delivery<\/td>/g)?.length ?? 0

/** The page of every link that is not accepted. */
async function expectRefused(url: string, code: string): Promise<void> {
  log.length = 0
  for (const method of ['GET', 'POST']) {
    if (method === 'GET' && code === 'link.spent') continue
    const response = await ask(url, { method })
    expect(response.status).toBe(404)
    expect(await response.text()).toBe(await (await ask(`${server.url}/l/nobody-knows-it`)).text())
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  }
  expect(log[0]).toMatch(new RegExp(`^link refused: ${code.replace('.', '\\.')}( [\\w-]+)?$`))
}

describe('a link over HTTP', () => {
  it('says what will start, and starts nothing before the button', async () => {
    const { url } = await make()
    for (let preview = 0; preview < 3; preview++) {
      const response = await ask(url)
      expect(response.status).toBe(200)
      const page = await response.text()
      expect(page).toContain('“Delivery”')
      expect(page).toMatch(
        /<form method="post"><input type="hidden" name="once" value="[\w-]{36}"><button>Start</,
      )
      expect(page).not.toContain('4711')
    }
    expect(await sessions()).toBe(0)
    const started = await post(url)
    expect(started.status).toBe(200)
    expect(await started.text()).toContain(`<p>${THANKS}</p><p>Parcels: 2</p>`)
    expect(await sessions()).toBe(1)
  })

  it('starts once, however often the button is pressed', async () => {
    await rules({ maxInvocations: 2 })
    const { url } = await make()
    const once = (await (await ask(url)).text()).match(/name="once" value="([\w-]+)"/)![1]!
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post(url, new URLSearchParams({ once }))),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(await Promise.all(answers.map((each) => each.text()))).size).toBe(1)
    expect(await sessions()).toBe(1)
    expect((await ask(url)).status).toBe(200)
    expect((await post(url, 'once=x')).status).toBe(404)
  })

  it('shows what a session says as text', async () => {
    const { url } = await make({ parameters: { order: '<img src=x onerror=alert(1)>"\'&', parcels: '1' } })
    const page = await (await post(url)).text()
    expect(page).toContain('Order &lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp; comes')
    expect(page).not.toContain('<img')
  })

  it('is answered with strict headers', async () => {
    const { url, shortUrl } = await make({ shorten: true })
    for (const [method, address] of [
      ['GET', url],
      ['POST', url],
      ['GET', shortUrl!],
      ['GET', `${server.url}/embed-demo`],
      ['GET', `${server.url}/links`],
      ['GET', server.url],
    ] as const) {
      const { headers } = await ask(address, { method })
      const policy = headers.get('content-security-policy')!
      expect(policy).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; img-src data:; base-uri 'none'/,
      )
      expect(policy).not.toContain('unsafe')
      expect(policy).toContain('; form-action ')
      expect(policy).toContain('; frame-ancestors ')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('set-cookie')).toBeNull()
    }
    const ancestors = `frame-ancestors ${server.url}`
    expect((await ask(url)).headers.get('content-security-policy')).toContain(ancestors)
    const list = await ask(`${server.url}/links`)
    expect(list.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })

  it('goes on after a restart, short or long', async () => {
    const { url, shortUrl } = await make({ shorten: true })
    const other = (await make({ protect: false })).url
    await restart()
    for (const each of [url, shortUrl!, other]) {
      expect((await ask(each)).status).toBe(200)
      expect(await (await post(each)).text()).toContain(THANKS)
    }
    expect(await sessions()).toBe(3)
  })

  it('is refused in one way, and precisely in the log and to operators', async () => {
    const { url } = await make()
    await expectRefused(url.replace('4711', '4712'), 'link.changed')
    await expectRefused(url.slice(0, -1), 'link.badToken')
    await expectRefused(`${url}&utm_source=mail`, 'link.changed')
    await expectRefused(`${url}/x`, 'link.badToken')
    await expectRefused(`${server.url}/l/unknown-link`, 'link.unknown')
    await expectRefused(`${server.url}/s/unknowncode`, 'link.unknown')
    await expectRefused(`${server.url}/l/`, 'link.malformed')
    const page = await (await ask(`${server.url}/links`)).text()
    expect(page).toContain('Its parameters are not those that it was made with.')
    expect(page).not.toContain('4712')
    expect(log.join()).not.toContain('4712')
    expect(await sessions()).toBe(0)
  })

  it('is used up, and stays so after a restart', async () => {
    await rules({ maxInvocations: 3 })
    const { url, shortUrl } = await make({ shorten: true })
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => post(n % 2 ? url : shortUrl!)))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([...Array(3).fill(200), ...Array(17).fill(404)])
    expect(await sessions()).toBe(3)
    await restart()
    await expectRefused(url, 'link.spent')
    expect(await sessions()).toBe(3)
  })

  it('ends with the key of its application, for good', async () => {
    const made = [
      await make({ shorten: true }),
      await make({ protect: false }),
      await make({ embed: true }),
    ].flatMap(({ url, shortUrl }) => (shortUrl === undefined ? [url] : [url, shortUrl]))
    expect(made).toHaveLength(4)
    for (const each of made) expect((await ask(each)).status).toBe(200)
    const given = await server.workspace.execute({ type: 'regenerateKey', application: 'web' }, ADA)
    expect(given.ok).toBe(true)
    for (const each of made) await expectRefused(each, 'link.(keyRegenerated|badToken)')
    await restart()
    for (const each of made) await expectRefused(each, 'link.(keyRegenerated|badToken)')
    expect((await ask((await make()).url)).status).toBe(200)
  })

  it('opens nothing while its flow is paused', async () => {
    const { url } = await make()
    await server.workspace.execute({ type: 'pause', flow: 'delivery' }, ADA)
    await expectRefused(url, 'link.paused')
    await server.workspace.execute({ type: 'resume', flow: 'delivery' }, ADA)
    expect((await post(url)).status).toBe(200)
  })
})

describe('a read-only link over HTTP', () => {
  it('asks for its password, and shows the flow without what is secret', async () => {
    const url = await share()
    const page = await (await ask(url)).text()
    expect(page).toContain('type="password"')
    expect(page).not.toContain('Delivery')
    expect((await enter(url, 'seven brown bottles')).status).toBe(403)
    const opened = await enter(url, PASSWORD)
    expect(opened.status).toBe(200)
    const view = await opened.text()
    expect(view).toContain('Delivery')
    expect(view).not.toContain('key of the courier')
  }, 30_000)

  it('counts wrong passwords over a restart, and says when the next one is looked at', async () => {
    const url = await share()
    for (let guess = 0; guess < 3; guess++) expect((await enter(url, `guess ${guess}`)).status).toBe(403)
    await restart()
    for (let guess = 3; guess < 5; guess++) expect((await enter(url, `guess ${guess}`)).status).toBe(403)
    for (const password of ['guess 5', PASSWORD]) {
      const refused = await enter(url, password)
      expect(refused.status).toBe(429)
      const seconds = Number(refused.headers.get('retry-after'))
      expect(seconds).toBeGreaterThan(800)
      expect(seconds).toBeLessThanOrEqual(900)
    }
  }, 30_000)

  it('is the same page for links that are off and for those that never were', async () => {
    const url = await share()
    await server.shares.switch('delivery', false, ADA)
    const off = await ask(url)
    expect(off.status).toBe(404)
    expect(await off.text()).toBe(await (await ask(`${server.url}/view/nobody-knows-it`)).text())
    await server.shares.switch('delivery', true, ADA)
    await restart()
    expect((await ask(url)).status).toBe(200)
  }, 30_000)
})

describe('what the server does not take', () => {
  it.each([
    ['PUT', '/l/some-link-1', 'GET, HEAD, POST'],
    ['DELETE', '/s/some-code-1', 'GET, HEAD, POST'],
    ['PUT', '/view/some-share-1', 'GET, HEAD, POST'],
    ['POST', '/embed.js', 'GET, HEAD'],
    ['POST', '/embed-demo', 'GET, HEAD'],
    ['POST', '/links', 'GET, HEAD'],
    ['DELETE', '/', 'GET, HEAD'],
  ])('%s %s', async (method, path, allow) => {
    const response = await ask(server.url + path, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow])
  })

  it('bodies without end', async () => {
    const url = await share()
    for (const address of [url, (await make()).url, server.url])
      expect((await post(address, 'x'.repeat(100_000))).status).toBe(413)
    expect(await sessions()).toBe(0)
    const endless = await new Promise((resolve) => {
      const sent = request(url, { method: 'POST' }, (response) => resolve(response.statusCode))
      sent.on('error', () => resolve('cut off'))
      const chunk = 'x'.repeat(1_048_576)
      const write = () => void (sent.destroyed || sent.write(chunk, write))
      write()
    })
    expect(['cut off', 413]).toContain(endless)
  }, 30_000)

  it('addresses that are none of its own', async () => {
    const { hostname, port } = new URL(server.url)
    for (const path of [
      '//evil.example/l/some-link-1',
      'http://evil.example/l/some-link-1',
      '/l',
      '/s/%00',
      '/view',
    ]) {
      const status = await new Promise((resolve) =>
        request({ hostname, port, path }, (response) => resolve(response.resume().statusCode)).end(),
      )
      expect([path, status]).toEqual([path, 404])
    }
  })
})

describe('embedding', () => {
  it('serves its script to every page, and a page that embeds', async () => {
    const script = await ask(`${server.url}/embed.js`)
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(await script.text()).toContain('sluiceLink')
    const [one, two] = [await ask(`${server.url}/embed-demo`), await ask(`${server.url}/embed-demo`)]
    const page = await one.text()
    expect(page).toContain(`<iframe src="${server.url}/l/`)
    expect(page).toContain(`<script async src="${server.url}/embed.js"`)
    expect(one.headers.get('content-security-policy')).toContain(
      `frame-src ${server.url}; script-src ${server.url};`,
    )
    // Whoever asks for the page again makes no more links.
    expect(await two.text()).toBe(page)
    expect((await server.links.list()).items).toHaveLength(1)
  })
})

describe('the secret for links', () => {
  const file = () => join(folder, 'flows.db.link-secret')

  it('is made once, lies in a file that nobody else can read, and is told to nobody', async () => {
    const secret = readFileSync(file(), 'utf8')
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    const { url } = await make()
    const pages = await Promise.all([url, server.url, `${server.url}/links`].map((each) => ask(each)))
    const told = await Promise.all(pages.map((page) => page.text()))
    await restart()
    expect(readFileSync(file(), 'utf8')).toBe(secret)
    expect([...told, ...log].join()).not.toContain(secret)
  })

  it('comes from the environment where it is given there', () => {
    expect(linkSecret(join(folder, 'another'), 'from the environment')).toBe('from the environment')
    expect(() => statSync(join(folder, 'another'))).toThrow()
  })

  it('is not taken from a file that others can read', async () => {
    writeFileSync(join(folder, 'open'), 'x'.repeat(43), { mode: 0o644 })
    expect(() => linkSecret(join(folder, 'open'), '')).toThrow('Others can read the secret')
  })
})
