import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ask, askLab, type Fail, failAtLab, json, type Lab, openLab } from './lab.ts'

let lab: Lab
beforeEach(async () => {
  lab = await openLab()
})
afterEach(() => lab.close())

/** Asks the lab, which stands on loopback. */
const ask: Ask = (...asked) => askLab(lab, ...asked)
const failure: Fail = (...asked) => failAtLab(lab, ...asked)

describe('a redirect', () => {
  const redirects = (status: number, location: string) => {
    lab.answer = ({ path }, response) => {
      if (path.startsWith('/end')) json(response, { end: true })
      else response.writeHead(status, { location }).end('elsewhere')
    }
  }

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [301, 'PUT', 'PUT', 'x'],
    [302, 'DELETE', 'DELETE', 'x'],
    [307, 'POST', 'POST', 'x'],
    [308, 'POST', 'POST', 'x'],
    [303, 'HEAD', 'HEAD', ''],
    [302, 'GET', 'GET', ''],
  ])('%d of a %s is followed by a %s with the body %j', async (status, method, after, body) => {
    redirects(status, '/end?x=1')
    await ask({ method, ...(body === '' && method !== 'POST' && method !== 'PUT' ? {} : { body: 'x' }) })
    expect(lab.seen.map((each) => each.method)).toEqual([method, after])
    const { headers, ...last } = lab.seen[1]!
    expect(last).toMatchObject({ path: '/end?x=1', body })
    expect([headers['content-type'], headers['content-length']]).toEqual(
      body === '' ? [undefined, undefined] : ['text/plain; charset=utf-8', '1'],
    )
  })

  it('may be a header in UTF-8', async () => {
    lab.answer = ({ path }, response) => {
      if (path !== '/orders?id=7') return json(response, path)
      response.writeHead(302, { location: Buffer.from('/straße', 'utf8').toString('latin1') }).end()
    }
    expect(await ask()).toEqual({ status: 200, body: '/stra%C3%9Fe' })
  })

  it('without a target, and a status that is none, is the answer', async () => {
    lab.answer = (_, response) => response.writeHead(302).end('x')
    expect(await ask()).toEqual({ status: 302, body: 'x' })
    redirects(304, '/end')
    expect(await ask()).toEqual({ status: 304, body: null })
  })

  it('is followed five times, unless told otherwise', async () => {
    lab.answer = ({ path }, response) => {
      const left = Number(path.slice(1))
      if (left === 0) response.end('there')
      else response.writeHead(302, { location: `/${left - 1}` }).end()
    }
    expect(await ask({ url: `${lab.url}/5` })).toEqual({ status: 200, body: 'there' })
    expect(await ask({ url: `${lab.url}/6` })).toEqual({ error: 'http.tooManyRedirects' })
    expect(await ask({ url: `${lab.url}/2` }, { maxRedirects: 1 })).toEqual({
      error: 'http.tooManyRedirects',
    })
    expect(await ask({ url: `${lab.url}/1` }, { maxRedirects: 0 })).toEqual({
      error: 'http.tooManyRedirects',
    })
  })

  it('takes its time from the same limit', async () => {
    lab.answer = (_, response) => {
      setTimeout(() => response.writeHead(302, { location: '/again' }).end(), 40)
    }
    expect(await failure({ timeoutMs: 100 })).toMatchObject({ code: 'http.timeout' })
  })

  it('does not read what else it brings', async () => {
    lab.answer = ({ path }, response) => {
      if (path === '/end') return response.end('there')
      response.writeHead(302, { location: '/end' }).write('x')
    }
    expect(await ask()).toEqual({ status: 200, body: 'there' })
  })

  it('takes secrets along to the same origin alone', async () => {
    const other = await openLab()
    try {
      other.answer = ({ headers }, response) => json(response, headers)
      const secret = { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Api-Key': 'k' }
      lab.answer = ({ path, headers }, response) => {
        if (path === '/end') return json(response, headers)
        response.writeHead(307, { location: path === '/same' ? '/end' : `${other.url}/end` }).end()
      }
      const headers = { ...secret, 'Accept-Language': 'de' }
      expect(await ask({ url: `${lab.url}/same`, headers })).toMatchObject({
        body: { authorization: 'Bearer x', cookie: 'a=b', 'x-api-key': 'k' },
      })
      const { body } = (await ask({ method: 'POST', headers, body: {} })) as { body: object }
      expect(body).toMatchObject({
        'accept-language': 'de',
        'content-type': 'application/json',
        host: `127.0.0.1:${other.port}`,
      })
      for (const name of ['authorization', 'cookie', 'x-api-key']) expect(body).not.toHaveProperty(name)
    } finally {
      await other.close()
    }
  })

  it.each([
    ['file:///etc/passwd'],
    ['javascript:alert(1)'],
    ['http://'],
    ['http://ada:pw@127.0.0.1/'],
    ['//:80'],
  ])('to %s leads nowhere', async (location) => {
    redirects(302, location)
    expect(await ask()).toEqual({ error: 'http.badRedirect' })
  })
})
