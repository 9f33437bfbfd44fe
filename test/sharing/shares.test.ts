import { describe, expect, it } from 'vitest'
import { palette } from '../../src/palette/index.ts'
import {
  createShares,
  hashPassword,
  MAX_WRONG_PASSWORDS,
  SCRYPT_COST,
  type Shares,
  type SharesOptions,
  THROTTLE_MS,
  verifyPassword,
} from '../../src/sharing/index.ts'
import { Bureau, support } from '../runtime/host/bureau.ts'

/** So that tests need not wait: what it costs is data beside the hash. */
const CHEAP = { n: 2, r: 1, p: 1 } as const
const PASSWORD = 'correct horse battery'
const BASE = 'https://flows.example/view/'
const ADA = { by: 'ada' }

interface Office {
  readonly bureau: Bureau
  readonly shares: Shares
}

async function office(options: Partial<SharesOptions> = {}, document = support()): Promise<Office> {
  const bureau = await Bureau.open()
  await bureau.send({ type: 'createFlow', flow: document.id }, 'ada', document)
  return { bureau, shares: sharesOf(bureau, options) }
}

function sharesOf({ workspace, store, clock }: Bureau, options: Partial<SharesOptions> = {}): Shares {
  return createShares({
    workspace,
    nodes: palette,
    store: store.links,
    url: BASE,
    cost: CHEAP,
    clock,
    ...options,
  })
}

async function shared(given: Office, request: object = {}): Promise<string> {
  const made = await given.shares.share('support', { password: PASSWORD, ...request }, ADA)
  if (!made.ok) throw new Error(`${made.code}: ${made.reason}`)
  return made.url
}

