import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signWebhook, verifyWebhook, type WebhookToVerify } from '../../../src/adapters/http/index.ts'

const SECRET = 'whsec_c2x1aWNlLXRlc3RzLXNpZ24td2l0aC10aGlz'
const OTHER = 'another secret that is long enough'
const NOW = 1_700_000_000_000
const BODY = '{"from":"+49151","text":"grüße"}'
const signed = signWebhook({ secret: SECRET, id: 'msg_1', now: NOW, body: BODY })

/** What comes of a request that is signed well, but for some changes. */
const verify = (change: Partial<WebhookToVerify> = {}) =>
  verifyWebhook({ secret: SECRET, headers: { ...signed }, body: BODY, now: NOW, ...change })
const codeOf = (change: Partial<WebhookToVerify>) => {
  const verdict = verify(change)
  return verdict.ok ? 'ok' : verdict.code
}
const withHeader = (name: string, value: string | string[] | undefined) => ({
  headers: { ...signed, [name]: value },
})

describe('a signature', () => {
  it('is what Standard Webhooks says it is', () => {
    const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64')
    const mac = createHmac('sha256', key).update(`msg_1.1700000000.${BODY}`).digest('base64')
    expect(signed).toEqual({
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1700000000',
      'webhook-signature': `v1,${mac}`,
    })
    expect(verify()).toEqual({ ok: true, id: 'msg_1' })
  })

  it('is the same over a text and over its bytes', () => {
    expect(codeOf({ body: new TextEncoder().encode(BODY) })).toBe('ok')
  })

  it('takes a secret that is no base64 as it stands', () => {
    const mac = createHmac('sha256', OTHER).update(`a.1700000000.${BODY}`).digest('base64')
    expect(signWebhook({ secret: OTHER, id: 'a', now: NOW, body: BODY })['webhook-signature']).toBe(
      `v1,${mac}`,
    )
  })

  it.each<[string, Partial<WebhookToVerify>, string]>([
    ['another body', { body: `${BODY} ` }, 'webhook.badSignature'],
    ['an empty body', { body: '' }, 'webhook.badSignature'],
    ['another id', withHeader('webhook-id', 'msg_2'), 'webhook.badSignature'],
    ['no id', withHeader('webhook-id', undefined), 'webhook.unsigned'],
    ['an empty id', withHeader('webhook-id', ''), 'webhook.unsigned'],
    ['two ids', withHeader('webhook-id', ['msg_1', 'msg_1']), 'webhook.unsigned'],
    ['an id with a full stop', withHeader('webhook-id', 'msg.1'), 'webhook.unsigned'],
    ['an id with a space', withHeader('webhook-id', 'msg_1 '), 'webhook.unsigned'],
    ['a long id', withHeader('webhook-id', 'a'.repeat(257)), 'webhook.unsigned'],
    ['another instant', withHeader('webhook-timestamp', '1700000001'), 'webhook.badSignature'],
    ['no instant', withHeader('webhook-timestamp', undefined), 'webhook.unsigned'],
    ['a word for an instant', withHeader('webhook-timestamp', 'now'), 'webhook.unsigned'],
    ['an instant with a zero before it', withHeader('webhook-timestamp', '01700000000'), 'webhook.unsigned'],
    ['an instant with a fraction', withHeader('webhook-timestamp', '1700000000.5'), 'webhook.unsigned'],
    ['an instant below zero', withHeader('webhook-timestamp', '-1'), 'webhook.unsigned'],
    ['milliseconds', withHeader('webhook-timestamp', String(NOW)), 'webhook.unsigned'],
    ['no signature', withHeader('webhook-signature', undefined), 'webhook.unsigned'],
    ['an empty signature', withHeader('webhook-signature', ''), 'webhook.badSignature'],
    ['a version alone', withHeader('webhook-signature', 'v1,'), 'webhook.badSignature'],
    [
      'another version',
      withHeader('webhook-signature', signed['webhook-signature'].replace('v1', 'v2')),
      'webhook.badSignature',
    ],
    [
      'no version',
      withHeader('webhook-signature', signed['webhook-signature'].slice(3)),
      'webhook.badSignature',
    ],
    [
      'part of it',
      withHeader('webhook-signature', signed['webhook-signature'].slice(0, 12)),
      'webhook.badSignature',
    ],
    [
      'no padding',
      withHeader('webhook-signature', signed['webhook-signature'].slice(0, -1)),
      'webhook.badSignature',
    ],
    [
      'more signatures than anybody needs',
      withHeader('webhook-signature', `${'v1,x '.repeat(300)}`),
      'webhook.unsigned',
    ],
    ['another secret', { secret: OTHER }, 'webhook.badSignature'],
  ])('with %s is refused', (_, change, code) => {
    expect(codeOf(change)).toBe(code)
  })

  it('is found among several, whatever the others are', () => {
    const several = `v1,AAAA v1a,BBBB ${signed['webhook-signature']} v2,CCCC`
    expect(codeOf(withHeader('webhook-signature', several))).toBe('ok')
  })

  it('outlives the change of a secret from either side', () => {
    expect(codeOf({ secret: [OTHER, SECRET] })).toBe('ok')
    const both = signWebhook({ secret: [OTHER, SECRET], id: 'msg_1', now: NOW, body: BODY })
    expect(both['webhook-signature'].split(' ')).toHaveLength(2)
    expect(codeOf({ headers: { ...both } })).toBe('ok')
    expect(codeOf({ headers: { ...both }, secret: OTHER })).toBe('ok')
  })

  it.each([
    [300_000, 'ok'],
    [300_001, 'webhook.tooOld'],
    [-300_000, 'ok'],
    [-300_001, 'webhook.tooNew'],
    [Number.NaN, 'webhook.tooNew'],
  ])('that is %d ms old: %s', (ageMs, code) => {
    expect(codeOf({ now: NOW + ageMs })).toBe(code)
  })

  it('holds for as long as the window says', () => {
    expect(codeOf({ now: NOW + 1_001, windowMs: 1_000 })).toBe('webhook.tooOld')
    expect(codeOf({ now: NOW + 600_000, windowMs: 600_000 })).toBe('ok')
  })

  it('may come again within the window, for that is how senders try again', () => {
    expect(verify({ now: NOW + 1_000 })).toEqual(verify({ now: NOW + 2_000 }))
  })

  it.each([[''], ['short'], ['whsec_'], ['whsec_c2hvcnQ='], ['whsec_ü no base64 at all, but long'], [[]]])(
    'with the secret %j is made by nobody, and the error does not tell it',
    (secret) => {
      const sign = () => signWebhook({ secret, id: 'a', now: NOW, body: '' })
      expect(sign).toThrow(/\[webhook\.secret\]/)
      if (typeof secret === 'string' && secret.length > 6) expect(sign).not.toThrow(secret.slice(6))
      expect(() => verify({ secret })).toThrow(/\[webhook\.secret\]/)
    },
  )

  it.each([[undefined], [[undefined]], [5]])('with %j in place of a secret is made by nobody', (secret) => {
    const sign = () => signWebhook({ secret: secret as never, id: 'a', now: NOW, body: '' })
    expect(sign).toThrow(/\[webhook\.secret\]/)
  })

  it.each([[''], ['a.b'], ['a b'], ['ü'], ['a'.repeat(257)]])('over the id %j is made by nobody', (id) => {
    expect(() => signWebhook({ secret: SECRET, id, now: NOW, body: '' })).toThrow(/\[webhook\.id\]/)
  })

  it('fits nothing but what was signed', () => {
    const headers = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const
    const at = fc.nat(400)
    const place = fc.record({
      what: fc.constantFrom(...headers, 'body'),
      at,
      octet: fc.integer({ min: 1, max: 255 }),
    })
    fc.assert(
      fc.property(place, fc.constantFrom('flip', 'insert', 'drop'), ({ what, at, octet }, how) => {
        const parts: Record<string, Buffer> = { body: Buffer.from(BODY) }
        for (const name of headers) parts[name] = Buffer.from(signed[name], 'latin1')
        const before = parts[what]!
        const i = at % before.length
        const [head, tail] = [before.subarray(0, i), before.subarray(how === 'insert' ? i : i + 1)]
        const middle = how === 'drop' ? [] : [how === 'flip' ? before[i]! ^ octet : octet]
        parts[what] = Buffer.concat([head, Buffer.from(middle), tail])
        const { body, ...rest } = parts
        const text = Object.fromEntries(
          Object.entries(rest).map(([name, value]) => [name, value.toString('latin1')]),
        )
        // A second signature beside one that fits is what rotation looks like: a space may stand around it.
        const spaced =
          text['webhook-signature']!.trim() === signed['webhook-signature'] && what === 'webhook-signature'
        if (!spaced) expect(verify({ headers: text, body: body! }).ok).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  it('cannot be moved along the full stops between its parts', () => {
    const inner = signWebhook({ secret: SECRET, id: 'a', now: NOW, body: '5.{"text":"x"}' })
    const headers = { ...inner, 'webhook-id': `a.${inner['webhook-timestamp']}`, 'webhook-timestamp': '5' }
    expect(verify({ headers, body: '{"text":"x"}', now: 5_000 }).ok).toBe(false)
  })
})
