import { describe, expect, it } from 'vitest'
import { createLinks } from '../../src/sharing/index.ts'
import { Bureau } from '../runtime/host/bureau.ts'
import { node, talk } from '../runtime/host/flows.ts'
import { BASE, INPUTS, Kiosk, SECRET, survey, UNAVAILABLE, WEB } from './kiosk.ts'

describe('a link', () => {
  it('[DST-1] leads to an interaction flow that is released and approved, and starts it', async () => {
    const { links, bureau, make } = await kiosk()
    const { url } = await make()
    const resolved = await links.resolve(url)
    expect(resolved).toEqual({
      ok: true,
      trigger: { flow: 'survey', type: 'link', data: { order: '4711' } },
      link: { id: expect.any(String), flow: 'survey', application: 'web', name: 'Survey' },
      frameAncestors: "frame-ancestors 'none'",
    })
    if (!resolved.ok) return
    const started = await bureau.host.trigger(resolved.trigger)
    expect(started).toMatchObject({ ok: true, duplicate: false })
    await bureau.host.settled()
    const { items } = await bureau.host.sessions.list({ flow: 'survey' })
    expect(items).toHaveLength(1)
  })

  it.each([
    ['an internal flow', { audience: 'internal' }],
    ['a subflow', { role: 'subflow' }],
    ['an exception flow', { role: 'exception' }],
  ])('[DST-1] is not made for %s, with a pointer to sharing it read-only', async (_what, edit) => {
    const desk = await kiosk()
    await desk.bureau.send({ type: 'createFlow', flow: 'other' }, 'ada', survey('other', {}, edit))
    expect(await desk.refusal({ flow: 'other' })).toMatchObject({
      code: 'link.notInteraction',
      details: { flow: 'other' },
      lift: expect.stringContaining('SHR-1'),
    })
  })

  it('[DST-1] is not made for a flow that is not released, or unknown', async () => {
    const desk = await kiosk()
    await desk.bureau.send({ type: 'createFlow', flow: 'other' }, 'ada', survey('other'))
    expect((await desk.refusal({ flow: 'other' })).code).toBe('link.notReleased')
    expect((await desk.refusal({ flow: 'nowhere' })).code).toBe('flow.unknown')
  })

  it('[DST-1] is not made for a flow that is not approved, also where release needs no approval', async () => {
    const bureau = await Bureau.open()
    await bureau.define('application', WEB)
    await bureau.release(survey())
    await bureau.send({ type: 'setDistribution', flow: 'survey', applications: ['web'], protect: true })
    const desk = new Kiosk(bureau)
    expect((await bureau.workspace.state()).policy.approvals.required).toBe(0)
    expect(await desk.refusal()).toMatchObject({ code: 'link.notApproved', details: { version: 'V1.0' } })
    await desk.approve('survey')
    expect((await desk.make()).ok).toBe(true)
  })

  it('[DST-1] is not made for a flow that something else starts', async () => {
    const desk = await kiosk({}, survey('survey', { trigger: 'manual' }))
    expect(await desk.refusal()).toMatchObject({ code: 'link.otherTrigger', details: { trigger: 'manual' } })
  })

  it('[DST-1] stops when the release ends, and goes on with the next one', async () => {
    const desk = await kiosk()
    const { url } = await desk.make()
    await desk.bureau.send({ type: 'cancelRelease', flow: 'survey', slot: 'official' })
    expect((await desk.denied(url)).logged).toMatchObject({ code: 'link.notReleased', flow: 'survey' })
    await desk.bureau.releaseVersion('survey', 'v1')
    expect((await desk.links.resolve(url)).ok).toBe(true)
  })

  it('[DST-1] stops when the approval ends', async () => {
    const desk = await kiosk()
    const { url } = await desk.make()
    await desk.bureau.send({ type: 'withdrawApproval', flow: 'survey', version: 'v1' })
    expect((await desk.denied(url)).logged).toMatchObject({ code: 'link.notApproved' })
    await desk.approve('survey')
    expect((await desk.links.resolve(url)).ok).toBe(true)
  })

  it('[DST-1] stops when another version is released that is not approved', async () => {
    const desk = await kiosk()
    const { url } = await desk.make()
    await desk.bureau.release(
      survey('survey', {}, { settings: { ...survey().settings, stopWords: ['stop'] } }),
    )
    expect((await desk.denied(url)).logged).toMatchObject({ code: 'link.notApproved' })
    await desk.approve('survey', 'v2')
    expect((await desk.links.resolve(url)).ok).toBe(true)
  })

  it('[DST-1] stops while a gray version is out that is not approved', async () => {
    const desk = await kiosk()
    const { url } = await desk.make()
    const rule = { id: 'all', name: 'All', match: { kind: 'percentage', percent: 100 } }
    await desk.bureau.define('grayRule', rule)
    const next = survey('survey', {}, { settings: { ...survey().settings, stopWords: ['stop'] } })
    await desk.bureau.release(next, { rule: 'all' }, 'gray')
    expect((await desk.denied(url)).logged).toMatchObject({ code: 'link.notApproved' })
    expect(await desk.refusal()).toMatchObject({ code: 'link.notApproved', details: { version: 'V1.1' } })
    await desk.approve('survey', 'v2')
    expect((await desk.links.resolve(url)).ok).toBe(true)
  })

  it('[DST-2] starts nothing that a gray version could not start with', async () => {
    const desk = await kiosk()
    const { url } = await desk.make()
    const rule = { id: 'all', name: 'All', match: { kind: 'percentage', percent: 100 } }
    await desk.bureau.define('grayRule', rule)
    const data = [...INPUTS, { name: 'shop', type: 'text', required: true }]
    await desk.bureau.release(survey('survey', { data }), { rule: 'all' }, 'gray')
    await desk.approve('survey', 'v2')
    expect((await desk.denied(url)).logged).toMatchObject({ code: 'link.missingParameters' })
    expect(await desk.refusal()).toMatchObject({ details: { parameters: ['shop'] } })
  })

  it('[DST-1] is not opened while its flow is paused', async () => {
    const desk = await kiosk()
    const { url } = await desk.make()
    await desk.bureau.send({ type: 'pause', flow: 'survey' })
    expect((await desk.denied(url)).logged).toMatchObject({ code: 'link.paused' })
    await desk.bureau.send({ type: 'resume', flow: 'survey' })
    expect((await desk.links.resolve(url)).ok).toBe(true)
  })

  it('[REL-16] is made and revoked by those who may publish', async () => {
    const desk = await kiosk()
    const missing = { code: 'permission.missing', details: { permission: 'publish', member: 'ben' } }
    expect(await desk.refusal({}, 'ben')).toMatchObject(missing)
    expect((await desk.refusal({}, 'mallory')).code).toBe('member.unknown')
    const { id, url } = await desk.make()
    expect(await desk.links.revoke([id], { by: 'ben' })).toMatchObject(missing)
    expect((await desk.links.resolve(url)).ok).toBe(true)
    expect(await desk.links.revoke([id, 'unknown'], { by: 'ada' })).toEqual({ ok: true })
    expect((await desk.denied(url)).logged).toMatchObject({ code: 'link.unknown' })
  })
})

