import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpChannelOptions, httpChannel, verifyWebhook } from '../../../src/adapters/http/index.ts'
import type { Effect } from '../../../src/nodes/index.ts'
import { delivery, json, type Lab, openLab } from './lab.ts'

const SECRET = 'whsec_c2x1aWNlLXRlc3RzLXNpZ24td2l0aC10aGlz'
const NOW = 1_700_000_000_000
const HELLO: Effect = { type: 'message.send', key: 's1:1', node: 'hi', flow: 'f1', text: 'Grüß dich' }

let lab: Lab
beforeEach(async () => {
  lab = await openLab()
})
afterEach(() => lab.close())

const channel = (rest: Partial<HttpChannelOptions> = {}) =>
  httpChannel({ name: 'sms', url: `${lab.url}/sluice`, secret: SECRET, clock: { now: () => NOW }, ...rest })
const send = (effect = HELLO, rest: Partial<HttpChannelOptions> = {}, about = delivery()) =>
  channel(rest).deliver(effect, about)

describe('an HTTP channel', () => {
  it('posts the effect and what the host knows, signed', async () => {
    const about = {
      channel: 'sms',
      to: '+49151',
      from: '4711',
      contact: 'c1',
      application: 'a1',
      test: true,
    } as const
    await send(HELLO, { headers: { Authorization: 'Bearer x' } }, delivery(about))
    const [{ method, path, headers, body }] = lab.seen as [Lab['seen'][0]]
    expect({ method, path }).toEqual({ method: 'POST', path: '/sluice' })
    expect(JSON.parse(body)).toEqual({ effect: HELLO, workspace: 'w1', session: 's1', attempt: 1, ...about })
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': 's1:1',
      'webhook-id': 's1:1',
      authorization: 'Bearer x',
    })
    expect(verifyWebhook({ secret: SECRET, headers, body, now: NOW })).toEqual({ ok: true, id: 's1:1' })
  })

  it('writes keys so that headers can hold them', async () => {
    await send({ ...HELLO, key: 'a.b:1' })
    await send({ ...HELLO, key: 'ü 1\ud800:1' })
    expect(lab.seen.map(({ headers }) => [headers['idempotency-key'], headers['webhook-id']])).toEqual([
      ['a.b:1', 'a%2Eb:1'],
      ['%C3%BC%201%EF%BF%BD%3A1', '%C3%BC%201%EF%BF%BD%3A1'],
    ])
  })

  it('lets nobody replace what it signs with', async () => {
    await send(HELLO, { headers: { 'Webhook-Id': 'mine', 'Idempotency-Key': 'mine' } })
    expect(lab.seen[0]!.headers).toMatchObject({ 'webhook-id': 's1:1', 'idempotency-key': 's1:1' })
  })

  it('is done with a status of 200 to 299, and tells what JSON came with it', async () => {
    lab.answer = (_, response) => json(response, { message: 'm1' }, 202)
    expect(await send()).toEqual({ status: 202, body: { message: 'm1' } })
    lab.answer = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>')
    expect(await send()).toEqual({ status: 200 })
    lab.answer = (_, response) => response.writeHead(204).end()
    expect(await send()).toEqual({ status: 204 })
  })

  it('is done even where the body that came with it is of no use', async () => {
    lab.answer = (_, response) => json(response, { x: 'x'.repeat(100) })
    expect(await send(HELLO, { maxResponseBytes: 50 })).toEqual({ status: 200 })
    lab.answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"__proto__":1}')
    expect(await send()).toEqual({ status: 200 })
  })

  it.each([[301], [400], [401], [404], [422]])('is refused for good with %d', async (status) => {
    lab.answer = (_, response) => {
      response.setHeader('location', '/elsewhere')
      json(response, { why: 'no' }, status)
    }
    expect(await send()).toEqual({ status, body: { why: 'no' }, error: 'http.status' })
    expect(lab.seen).toHaveLength(1)
  })

  it.each([[408], [425], [429], [500], [503]])('may do better later with %d', async (status) => {
    lab.answer = (_, response) => {
      response.setHeader('retry-after', '7')
      json(response, { why: 'busy' }, status)
    }
    await expect(send()).rejects.toMatchObject({
      code: 'http.status',
      answer: { status, body: { why: 'busy' }, error: 'http.status' },
      retryAfterMs: 7_000,
    })
  })

  it('may do better later where nobody answers in time', async () => {
    lab.answer = () => {}
    await expect(send(HELLO, { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'http.timeout',
      answer: { error: 'timeout' },
    })
  })

  it('lets go when the host gives up', async () => {
    const host = new AbortController()
    lab.answer = () => host.abort()
    await expect(send(HELLO, {}, delivery({ signal: host.signal }))).rejects.toMatchObject({
      code: 'http.aborted',
      answer: { error: 'timeout' },
    })
    await expect(send(HELLO, {}, delivery({ signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: 'http.aborted',
    })
    expect(lab.seen).toHaveLength(1)
  })

  it('may do better later where the receiver is away, and does not say where that is', async () => {
    const url = `${lab.url}/hook?token=hidden`
    await lab.close()
    const failure = await send(HELLO, { url }).catch((error) => error)
    expect(failure).toMatchObject({ code: 'http.network', answer: { error: 'http.network' } })
    expect(failure.message).toContain('ECONNREFUSED')
    expect(`${failure.stack}${JSON.stringify(failure)}`).not.toMatch(/hidden|127\.0\.0\.1/)
  })

  it('keeps connections, and makes a new one where the receiver has closed the old', async () => {
    const sockets = new Set()
    lab.answer = (_, response, raw) => {
      sockets.add(raw.socket)
      response.end()
    }
    const sms = channel()
    for (let i = 0; i < 3; i++) await sms.deliver(HELLO, delivery())
    expect(sockets.size).toBe(1)
    let first = true
    lab.answer = (_, response, raw) => {
      if (first) raw.socket.destroy()
      else response.end()
      first = false
    }
    expect(await sms.deliver(HELLO, delivery())).toEqual({ status: 200 })
    expect(lab.seen).toHaveLength(5)
  })

  it('goes anywhere by itself, and where customers choose the address to public ones alone', async () => {
    expect(await send(HELLO, { allow: [] })).toEqual({ error: 'http.addressRefused' })
    expect(await send(HELLO, { allow: ['127.0.0.0/8'] })).toEqual({ status: 200 })
  })

  it('has capabilities that can be narrowed', () => {
    expect(channel().capabilities).toEqual({
      effects: ['message.send', 'card.send', 'card.withdraw', 'push.send'],
      inputs: ['text', 'digits', 'button'],
    })
    expect(
      channel({ capabilities: { effects: ['message.send'], rate: { perSecond: 1 } } }).capabilities,
    ).toEqual({
      effects: ['message.send'],
      inputs: ['text', 'digits', 'button'],
      rate: { perSecond: 1 },
    })
  })

  it.each<[Partial<HttpChannelOptions>, string]>([
    [{ url: 'gateway' }, 'http.options'],
    [{ url: 'ftp://example.com' }, 'http.options'],
    [{ url: 'https://ada:pw@example.com' }, 'http.options'],
    [{ headers: { 'a b': 'c' } }, 'http.options'],
    [{ headers: { a: 'b\nc: d' } }, 'http.options'],
    [{ windowMs: 0 }, 'http.options'],
    [{ timeoutMs: Number.NaN }, 'http.options'],
    [{ maxWebhookBytes: 0 }, 'http.options'],
    [{ maxResponseBytes: -1 }, 'http.options'],
    [{ allow: ['10.0.0.0/33'] }, 'http.options'],
    [{ secret: 'short' }, 'webhook.secret'],
  ])('is not made from %j', (rest, code) => {
    expect(() => channel(rest)).toThrow(`[${code}]`)
  })
})
