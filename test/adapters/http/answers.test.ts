import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { httpRequests } from '../../../src/adapters/http/index.ts'
import { type Ask, askLab, delivery, type Fail, failAtLab, httpEffect, type Lab, openLab } from './lab.ts'

let lab: Lab
beforeEach(async () => {
  lab = await openLab()
})
afterEach(() => lab.close())

/** Asks the lab, which stands on loopback. */
const ask: Ask = (...asked) => askLab(lab, ...asked)
const failure: Fail = (...asked) => failAtLab(lab, ...asked)

describe('an answer', () => {
  const answers = (status: number, type: string | undefined, body: string | Uint8Array) => {
    lab.answer = (_, response) =>
      response.writeHead(status, type === undefined ? {} : { 'content-type': type }).end(body)
  }

  it.each<[string | undefined, string, unknown]>([
    ['application/json', '{"a":[1]}', { a: [1] }],
    ['Application/JSON; charset=UTF-8', '"ü"', 'ü'],
    ['application/problem+json', '{"title":"no"}', { title: 'no' }],
    ['application/json', '', null],
    ['application/json', '<html>', '<html>'],
    ['text/plain', '{"a":1}', '{"a":1}'],
    ['application/jsonp', '1', '1'],
    [undefined, 'ü', 'ü'],
  ])('of type %s with %j', async (type, body, expected) => {
    answers(200, type, body)
    expect(await ask()).toEqual({ status: 200, body: expected })
  })

  it('without content is null', async () => {
    lab.answer = (_, response) => response.writeHead(204).end()
    expect(await ask()).toEqual({ status: 204, body: null })
  })

  it.each([['{"__proto__":{}}'], ['{"a":{"constructor":1}}'], ['['.repeat(100) + ']'.repeat(100)]])(
    'that no session may hold is an error: %.30s',
    async (body) => {
      answers(200, 'application/json', body)
      expect(await ask()).toEqual({ error: 'http.badBody' })
    },
  )

  it.each([
    ['HEAD', 200],
    ['GET', 304],
  ])('to %s with status %i is no body, whatever its headers say of one', async (method, status) => {
    lab.answer = (_, response) =>
      response.writeHead(status, { 'content-length': 99_999_999, 'content-encoding': 'gzip' }).end()
    expect(await ask({ method })).toEqual({ status, body: null })
  })

  it('in a broken encoding is read as far as it goes', async () => {
    answers(200, 'text/plain', Uint8Array.from([0x61, 0xff]))
    expect(await ask()).toEqual({ status: 200, body: 'a\ufffd' })
  })

  it('with any status is one, where the effect has no retry policy', async () => {
    for (const status of [400, 404, 429, 500, 503]) {
      answers(status, 'text/plain', 'no')
      expect(await ask()).toEqual({ status, body: 'no' })
    }
  })

  it.each([
    [408, true],
    [425, true],
    [429, true],
    [500, true],
    [503, true],
    [400, false],
    [404, false],
    [409, false],
  ])('%d is tried again where the effect has a retry policy: %s', async (status, again) => {
    answers(status, 'text/plain', 'no')
    const asked = ask({ retry: { attempts: 2, backoffMs: 1 } })
    const answer = { status, body: 'no' }
    if (again)
      await expect(asked).rejects.toMatchObject({ name: 'EffectFailure', code: 'http.status', answer })
    else expect(await asked).toEqual(answer)
  })

  it.each([
    ['120', 120_000],
    ['0', 0],
    ['999999999', 86_400_000],
    ['Tue, 14 Nov 2023 22:14:20 GMT', 60_000],
    ['Tue, 14 Nov 2023 22:00:00 GMT', 0],
    ['soon', undefined],
  ])('that asks for a pause of %s', async (header, retryAfterMs) => {
    lab.answer = (_, response) => response.writeHead(503, { 'retry-after': header }).end()
    const clock = { now: () => 1_700_000_000_000 }
    expect((await failure({ retry: { attempts: 2, backoffMs: 1 } }, { clock })).retryAfterMs).toBe(
      retryAfterMs,
    )
  })
})

