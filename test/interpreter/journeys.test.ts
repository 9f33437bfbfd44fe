import { describe, expect, it } from 'vitest'
import type { Effect } from '../../src/index.ts'
import { journeyOf } from '../../src/interpreter/index.ts'
import { thrownCode } from '../support/errors.ts'
import { ask, end, node, program, say } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { play } from '../support/play.ts'

const emit = node('emit-event', { event: 'order.cancelled' })

/** Tells the world, waits, and tells it again. */
const teller = program({
  nodes: { before: emit, ask: ask(), after: emit, bye: say('Bye'), done: end('ok') },
  connect: ['start -> before', 'before -> ask', 'after -> bye', 'bye -> done'],
  otherwise: 'after',
})

const emitted = (effects: readonly Effect[]) => effects.find(({ type }) => type === 'event.emit')!

describe('journeys', () => {
  it('[DOC-16] a session that nothing else has started begins a journey of its own', () => {
    const run = play(teller, { id: 'a' })
    expect(journeyOf(run.session)).toBe('a')
    expect(journeyOf(emitted(run.effects))).toBe('a')
    expect(run.session).not.toHaveProperty('journey')
    expect(emitted(run.effects)).not.toHaveProperty('journey')
  })

  it('[DOC-16] a session that an event of another one triggers continues its journey', () => {
    const first = play(teller, { id: 'a' })
    const second = play(teller, { id: 'b', journey: journeyOf(emitted(first.effects)) })
    expect(journeyOf(second.session)).toBe('a')
    expect(emitted(second.effects).journey).toBe('a')
    const third = play(teller, { id: 'c', journey: journeyOf(emitted(second.effects)) })
    expect(journeyOf(third.session)).toBe('a')
    expect([first, second, third].map(({ session }) => session.id)).toEqual(['a', 'b', 'c'])
  })

  it('[DOC-16] the journey outlives every event, and the end', () => {
    const run = play(teller, { id: 'b', journey: 'a' }).text('go on')
    expect(emitted(run.effects)).toMatchObject({ journey: 'a', node: 'after' })
    expect(run.session).toMatchObject({ status: 'ended', journey: 'a' })
  })

  it('[RUN-12] it is part of the JSON of a session', () => {
    const { session } = play(teller, { id: 'b', journey: 'a' })
    expect(journeyOf(JSON.parse(JSON.stringify(session)))).toBe('a')
  })

  it('[DOC-16] a flow that is called runs in the journey of its caller', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      nodes: { tell: emit, ask: ask(), done: end('ok') },
      connect: ['start -> tell', 'tell -> ask'],
      otherwise: 'done',
    })
    const caller = program(
      {
        nodes: { call: node('call-subflow', { flow: 'child' }), tell: emit, done: end('ok') },
        connect: ['start -> call', 'call:done -> tell', 'tell -> done'],
        otherwise: 'done',
      },
      { subflows: [child] },
    )
    const run = play(caller, { id: 'b', journey: 'a' })
    expect(emitted(run.effects)).toMatchObject({ flow: 'child', journey: 'a' })
    expect(emitted(run.text('back').effects)).toMatchObject({ flow: 'main', journey: 'a' })
  })

  it('[DOC-16] a flow that is jumped to goes on in the journey', () => {
    const next = program({
      id: 'next',
      nodes: { ask: ask(), tell: emit, done: end('ok') },
      connect: ['start -> ask', 'tell -> done'],
      otherwise: 'tell',
    })
    const leaver = program(
      { nodes: { go: node('jump', { flow: 'next' }), done: end('ok') }, connect: ['start -> go'] },
      { subflows: [next], policy: { unreachable: 'warning' } },
    )
    const run = play(leaver, { id: 'b', journey: 'a' }).text('go on')
    expect(emitted(run.effects)).toMatchObject({ flow: 'next', journey: 'a' })
    expect(journeyOf(run.session)).toBe('a')
  })

  it('[DOC-16] calls, transfers and effects of the host carry it; what starts nothing does not', () => {
    const types = ['call.place', 'transfer', 'crm.start', 'message.send', 'log.write', 'contact.update']
    const odd = nodeType({ enter: () => ({ effects: types.map((type) => ({ type })), then: 'next' }) })
    const all = program(
      {
        nodes: { odd: node('odd'), done: end('ok') },
        connect: ['start -> odd'],
        otherwise: 'done',
      },
      { types: [odd] },
    )
    const { effects } = play(all, { id: 'b', journey: 'a' })
    expect(effects.flatMap(({ type, journey }) => (journey === 'a' ? [type] : []))).toEqual(types.slice(0, 3))
    expect(effects.map(journeyOf).slice(0, 3)).toEqual(['a', 'a', 'a'])
  })

  it('[DOC-16] a node type may name another journey', () => {
    const odd = nodeType({ enter: () => ({ effects: [{ type: 'crm.start', journey: 'z' }], then: 'next' }) })
    const all = program(
      { nodes: { odd: node('odd'), done: end('ok') }, connect: ['start -> odd'], otherwise: 'done' },
      { types: [odd] },
    )
    expect(journeyOf(play(all, { id: 'b', journey: 'a' }).effects[0]!)).toBe('z')
  })

  it('[DOC-16] expressions read it, as for a header of a request', () => {
    const says = program({
      nodes: { tell: say('{{session.journey}} {{session.id}}'), done: end('ok') },
      connect: ['start -> tell', 'tell -> done'],
    })
    expect(play(says, { id: 'b', journey: 'a' }).said).toEqual(['a b'])
    expect(play(says, { id: 'b' }).said).toEqual(['b b'])
  })

  it('[DOC-16] a trace shows it also where what the effect carries is masked', () => {
    const secret = program({
      variables: [{ name: 'pin', type: 'text', default: '1234', sensitive: true }],
      nodes: { tell: node('emit-event', { event: 'e', data: { pin: 'pin' } }), done: end('ok') },
      connect: ['start -> tell', 'tell -> done'],
    })
    const run = play(secret, { id: 'b', journey: 'a' })
    const shown = run.entries.find(({ type }) => type === 'effect')
    expect(shown).toMatchObject({ effect: { journey: 'a', data: '***' } })
  })

  it('a journey that is no text is refused; its own id changes nothing', () => {
    for (const journey of ['', 7 as never]) {
      expect(thrownCode(() => play(teller, { journey }))).toBe('session.journey')
    }
    expect(play(teller, { id: 'a', journey: 'a' }).session).toEqual(play(teller, { id: 'a' }).session)
  })
})