describe('a read-only link', () => {
  it('[SHR-1] shows a flow as it was saved last', async () => {
    const desk = await office()
    const url = await shared(desk)
    const first = await desk.shares.open(url, PASSWORD)
    expect(first).toMatchObject({ ok: true, version: 'V1.0', savedAt: desk.bureau.clock.now() })
    const changed = { ...support(), name: 'Changed' }
    desk.bureau.clock.advance(1_000)
    await desk.bureau.send({ type: 'saveDraft', flow: 'support', version: 'v1', revision: 1 }, 'ada', changed)
    expect(await desk.shares.open(url, PASSWORD)).toMatchObject({
      document: { name: 'Changed' },
      savedAt: desk.bureau.clock.now(),
    })
  })

  it('[SHR-1] shows the draft, also where another version is released', async () => {
    const desk = await office()
    await desk.bureau.releaseVersion('support', 'v1')
    await desk.bureau.send({ type: 'branch', flow: 'support', from: 'v1' })
    const changed = { ...support(), name: 'Next' }
    await desk.bureau.send({ type: 'saveDraft', flow: 'support', version: 'v2', revision: 1 }, 'ada', changed)
    expect(await desk.shares.open(await shared(desk), PASSWORD)).toMatchObject({
      document: { name: 'Next' },
      version: 'V1.1',
    })
  })

  it('[SHR-1] is not made for a flow that was never saved', async () => {
    const { shares } = await office()
    expect(await shares.share('nowhere', { password: PASSWORD }, ADA)).toMatchObject({
      ok: false,
      code: 'flow.unknown',
    })
    expect(await shares.of('nowhere')).toBeUndefined()
  })

  it.each([undefined, null, '', '       ', '12345678'.slice(1), 42, 'x'.repeat(257)])(
    '[SHR-1] is refused without a password: %j is none',
    async (password) => {
      const desk = await office()
      expect(await desk.shares.share('support', { password } as never, ADA)).toMatchObject({
        ok: false,
        code: 'share.noPassword',
      })
      expect(await desk.shares.switch('support', true, ADA)).toMatchObject({ code: 'share.none' })
      expect(await desk.shares.of('support')).toBeUndefined()
    },
  )

  it('[SHR-1] is switched off, and on again with the same address and password', async () => {
    const desk = await office()
    const url = await shared(desk)
    expect(await desk.shares.switch('support', false, ADA)).toMatchObject({ ok: true })
    expect(await desk.shares.open(url, PASSWORD)).toMatchObject({ ok: false, code: 'share.unavailable' })
    expect(await desk.shares.of('support')).toMatchObject({ url, on: false })
    await desk.shares.switch('support', true, ADA)
    expect((await desk.shares.open(url, PASSWORD)).ok).toBe(true)
  })

  it('[SHR-1] can end', async () => {
    const desk = await office()
    const expiresAt = desk.bureau.clock.now() + 60_000
    const url = await shared(desk, { expiresAt })
    expect(await desk.shares.of('support')).toMatchObject({ expiresAt })
    desk.bureau.clock.advance(59_999)
    expect((await desk.shares.open(url, PASSWORD)).ok).toBe(true)
    desk.bureau.clock.advance(1)
    expect(await desk.shares.open(url, PASSWORD)).toMatchObject({ code: 'share.unavailable' })
    expect(await desk.shares.share('support', { password: PASSWORD, expiresAt }, ADA)).toMatchObject({
      code: 'share.over',
    })
  })

  it('[SHR-1] takes another password, under the same address or another one', async () => {
    const desk = await office()
    const url = await shared(desk)
    const other = 'another long password'
    expect(await shared(desk, { password: other })).toBe(url)
    expect(await desk.shares.open(url, PASSWORD)).toMatchObject({ code: 'share.wrongPassword' })
    expect((await desk.shares.open(url, other)).ok).toBe(true)
    const fresh = await shared(desk, { password: other, rotate: true })
    expect(fresh).not.toBe(url)
    expect(await desk.shares.open(url, other)).toMatchObject({ code: 'share.unavailable' })
    expect((await desk.shares.open(fresh, other)).ok).toBe(true)
  })

  it('[SHR-1] gets another end or address, and keeps its password', async () => {
    const desk = await office()
    const url = await shared(desk)
    const expiresAt = desk.bureau.clock.now() + 60_000
    expect(await desk.shares.share('support', { expiresAt }, ADA)).toEqual({ ok: true, url })
    expect((await desk.shares.open(url, PASSWORD)).ok).toBe(true)
    const fresh = await desk.shares.share('support', { rotate: true }, ADA)
    if (!fresh.ok) throw new Error(fresh.reason)
    expect(fresh.url).not.toBe(url)
    expect((await desk.shares.open(fresh.url, PASSWORD)).ok).toBe(true)
    expect(await desk.shares.of('support')).not.toHaveProperty('expiresAt')
  })

  it('[SHR-1] keeps an address that was rotated away where it is, also while another password is made', async () => {
    const desk = await office()
    const url = await shared(desk)
    const slow = sharesOf(desk.bureau, { cost: { n: 2 ** 14, r: 8, p: 1 } })
    const other = slow.share('support', { password: 'another long password' }, ADA)
    const rotated = await desk.shares.share('support', { rotate: true }, ADA)
    if (!rotated.ok) throw new Error(rotated.reason)
    expect(await other).toEqual(rotated)
    expect(await desk.shares.isOpen(url)).toBe(false)
    expect((await desk.shares.open(rotated.url, 'another long password')).ok).toBe(true)
  })

  it('[SHR-3] keeps its throttle where the password stays', async () => {
    const desk = await office()
    const url = await shared(desk)
    for (let n = 0; n < 6; n++) await desk.shares.open(url, 'a wrong one')
    await desk.shares.share('support', {}, ADA)
    expect(await desk.shares.open(url, PASSWORD)).toMatchObject({ code: 'share.throttled' })
  })

  it('[SHR-1] gives nothing that could be written through', async () => {
    const desk = await office()
    const url = await shared(desk)
    const opened = await desk.shares.open(url, PASSWORD)
    if (!opened.ok) throw new Error(opened.reason)
    const mine = opened.document as unknown as { name: string; nodes: object[] }
    mine.name = 'Defaced'
    mine.nodes.length = 0
    expect((await desk.bureau.workspace.document('support', 'v1'))!.name).toBe(support().name)
    expect(await desk.shares.open(url, PASSWORD)).toMatchObject({ document: { name: support().name } })
    // Neither the address nor its id is somebody who may send commands.
    const id = url.slice(BASE.length)
    for (const by of [id, url])
      expect(
        await desk.bureau.workspace.execute({ type: 'labelFlow', flow: 'support', labels: ['x'] }, { by }),
      ).toMatchObject({ ok: false, code: 'member.unknown' })
  })

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'post', 'X'.repeat(100)])(
    '[SHR-1] refuses every write over HTTP: %s',
    async (method) => {
      const desk = await office()
      const url = await shared(desk)
      const before = await desk.bureau.workspace.events('support')
      const answer = await desk.shares.respond({
        method,
        url,
        body: `password=${encodeURIComponent(PASSWORD)}&name=x`,
      })
      expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST' } })
      expect(answer.body).toContain('share.readOnly')
      expect(await desk.bureau.workspace.events('support')).toEqual(before)
    },
  )

  it('[REL-16] is for those who may publish, and costs others no time', async () => {
    let hashed = 0
    const counting = {
      get n() {
        hashed++
        return 2
      },
      r: 1,
      p: 1,
    }
    const { shares } = await office({ cost: counting })
    const missing = { code: 'permission.missing', details: { permission: 'publish', member: 'ben' } }
    expect(await shares.share('support', { password: PASSWORD }, { by: 'ben' })).toMatchObject(missing)
    expect(await shares.switch('support', false, { by: 'ben' })).toMatchObject(missing)
    expect(await shares.share('support', { password: PASSWORD }, { by: 'mallory' })).toMatchObject({
      code: 'member.unknown',
    })
    expect(hashed).toBe(0)
  })

  it('stands in the trail, without its password and its address', async () => {
    const desk = await office()
    const url = await shared(desk)
    await desk.shares.switch('support', false, ADA)
    const trail = await desk.bureau.workspace.trail('support')
    expect(trail.map(({ sentence }) => sentence)).toEqual(
      expect.arrayContaining([
        'ada shared support by a read-only link.',
        'ada switched the read-only link to support off.',
      ]),
    )
    expect(JSON.stringify(trail)).not.toContain(url.slice(BASE.length))
  })
})