describe('what a server can do', () => {
  it('has a limit in size, told or untold', async () => {
    lab.answer = (_, response) => response.end('x'.repeat(101))
    expect(await ask({}, { maxResponseBytes: 100 })).toEqual({ error: 'http.tooLarge' })
    lab.answer = (_, response) => {
      response.write('x'.repeat(60))
      response.end('x'.repeat(41))
    }
    expect(await ask({}, { maxResponseBytes: 100 })).toEqual({ error: 'http.tooLarge' })
    expect(await ask({}, { maxResponseBytes: 101 })).toEqual({ status: 200, body: 'x'.repeat(101) })
  })

  it('loses the connection where it has more than anybody wants', async () => {
    const closed = new Promise((resolve) => {
      lab.answer = (_, response, raw) => {
        raw.socket.once('close', resolve)
        response.writeHead(200, { 'content-length': '1000' }).write('x')
      }
    })
    expect(await ask({}, { maxResponseBytes: 100 })).toEqual({ error: 'http.tooLarge' })
    await closed
  })

  it('may take its time where the effect allows months', async () => {
    lab.answer = (_, response) => setTimeout(() => response.end('late'), 20)
    expect(await ask({ timeoutMs: 1e12 }, { maxTimeoutMs: 1e12 })).toEqual({ status: 200, body: 'late' })
  })

  it('may send its body in countless pieces', async () => {
    lab.answer = async (_, response) => {
      for (let i = 0; i < 10_000; i++) response.write(String(i % 10))
      response.end()
    }
    expect(await ask()).toEqual({ status: 200, body: '0123456789'.repeat(1_000) })
  })

  it('does not send without end', async () => {
    lab.answer = (_, response) => {
      const more = () => {
        while (response.write('x'.repeat(16_384)));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    }
    expect(await ask({ timeoutMs: 5_000 })).toEqual({ error: 'http.tooLarge' })
  })

  it.each([
    ['nothing', () => {}],
    ['a head alone', (response) => response.writeHead(200).flushHeaders()],
    ['half a body', (response) => response.writeHead(200, { 'content-length': '9' }).write('half')],
  ] satisfies [string, (response: Parameters<Lab['answer']>[1]) => void][])(
    'is over with its time: %s',
    async (_, begin) => {
      lab.answer = (_, response) => begin(response)
      expect(await failure({ timeoutMs: 60 })).toMatchObject({
        code: 'http.timeout',
        answer: { error: 'timeout' },
      })
      expect(await failure({ timeoutMs: 1e12 }, { maxTimeoutMs: 60 })).toMatchObject({ code: 'http.timeout' })
      expect(await failure({}, {}, AbortSignal.timeout(60))).toMatchObject({ code: 'http.aborted' })
    },
  )

  it('is over with its time where a body trickles in', async () => {
    lab.answer = (_, response) => {
      const timer = setInterval(() => response.write('.'), 10)
      response.once('close', () => clearInterval(timer))
    }
    expect(await failure({ timeoutMs: 100 })).toMatchObject({ code: 'http.timeout' })
  })

  it('compresses nothing', async () => {
    lab.answer = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x')
    expect(await ask()).toEqual({ error: 'http.encoded' })
  })

  it('has no room for headers without end', async () => {
    lab.answer = (_, response) => response.writeHead(200, { bomb: 'x'.repeat(20_000) }).end()
    expect(await failure()).toMatchObject({
      code: 'http.network',
      message: expect.stringContaining('HPE_HEADER_OVERFLOW'),
    })
  })

  it.each([
    ['closes the connection', (socket) => socket.destroy()],
    ['ends it', (socket) => socket.end()],
    ['speaks something else', (socket) => socket.end('220 mail.example ESMTP\r\n')],
    [
      'switches to another protocol',
      (socket) =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    ],
    ['ends too early', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf')],
    [
      'ends between chunks',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n'),
    ],
    [
      'gives two lengths',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'),
    ],
  ] satisfies [string, (socket: Parameters<Lab['answer']>[2]['socket']) => unknown][])(
    'may do better at another try: %s',
    async (_, misbehave) => {
      lab.answer = (_, __, raw) => misbehave(raw.socket)
      for (const method of ['GET', 'POST'])
        expect(await failure({ method })).toMatchObject({
          code: 'http.network',
          answer: { error: 'http.network' },
        })
    },
  )

  it('leaves no secret in an error', async () => {
    lab.answer = (_, __, raw) => raw.socket.destroy()
    const secrets = { url: `${lab.url}/hidden?key=hidden`, headers: { authorization: 'hidden' } }
    const error = await failure({ ...secrets, method: 'POST', body: 'hidden' })
    expect(`${error.stack}${JSON.stringify(error)}${error.cause}`).not.toMatch(/hidden\b|127\.0\.0\.1/)
  })

  it('is asked once where nobody may repeat a request', async () => {
    const handler = httpRequests({ allow: ['127.0.0.1'] })
    const request = (method: string) => handler(httpEffect({ url: lab.url, method }), delivery())
    await request('GET')
    lab.answer = (_, __, raw) => raw.socket.destroy()
    await expect(request('POST')).rejects.toMatchObject({ code: 'http.network' })
    expect(lab.seen.map(({ method }) => method)).toEqual(['GET', 'POST'])
  })
})
