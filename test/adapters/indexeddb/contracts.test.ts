import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryStore } from '../../../src/runtime/index.ts'
import {
  contactStoreContract,
  contentStoreContract,
  eventStoreContract,
  linkStoreContract,
  sessionStoreContract,
} from '../../../src/testing/index.ts'
import { CHROMIUM, launchChromium } from '../../support/chromium.ts'
import { ROOT } from '../../support/snippets.ts'

/** What runs in the page: each case with a database of its own, and what a page finds that is opened again. */
const PAGE = `
import { indexedDbStore } from './src/adapters/indexeddb/index.ts'
import { contactStoreContract, contentStoreContract, eventStoreContract, linkStoreContract, sessionStoreContract } from './src/testing/index.ts'

let count = 0
const make = async () => indexedDbStore('case-' + ++count)
const contracts = {
  events: eventStoreContract(async () => (await make()).events),
  contents: contentStoreContract(async () => (await make()).contents),
  sessions: sessionStoreContract(async () => (await make()).sessions),
  contacts: contactStoreContract(async () => (await make()).contacts),
  links: linkStoreContract(async () => (await make()).links),
}
globalThis.runCase = async (port, name) => {
  try {
    await contracts[port].find((each) => each.name === name).run()
    return 'passed'
  } catch (error) {
    return String(error?.message ?? error)
  }
}
globalThis.keep = async () => {
  const store = await indexedDbStore('kept')
  const head = { flow: 'f', version: 'v1', status: 'waiting', startedAt: 1 }
  await store.sessions.commit('t', [{ next: { session: 's', expected: 0, text: 'kept', head }, work: { session: 's', text: 'w' } }])
  store.close()
}
globalThis.find = async () => {
  const store = await indexedDbStore('kept')
  const found = [await store.sessions.read('t', 's'), await store.sessions.outbox('t', 0, 9)]
  store.close()
  return found
}
const openAt = (name, version) => new Promise((resolve) => {
  const request = indexedDB.open(name, version)
  request.onsuccess = () => resolve(request.result)
})
globalThis.openNewer = async () => {
  const newer = await openAt('newer', 99)
  newer.close()
  return indexedDbStore('newer').catch((error) => error.code)
}
globalThis.openBlocked = async () => {
  const request = { onblocked: undefined, onsuccess: undefined, result: { closed: 0, close() { this.closed++ } } }
  // As long as there is one version of the database, no browser blocks it.
  const opening = indexedDbStore('blocked', { factory: { open: () => request } }).catch((error) => error.code)
  request.onblocked()
  request.onsuccess()
  return [await opening, request.result.closed]
}
globalThis.useClosed = async () => {
  const store = await indexedDbStore('closed')
  store.close()
  return store.sessions.read('t', 's').catch((error) => error.code)
}
`

if (CHROMIUM === undefined) console.warn('SKIPPED: no chromium on this machine, so IndexedDB was not tested')

describe.skipIf(CHROMIUM === undefined)('the IndexedDB store in a browser', () => {
  let server: Server
  let browser: Browser
  let page: Page
  let origin: string

  beforeAll(async () => {
    const { outputFiles } = await build({
      stdin: { contents: PAGE, resolveDir: ROOT, loader: 'ts' },
      bundle: true,
      write: false,
      format: 'iife',
      logLevel: 'error',
    })
    server = createServer((request, response) => {
      const isScript = request.url === '/page.js'
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
      response.end(isScript ? outputFiles[0]!.text : '<!doctype html><script src="/page.js"></script>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    browser = await launchChromium()
    page = await (await browser.newContext()).newPage()
    await page.goto(origin)
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  const memory = () => memoryStore()
  const contracts = {
    events: eventStoreContract(() => memory().events),
    contents: contentStoreContract(() => memory().contents),
    sessions: sessionStoreContract(() => memory().sessions),
    contacts: contactStoreContract(() => memory().contacts),
    links: linkStoreContract(() => memory().links),
  }
  for (const [port, cases] of Object.entries(contracts)) {
    describe(port, () => {
      it.each(cases.map(({ name }) => name))('%s', async (name) => {
        const call = `runCase(${JSON.stringify(port)}, ${JSON.stringify(name)})`
        expect(await page.evaluate(call)).toBe('passed')
      })
    })
  }

  it('finds what was kept when the page is opened again', async () => {
    await page.evaluate('keep()')
    const other = await page.context().newPage()
    await other.goto(origin)
    expect(await other.evaluate('find()')).toMatchObject([
      { session: 's', revision: 1, text: 'kept' },
      [{ session: 's', text: 'w' }],
    ])
  })

  it('says that a later release has written to it', async () => {
    expect(await page.evaluate('openNewer()')).toBe('store.newer')
  })

  it('says that another tab keeps it from being opened, and does not hold it afterwards', async () => {
    expect(await page.evaluate('openBlocked()')).toEqual(['store.failed', 1])
  })

  it('says that it has been closed', async () => {
    expect(await page.evaluate('useClosed()')).toBe('store.closed')
  })
})