describe('opening it', () => {
  it('[SHR-2] asks for the password and for nothing else', async () => {
    const desk = await office()
    const url = await shared(desk)
    const page = await desk.shares.respond({ method: 'GET', url })
    expect(page.status).toBe(200)
    expect(page.body).toContain('type="password"')
    expect(page.body).not.toContain(support().name)
    expect(page.body.match(/<input(?![^>]*hidden)/g)).toHaveLength(1)
    const body = new URLSearchParams({ password: PASSWORD }).toString()
    const view = await desk.shares.respond({ method: 'POST', url, body })
    expect(view.status).toBe(200)
    expect(view.body).toContain(support().name)
    expect(view.headers['content-security-policy']).toContain("default-src 'none'")
    expect(view.headers['set-cookie']).toBeUndefined()
  })

  it('[SHR-2] yields the document without secrets and sensitive defaults', async () => {
    const base = support()
    const call = {
      id: 'call',
      type: 'http-request@1',
      config: {
        url: 'https://user:hunter2@api.example/x',
        headers: { Authorization: 'Bearer hunter2', Accept: 'text/plain' },
      },
      meta: { note: 'hunter2' },
    }
    const secretive = {
      ...base,
      nodes: [...base.nodes, call],
      meta: { key: 'hunter2' },
      settings: {
        ...base.settings,
        variables: [
          ...(base.settings.variables ?? []),
          { name: 'pin', type: 'text', sensitive: true, default: 'hunter2' },
          { name: 'count', type: 'text', sensitive: true, default: { deep: 'hunter2' } },
        ],
      },
    }
    const desk = await office({}, secretive as never)
    const opened = await desk.shares.open(await shared(desk), PASSWORD)
    if (!opened.ok) throw new Error(opened.reason)
    expect(JSON.stringify(opened)).not.toContain('hunter2')
    const { document } = opened
    expect(document.settings.variables!.find(({ name }) => name === 'pin')).toEqual({
      name: 'pin',
      type: 'text',
      sensitive: true,
    })
    expect(document.nodes.find(({ id }) => id === 'call')!.config).toMatchObject({
      headers: { Accept: 'text/plain' },
    })
    expect(opened.diagnostics.length).toBeGreaterThan(0)
    expect(opened.diagnostics.some((each) => 'fix' in each)).toBe(false)
    const answer = await desk.shares.respond({
      method: 'POST',
      url: await shared(desk),
      body: new URLSearchParams({ password: PASSWORD }).toString(),
    })
    expect(answer.body).not.toContain('hunter2')
  })

  it('[SHR-2] needs no other credential, and takes none', async () => {
    const desk = await office()
    const url = await shared(desk)
    expect((await desk.shares.open(`${url}?token=x&password=${PASSWORD}`, 'wrong password')).ok).toBe(false)
    expect((await desk.shares.open(`${url}#x`, PASSWORD)).ok).toBe(true)
  })

  it.each([
    ['another place', `https://evil.example/view/`],
    ['another path', 'https://flows.example/'],
    ['nothing', ''],
    ['a script', 'javascript:'],
  ])('knows no link of %s', async (_what, base) => {
    const desk = await office()
    const id = (await shared(desk)).slice(BASE.length)
    for (const url of [`${base}${id}`, `${BASE}${id}/x`, `${BASE}${id.slice(1)}`, BASE, `${BASE}__proto__`]) {
      expect(await desk.shares.open(url, PASSWORD)).toMatchObject({ code: 'share.unavailable' })
      expect(await desk.shares.isOpen(url)).toBe(false)
    }
  })

  it('tells of links that are not there, off or over in one way', async () => {
    const desk = await office()
    const url = await shared(desk, { expiresAt: desk.bureau.clock.now() + 1_000 })
    const unknown = await desk.shares.respond({ method: 'GET', url: `${BASE}nobody-knows-it` })
    await desk.shares.switch('support', false, ADA)
    expect(await desk.shares.respond({ method: 'GET', url })).toEqual(unknown)
    await desk.shares.switch('support', true, ADA)
    desk.bureau.clock.advance(1_000)
    expect(await desk.shares.respond({ method: 'GET', url })).toEqual(unknown)
    expect(unknown.status).toBe(404)
  })

  it('answers HEAD as GET, without the page', async () => {
    const desk = await office()
    const url = await shared(desk)
    const { body, ...head } = await desk.shares.respond({ method: 'HEAD', url })
    expect(body).toBe('')
    expect(await desk.shares.respond({ method: 'GET', url })).toMatchObject(head)
  })

  it('takes a long password also where each of its letters was typed as two', async () => {
    const desk = await office()
    const typed = 'o\u0308'.repeat(256)
    const url = await shared(desk, { password: typed.normalize('NFC') })
    expect((await desk.shares.open(url, typed)).ok).toBe(true)
    expect(await shared(desk, { password: typed })).toBe(url)
    // What is longer once it is written out is too long, and so is what nobody would type.
    for (const password of [`${typed}x`, '\ufdfa'.repeat(20), 'x'.repeat(100_000)])
      expect(await desk.shares.share('support', { password }, ADA)).toMatchObject({
        code: 'share.noPassword',
      })
  })

  it('takes a password however its letters are composed', async () => {
    const desk = await office()
    const url = await shared(desk, { password: 'Ko\u0308ln am Rhein' })
    expect((await desk.shares.open(url, 'K\u00f6ln am Rhein')).ok).toBe(true)
  })
})

