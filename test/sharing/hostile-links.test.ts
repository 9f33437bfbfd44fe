import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { palette } from '../../src/palette/index.ts'
import { openWorkspace, sessionCensus } from '../../src/runtime/index.ts'
import type { LinkStore } from '../../src/sharing/index.ts'
import { type Link, storedLink } from '../../src/sharing/links/link.ts'
import { LinkKeys } from '../../src/sharing/links/link-keys.ts'
import { BASE, Kiosk, SECRET, survey, UNAVAILABLE, WEB } from './kiosk.ts'

const NAME = 'form-0001'
const DAY = 24 * 60 * 60_000

/** What `dropExpired` and `count` were called with. */
function watched(store: LinkStore) {
  const counted: string[] = []
  const dropped: number[] = []
  const links: LinkStore = {
    ...store,
    count(tenant, key, bound) {
      counted.push(key)
      return store.count(tenant, key, bound)
    },
    dropExpired(tenant, now) {
      dropped.push(now)
      return store.dropExpired(tenant, now)
    },
  }
  return { links, counted, dropped }
}

describe('a time that was named', () => {
  it('[DST-7] lets nobody in through a link that is used up, however often it is sent at once', async () => {
    const desk = await Kiosk.open()
    await desk.rules({ maxInvocations: 1 })
    const { url } = await desk.make()
    expect((await desk.links.resolve(url)).ok).toBe(true)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => desk.links.resolve(url, { once: NAME })),
    )
    expect(answers).toEqual(Array(20).fill(UNAVAILABLE))
  })

  it('[DST-7] is known for a day, and counts as another one from then on', async () => {
    const desk = await Kiosk.open()
    await desk.rules({ maxInvocations: 2 })
    const { url } = await desk.make()
    const open = () => desk.links.resolve(url, { once: NAME })
    expect((await open()).ok).toBe(true)
    desk.bureau.clock.advance(DAY - 1)
    expect((await open()).ok).toBe(true)
    expect((await desk.links.peek(url)).ok).toBe(true)
    desk.bureau.clock.advance(1)
    expect((await open()).ok).toBe(true)
    expect((await desk.links.peek(url)).ok).toBe(false)
  })

  it('[DST-7] has an id of its own, and so has one without a name', async () => {
    const desk = await Kiosk.open()
    const { url, id } = await desk.make()
    const idOf = async (once?: string) => {
      const resolved = await desk.links.resolve(url, once === undefined ? {} : { once })
      return resolved.ok ? resolved.trigger.id : 'refused'
    }
    expect([await idOf(), await idOf(NAME)]).toEqual([undefined, `link/${id}/once/${NAME}`])
    await desk.rules({ maxInvocations: 9 })
    const bounded = await desk.make()
    for (const [each, expected] of [
      [url, undefined],
      [bounded.url, `link/${bounded.id}/1`],
      [bounded.url, `link/${bounded.id}/2`],
    ] as const) {
      const resolved = await desk.links.resolve(each)
      expect(resolved.ok && resolved.trigger.id).toBe(expected)
    }
    const named = await desk.links.resolve(bounded.url, { once: NAME })
    expect(named).toMatchObject({ trigger: { id: `link/${bounded.id}/once/${NAME}` } })
    // To look names nothing.
    expect(await desk.links.peek(url)).not.toHaveProperty('trigger.id')
  })

  it('[DST-7] leaves nothing behind: not where nothing is bounded, and not for good', async () => {
    const desk = await Kiosk.open()
    const { links, counted, dropped } = watched(desk.bureau.store.links)
    const open = desk.linksWith({ store: links })
    const free = (await desk.make()).url
    for (let n = 0; n < 5; n++) await open.resolve(free, { once: `form-${n}-of-many` })
    expect([counted, dropped]).toEqual([[], []])
    await desk.rules({ maxInvocations: 3 })
    const { url, id } = await desk.make()
    const began = desk.bureau.clock.now()
    for (let n = 0; n < 9; n++) await open.resolve(url, { once: `form-${n}-of-many` })
    expect(dropped).toEqual([began])
    const names = Array.from({ length: 9 }, (_, n) => `once/${id}/form-${n}-of-many`)
    const kept = async () => {
      const counts = await Promise.all(names.map((name) => links.counted('acme', name, began)))
      return counts.filter((count) => count > 0).length
    }
    expect(await kept()).toBe(3)
    desk.bureau.clock.advance(DAY)
    await open.resolve(url)
    expect(dropped).toEqual([began, began + DAY])
    expect(await kept()).toBe(0)
  })

  it('is counted also where a store cannot clean up, and where the clock was set back', async () => {
    const desk = await Kiosk.open()
    await desk.rules({ maxInvocations: 9 })
    const { url } = await desk.make()
    const { links, dropped } = watched(desk.bureau.store.links)
    let now = 100 * DAY
    const clock = { now: () => now }
    const failing = { ...links, dropExpired: async () => Promise.reject(new Error('The disk is full')) }
    expect((await desk.linksWith({ store: failing, clock }).resolve(url, { once: NAME })).ok).toBe(true)
    const open = desk.linksWith({ store: links, clock })
    for (const at of [100 * DAY, 100 * DAY + 3_599_999, 50 * DAY, 50 * DAY + 1]) {
      now = at
      await open.resolve(url)
    }
    expect(dropped).toEqual([100 * DAY, 50 * DAY])
  })
})

