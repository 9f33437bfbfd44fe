import { describe, expect, it } from 'vitest'
import type { SessionEvent } from '../../src/index.ts'
import { wait } from '../../src/nodes/index.ts'
import { ask, end, node, program, say } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { EPOCH, type Play, play } from '../support/play.ts'

/** Waits a minute, then asks twice. */
const delayed = (limits = {}) =>
  program({
    settings: { limits },
    variables: [
      { name: 'first', type: 'text' },
      { name: 'second', type: 'text' },
    ],
    nodes: {
      wait: node('delay', { duration: '1m' }),
      a: ask('A?', { variable: 'first' }),
      b: ask('B?', { variable: 'second' }),
      done: end('ok'),
    },
    connect: ['start -> wait', 'wait:done -> a', 'a:valid -> b', 'b:valid -> done'],
  })

const withTimeout = () =>
  program({
    nodes: {
      a: node('menu', { prompt: 'A?', options: [{ value: '1' }], timeout: '10s', buttons: true }),
      b: node('menu', { prompt: 'B?', options: [{ value: '1' }], timeout: '10s', buttons: true }),
      done: end('ok'),
    },
    connect: ['start -> a', 'a:1 -> b'],
    otherwise: 'done',
  })

const http = () =>
  program({
    nodes: {
      a: node('http-request', { url: 'https://x.test' }),
      b: node('http-request', { url: 'https://y.test' }),
      done: end('ok'),
    },
    connect: ['start -> a', 'a:success -> b'],
    otherwise: 'done',
  })

/** Everything that a refused event must leave as it was. */
function expectRefused(run: Play, event: SessionEvent, code: string): void {
  const before = JSON.stringify(run.session)
  run.give(event)
  expect(run.refused).toBe(code)
  expect(JSON.stringify(run.session)).toBe(before)
  expect(run.effects).toEqual([])
  expect(run.entries).toEqual([])
  expect(run.run.refused?.message).toMatch(/; .+\.$/)
}

describe('answers', () => {
  it('[RUN-14] a late timer is refused as stale and changes nothing', () => {
    const run = play(withTimeout())
    const old = run.waitId
    run.digits('1')
    run.now += 60_000
    expectRefused(run, { type: 'timer', waitId: old }, 'event.stale')
    expect(run.timeout().outcome).toBe('ok')
  })

  it('[RUN-14] a second result is refused as stale and changes nothing', () => {
    const run = play(http())
    const old = run.waitId
    run.result({ status: 200 })
    expect(run.node).toBe('b')
    expectRefused(run, { type: 'result', waitId: old, status: 500 }, 'event.stale')
    expect(run.result({ status: 200 }).outcome).toBe('ok')
  })

  it('[RUN-14] an old button is refused as stale and changes nothing', () => {
    const run = play(withTimeout())
    const old = run.waitId
    run.button('1')
    expect(run.node).toBe('b')
    expectRefused(run, { type: 'button', waitId: old, value: '1' }, 'event.stale')
  })

  it('[RUN-14] an answer that names another session’s wait is stale', () => {
    expectRefused(play(withTimeout()), { type: 'button', waitId: 'other:2', value: '1' }, 'event.stale')
  })

  it('[RUN-14] a timer before its time is refused as early', () => {
    const run = play(withTimeout())
    run.now = EPOCH + 9_999
    expectRefused(run, { type: 'timer', waitId: run.waitId }, 'event.early')
    run.now = EPOCH + 10_000
    expect(run.give({ type: 'timer', waitId: run.waitId }).outcome).toBe('ok')
  })

  it('[RUN-14] a timer for a wait without deadline is stale', () => {
    const run = play(delayed()).timeout()
    expect(run.session.wait?.dueAt).toBeUndefined()
    expectRefused(run, { type: 'timer', waitId: run.waitId }, 'event.stale')
  })

  it('[RUN-14] an answer of a type that the wait does not take is refused', () => {
    const run = play(withTimeout())
    expectRefused(run, { type: 'result', waitId: run.waitId, status: 200 }, 'event.notAccepted')
    const waiting = play(http())
    expectRefused(waiting, { type: 'button', waitId: waiting.waitId, value: '1' }, 'event.notAccepted')
  })

  it('[RUN-14] a wait that an effect was promised and that never opened lends its number to no other', () => {
    const odd = nodeType({
      enter: () => ({
        effects: [{ type: 'lookup', awaited: true }],
        set: { nobody: 1 },
        then: wait({ for: ['result'] }),
      }),
    })
    const run = play(
      program(
        {
          nodes: { it: node('odd'), next: node('delay', { duration: '1m' }), done: end('ok') },
          connect: ['start -> it', 'it:on:error -> next', 'next:done -> done'],
          otherwise: 'done',
        },
        { types: [odd] },
      ),
    )
    expect(run.effects.map(({ waitId }) => waitId)).not.toContain(run.waitId)
  })

  it('[RUN-14] an ended session refuses every event', () => {
    const run = play(program({ nodes: { done: end('ok') }, connect: ['start -> done'] }))
    expectRefused(run, { type: 'text', text: 'x' }, 'session.ended')
    expectRefused(run, { type: 'signal', name: 'hangup' }, 'session.ended')
    expectRefused(run, { type: 'timer', waitId: 's:1' }, 'session.ended')
  })

  it('[RUN-14] a failed session refuses every event', () => {
    const run = play(
      program({
        nodes: { call: node('call-subflow', { flow: 'gone' }), done: end('ok') },
        connect: ['start -> call', 'call:done -> done'],
      }),
    )
    expect(run.session.status).toBe('failed')
    expectRefused(run, { type: 'text', text: 'x' }, 'session.ended')
  })
})

