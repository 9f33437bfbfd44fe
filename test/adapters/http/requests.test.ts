import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpRequestsOptions, httpRequests } from '../../../src/adapters/http/index.ts'
import type { HttpEffect } from '../../../src/nodes/index.ts'
import { type Ask, askLab, type Lab, openLab } from './lab.ts'

let lab: Lab
beforeEach(async () => {
  lab = await openLab()
})
afterEach(() => lab.close())

/** Asks the lab, which stands on loopback. */
const ask: Ask = (...asked) => askLab(lab, ...asked)

describe('a request', () => {
  it('goes out as the effect says', async () => {
    await ask({ method: 'PUT', headers: { 'X-Tenant': 'acme' }, body: { a: [1, 'ü'] } })
    expect(lab.seen).toMatchObject([{ method: 'PUT', path: '/orders?id=7', body: '{"a":[1,"ü"]}' }])
    expect(lab.seen[0]!.headers).toMatchObject({
      host: `127.0.0.1:${lab.port}`,
      'x-tenant': 'acme',
      'content-type': 'application/json',
      'content-length': '14',
      'idempotency-key': 's1:1',
      'accept-encoding': 'identity',
      'user-agent': 'sluice',
    })
  })

  it('sends a text as it stands', async () => {
    await ask({
      method: 'POST',
      body: 'a=1&b=2',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    })
    await ask({ method: 'POST', body: 'hello' })
    expect(lab.seen.map(({ body, headers }) => [body, headers['content-type']])).toEqual([
      ['a=1&b=2', 'application/x-www-form-urlencoded'],
      ['hello', 'text/plain; charset=utf-8'],
    ])
  })

  it('has no body unless there is one', async () => {
    for (const method of ['GET', 'DELETE', 'POST', 'HEAD', 'OPTIONS']) await ask({ method })
    expect(
      lab.seen.map(({ method, headers }) => [
        method,
        headers['content-length'] ?? headers['transfer-encoding'],
      ]),
    ).toEqual([
      ['GET', undefined],
      ['DELETE', undefined],
      ['POST', '0'],
      ['HEAD', undefined],
      ['OPTIONS', undefined],
    ])
    await ask({ method: 'POST', body: null })
    expect(lab.seen.at(-1)!.body).toBe('null')
  })

  it('keeps the idempotency key that the flow has set', async () => {
    await ask({ headers: { 'Idempotency-Key': 'own' } })
    expect(lab.seen[0]!.headers['idempotency-key']).toBe('own')
  })

  it('leaves headers of the connection to the connection', async () => {
    const forged = {
      Host: 'inside.example',
      'Content-Length': '3',
      'Transfer-Encoding': 'chunked',
      Connection: 'upgrade',
      Upgrade: 'h2c',
      'Accept-Encoding': 'gzip',
      'Proxy-Authorization': 'x',
      Expect: '100-continue',
    }
    await ask({ method: 'POST', headers: forged, body: 'GET / HTTP/1.1' })
    const { headers, body } = lab.seen[0]!
    expect(headers).toMatchObject({
      host: `127.0.0.1:${lab.port}`,
      'content-length': '14',
      'accept-encoding': 'identity',
    })
    expect(body).toBe('GET / HTTP/1.1')
    for (const name of ['transfer-encoding', 'upgrade', 'proxy-authorization', 'expect'])
      expect(headers).not.toHaveProperty(name)
  })

  it.each<[string, Partial<HttpEffect>, string]>([
    ['a line break in a header', { headers: { a: 'b\r\nc: d' } }, 'http.badHeader'],
    ['letters beyond Latin-1 in a header', { headers: { a: '😀' } }, 'http.badHeader'],
    ['a space in the name of a header', { headers: { 'a b': 'c' } }, 'http.badHeader'],
    ['an address that is none', { url: 'http://' }, 'http.badUrl'],
    ['a file for an address', { url: 'file:///etc/passwd' }, 'http.badUrl'],
    ['a name and password', { url: 'http://ada:pw@127.0.0.1' }, 'http.credentialsInUrl'],
    ['a method of tunnels', { method: 'CONNECT' }, 'http.badMethod'],
    ['a method that is none', { method: 'GET / HTTP/1.1\r\n' }, 'http.badMethod'],
    ['no address', { url: 7 as unknown as string }, 'http.badRequest'],
    ['another type', { type: 'log.write' as 'http.request' }, 'http.badRequest'],
  ])('with %s is not made', async (_, rest, error) => {
    expect(await ask({ ...rest, retry: { attempts: 3, backoffMs: 1 } })).toEqual({ error })
    expect(lab.seen).toEqual([])
  })

  it('goes to the ports that are allowed', async () => {
    expect(await ask({}, { ports: [80, 443] })).toEqual({ error: 'http.portRefused' })
    expect(await ask({ url: 'http://[::1]/' }, { ports: [443] })).toEqual({ error: 'http.portRefused' })
    expect(await ask({ url: 'https://[::1]/' }, { ports: [443] })).toEqual({ error: 'http.addressRefused' })
    expect(await ask({}, { ports: [lab.port] })).toEqual({ status: 200, body: null })
  })
})

describe('options', () => {
  it.each<[HttpRequestsOptions]>([
    [{ maxRedirects: -1 }],
    [{ maxResponseBytes: Number.NaN }],
    [{ maxTimeoutMs: 0 }],
    [{ allow: ['10.0.0.0/33'] }],
    [{ allow: ['http://crm.internal'] }],
    [{ allow: [''] }],
    [{ allow: ['*.internal'] }],
    [{ allow: ['1.2.3'] }],
  ])('that cannot be used are refused: %j', (options) => {
    expect(() => httpRequests(options)).toThrow('[http.options]')
  })
})
