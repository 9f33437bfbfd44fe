import { get, globalAgent } from 'node:http'
import type { LookupFunction } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HttpRequestsOptions } from '../../../src/adapters/http/index.ts'
import { type Ask, askLab, type Fail, failAtLab, type Lab, openLab } from './lab.ts'

let lab: Lab
beforeEach(async () => {
  lab = await openLab()
})
afterEach(() => lab.close())

/** Asks the lab, which stands on loopback. */
const ask: Ask = (...asked) => askLab(lab, ...asked)
const failure: Fail = (...asked) => failAtLab(lab, ...asked)

describe('addresses', () => {
  /** A lookup that gives one list after another, the last for ever, and counts. */
  function lookups(...lists: string[][]) {
    const asked: string[] = []
    const lookup = async (host: string) => {
      asked.push(host)
      return lists[Math.min(asked.length, lists.length) - 1]!
    }
    return { asked, lookup }
  }

  it.each([
    ['http://127.0.0.1'],
    ['http://127.0.0.1.'],
    ['http://127.1'],
    ['http://0x7f.1'],
    ['http://0177.0.0.1'],
    ['http://2130706433'],
    ['http://017700000001'],
    ['http://①②⑦.0.0.1'],
    ['http://%31%32%37.0.0.1'],
    ['http://127。0。0。1'],
    ['http://0'],
    ['http://[::1]'],
    ['http://[::]'],
    ['http://[::ffff:127.0.0.1]'],
    ['http://[0:0:0:0:0:ffff:7f00:1]'],
    ['http://[64:ff9b::127.0.0.1]'],
    ['http://[2002:7f00:1::]'],
    ['http://[fd00::1]'],
    ['http://169.254.169.254/latest/meta-data'],
    ['HTTP:\\\\10.0.0.1\\'],
    ['https://192.168.0.1'],
  ])('of the inside are refused without a lookup: %s', async (url) => {
    const { lookup, asked } = lookups([])
    expect(await ask({ url, retry: { attempts: 2, backoffMs: 1 } }, { allow: [], lookup })).toEqual({
      error: 'http.addressRefused',
    })
    expect(asked).toEqual([])
  })

  it.each([['http://localhost'], ['http://LOCALHOST']])(
    'of the inside are refused behind names: %s',
    async (url) => {
      expect(await ask({ url }, { allow: [] })).toEqual({ error: 'http.addressRefused' })
    },
  )

  it.each([
    [['127.0.0.1']],
    [['::1']],
    [['10.0.0.1']],
    [['::ffff:10.0.0.1']],
    [['169.254.169.254']],
    [['fe80::1%eth0']],
    [['8.8.8.8', '127.0.0.1']],
    [['no address at all']],
  ])('behind a name are refused by what they are: %j', async (addresses) => {
    const { lookup, asked } = lookups(addresses)
    expect(await ask({ url: `http://inside.test:${lab.port}` }, { allow: [], lookup })).toEqual({
      error: 'http.addressRefused',
    })
    expect(asked).toEqual(['inside.test'])
    expect(lab.seen).toEqual([])
  })

  it('that are checked are those that are connected to, however the name changes', async () => {
    // 127.0.0.1 stands for the outside here, and 127.0.0.2 for the inside.
    const allow = ['127.0.0.1']
    const rebinding = lookups(['127.0.0.1'], ['127.0.0.2'])
    const url = `http://rebinding.test:${lab.port}/`
    expect(await ask({ url }, { allow, lookup: rebinding.lookup })).toEqual({ status: 200, body: null })
    expect(rebinding.asked).toHaveLength(1)
    lab.answer = (_, response) => response.writeHead(302, { location: '/again', connection: 'close' }).end()
    const again = lookups(['127.0.0.1'], ['127.0.0.2'])
    expect(await ask({ url, method: 'POST' }, { allow, lookup: again.lookup })).toEqual({
      error: 'http.addressRefused',
    })
    expect(again.asked).toHaveLength(2)
  })

  it('are checked at each redirect', async () => {
    const allow = (host: string) => host === 'outside.test'
    const { lookup } = lookups(['127.0.0.1'])
    const url = `http://outside.test:${lab.port}/`
    for (const host of ['127.0.0.1', 'inside.test', '[::ffff:127.0.0.1]', '0x7f.1']) {
      lab.answer = (_, response) => response.writeHead(307, { location: `http://${host}:${lab.port}/` }).end()
      expect(await ask({ url }, { allow, lookup })).toEqual({ error: 'http.addressRefused' })
    }
    expect(lab.seen).toHaveLength(4)
  })

  it.each<[string, HttpRequestsOptions['allow']]>([
    ['a name', ['crm.internal']],
    ['a name, however it is written', ['CRM.Internal.']],
    ['an address', ['127.0.0.1']],
    ['a range', ['10.0.0.0/8', '127.0.0.0/8']],
    ['a function', (host, address) => host === 'crm.internal' && address === '127.0.0.1'],
  ])('of the inside are reached where they are allowed by %s', async (_, allow) => {
    const { lookup } = lookups(['127.0.0.1'])
    for (const host of ['crm.internal', 'CRM.internal.'])
      expect(await ask({ url: `http://${host}:${lab.port}/` }, { allow: allow!, lookup })).toEqual({
        status: 200,
        body: null,
      })
  })

  it.each<[string, HttpRequestsOptions['allow']]>([
    ['another name', ['crm', 'internal', 'my.crm.internal', 'xcrm.internal']],
    ['another address', ['127.0.0.2', '::1']],
    ['another range', ['10.0.0.0/8', '127.0.0.128/25', '::/0']],
    ['a function that says no', () => false],
  ])('of the inside are not reached by %s', async (_, allow) => {
    const { lookup } = lookups(['127.0.0.1'])
    expect(await ask({ url: `http://crm.internal:${lab.port}/` }, { allow: allow!, lookup })).toEqual({
      error: 'http.addressRefused',
    })
  })

  it('that a range allows may be written as IPv6', async () => {
    expect(await ask({ url: `http://[::ffff:127.0.0.1]:${lab.port}/` }, { allow: ['127.0.0.0/8'] })).toEqual({
      status: 200,
      body: null,
    })
  })

  it('may be many: the first that answers is taken', async () => {
    const { lookup } = lookups(['::1', '127.0.0.1'])
    expect(await ask({ url: `http://many.test:${lab.port}/` }, { allow: ['many.test'], lookup })).toEqual({
      status: 200,
      body: null,
    })
  })

  it('that cannot be found may be found later', async () => {
    const url = 'http://nowhere.test/hidden'
    const lookup = async () => Promise.reject(Object.assign(new Error('hidden'), { code: 'ENOTFOUND' }))
    const error = await failure({ url }, { lookup })
    expect(error).toMatchObject({ code: 'http.network', answer: { error: 'http.network' } })
    expect(error.message).toMatch(/ENOTFOUND/)
    expect(error.message).not.toMatch(/hidden/)
    expect(await failure({ url }, { lookup: async () => [] })).toMatchObject({ code: 'http.network' })
  })

  it('are looked up within the time of the request', async () => {
    const lookup = () => new Promise<string[]>(() => {})
    expect(await failure({ url: 'http://slow.test/', timeoutMs: 60 }, { lookup })).toMatchObject({
      code: 'http.timeout',
    })
  })

  it('are not taken over from connections that others have opened', async () => {
    const agent = globalAgent
    const inside = { host: 'crm.internal', port: lab.port, agent }
    await new Promise<void>((resolve) => {
      const lookup: LookupFunction = (_, __, callback) =>
        callback(null, [{ address: '127.0.0.1', family: 4 }])
      get({ ...inside, lookup }, (response) => response.resume().once('end', resolve))
    })
    try {
      const { lookup } = lookups(['127.0.0.1'])
      expect(await ask({ url: `http://crm.internal:${lab.port}/` }, { allow: [], lookup })).toEqual({
        error: 'http.addressRefused',
      })
    } finally {
      agent.destroy()
    }
  })
})