describe('the inbox', () => {
  it('[RUN-14] keeps a text that comes while the session waits for something else', () => {
    const run = play(delayed()).text('early')
    expect(run.refused).toBeUndefined()
    expect(run.effects).toEqual([])
    expect(run.session.inbox).toEqual([{ type: 'text', text: 'early' }])
    expect(run.entries).toEqual([{ type: 'kept', flow: 'main', node: 'wait', event: 'text' }])
  })

  it('[RUN-14] leaves the open wait as it was', () => {
    const run = play(delayed())
    const { wait } = run.session
    expect(run.text('early').session.wait).toEqual(wait)
    expect(run.session.seq).toBe(1)
  })

  it('[RUN-14] gives it to the next wait that accepts it', () => {
    const run = play(delayed()).text('early').timeout()
    expect(run.saidSoFar).toEqual(['A?', 'B?'])
    expect(run.vars).toEqual({ first: 'early' })
    expect(run.session.inbox).toBeUndefined()
  })

  it('[RUN-14] gives inputs in the order in which they came', () => {
    const run = play(delayed()).text('one').text('two').timeout()
    expect(run.outcome).toBe('ok')
    expect(run.vars).toEqual({ first: 'one', second: 'two' })
  })

  it('[RUN-14] keeps what is left over for later', () => {
    const run = play(delayed()).text('one').text('two').text('three').timeout()
    expect(run.outcome).toBe('ok')
    expect(run.session.inbox).toEqual([{ type: 'text', text: 'three' }])
  })

  it('[RUN-14] skips inputs that the wait does not accept', () => {
    const run = play(
      program({
        variables: [{ name: 'said', type: 'text' }],
        nodes: {
          pause: node('delay', { duration: '1m' }),
          a: ask('A?', { variable: 'said' }),
          paid: node('wait-for-event', { event: 'paid' }),
          done: end('ok'),
        },
        connect: ['start -> pause', 'pause:done -> a', 'a:valid -> paid', 'paid:received -> done'],
      }),
    )
    run.event('other').event('paid', { sum: 5 }).text('hi')
    run.timeout()
    expect(run.outcome).toBe('ok')
    expect(run.vars).toEqual({ said: 'hi' })
    expect(run.session.inbox).toEqual([{ type: 'event', name: 'other' }])
  })

  it('[RUN-14] keeps digits and events as it keeps texts', () => {
    const run = play(delayed()).digits('12').event('paid', { sum: 5 })
    expect(run.session.inbox).toEqual([
      { type: 'digits', digits: '12' },
      { type: 'event', name: 'paid', data: { sum: 5 } },
    ])
  })

  it('[RUN-14] keeps nothing of an event but what its type has', () => {
    const run = play(delayed()).give({
      type: 'text',
      text: 'early',
      at: new Date(0),
    } as unknown as SessionEvent)
    expect(run.session.inbox).toEqual([{ type: 'text', text: 'early' }])
  })

  it('[RUN-14] is bounded: one more is refused and changes nothing', () => {
    const run = play(delayed({ maxInbox: 2 }))
      .text('1')
      .text('2')
    expect(run.refused).toBeUndefined()
    expectRefused(run, { type: 'text', text: '3' }, 'limit.inbox')
    expect(run.session.inbox).toHaveLength(2)
  })

  it('[RUN-14] is not asked where the open wait takes the input', () => {
    const run = play(delayed({ maxInbox: 1 }))
      .timeout()
      .text('now')
    expect(run.session.inbox).toBeUndefined()
    expect(run.vars).toEqual({ first: 'now' })
  })

  it('[RUN-14] records the event that is taken from it under the node that takes it', () => {
    const run = play(delayed()).text('early').timeout()
    expect(run.entries.map((entry) => [entry.type, entry.node])).toEqual([
      ['event', 'wait'],
      ['leave', 'wait'],
      ['enter', 'a'],
      ['effect', 'a'],
      ['wait', 'a'],
      ['event', 'a'],
      ['leave', 'a'],
      ['enter', 'b'],
      ['effect', 'b'],
      ['wait', 'b'],
    ])
  })

  it('[RUN-14] an input too large to keep fails the node that waits, with a trace that can be read', () => {
    const spec = (connect: readonly string[]) =>
      program(
        {
          settings: { limits: { maxPayloadBytes: 100 } },
          nodes: {
            pause: node('delay', { duration: '1m' }),
            sorry: say('Sorry'),
            again: node('delay', { duration: '1m' }),
            done: end('ok'),
          },
          connect: [
            'start -> pause',
            'pause:done -> again',
            ...connect,
            'sorry -> again',
            'again:done -> done',
          ],
        },
        { policy: { unreachable: 'warning' } },
      )
    const failed = play(spec([])).text('x'.repeat(99))
    expect(failed.errorCode).toBe('limit.payload')
    expect(failed.entries).toMatchObject([{ type: 'error', flow: 'main', node: 'pause' }])
    const led = play(spec(['pause:on:error -> sorry'])).text('x'.repeat(99))
    expect(led.said).toEqual(['Sorry'])
    expect(led.session.inbox).toBeUndefined()
    expect(led.entries[0]).toMatchObject({ type: 'error', flow: 'main', node: 'pause' })
  })
})

