import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { end, node, program } from '../support/flow.ts'
import { type Play, play } from '../support/play.ts'

/** One node, each of its outcomes led to an end of the same name, `on:error` to `error`. */
function waiting(type: string, config: JsonObject): Play {
  const runtime = palette.find((each) => each.runtime.type === type)!.runtime
  const outcomes = [...runtime.outcomes(config), 'on:error']
  return play(
    program({
      variables: [{ name: 'n', type: 'number', default: 0 }],
      nodes: {
        it: node(type, config),
        ...Object.fromEntries(
          outcomes.map((outcome, index) => [`end_${index}`, end(outcome.replace('on:', ''))]),
        ),
      },
      connect: ['start -> it', ...outcomes.map((outcome, index) => `it:${outcome} -> end_${index}`)],
    }),
  )
}

const HTTP = { url: 'https://x.test/a', timeout: '5s' }
const SEND = { prompt: 'Hi', await: 'accepted', timeout: '5s' }
const TRANSFER = { to: '+49', timeout: '5s' }

describe('outcomes of built-in nodes', () => {
  it.each<[string, JsonObject, (run: Play) => Play, string]>([
    ['http-request', HTTP, (run) => run.result({ status: 200 }), 'success'],
    ['http-request', HTTP, (run) => run.result({ status: 299 }), 'success'],
    ['http-request', HTTP, (run) => run.result({}), 'success'],
    ['http-request', HTTP, (run) => run.result({ status: 199 }), 'httpError'],
    ['http-request', HTTP, (run) => run.result({ status: 300 }), 'httpError'],
    ['http-request', HTTP, (run) => run.result({ status: 503, body: 'down' }), 'httpError'],
    ['http-request', HTTP, (run) => run.result({ error: 'timeout' }), 'timeout'],
    ['http-request', HTTP, (run) => run.timeout(), 'timeout'],
    ['http-request', HTTP, (run) => run.result({ error: 'no route' }), 'failed'],
    ['http-request', { ...HTTP, url: 'ftp://x.test' }, (run) => run, 'error'],
    ['http-request', { ...HTTP, headers: { a: '{{"x\\ny"}}' } }, (run) => run, 'error'],
    ['http-request', { ...HTTP, url: 'https://x.test/{{"a b"}}' }, (run) => run, 'error'],
    ['http-request', { ...HTTP, headers: { 'a b': 'x' } }, (run) => run, 'error'],
    ['http-request', { ...HTTP, body: '1 / n' }, (run) => run, 'error'],
    ['send-message', { prompt: 'Hi' }, (run) => run, 'next'],
    ['send-message', SEND, (run) => run.result({}), 'sent'],
    ['send-message', SEND, (run) => run.result({ status: 399 }), 'sent'],
    ['send-message', SEND, (run) => run.result({ status: 400 }), 'failed'],
    ['send-message', SEND, (run) => run.result({ error: 'blocked' }), 'failed'],
    ['send-message', SEND, (run) => run.result({ error: 'timeout' }), 'timeout'],
    ['send-message', SEND, (run) => run.timeout(), 'timeout'],
    ['transfer', TRANSFER, (run) => run.result({ body: { result: 'connected' } }), 'connected'],
    ['transfer', TRANSFER, (run) => run.result({ body: { result: 'busy' } }), 'busy'],
    ['transfer', TRANSFER, (run) => run.result({ body: { result: 'noAnswer' } }), 'noAnswer'],
    ['transfer', TRANSFER, (run) => run.result({ body: { result: 'failed' } }), 'failed'],
    ['transfer', TRANSFER, (run) => run.result({}), 'connected'],
    ['transfer', TRANSFER, (run) => run.result({ body: 'text' }), 'connected'],
    ['transfer', TRANSFER, (run) => run.result({ error: 'no line' }), 'failed'],
    ['transfer', TRANSFER, (run) => run.result({ error: 'timeout' }), 'noAnswer'],
    ['transfer', TRANSFER, (run) => run.result({ status: 503 }), 'failed'],
    ['transfer', TRANSFER, (run) => run.timeout(), 'noAnswer'],
    ['delay', { duration: '1m' }, (run) => run.timeout(), 'done'],
    ['delay', { until: 'now + 60000' }, (run) => run.timeout(), 'done'],
    ['delay', { until: 'now' }, (run) => run, 'done'],
    ['delay', { until: 'now - 1' }, (run) => run, 'done'],
    ['delay', { until: 'null' }, (run) => run, 'error'],
    ['delay', { until: '1e300' }, (run) => run, 'error'],
    ['delay', { until: '-1e300' }, (run) => run, 'error'],
    ['wait-for-event', { event: 'paid', timeout: '1m' }, (run) => run.event('paid'), 'received'],
    ['wait-for-event', { event: 'paid', timeout: '1m' }, (run) => run.timeout(), 'timeout'],
  ])('%s with %j', (type, config, act, outcome) => {
    expect(act(waiting(type, config)).outcome).toBe(outcome)
  })

  it.each<[string, string, JsonObject]>([
    ['http.badUrl', 'http-request', { url: 'https://x.test/{{"a b"}}' }],
    ['http.badUrl', 'http-request', { url: 'https://x.test/{{"a\\nb"}}' }],
    ['http.badUrl', 'http-request', { url: 'https://x.test/{{"a\\u0000b"}}' }],
    ['http.badUrl', 'http-request', { url: 'https://x.test/{{"a\\u0085b"}}' }],
    ['http.badUrl', 'http-request', { url: ' https://x.test/' }],
    ['http.badHeader', 'http-request', { ...HTTP, headers: { 'x-a: b\r\nx-c': 'd' } }],
    ['http.badHeader', 'http-request', { ...HTTP, headers: { 'x:': 'd' } }],
    ['http.badHeader', 'http-request', { ...HTTP, headers: { größe: 'd' } }],
    ['http.badHeader', 'http-request', { ...HTTP, headers: { a: '{{"x\\ny"}}' } }],
    ['delay.noInstant', 'delay', { until: '8640000000000001' }],
    ['delay.noInstant', 'delay', { until: '-8640000000000001' }],
  ])('%s: %s with %j', (code, type, config) => {
    const nodes = { it: node(type, config), done: end('done') }
    const run = play(program({ nodes, connect: ['start -> it'], otherwise: 'done' }))
    expect(run.errorCode).toBe(code)
    expect(run.effects).toEqual([])
  })

  it('delay waits until the last instant that a date can hold', () => {
    expect(waiting('delay', { until: '8640000000000000' }).session.wait?.dueAt).toBe(8.64e15)
  })

  it('http-request takes every character that the name of a header may have', () => {
    const name = "aZ09!#$%&'*+-.^_`|~"
    expect(waiting('http-request', { ...HTTP, headers: { [name]: 'x' } }).effects[0]).toMatchObject({
      headers: { [name]: 'x' },
    })
  })

  it('http-request asks for what its config says', () => {
    const run = waiting('http-request', {
      ...HTTP,
      method: 'POST',
      body: '{"n": n}',
      headers: { 'x-n': '{{n}}' },
      attempts: 3,
    })
    expect(run.effects[0]).toEqual({
      type: 'http.request',
      method: 'POST',
      url: 'https://x.test/a',
      headers: { 'x-n': '0' },
      body: { n: 0 },
      timeoutMs: 5_000,
      awaited: true,
      retry: { attempts: 3, backoffMs: 500 },
      key: 's:1',
      node: 'it',
      flow: 'main',
      waitId: 's:2',
    })
    expect(run.session.wait).toEqual({ id: 's:2', for: ['result'], dueAt: run.now + 46_500 })
  })

  it('http-request without body and tries asks for one try without either', () => {
    const [effect] = waiting('http-request', HTTP).effects
    expect(effect).toMatchObject({ method: 'GET', headers: {} })
    expect(effect).not.toHaveProperty('retry')
    expect(effect).not.toHaveProperty('body')
  })

  it('transfer asks for what its config says', () => {
    const run = waiting('transfer', { ...TRANSFER, kind: 'queue', to: 'sales-{{n}}' })
    expect(run.effects[0]).toMatchObject({
      type: 'transfer',
      kind: 'queue',
      to: 'sales-0',
      timeoutMs: 5_000,
      awaited: true,
      waitId: 's:2',
    })
    expect(run.session.wait?.dueAt).toBe(run.now + 35_000)
  })

  it('send-message names another channel where it is given, and waits only where it should', () => {
    expect(waiting('send-message', { prompt: 'Hi', channel: 'email' }).effects[0]).toMatchObject({
      text: 'Hi',
      channel: 'email',
    })
    const run = waiting('send-message', SEND)
    expect(run.effects[0]).toMatchObject({
      awaited: true,
      waitId: 's:2',
      retry: { attempts: 3, backoffMs: 1_000 },
    })
    expect(run.session.wait?.dueAt).toBe(run.now + 5_000)
  })

  it('collect-input takes no answer of more than 10,000 characters where there is a pattern', () => {
    const config = { prompt: '?', pattern: '^a+$' }
    expect(waiting('collect-input', config).text('a'.repeat(10_000)).outcome).toBe('valid')
    expect(waiting('collect-input', config).text('a'.repeat(10_001)).outcome).toBe('invalid')
    const free = { prompt: '?', maxLength: 20_000 }
    expect(waiting('collect-input', free).text('a'.repeat(10_001)).outcome).toBe('valid')
  })

  it('delay waits until an instant that does not move', () => {
    const run = waiting('delay', { until: 'now + 60000' })
    expect(run.session.wait).toEqual({ id: 's:1', for: [], dueAt: run.now + 60_000 })
  })

  it('wait-for-event takes its event alone, and keeps others', () => {
    const run = waiting('wait-for-event', { event: 'paid' })
    expect(run.event('shipped').session.status).toBe('waiting')
    expect(run.session.inbox).toEqual([{ type: 'event', name: 'shipped' }])
    expect(run.event('paid').outcome).toBe('received')
  })
})