describe('wrong passwords', () => {
  it('[SHR-3] are refused, and after five every attempt is, the right one too, with retryAfter', async () => {
    const desk = await office()
    const url = await shared(desk)
    for (let n = 0; n < MAX_WRONG_PASSWORDS; n++)
      expect(await desk.shares.open(url, `wrong ${n}`)).toMatchObject({ code: 'share.wrongPassword' })
    desk.bureau.clock.advance(60_000)
    expect(await desk.shares.open(url, PASSWORD)).toMatchObject({
      ok: false,
      code: 'share.throttled',
      details: { retryAfterSeconds: (THROTTLE_MS - 60_000) / 1_000 },
    })
    desk.bureau.clock.advance(THROTTLE_MS - 60_001)
    expect(await desk.shares.open(url, PASSWORD)).toMatchObject({
      code: 'share.throttled',
      details: { retryAfterSeconds: 1 },
    })
    desk.bureau.clock.advance(1)
    expect((await desk.shares.open(url, PASSWORD)).ok).toBe(true)
  })

  it('[SHR-3] are forgotten with the right one', async () => {
    const desk = await office()
    const url = await shared(desk)
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < MAX_WRONG_PASSWORDS - 1; n++) await desk.shares.open(url, 'a wrong one')
      expect((await desk.shares.open(url, PASSWORD)).ok).toBe(true)
    }
  })

  it('[SHR-3] are no more where they come at the same time, or to several processes', async () => {
    const desk = await office()
    const url = await shared(desk)
    const second = sharesOf(desk.bureau)
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? desk.shares : second).open(url, 'a wrong one')),
    )
    const looked = answers.filter((each) => !each.ok && each.code === 'share.wrongPassword')
    expect(looked).toHaveLength(MAX_WRONG_PASSWORDS)
  })

  it('[SHR-3] of one link count for it alone', async () => {
    const desk = await office()
    const url = await shared(desk)
    await desk.bureau.send({ type: 'createFlow', flow: 'other' }, 'ada', support('other'))
    const made = await desk.shares.share('other', { password: PASSWORD }, ADA)
    if (!made.ok) throw new Error(made.reason)
    for (let n = 0; n < 6; n++) await desk.shares.open(url, 'a wrong one')
    expect((await desk.shares.open(made.url, PASSWORD)).ok).toBe(true)
  })

  it('[SHR-3] are told over HTTP with the time to wait', async () => {
    const desk = await office()
    const url = await shared(desk)
    for (let n = 0; n < 5; n++)
      expect((await desk.shares.respond({ method: 'POST', url, body: 'password=wrong+one' })).status).toBe(
        403,
      )
    const answer = await desk.shares.respond({ method: 'POST', url, body: 'password=wrong+one' })
    expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': '900' } })
  })

  it.each(['', 'x'.repeat(5_000), 'password', 'password=&password=x', '%'])(
    '[SHR-3] count whatever is sent: %j',
    async (body) => {
      const desk = await office()
      const url = await shared(desk)
      for (let n = 0; n < 5; n++)
        expect((await desk.shares.respond({ method: 'POST', url, body })).status).toBe(403)
      expect((await desk.shares.respond({ method: 'POST', url, body })).status).toBe(429)
    },
  )

  it('[SHR-3] do not pile up: what waits too long in line is sent away', async () => {
    const desk = await office({ cost: { n: 2 ** 12, r: 8, p: 1 } })
    const url = await shared(desk)
    const answers = await Promise.all(Array.from({ length: 60 }, () => desk.shares.open(url, 'a wrong one')))
    const codes = new Set(answers.map((each) => (each.ok ? 'ok' : each.code)))
    expect(codes).toEqual(new Set(['share.wrongPassword', 'share.throttled', 'share.busy']))
  })

  it('[SHR-3] leave nothing behind: counts that are over are forgotten with the next password', async () => {
    const desk = await office()
    const url = await shared(desk)
    const { links } = desk.bureau.store
    const began = desk.bureau.clock.now()
    for (let n = 0; n < 3; n++) await desk.shares.open(url, 'a wrong one')
    const name = `passwords/${url.slice(BASE.length)}`
    expect(await links.counted('acme', name, began)).toBe(3)
    // Under another address, so that the count is nobody's any more.
    const fresh = await desk.shares.share('support', { rotate: true }, ADA)
    if (!fresh.ok) throw new Error(fresh.reason)
    desk.bureau.clock.advance(60 * 60_000)
    await desk.shares.open(fresh.url, PASSWORD)
    expect(await links.counted('acme', name, began)).toBe(0)
  })

  it('[SHR-3] a fresh password lets people in again at once', async () => {
    const desk = await office()
    const url = await shared(desk)
    for (let n = 0; n < 6; n++) await desk.shares.open(url, 'a wrong one')
    expect(await shared(desk, { password: 'another long password' })).toBe(url)
    expect((await desk.shares.open(url, 'another long password')).ok).toBe(true)
  })
})