describe('an address', () => {
  it.each([
    ['a dot behind its host', 'https://go.example./'],
    ['another port', 'https://go.example:8443/'],
    ['another scheme', 'http://go.example/'],
    ['a user', 'https://go.example@evil.example/'],
    ['letters that look alike', 'https://gо.example/'],
    ['a host below', 'https://a.go.example/'],
    ['a password alone', 'https://:x@go.example/'],
    ['a path below', 'https://go.example/x/'],
  ])('[DST-3] with %s leads to another place', async (_what, base) => {
    const desk = await Kiosk.open()
    const { url } = await desk.make({ protect: false })
    expect((await desk.denied(url.replace(BASE, base))).logged?.code).toBe('link.malformed')
  })

  it.each([
    ['capitals in its host', 'HTTPS://GO.EXAMPLE/'],
    ['the port that everybody means', 'https://go.example:443/'],
    ['backslashes', 'https:\\\\go.example\\'],
    ['a way there and back', 'https://go.example/x/../'],
  ])('with %s is the same to every browser', async (_what, base) => {
    const desk = await Kiosk.open()
    const { url } = await desk.make()
    expect((await desk.links.resolve(url.replace(BASE, base))).ok).toBe(true)
    expect((await desk.links.resolve(`${url}#more`)).ok).toBe(true)
  })

  it.each(['L', '%6c', 'l/', '/l', 'S', 'x'])('with the path %s is none of a link', async (kind) => {
    const desk = await Kiosk.open()
    const { url } = await desk.make({ protect: false })
    const { logged } = await desk.denied(url.replace('/l/', `/${kind}/`))
    expect(logged?.reason).toBe('This is no link of ours: its path is none of a link.')
  })

  it('that is no text, or longer than any, is not looked at', async () => {
    const desk = await Kiosk.open()
    const { url } = await desk.make({ protect: false })
    const long = `${url}#${'x'.repeat(8_000)}`
    const reasons: (string | undefined)[] = []
    for (const each of [undefined, null, 7, {}, [url], long, 'x'] as unknown as string[])
      reasons.push((await desk.denied(each)).logged?.reason.slice('This is no link of ours: '.length))
    expect(reasons).toEqual([
      ...Array(5).fill('it is no text.'),
      'it is longer than 8000 characters.',
      'it is no address.',
    ])
    expect((await desk.links.resolve(`${url}#${'x'.repeat(8_000 - url.length - 1)}`)).ok).toBe(true)
  })

  it.each([
    ['twice', '&order=1', 'order is there twice'],
    ['twice, in other letters', '&%6frder=1', 'order is there twice'],
    ['with a NUL', '&amount=%00', 'amount holds half of a character or a NUL'],
    ['too long', `&amount=${'1'.repeat(1_001)}`, 'amount is longer than 1000 characters'],
    ['without a name', '&=1', 'a name of 0 characters cannot be that of one'],
    [
      'with a name that is too long',
      `&${'x'.repeat(129)}=1`,
      'a name of 129 characters cannot be that of one',
    ],
  ])('that has a parameter %s is refused', async (_what, more, told) => {
    const desk = await Kiosk.open()
    const { url } = await desk.make({ protect: false })
    expect((await desk.denied(`${url}${more}`)).logged?.reason).toBe(`This is no link of ours: ${told}.`)
  })

  it('takes 50 parameters, and those of a link may have as many', async () => {
    const data = Array.from({ length: 51 }, (_, n) => ({ name: `p${n}`, type: 'text' }))
    const desk = await Kiosk.open({}, survey('survey', { data }))
    const given = (count: number) =>
      Object.fromEntries(data.slice(0, count).map(({ name }) => [name, 'x'])) as Record<string, string>
    const { url } = await desk.make({ parameters: given(50), protect: false })
    expect((await desk.links.resolve(url)).ok).toBe(true)
    expect((await desk.denied(`${url}&p50=x`)).logged?.code).toBe('link.malformed')
    const longest = { [`n${'x'.repeat(127)}`]: 'x'.repeat(1_000) }
    expect((await desk.refusal({ parameters: longest })).code).toBe('link.unknownParameters')
  })
})

