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
const STORES_1 = [
  ['streams', 'name', {}],
  ['events', ['stream', 'revision'], {}],
  ['contents', 'hash', {}],
  ['numbers', 'name', {}],
  ['sessions', ['tenant', 'session'], {
    started: ['tenant', 'head.startedAt', 'session'],
    contact: ['tenant', 'head.contact', 'head.startedAt', 'session'],
    ended: ['tenant', 'head.endedAt'],
  }],
  ['history', ['tenant', 'session', 'revision'], {}],
  ['timers', ['tenant', 'due', 'session'], { session: ['tenant', 'session'] }],
  ['claims', ['tenant', 'key'], { session: ['tenant', 'session'], until: ['tenant', 'until'] }],
  ['marks', ['tenant', 'mark', 'session'], { session: ['tenant', 'session'] }],
  ['outbox', ['tenant', 'number'], { session: ['tenant', 'session'] }],
  ['dead', ['tenant', 'number'], { session: ['tenant', 'session'] }],
  ['log', ['tenant', 'number'], { session: ['tenant', 'session'] }],
  ['counts', ['tenant', 'name'], {}],
  ['cursors', ['tenant', 'name'], {}],
  ['contacts', ['tenant', 'id'], {}],
  ['addresses', ['tenant', 'address'], {}],
  ['memberships', ['tenant', 'segment', 'contact'], {
    number: ['tenant', 'segment', 'number'],
    contact: ['tenant', 'contact'],
    open: ['tenant', 'open', 'number'],
  }],
]
globalThis.openNewer = async () => {
  const newer = await openAt('newer', 99)
  newer.close()
  return indexedDbStore('newer').catch((error) => error.code)
}
// A database as version 1 made it: with what that release kept, and without stores for links.
globalThis.openOlder = async () => {
  const request = indexedDB.open('older', 1)
  const older = await new Promise((resolve, reject) => {
    request.onerror = () => reject(request.error)
    request.onupgradeneeded = () => {
      const { result } = request
      for (const [name, keyPath, indexes] of STORES_1) {
        const store = result.createObjectStore(name, { keyPath })
        for (const [index, members] of Object.entries(indexes)) store.createIndex(index, members)
      }
    }
    request.onsuccess = () => resolve(request.result)
  })
  const head = { flow: 'f', version: 'v1', status: 'waiting', startedAt: 1 }
  const writing = older.transaction(['sessions', 'counts', 'contents'], 'readwrite')
  writing.objectStore('sessions').put({ tenant: 't', session: 's', revision: 1, text: 'kept', head })
  writing.objectStore('counts').put({ tenant: 't', name: 'flow/f/started', value: 3 })
  writing.objectStore('contents').put({ hash: 'h', text: '{}' })
  await new Promise((resolve) => { writing.oncomplete = resolve })
  // The tab of the release before lets go of it when the new one asks for it.
  older.onversionchange = () => older.close()
  const store = await indexedDbStore('older')
  const link = { id: 'a', code: 'x', flow: 'f', application: 'web', at: 1, text: 'of a' }
  const found = {
    session: await store.sessions.read('t', 's'),
    counts: [...(await store.sessions.counts('t', ''))],
    content: await store.contents.get('h'),
    added: await store.links.add('t', link),
    link: await store.links.find('t', 'x'),
    count: await store.links.count('t', 'k', { atMost: 1, now: 1, until: 2 }),
  }
  await store.links.dropExpired('t', 2)
  const again = await store.links.counted('t', 'k', 1)
  store.close()
  return { ...found, again, version: (await openAt('older')).version }
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

  it('brings a database of version 1 up to date, and keeps what is in it', async () => {
    expect(await page.evaluate('openOlder()')).toEqual({
      session: {
        session: 's',
        revision: 1,
        text: 'kept',
        head: { flow: 'f', version: 'v1', status: 'waiting', startedAt: 1 },
      },
      counts: [['flow/f/started', 3]],
      content: '{}',
      added: true,
      link: { id: 'a', code: 'x', flow: 'f', application: 'web', at: 1, text: 'of a' },
      count: { ok: true, count: 1 },
      again: 0,
      version: 2,
    })
  })

  it('says that another tab keeps it from being opened, and does not hold it afterwards', async () => {
    expect(await page.evaluate('openBlocked()')).toEqual(['store.failed', 1])
  })

  it('says that it has been closed', async () => {
    expect(await page.evaluate('useClosed()')).toBe('store.closed')
  })
})