describe('applications', () => {
  it('[DST-2] that are available to a flow are listed with their defaults', async () => {
    const desk = await kiosk()
    await desk.bureau.define('application', { id: 'kiosk', name: 'Kiosk', channel: 'web' })
    await desk.rules({ maxInvocations: 3, lifetimeMs: 1_000, fixedParameters: false })
    await desk.bureau.send({
      type: 'setDistribution',
      flow: 'survey',
      applications: ['web', 'kiosk'],
      protect: false,
    })
    expect(await desk.links.offers('survey')).toEqual({
      ok: true,
      offers: [
        { application: { id: 'kiosk', name: 'Kiosk', channel: 'web' }, isProtected: false, rules: {} },
        {
          application: WEB,
          isProtected: false,
          rules: { maxInvocations: 3, lifetimeMs: 1_000, fixedParameters: false },
        },
      ],
    })
    expect(await desk.links.offers('nowhere')).toMatchObject({ ok: false, code: 'flow.unknown' })
  })

  it('[DST-2] through which a release speaks are available as well', async () => {
    const desk = await kiosk()
    const confirm = node('confirm', 'send-message@1', { prompt: 'Thank you', channel: 'sms' })
    await desk.bureau.release(talk('spoken', { trigger: 'link' }, [confirm]))
    await desk.approve('spoken')
    expect((await desk.bureau.workspace.state()).flows.spoken!.official!.applications).toEqual({
      sms: 'sms-app',
    })
    expect(await desk.links.offers('spoken')).toMatchObject({
      offers: [{ application: { id: 'sms-app' }, isProtected: true }],
    })
    expect((await desk.make({ flow: 'spoken', application: 'sms-app', parameters: '' })).ok).toBe(true)
  })

  it('[DST-2] that do not belong to the flow are refused', async () => {
    const desk = await kiosk()
    expect(await desk.refusal({ application: 'sms-app' })).toMatchObject({
      code: 'link.noApplication',
      details: { flow: 'survey', application: 'sms-app' },
    })
    expect((await desk.refusal({ application: '__proto__' })).code).toBe('link.noApplication')
  })

  it('[DST-2] that a flow no longer belongs to open none of its links', async () => {
    const desk = await kiosk()
    const { url } = await desk.make()
    await desk.bureau.send({ type: 'setDistribution', flow: 'survey', applications: [], protect: true })
    expect((await desk.denied(url)).logged).toMatchObject({ code: 'link.noApplication', application: 'web' })
  })

  it('[REL-18] with links are not removed until their links are', async () => {
    const desk = await kiosk()
    const { id } = await desk.make()
    await desk.bureau.send({ type: 'setDistribution', flow: 'survey', applications: [], protect: true })
    const remove = { type: 'remove', kind: 'application', id: 'web' } as const
    expect(await desk.bureau.workspace.execute(remove, { by: 'ada' })).toMatchObject({
      code: 'item.inUse',
      details: { by: ['1 link'] },
    })
    await desk.links.revoke([id], { by: 'ada' })
    expect(await desk.bureau.workspace.execute(remove, { by: 'ada' })).toMatchObject({ ok: true })
  })
})