describe('what the log is told', () => {
  const odd = [
    [
      'an address whose signs were encoded once more',
      (url: string) => url.replace(/[=&]/g, encodeURIComponent),
    ],
    ['an ampersand that was written as HTML', (url: string) => url.replaceAll('&', '&amp;')],
    ['a token without its name', (url: string) => url.replace('_token=', '')],
    ['line breaks and codes for terminals', (url: string) => `${url}&%0d%0aadmin:%20ok%1b%5b2J%c2%9b=1`],
    ['marks that turn text around', (url: string) => `${url}&%e2%80%ae=1`],
  ] as const

  it.each(odd)('of %s holds no value, no token and nothing that is obeyed', async (_what, garble) => {
    const desk = await Kiosk.open()
    for (const protect of [true, false]) {
      const { url } = await desk.make({ protect, parameters: '&order=hunter2&amount=1' })
      if (garble(url) === url) continue
      const { told, logged } = await desk.denied(garble(url))
      expect(told).toEqual(UNAVAILABLE)
      const text = JSON.stringify(logged)
      expect(text).not.toContain('hunter2')
      for (const part of new URL(url).searchParams.get('_token')?.split('.') ?? [])
        expect(text).not.toContain(part)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(logged!.reason).toMatch(/^[^\u0000-\u001f\u007f-\u009f\u202a-\u202e]+$/)
    }
  })

  it('[DST-7] names parameters that newsletters append', async () => {
    const desk = await Kiosk.open()
    const { url } = await desk.make({ protect: false })
    const { logged } = await desk.denied(`${url}&utm_source=mail&mc-id=7`)
    expect(logged?.reason).toContain('utm_source, mc-id.')
  })

  it('may come late to nothing, and fail', async () => {
    const desk = await Kiosk.open({ onRefused: async () => Promise.reject(new Error('The disk is full')) })
    expect(await desk.links.resolve('nonsense')).toEqual(UNAVAILABLE)
  })
})

