import { describe, expect, it } from 'vitest'
import { httpChannel, signWebhook } from '../../../src/adapters/http/index.ts'

const SECRET = 'whsec_c2x1aWNlLXRlc3RzLXNpZ24td2l0aC10aGlz'
const NOW = 1_700_000_000_000
const sms = httpChannel({ name: 'sms', url: 'https://gateway.example.com/sluice', secret: SECRET })

/** What the channel reads from a request that is signed. */
function read(body: string | Uint8Array, { id = 'msg_1', channel = sms } = {}) {
  const headers = { ...signWebhook({ secret: SECRET, id, now: NOW, body }) }
  return channel.webhook!({ method: 'POST', url: '/hook', headers, body }, { now: NOW })
}
const readJson = (value: unknown) => read(JSON.stringify(value))

describe('a webhook', () => {
  it('brings one thing, or a list', async () => {
    const hello = { from: '+49151', to: '4711', text: 'hello' }
    expect(await readJson(hello)).toEqual({
      ok: true,
      inbound: [{ ...hello, channel: 'sms', id: 'msg_1:0' }],
    })
    expect(await readJson([hello, { ...hello, id: 'own' }])).toEqual({
      ok: true,
      inbound: [
        { ...hello, channel: 'sms', id: 'msg_1:0' },
        { ...hello, channel: 'sms', id: 'own' },
      ],
    })
    expect(await readJson([])).toEqual({ ok: true, inbound: [] })
  })

  it('brings every member that there is', async () => {
    const all = {
      channel: 'sms',
      from: '+49151',
      to: '4711',
      id: 'own',
      text: '',
      digits: '1*#A',
      button: { waitId: 's:1', value: 'yes' },
      signal: 'hangup',
      result: { waitId: 's:2', status: 200, body: { deep: [null, true] }, error: 'no' },
      data: { campaign: { id: 7 } },
    }
    expect(await readJson(all)).toEqual({ ok: true, inbound: [all] })
  })

  it('gives the same ids when it comes again', async () => {
    expect(await readJson([{ text: 'a' }, { text: 'b' }])).toEqual(
      await readJson([{ text: 'a' }, { text: 'b' }]),
    )
  })

  it('takes 100 at once, and no more', async () => {
    expect(await readJson(Array(100).fill({ text: 'a' }))).toMatchObject({ ok: true })
    expect(await readJson(Array(101).fill({ text: 'a' }))).toMatchObject({
      ok: false,
      status: 400,
      code: 'webhook.tooMany',
    })
  })

  it.each([
    ['another method', { method: 'GET' }, 405, 'webhook.method'],
    ['no signature', { headers: {} }, 401, 'webhook.unsigned'],
    ['another body', { body: '{}' }, 401, 'webhook.badSignature'],
  ])('with %s is refused', async (_, change, status, code) => {
    const body = '{"text":"a"}'
    const headers = { ...signWebhook({ secret: SECRET, id: 'a', now: NOW, body }) }
    const request = { method: 'POST', url: '/', headers, body, ...change }
    expect(await sms.webhook!(request, { now: NOW })).toMatchObject({ ok: false, status, code })
  })

  it('is refused when it is replayed outside of the window, at either end', async () => {
    const narrow = httpChannel({ name: 'sms', url: 'https://x.example', secret: SECRET, windowMs: 10_000 })
    const body = '{"text":"a"}'
    const headers = { ...signWebhook({ secret: SECRET, id: 'a', now: NOW, body }) }
    const at = async (now: number) => {
      const reading = await narrow.webhook!({ method: 'POST', url: '/', headers, body }, { now })
      return reading.ok ? 'ok' : reading.code
    }
    expect(await Promise.all([-10_001, -10_000, 10_000, 10_001].map((ms) => at(NOW + ms)))).toEqual([
      'webhook.tooNew',
      'ok',
      'ok',
      'webhook.tooOld',
    ])
  })

  it('is refused beyond its size, before anything else of it is looked at', async () => {
    const small = httpChannel({ name: 'sms', url: 'https://x.example', secret: SECRET, maxWebhookBytes: 12 })
    expect(await read('{"text":"a"}', { channel: small })).toMatchObject({ ok: true })
    for (const body of ['{"text":"ab"}', '{"text":"ü"}', new TextEncoder().encode('{"text":"ü"}')])
      expect(await read(body, { channel: small })).toMatchObject({ status: 413, code: 'webhook.tooLarge' })
    const large = `"${'x'.repeat(1_048_576)}"`
    expect(await read(large)).toMatchObject({ status: 413, code: 'webhook.tooLarge' })
  })

  it.each([[''], ['{'], ['text=hello'], ["{'text': 1}"]])('with the body %j is no JSON', async (body) => {
    expect(await read(body)).toMatchObject({ ok: false, status: 400, code: 'webhook.notJson' })
  })

  it('that is no UTF-8 is not guessed at', async () => {
    expect(await read(Uint8Array.from([0x22, 0xff, 0x22]))).toMatchObject({ code: 'webhook.notJson' })
  })

  it.each([
    ['null'],
    ['"hello"'],
    ['[[]]'],
    ['{"txt":"hello"}'],
    ['{"text":1}'],
    ['{"to":""}'],
    ['{"id":"a\\nb"}'],
    [`{"from":"${'1'.repeat(257)}"}`],
    [`{"text":"${'x'.repeat(32_769)}"}`],
    [`{"data":{"a":"${'x'.repeat(65_537)}"}}`],
    ['{"digits":"1x"}'],
    ['{"digits":""}'],
    ['{"button":{"value":"1"}}'],
    ['{"button":{"waitId":"s:1","value":"1","more":1}}'],
    ['{"result":{"status":200}}'],
    ['{"result":{"waitId":"s:1","status":"200"}}'],
    ['{"data":[]}'],
    ['{"__proto__":{"text":"x"}}'],
    ['{"data":{"constructor":1}}'],
    [`{"data":{"a":${'['.repeat(40)}${']'.repeat(40)}}}`],
    [`{"data":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
  ])('is refused for its shape: %.60s', async (body) => {
    expect(await read(body)).toMatchObject({ ok: false, status: 400, code: 'webhook.badShape' })
  })

  it('may come from somebody who withholds their number', async () => {
    expect(await readJson({ from: '', to: '4711', session: 's1', digits: '1' })).toMatchObject({
      ok: true,
      inbound: [{ from: '', digits: '1' }],
    })
  })

  it('may not speak for another channel', async () => {
    expect(await readJson([{ text: 'a' }, { channel: 'voice', digits: '1' }])).toMatchObject({
      ok: false,
      status: 400,
      code: 'webhook.otherChannel',
    })
  })

  it('says which member is wrong, never what it holds', async () => {
    expect(await readJson({ txt: 'secret' })).toMatchObject({
      reason: 'Number 0 of the body: there is no member "txt"',
    })
    expect(await readJson([{ text: 'a' }, { button: { waitId: 's', value: 17 } }])).toMatchObject({
      reason: 'Number 1 of the body: button.value is not as it should be',
    })
  })
})