describe('malformed events', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'text'],
    ['an empty object', {}],
    ['an unknown type', { type: 'shout', text: 'x' }],
    ['a type from the prototype', { type: 'constructor' }],
    ['a text without text', { type: 'text' }],
    ['a text that is a number', { type: 'text', text: 5 }],
    ['digits that are a number', { type: 'digits', digits: 5 }],
    ['a timer without wait', { type: 'timer' }],
    ['a button without wait', { type: 'button', value: '1' }],
    ['a button without value', { type: 'button', waitId: 's:2' }],
    ['a signal without name', { type: 'signal' }],
    ['a signal with a name that is none', { type: 'signal', name: 'hang up' }],
    ['a signal with an empty name', { type: 'signal', name: '' }],
    ['a signal with a name of 65 letters', { type: 'signal', name: 'a'.repeat(65) }],
    ['an event without name', { type: 'event', data: {} }],
    ['an event with data that is a list', { type: 'event', name: 'x', data: [] }],
    ['an event with data that is no JSON', { type: 'event', name: 'x', data: { at: new Date(0) } }],
    ['an event with an unsafe key', { type: 'event', name: 'x', data: JSON.parse('{"__proto__": 1}') }],
    ['a result without wait', { type: 'result', status: 200 }],
    ['a result with a body that is no JSON', { type: 'result', waitId: 's:2', body: { n: Number.NaN } }],
    ['a result with a status that is a text', { type: 'result', waitId: 's:2', status: '200' }],
    ['a result with an error that is an object', { type: 'result', waitId: 's:2', error: {} }],
  ])('[RUN-14] %s is refused as malformed', (_what, event) => {
    expectRefused(play(http()), event as SessionEvent, 'event.malformed')
  })

  it('[RUN-14] a signal with a name of 64 letters is well formed', () => {
    const run = play(http()).signal('a'.repeat(64))
    expect(run.outcome).toBe(`signal.${'a'.repeat(64)}`)
  })
})