describe('a token', () => {
  const CLAIMS = { iss: 'acme', aud: 'web', sub: 'survey' }
  const HEADER = { alg: 'HS256', typ: 'sluice-link+jwt', kid: 'web.1' }

  async function forged(
    change: {
      header?: object
      claims?: object
      key?: Uint8Array
      number?: number
      application?: string
    } = {},
  ) {
    const desk = await Kiosk.open()
    await desk.rules({ fixedParameters: false })
    const { url, id } = await desk.make()
    const { number = 1, application = 'web' } = change
    const [key] = new LinkKeys([SECRET]).of('acme', application, number)
    const token = await new SignJWT({ ...CLAIMS, jti: id, ...change.claims })
      .setProtectedHeader({ ...HEADER, ...change.header })
      .sign(change.key ?? key!, { crit: { 'x-must': true } })
    const other = new URL(url)
    other.searchParams.set('_token', token)
    return { desk, url: other.href, token }
  }

  it('that says what it should, signed with the key of the application, is one', async () => {
    const { desk, url } = await forged()
    expect((await desk.links.resolve(url)).ok).toBe(true)
  })

  it.each([
    ['of another link', { claims: { jti: 'another-link' } }, 'it belongs to another link'],
    ['of another workspace', { claims: { iss: 'globex' } }, 'it belongs to another link'],
    ['of another application', { claims: { aud: 'kiosk' } }, 'it belongs to another link'],
    ['of several applications', { claims: { aud: ['web'] } }, 'it belongs to another link'],
    ['of another flow', { claims: { sub: 'other' } }, 'it belongs to another link'],
    ['with an end that the link has not', { claims: { exp: 4_000_000_000 } }, 'it belongs to another link'],
    ['of another kind', { header: { typ: 'JWT' } }, 'it is malformed'],
    ['of no kind', { header: { typ: undefined } }, 'it is malformed'],
    ['with another algorithm', { header: { alg: 'HS512' }, key: new Uint8Array(64) }, 'it is malformed'],
    [
      'with something that has to be understood',
      { header: { crit: ['x-must'], 'x-must': 1 } },
      'it is malformed',
    ],
    ['with an empty key', { key: new Uint8Array(32) }, 'its signature is not ours'],
    ['with the secret itself', { key: new TextEncoder().encode(SECRET) }, 'its signature is not ours'],
    ['with the next key', { number: 2 }, 'its signature is not ours'],
    ['with the key of another application', { application: 'sms-app' }, 'its signature is not ours'],
  ])('[DST-3] %s is none', async (_what, change, fault) => {
    const { desk, url } = await forged(change)
    const { told, logged } = await desk.denied(url)
    expect(told).toEqual(UNAVAILABLE)
    expect(logged).toMatchObject({
      code: 'link.badToken',
      reason: `Its token is not one that was made for it: ${fault}.`,
    })
  })

  it.each([
    ['', 'it has none'],
    ['a.b', 'it is none that could have been signed'],
    ['....', 'it is malformed'],
    ['ä', 'it is none that could have been signed'],
  ])('[DST-3] that reads %j is none', async (token, fault) => {
    const desk = await Kiosk.open()
    const url = new URL((await desk.make()).url)
    url.searchParams.set('_token', token)
    expect((await desk.denied(url.href)).logged?.reason).toContain(`: ${fault}.`)
  })

  it('[DST-3] is not taken for a link that was made without one', async () => {
    const desk = await Kiosk.open()
    const { url } = await desk.make({ protect: false })
    const token = new URL((await desk.make()).url).searchParams.get('_token')
    for (const each of [token, '', 'x'])
      expect((await desk.denied(`${url}&_token=${each}`)).logged?.reason).toContain(
        'the link was made without one',
      )
  })

  it('[DST-7] ends no earlier and no later than its link', async () => {
    const desk = await Kiosk.open()
    const expiresAt = desk.bureau.clock.now() + 1
    const { url, id } = await desk.make({ expiresAt })
    const stored = (await desk.bureau.store.links.read('acme', id))!
    const later = {
      ...(JSON.parse(stored.text) as Link),
      id,
      flow: 'survey',
      application: 'web',
      at: stored.at,
    }
    await desk.bureau.store.links.remove('acme', [id])
    await desk.bureau.store.links.add(
      'acme',
      storedLink({ ...later, expiresAt: expiresAt + 60_000 }, undefined),
    )
    expect((await desk.denied(url)).logged?.code).toBe('link.badToken')
  })
})