describe('links that are over', () => {
  it('[REL-18] are removed at once, so that their application can go', async () => {
    const desk = await kiosk()
    await desk.rules({ lifetimeMs: 60_000 })
    for (let n = 0; n < 3; n++) await desk.make()
    desk.bureau.clock.advance(60_000)
    const { url } = await desk.make()
    expect(await desk.links.removeOver('web', { by: 'ben' })).toMatchObject({ code: 'permission.missing' })
    expect(await desk.links.removeOver('web', { by: 'ada' })).toEqual({ ok: true, removed: 3 })
    expect((await desk.links.resolve(url)).ok).toBe(true)
    await desk.bureau.send({ type: 'regenerateKey', application: 'web' })
    expect(await desk.links.removeOver('elsewhere', { by: 'ada' })).toEqual({ ok: true, removed: 0 })
    expect(await desk.links.removeOver('web', { by: 'ada' })).toEqual({ ok: true, removed: 1 })
    await desk.bureau.send({ type: 'setDistribution', flow: 'survey', applications: [], protect: true })
    await desk.bureau.send({ type: 'remove', kind: 'application', id: 'web' })
  })
})

describe('parameters', () => {
  it('[DST-2] fill what the start node declares, as the types that it declares', async () => {
    const desk = await kiosk()
    const parameters =
      '&order=4711&amount=-12.5e1&isGift=true&due=2026-12-24T18:00:00Z&items=[1,"a"]&address={"city":"K%C3%B6ln"}'
    const { url } = await desk.make({ parameters })
    const resolved = await desk.links.resolve(url)
    expect(resolved).toMatchObject({
      trigger: {
        data: {
          order: '4711',
          amount: -125,
          isGift: true,
          due: '2026-12-24T18:00:00Z',
          items: [1, 'a'],
          address: { city: 'Köln' },
        },
      },
    })
  })

  it.each([
    ['spaces and signs', 'a b&c=d?#/%+ü€😀"\'<>'],
    ['what looks like an address', 'https://evil.example/?x=1#y'],
    ['line breaks', 'one\r\ntwo'],
  ])('[DST-2] are encoded, so that %s come back as they were', async (_what, order) => {
    const desk = await kiosk()
    const { url } = await desk.make({ parameters: { order } })
    expect(url).toMatch(/^[\x21-\x7e]+$/)
    expect(await desk.links.resolve(url)).toMatchObject({ trigger: { data: { order } } })
  })

  it('[DST-2] that the flow cannot start without are named', async () => {
    const desk = await kiosk()
    for (const parameters of [undefined, '', '&order=', '&amount=1'] as const)
      expect(await desk.refusal({ parameters } as never)).toMatchObject({
        code: 'link.missingParameters',
        details: { parameters: ['order'] },
      })
  })

  it('[DST-2] that nothing declares are named', async () => {
    const desk = await kiosk()
    expect(await desk.refusal({ parameters: '&order=1&ordre=2&x=3' })).toMatchObject({
      code: 'link.unknownParameters',
      details: { parameters: ['ordre', 'x'] },
    })
  })

  it.each([
    ['a number', '&order=1&amount=many', 'amount'],
    ['no number of JavaScript’s own', '&order=1&amount=Infinity', 'amount'],
    ['true or false', '&order=1&isGift=yes', 'isGift'],
    ['a date', '&order=1&due=24.12.2026', 'due'],
    ['a day that there is', '&order=1&due=2026-13-45', 'due'],
    ['a list', '&order=1&items={}', 'items'],
    ['an object', '&order=1&address=[]', 'address'],
    ['an object without prototype keys', '&order=1&address={"__proto__":1}', 'address'],
    ['a name', '&order=1&=2', 'a name of 0 characters'],
    ['a safe name', '&order=1&__proto__=2', '__proto__'],
    ['a name that is not ours', '&order=1&_token=x', '_token'],
    ['one value', '&order=1&order=2', 'order is there twice'],
    ['a short value', `&order=${'x'.repeat(1_001)}`, 'longer than'],
    [
      'a bounded number of values',
      `&${Array.from({ length: 51 }, (_, n) => `p${n}=1`).join('&')}`,
      'more than 50',
    ],
  ])('[DST-2] are refused where they are not %s', async (_what, parameters, told) => {
    const desk = await kiosk()
    expect(await desk.refusal({ parameters })).toMatchObject({
      code: 'link.badParameters',
      reason: expect.stringContaining(told),
    })
  })

  it('[DST-2] that make an address too long are refused', async () => {
    const desk = await kiosk()
    const parameters = { order: 'x'.repeat(1_000), pin: 'y'.repeat(900) }
    expect((await desk.refusal({ parameters })).code).toBe('link.tooLong')
    expect((await desk.links.list()).items).toEqual([])
  })

  it('that are sensitive are warned of, and start the flow', async () => {
    const desk = await kiosk()
    const { warnings, url } = await desk.make({ parameters: '&order=1&pin=1234' })
    expect(warnings.map(({ code, message }) => [code, message.includes('pin')])).toEqual([
      ['link.sensitive', true],
    ])
    expect((await desk.links.resolve(url)).ok).toBe(true)
    expect(await desk.everythingStored()).not.toContain('1234')
  })

  it('are what the next release declares', async () => {
    const desk = await kiosk()
    const { url } = await desk.make()
    await desk.bureau.release(survey('survey', { data: [{ name: 'ticket', type: 'text' }] }))
    await desk.approve('survey', 'v2')
    expect((await desk.denied(url)).logged).toMatchObject({ code: 'link.unknownParameters' })
  })
})