describe('what is stored of a password', () => {
  it('[SHR-3] is a salted hash of a memory-hard function, with its parameters', async () => {
    const desk = await office({ cost: { n: 1_024, r: 8, p: 1 } })
    await shared(desk)
    const streams = await desk.bureau.store.events.list('')
    const events = await Promise.all(streams.map(({ stream }) => desk.bureau.store.events.read(stream)))
    expect(JSON.stringify(events)).not.toContain(PASSWORD)
    const { password } = (await desk.bureau.workspace.state()).flows.support!.share!
    expect(password).toEqual({
      kdf: 'scrypt',
      n: 1_024,
      r: 8,
      p: 1,
      salt: expect.stringMatching(/^[\w-]{22}$/),
      hash: expect.stringMatching(/^[\w-]{43}$/),
    })
  })

  it('[SHR-3] differs for equal passwords, and costs 64 MB unless told otherwise', async () => {
    const [one, two] = [await hashPassword(PASSWORD, CHEAP), await hashPassword(PASSWORD, CHEAP)]
    expect(one.salt).not.toBe(two.salt)
    expect(one.hash).not.toBe(two.hash)
    expect(128 * SCRYPT_COST.n * SCRYPT_COST.r).toBe(64 * 2 ** 20)
  })

  it('[SHR-3] is that of RFC 7914', async () => {
    // The third vector of section 12: scrypt (P="pleaseletmein", S="SodiumChloride", N=16384, r=8, p=1), its first 32 bytes.
    const hash = {
      kdf: 'scrypt',
      n: 16_384,
      r: 8,
      p: 1,
      salt: Buffer.from('SodiumChloride').toString('base64url'),
      hash: Buffer.from('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2', 'hex').toString(
        'base64url',
      ),
    } as const
    expect(await verifyPassword('pleaseletmein', hash)).toBe(true)
    expect(await verifyPassword('pleaseletmein ', hash)).toBe(false)
  })

  it('is verified with the cost that it was made with', async () => {
    const desk = await office({ cost: { n: 16, r: 1, p: 1 } })
    const url = await shared(desk)
    const dearer = sharesOf(desk.bureau, { cost: { n: 1_024, r: 8, p: 1 } })
    expect((await dearer.open(url, PASSWORD)).ok).toBe(true)
  })
})