describe('a link', () => {
  it('[DST-1] of a flow that was deleted leads nowhere, and its id is not given again', async () => {
    const desk = await Kiosk.open()
    const { url } = await desk.make()
    await desk.bureau.send({ type: 'cancelRelease', flow: 'survey', slot: 'official' })
    await desk.bureau.send({ type: 'deleteFlow', flow: 'survey' })
    expect(await desk.denied(url)).toMatchObject({ told: UNAVAILABLE, logged: { code: 'flow.unknown' } })
    const again = await desk.bureau.workspace.execute(
      { type: 'createFlow', flow: 'survey' },
      { by: 'ada', document: survey() },
    )
    expect(again).toMatchObject({ ok: false, code: 'flow.exists' })
    expect((await desk.links.list()).items).toHaveLength(1)
  })

  it('[DST-4] stops at once where another process has given the application another key', async () => {
    const desk = await Kiosk.open()
    const { url, shortUrl } = await desk.make({ shorten: true })
    const { store } = desk.bureau
    const elsewhere = openWorkspace({
      id: 'acme',
      nodes: palette,
      ...store,
      census: sessionCensus(store, 'acme'),
    })
    const outcome = await elsewhere.execute({ type: 'regenerateKey', application: 'web' }, { by: 'ada' })
    expect(outcome.ok).toBe(true)
    for (const each of [url, shortUrl!]) expect((await desk.links.resolve(each)).ok).toBe(false)
  })

  it('[DST-4] stops for good where its application is removed and defined again', async () => {
    const desk = await Kiosk.open()
    const { url, id } = await desk.make({ protect: false })
    const stored = (await desk.bureau.store.links.read('acme', id))!
    await desk.bureau.send({ type: 'regenerateKey', application: 'web' })
    await desk.bureau.send({ type: 'setDistribution', flow: 'survey', applications: [], protect: true })
    await desk.links.revoke([id], { by: 'ada' })
    await desk.bureau.send({ type: 'remove', kind: 'application', id: 'web' })
    await desk.bureau.define('application', WEB)
    await desk.bureau.send({ type: 'setDistribution', flow: 'survey', applications: ['web'], protect: true })
    await desk.bureau.store.links.add('acme', stored)
    expect((await desk.denied(url)).logged?.code).toBe('link.keyRegenerated')
  })

  it('[DST-6] that is open is embedded by nobody once its application allows it no more', async () => {
    const desk = await Kiosk.open()
    await desk.rules({ embedding: ['https://shop.example'] })
    const { url } = await desk.make({ embed: true })
    expect(await desk.links.peek(url)).toMatchObject({
      frameAncestors: 'frame-ancestors https://shop.example',
    })
    await desk.rules({})
    expect(await desk.links.peek(url)).toMatchObject({ frameAncestors: "frame-ancestors 'none'" })
  })

  it('[DST-7] counts nothing where the store fails, and nobody is let in', async () => {
    const desk = await Kiosk.open()
    await desk.rules({ maxInvocations: 1 })
    const { url } = await desk.make()
    const { store } = desk.bureau
    const failing = { ...store.links, count: async () => Promise.reject(new Error('The disk is full')) }
    await expect(desk.linksWith({ store: failing }).resolve(url)).rejects.toThrow('The disk is full')
    expect(desk.refused).toEqual([])
    expect((await desk.links.resolve(url)).ok).toBe(true)
  })

  it.each([
    ['date', '2026-02-30'],
    ['date', '2026-02-30T10:00:00Z'],
    ['date', '2026-00-10'],
    ['date', 'x2026-11-30'],
    ['date', '2026-11-30T'],
    ['date', '2026-11-30T10'],
    ['number', '9007199254740993'],
    ['number', '-9007199254740993'],
    ['number', '1e999'],
    ['number', '1.'],
    ['number', ' 1'],
    ['number', '1 '],
    ['number', '0x10'],
    ['boolean', 'TRUE'],
    ['list', '[1'],
    ['list', `${'['.repeat(18)}${']'.repeat(18)}`],
    ['object', 'null'],
  ])('[DST-2] takes for a %s no %j', async (type, value) => {
    const desk = await Kiosk.open({}, survey('survey', { data: [{ name: 'given', type }] }))
    expect(await desk.refusal({ parameters: { given: value } })).toMatchObject({
      code: 'link.badParameters',
      reason: expect.stringMatching(
        /^The parameters cannot be used: given is no (date|number|true|list|object)/,
      ),
    })
  })

  it.each([
    ['date', '2028-02-29', '2028-02-29'],
    ['date', '2026-11-30T23:30:00-05:00', '2026-11-30T23:30:00-05:00'],
    ['date', '2026-11-30T09:00', '2026-11-30T09:00'],
    ['number', '9007199254740991', 9_007_199_254_740_991],
    ['number', '1E3', 1_000],
    ['number', '2.5e+1', 25],
    ['number', '10e-1', 1],
    ['boolean', 'false', false],
    ['list', '[]', []],
    ['any', 'true', 'true'],
    ['text', '', ''],
  ])('[DST-2] takes for a %s %j', async (type, value, given) => {
    const desk = await Kiosk.open({}, survey('survey', { data: [{ name: 'given', type }] }))
    const { url } = await desk.make({ parameters: { given: value } })
    expect(await desk.links.resolve(url)).toMatchObject({ trigger: { data: { given } } })
  })

  it.each<[string, unknown, string]>([
    ['a list', ['order=1'], 'they are neither a text nor an object'],
    ['a number', 7, 'they are neither a text nor an object'],
    ['numbers', { order: 7 }, 'order is no text'],
    ['half of a character', { order: '\ud800' }, 'order holds half of a character or a NUL'],
    ['a NUL', { order: '\0' }, 'order holds half of a character or a NUL'],
  ])('[DST-2] is not made of %s', async (_what, parameters, told) => {
    const desk = await Kiosk.open()
    expect((await desk.refusal({ parameters } as never)).reason).toBe(
      `The parameters cannot be used: ${told}.`,
    )
  })

  it('[DST-2] is made of parameters with the sign of a query before them, and with none', async () => {
    const desk = await Kiosk.open()
    for (const parameters of ['?order=a+b&amount=1', '&order=a%20b&amount=1', 'order=a+b&amount=1']) {
      const { url } = await desk.make({ parameters })
      expect(await desk.links.resolve(url)).toMatchObject({ trigger: { data: { order: 'a b', amount: 1 } } })
    }
  })

  it('begins with an address that has no password', async () => {
    const desk = await Kiosk.open()
    expect(() => desk.linksWith({ url: 'https://:x@go.example/' })).toThrow(
      expect.objectContaining({ code: 'sharing.url' }),
    )
  })
})