describe('protection', () => {
  it('[DST-3] is what the flow says unless a link says otherwise', async () => {
    const desk = await kiosk()
    expect((await desk.make()).isProtected).toBe(true)
    expect((await desk.make({ protect: false })).isProtected).toBe(false)
    await desk.bureau.send({ type: 'setDistribution', flow: 'survey', applications: ['web'], protect: false })
    expect((await desk.make()).isProtected).toBe(false)
    expect((await desk.make({ protect: true })).isProtected).toBe(true)
  })

  it('[DST-3] is on where nobody has said anything', async () => {
    const bureau = await Bureau.open()
    const spoken = survey('survey', { trigger: 'link' })
    await bureau.define('application', WEB)
    await bureau.release(spoken)
    await bureau.send({ type: 'setDistribution', flow: 'survey', applications: ['web'], protect: true })
    const desk = new Kiosk(bureau)
    await desk.approve('survey')
    expect(new URL((await desk.make()).url).searchParams.get('_token')).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  })

  it('[DST-3] is a signed token that names its key, and not the secret', async () => {
    const desk = await kiosk()
    const { url } = await desk.make()
    const token = new URL(url).searchParams.get('_token')!
    const [header, claims] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString())
    expect(JSON.parse(header!)).toEqual({ alg: 'HS256', typ: 'sluice-link+jwt', kid: 'web.1' })
    expect(JSON.parse(claims!)).toMatchObject({ iss: 'acme', aud: 'web', sub: 'survey' })
    expect(claims).not.toContain('4711')
  })

  it('[DST-3] that is off goes past what the application asks for, and the result warns', async () => {
    const desk = await kiosk()
    await desk.rules({ lifetimeMs: 1_000, maxInvocations: 1, fixedParameters: true })
    const { url, warnings, expiresAt } = await desk.make({ protect: false })
    expect(url).not.toContain('_token')
    expect(expiresAt).toBeUndefined()
    expect(warnings.map(({ code }) => code)).toEqual(['link.unprotected'])
    expect((await desk.make()).warnings).toEqual([])
    desk.bureau.clock.advance(10_000)
    const other = url.replace('4711', '4712')
    for (const each of [url, url, other]) expect((await desk.links.resolve(each)).ok).toBe(true)
  })

  it('[DST-3] that is off still lets nothing in that the flow does not declare', async () => {
    const desk = await kiosk()
    const { url } = await desk.make({ protect: false })
    expect((await desk.denied(`${url}&amount=many`)).logged).toMatchObject({ code: 'link.badParameters' })
    expect((await desk.denied(`${url}&x=1`)).logged).toMatchObject({ code: 'link.unknownParameters' })
  })
})

describe('another key', () => {
  it.each([
    ['a protected link', {}],
    ['an unprotected link', { protect: false }],
    ['a shortened link', { shorten: true }],
    ['an unprotected link that is shortened', { protect: false, shorten: true }],
    ['an embedded link', { embed: true }],
  ])('[DST-4] disables %s for good', async (_what, request) => {
    const desk = await kiosk()
    await desk.rules({ embedding: ['https://shop.example'] })
    const { url, shortUrl } = await desk.make(request)
    const all = [url, ...(shortUrl === undefined ? [] : [shortUrl])]
    for (const each of all) expect((await desk.links.resolve(each)).ok).toBe(true)
    for (let time = 0; time < 3; time++) {
      await desk.bureau.send({ type: 'regenerateKey', application: 'web' })
      for (const each of all) {
        const { told, logged } = await desk.denied(each)
        expect(told).toEqual(UNAVAILABLE)
        expect(['link.keyRegenerated', 'link.badToken']).toContain(logged?.code)
      }
    }
    const fresh = await desk.make(request)
    expect((await desk.links.resolve(fresh.url)).ok).toBe(true)
  })

  it('[DST-4] leaves the links of other applications alone', async () => {
    const desk = await kiosk()
    await desk.bureau.define('application', { id: 'kiosk', name: 'Kiosk', channel: 'web' })
    await desk.bureau.send({
      type: 'setDistribution',
      flow: 'survey',
      applications: ['web', 'kiosk'],
      protect: true,
    })
    const { url } = await desk.make({ application: 'kiosk' })
    await desk.bureau.send({ type: 'regenerateKey', application: 'web' })
    expect((await desk.links.resolve(url)).ok).toBe(true)
  })

  it('[DST-4] is told by lists', async () => {
    const desk = await kiosk()
    await desk.make()
    await desk.bureau.send({ type: 'regenerateKey', application: 'web' })
    await desk.make({ shorten: true })
    const { items } = await desk.links.list()
    expect(items.map(({ isShortened, refusal }) => [isShortened, refusal?.code])).toEqual(
      expect.arrayContaining([
        [true, undefined],
        [false, 'link.keyRegenerated'],
      ]),
    )
    expect(JSON.stringify(items)).not.toContain('4711')
  })

  it('of the host is taken up without an end to older links, until it is dropped', async () => {
    const desk = await kiosk()
    const { url } = await desk.make()
    const next = 'another secret of the host, which is longer'
    expect((await desk.linksWith({ secret: [next, SECRET] }).resolve(url)).ok).toBe(true)
    expect((await desk.linksWith({ secret: next }).resolve(url)).ok).toBe(false)
    const made = await desk
      .linksWith({ secret: [next, SECRET] })
      .make({ flow: 'survey', application: 'web', parameters: '&order=1' }, { by: 'ada' })
    if (!made.ok) throw new Error(made.reason)
    expect((await desk.linksWith({ secret: next }).resolve(made.url)).ok).toBe(true)
    expect((await desk.linksWith({ secret: SECRET }).resolve(made.url)).ok).toBe(false)
  })
})

describe('a short link', () => {
  it('[DST-5] resolves to the link that it stands for', async () => {
    const desk = await kiosk()
    const { url, shortUrl } = await desk.make({ shorten: true, parameters: '&order=4711&amount=2' })
    const [long, short] = [await desk.links.resolve(url), await desk.links.resolve(shortUrl!)]
    expect(short).toEqual(long)
    expect(long).toMatchObject({ ok: true, trigger: { data: { order: '4711', amount: 2 } } })
  })

  it('[DST-5] is made where it is asked for', async () => {
    const desk = await kiosk()
    expect(await desk.make()).not.toHaveProperty('shortUrl')
  })

  it('[DST-5] shows neither path, parameters nor token', async () => {
    const desk = await kiosk()
    const { id, url, shortUrl } = await desk.make({ shorten: true })
    expect(shortUrl).toMatch(/^https:\/\/go\.example\/s\/[2-9a-zA-Z]{14}$/)
    const code = shortUrl!.split('/').at(-1)!
    for (const shown of ['survey', '4711', 'web', id]) expect(shortUrl).not.toContain(shown)
    expect(url).not.toContain(code)
  })

  it('[DST-5] cannot be guessed from others or read out of the store', async () => {
    const desk = await kiosk()
    const codes = new Set<string>()
    for (let n = 0; n < 200; n++) codes.add((await desk.make({ shorten: true })).shortUrl!.split('/').at(-1)!)
    expect(codes.size).toBe(200)
    const stored = await desk.everythingStored()
    for (const code of codes) expect(stored).not.toContain(code)
    // Characters are spread evenly: no place of a code says more than another.
    const places = Array.from({ length: 14 }, (_, n) => new Set([...codes].map((code) => code[n])).size)
    expect(Math.min(...places)).toBeGreaterThan(40)
  })

  it('[DST-5] gets another code where the first one is taken', async () => {
    const drawn = ['aaaaaaaaaaaaaa', 'aaaaaaaaaaaaaa', 'aaaaaaaaaaaaaa', 'bbbbbbbbbbbbbb']
    const desk = await kiosk({ codes: { next: () => drawn.shift() ?? 'aaaaaaaaaaaaaa' } })
    expect((await desk.make({ shorten: true })).shortUrl).toBe(`${BASE}s/aaaaaaaaaaaaaa`)
    expect((await desk.make({ shorten: true })).shortUrl).toBe(`${BASE}s/bbbbbbbbbbbbbb`)
    expect((await desk.refusal({ shorten: true })).code).toBe('link.codesTaken')
    expect((await desk.links.list()).items).toHaveLength(2)
  })

  it('[DST-5] carries nothing more', async () => {
    const desk = await kiosk()
    const { shortUrl } = await desk.make({ shorten: true })
    for (const more of ['?order=1', '?_token=x', '/x', '//', 'x'])
      expect((await desk.denied(`${shortUrl}${more}`)).told).toEqual(UNAVAILABLE)
  })

  it('keeps to the rules of the application', async () => {
    const desk = await kiosk()
    await desk.rules({ maxInvocations: 2, lifetimeMs: 60_000 })
    const { shortUrl, url } = await desk.make({ shorten: true })
    expect((await desk.links.resolve(shortUrl!)).ok).toBe(true)
    expect((await desk.links.resolve(url)).ok).toBe(true)
    expect((await desk.denied(shortUrl!)).logged).toMatchObject({ code: 'link.spent' })
  })
})

describe('embed code', () => {
  it('[DST-6] is made where the application allows it, and not elsewhere', async () => {
    const desk = await kiosk()
    expect(await desk.refusal({ embed: true })).toMatchObject({
      code: 'link.notEmbedded',
      details: { application: 'web' },
    })
    expect((await desk.links.list()).items).toEqual([])
    await desk.rules({ embedding: ['https://shop.example', 'https://www.shop.example:8443'] })
    const { embed, url } = await desk.make({ embed: true })
    expect(embed!.iframe).toContain(`src="${url.replaceAll('&', '&amp;')}"`)
    expect(embed!.script).toContain(`src="${BASE}embed.js"`)
    expect(embed!.frameAncestors).toBe('frame-ancestors https://shop.example https://www.shop.example:8443')
    expect(await desk.links.peek(url)).toMatchObject({ frameAncestors: embed!.frameAncestors })
    expect(await desk.make()).not.toHaveProperty('embed')
  })

  it('[DST-6] is escaped for where it stands', async () => {
    const name = '"><script>alert(1)</script>\' onload=x \u0000'
    const desk = await kiosk({}, survey('survey', {}, { name }))
    await desk.rules({ embedding: ['https://shop.example'] })
    const order = '"><img src=x onerror=alert(1)>&amp;</iframe>'
    const { embed } = await desk.make({ embed: true, parameters: { order } })
    for (const code of [embed!.iframe, embed!.script]) {
      expect(code).not.toContain('<script>alert')
      expect(code).not.toContain('<img')
      expect(code.match(/<\/?\w+/g)).toHaveLength(2)
      // Quotes pair up: every attribute ends where it was meant to.
      expect(code.match(/"/g)!.length % 2).toBe(0)
    }
  })
})

describe('bounds of an application', () => {
  it('[DST-7] end a link after its lifetime, and the violation is reported', async () => {
    const desk = await kiosk()
    await desk.rules({ lifetimeMs: 60_000 })
    const { url, expiresAt, id } = await desk.make()
    expect(expiresAt).toBe(desk.bureau.clock.now() + 60_000)
    desk.bureau.clock.advance(59_999)
    expect((await desk.links.resolve(url)).ok).toBe(true)
    desk.bureau.clock.advance(1)
    const { told, logged } = await desk.denied(url)
    expect(told).toEqual(UNAVAILABLE)
    expect(logged).toEqual({
      at: desk.bureau.clock.now(),
      code: 'link.expired',
      reason: `It could be opened until ${new Date(expiresAt!).toISOString()}.`,
      link: id,
      flow: 'survey',
      application: 'web',
    })
    expect((await desk.links.list()).items[0]!.refusal?.code).toBe('link.expired')
  })

  it('[DST-7] let a link end earlier, and no later', async () => {
    const desk = await kiosk()
    await desk.rules({ lifetimeMs: 60_000 })
    const now = desk.bureau.clock.now()
    expect((await desk.make({ expiresAt: now + 10 })).expiresAt).toBe(now + 10)
    for (const expiresAt of [now + 60_001, now, now - 1, Number.NaN, Number.POSITIVE_INFINITY, 9e15])
      expect((await desk.refusal({ expiresAt })).code).toBe('link.badExpiry')
    expect((await desk.make({ expiresAt: now + 90_000, protect: false })).expiresAt).toBe(now + 90_000)
  })

  it('[DST-7] count invocations, and not looks', async () => {
    const desk = await kiosk()
    await desk.rules({ maxInvocations: 2 })
    const { url } = await desk.make()
    for (let look = 0; look < 5; look++) expect((await desk.links.peek(url)).ok).toBe(true)
    expect((await desk.links.resolve(url)).ok).toBe(true)
    expect((await desk.links.resolve(url)).ok).toBe(true)
    expect((await desk.denied(url)).logged).toMatchObject({
      code: 'link.spent',
      reason: 'It has been used as often as the application web lets: 2.',
    })
    // Each link has its own.
    expect((await desk.links.resolve((await desk.make()).url)).ok).toBe(true)
  })

  it('[DST-7] tell whoever looks that nothing is left, too', async () => {
    const desk = await kiosk()
    await desk.rules({ maxInvocations: 1 })
    const { url } = await desk.make()
    await desk.links.resolve(url)
    expect(await desk.links.peek(url)).toEqual(UNAVAILABLE)
    expect(desk.refused.at(-1)?.code).toBe('link.spent')
  })

  it('[DST-7] count once what is sent twice, and give the same trigger for it', async () => {
    const desk = await kiosk()
    await desk.rules({ maxInvocations: 2 })
    const { url } = await desk.make()
    const open = (once?: string) => desk.links.resolve(url, once === undefined ? {} : { once })
    const again = await Promise.all(Array.from({ length: 10 }, () => open('form-0001')))
    for (const each of again) expect(each).toEqual(again[0])
    expect(again[0]).toMatchObject({ ok: true, trigger: { id: expect.stringContaining('form-0001') } })
    expect((await open('form-0002')).ok).toBe(true)
    expect((await open('form-0003')).ok).toBe(false)
    // What was counted stays open to whoever sends it again, and what was not stays shut.
    expect((await open('form-0001')).ok).toBe(true)
    expect((await open('form-0003')).ok).toBe(false)
    expect((await open()).ok).toBe(false)
    const { host } = desk.bureau
    const started = await Promise.all(
      again.map((each) => host.trigger(each.ok ? each.trigger : (null as never))),
    )
    expect(new Set(started.map((each) => each.ok && each.session)).size).toBe(1)
  })

  it('name one time by what can stand in a key', async () => {
    const desk = await kiosk()
    const { url } = await desk.make()
    for (const once of ['', 'short', 'x'.repeat(65), 'with/slash', 'a\0bcdefghij'])
      expect(await desk.links.resolve(url, { once })).toEqual(UNAVAILABLE)
    expect((await desk.links.resolve(url, { once: 'eight-88' })).ok).toBe(true)
  })

  it('[DST-7] let no more in where many come at the same time', async () => {
    const desk = await kiosk()
    await desk.rules({ maxInvocations: 7 })
    const { url } = await desk.make()
    const answers = await Promise.all(Array.from({ length: 40 }, () => desk.links.resolve(url)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(7)
  })

  it('[DST-7] count each invocation once: what is sent to the host again starts nothing twice', async () => {
    const desk = await kiosk()
    await desk.rules({ maxInvocations: 2 })
    const { url } = await desk.make()
    const [first, second] = [await desk.links.resolve(url), await desk.links.resolve(url)]
    if (!first.ok || !second.ok) throw new Error('It is not accepted')
    const { host } = desk.bureau
    const started = await host.trigger(first.trigger)
    if (!started.ok) throw new Error(started.reason)
    expect(await host.trigger(first.trigger)).toEqual({ ok: true, session: started.session, duplicate: true })
    expect(await host.trigger(second.trigger)).toMatchObject({ duplicate: false })
    expect((await host.sessions.list()).items).toHaveLength(2)
  })

  it('[DST-7] count nothing for a link that is not accepted', async () => {
    const desk = await kiosk()
    await desk.rules({ maxInvocations: 1 })
    const { url } = await desk.make()
    for (let time = 0; time < 5; time++) await desk.denied(url.replace('4711', '4712'))
    expect((await desk.links.resolve(url)).ok).toBe(true)
  })

  it('[DST-7] keep parameters as they were sent, and the violation is reported', async () => {
    const desk = await kiosk()
    const { url } = await desk.make()
    for (const changed of [url.replace('4711', '4712'), `${url}&amount=1`, url.replace('order=4711&', '')])
      expect(await desk.denied(changed)).toMatchObject({
        told: UNAVAILABLE,
        logged: { code: 'link.changed', application: 'web' },
      })
  })

  it('[DST-7] let parameters change where the application says so, to what the flow declares', async () => {
    const desk = await kiosk()
    await desk.rules({ fixedParameters: false })
    const { url } = await desk.make()
    expect(await desk.links.resolve(url.replace('4711', '4712'))).toMatchObject({
      trigger: { data: { order: '4712' } },
    })
    expect((await desk.denied(url.replace('order=4711&', ''))).logged).toMatchObject({
      code: 'link.missingParameters',
    })
  })
})

describe('what is not accepted', () => {
  it('is told in one way outside, and precisely in the log', async () => {
    const desk = await kiosk()
    await desk.rules({ maxInvocations: 1, lifetimeMs: 60_000 })
    const spent = (await desk.make()).url
    await desk.links.resolve(spent)
    const { url } = await desk.make()
    const other = (await desk.make({ parameters: '&order=1' })).url
    const token = (of: string) => new URL(of).searchParams.get('_token')!
    const foreign = await kiosk({ secret: 'the secret of another host, just as long' })
    const [header, claims, signature] = token(url).split('.') as [string, string, string]
    const unsigned = `${Buffer.from('{"alg":"none","typ":"sluice-link+jwt"}').toString('base64url')}.${claims}.`
    const cases: readonly (readonly [string, string])[] = [
      ['', 'link.malformed'],
      ['nonsense', 'link.malformed'],
      ['javascript:alert(1)', 'link.malformed'],
      [url.replace('go.example', 'evil.example'), 'link.malformed'],
      [url.replace('https://', 'https://user:pass@'), 'link.malformed'],
      [`${url}&_token=x`, 'link.malformed'],
      [url.slice(0, BASE.length + 8), 'link.malformed'],
      [`${BASE}l/unknown-link?order=4711`, 'link.unknown'],
      [`${BASE}s/unknowncode`, 'link.unknown'],
      [(await foreign.make()).url, 'link.unknown'],
      [url.replace(token(url), ''), 'link.badToken'],
      [url.replace(`&_token=${token(url)}`, ''), 'link.badToken'],
      [url.slice(0, -1), 'link.badToken'],
      [url.replace(token(url), token(other)), 'link.badToken'],
      [url.replace(token(url), unsigned), 'link.badToken'],
      [url.replace(token(url), `${header}.${claims}`), 'link.badToken'],
      [url.replace(token(url), `${header}.${claims}.${signature}.${signature}`), 'link.badToken'],
      [url.replace('4711', '4712'), 'link.changed'],
      [spent, 'link.spent'],
    ]
    for (const [each, code] of cases) {
      const { told, logged } = await desk.denied(each)
      expect(told).toEqual(UNAVAILABLE)
      expect([each, logged?.code]).toEqual([each, code])
      expect(JSON.stringify(logged)).not.toContain('4711')
      expect(JSON.stringify(logged)).not.toContain(signature)
    }
    desk.bureau.clock.advance(60_000)
    expect((await desk.denied(url)).logged?.code).toBe('link.expired')
  })

  it('has one spelling of a signature', async () => {
    const desk = await kiosk()
    const { url } = await desk.make()
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const accepted: string[] = []
    for (const last of alphabet)
      if ((await desk.links.peek(`${url.slice(0, -1)}${last}`)).ok) accepted.push(last)
    expect(accepted).toEqual([url.at(-1)])
  })

  it('is not accepted by another workspace with the same secret', async () => {
    const one = await kiosk()
    const two = await kiosk()
    const { url, id } = await one.make()
    const stored = (await one.bureau.store.links.read('acme', id))!
    // Even where somebody copies the record over.
    const elsewhere = await Bureau.open({}, undefined, 'globex')
    await elsewhere.define('application', WEB)
    await elsewhere.release(survey())
    await elsewhere.send({ type: 'setDistribution', flow: 'survey', applications: ['web'], protect: true })
    const three = new Kiosk(elsewhere)
    await three.approve('survey')
    await elsewhere.store.links.add('globex', stored)
    expect((await three.denied(url)).logged?.code).toBe('link.badToken')
    expect((await two.denied(url)).logged?.code).toBe('link.unknown')
  })

  it('does not matter to a log that fails', async () => {
    const desk = await kiosk({
      onRefused() {
        throw new Error('The disk is full')
      },
    })
    expect(await desk.links.resolve('nonsense')).toEqual(UNAVAILABLE)
  })

  it('cannot be changed by whoever gets the answer', async () => {
    const desk = await kiosk()
    const { told } = await desk.denied('nonsense')
    expect(Object.isFrozen(told)).toBe(true)
  })
})

describe('links', () => {
  it.each(['', 'short', 'x'.repeat(31)])('need a secret that is long enough: %j is not', async (secret) => {
    const desk = await kiosk()
    expect(() => desk.linksWith({ secret })).toThrow(expect.objectContaining({ code: 'sharing.secret' }))
    expect(() => desk.linksWith({ secret: [SECRET, secret] })).toThrow(
      expect.objectContaining({ code: 'sharing.secret' }),
    )
    expect(() => desk.linksWith({ secret: [] })).toThrow(expect.objectContaining({ code: 'sharing.secret' }))
  })

  it.each([
    '',
    'go.example',
    'ftp://go.example/',
    'javascript:alert(1)',
    'https://go.example/?x=1',
    'https://a@go.example/',
  ])('need an address that they begin with: %j is none', async (url) => {
    const desk = await kiosk()
    expect(() => desk.linksWith({ url })).toThrow(expect.objectContaining({ code: 'sharing.url' }))
  })

  it('lie below a path, with or without a slash at its end', async () => {
    const desk = await kiosk()
    for (const url of ['https://go.example/flows', 'https://go.example/flows/']) {
      const links = desk.linksWith({ url })
      const made = await links.make(
        { flow: 'survey', application: 'web', parameters: '&order=1', shorten: true },
        { by: 'ada' },
      )
      if (!made.ok) throw new Error(made.reason)
      expect(made.url).toMatch(/^https:\/\/go\.example\/flows\/l\//)
      expect((await links.resolve(made.shortUrl!)).ok).toBe(true)
      expect((await links.resolve(made.url.replace('/flows', ''))).ok).toBe(false)
    }
  })

  it('tell what their flow declares', async () => {
    const desk = await kiosk()
    expect((await desk.links.inputs('survey')).map(({ name }) => name)).toContain('order')
    expect(await desk.links.inputs('nowhere')).toEqual([])
  })

  it('keep no secret, token or parameter in stores', async () => {
    const desk = await kiosk()
    const { url } = await desk.make({ parameters: '&order=order-4711' })
    const stored = await desk.everythingStored()
    for (const secret of [SECRET, new URL(url).searchParams.get('_token')!, 'order-4711'])
      expect(stored).not.toContain(secret)
  })

  it('are listed page by page', async () => {
    const desk = await kiosk()
    for (let n = 0; n < 5; n++) {
      await desk.make()
      desk.bureau.clock.advance(1)
    }
    const first = await desk.links.list({ limit: 3 })
    const second = await desk.links.list({ limit: 3, after: first.next! })
    expect(first.items.map(({ at }) => at)).toEqual(
      [...first.items.map(({ at }) => at)].sort((a, b) => b - a),
    )
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(5)
    expect(second.next).toBeUndefined()
  })

  it('[DST-1] are made by the function that the package exports', () => {
    expect(createLinks).toBeTypeOf('function')
  })
})

type OpenKiosk = Kiosk & { readonly make: Kiosk['make'] }

async function kiosk(...given: Parameters<typeof Kiosk.open>): Promise<OpenKiosk> {
  const opened = await Kiosk.open(...given)
  opened.make = opened.make.bind(opened)
  return opened
}
