import { describe, expect, it } from 'vitest'
import { type JsonObject, resume, type Session, start, type Trigger } from '../../src/index.ts'
import { thrownCode } from '../support/errors.ts'
import { ask, assign, end, node, program, say } from '../support/flow.ts'
import { EPOCH, play } from '../support/play.ts'

const simple = program({
  variables: [
    { name: 'n', type: 'number', default: 1 },
    { name: 'word', type: 'text' },
    { name: 'any', type: 'any' },
  ],
  nodes: { ask: ask('?', { variable: 'word' }), done: end('ok') },
  connect: ['start -> ask', 'ask:valid -> done'],
})

const OPTIONS = { id: 's', now: EPOCH, seed: 'seed' }
const MANUAL: Trigger = { type: 'manual' }

describe('start', () => {
  it('gives a session that holds what it needs and no more', () => {
    expect(play(simple).session).toEqual({
      v: 1,
      id: 's',
      status: 'waiting',
      pins: { main: simple.hash },
      frames: [{ flow: 'main', node: 'ask', vars: { n: 1 } }],
      seq: 2,
      steps: 2,
      random: expect.any(Number),
      wait: { id: 's:2', for: ['text', 'digits'] },
    })
  })

  it('numbers effects and waits in the order of their creation, each with a key of its own', () => {
    const run = play(simple)
    expect(run.effects.map(({ key }) => key)).toEqual(['s:1'])
    expect(run.waitId).toBe('s:2')
  })

  it('an awaited effect names the wait that its result answers', () => {
    const run = play(
      program({
        nodes: { it: node('http-request', { url: 'https://x.test' }), done: end('ok') },
        connect: ['start -> it'],
        otherwise: 'done',
      }),
    )
    expect(run.effects[0]).toMatchObject({ key: 's:1', waitId: 's:2', awaited: true })
    expect(run.waitId).toBe('s:2')
  })

  it.each<[string, () => unknown]>([
    ['session.id', () => start(simple, MANUAL, { ...OPTIONS, id: '' })],
    ['session.id', () => start(simple, MANUAL, { ...OPTIONS, id: 5 as never })],
    ['session.now', () => start(simple, MANUAL, { ...OPTIONS, now: Number.NaN })],
    ['session.now', () => start(simple, MANUAL, { id: 's', seed: 'x' } as never)],
    ['session.trigger', () => start(simple, {} as never, OPTIONS)],
    ['session.trigger', () => start(simple, undefined as never, OPTIONS)],
    ['session.variables', () => start(simple, MANUAL, { ...OPTIONS, variables: { nobody: 1 } })],
    ['session.variables', () => start(simple, MANUAL, { ...OPTIONS, variables: { n: 'text' } })],
    [
      'session.variables',
      () => start(simple, MANUAL, { ...OPTIONS, variables: { any: new Date(0) as never } }),
    ],
    [
      'session.variables',
      () => start(simple, MANUAL, { ...OPTIONS, variables: { n: Number.POSITIVE_INFINITY } }),
    ],
    [
      'session.now',
      () => resume(simple, play(simple).session, { type: 'text', text: 'x' }, { now: Number.NaN }),
    ],
    ['session.shape', () => resume(simple, {} as never, { type: 'text', text: 'x' }, { now: 0 })],
    ['session.shape', () => resume(simple, undefined as never, { type: 'text', text: 'x' }, { now: 0 })],
    [
      'session.shape',
      () =>
        resume(simple, { ...play(simple).session, v: 2 } as never, { type: 'text', text: 'x' }, { now: 0 }),
    ],
    [
      'session.shape',
      () => resume(simple, { ...play(simple).session, frames: [] }, { type: 'text', text: 'x' }, { now: 0 }),
    ],
    [
      'session.shape',
      () =>
        resume(
          simple,
          { ...play(simple).session, frames: [{ flow: 'main', node: 'gone', vars: {} }] },
          { type: 'text', text: 'x' },
          { now: 0 },
        ),
    ],
    [
      'session.shape',
      () => resume(simple, withoutWait(play(simple).session), { type: 'text', text: 'x' }, { now: 0 }),
    ],
  ])('throws %s for what no session can be started or resumed with (%#)', (code, misuse) => {
    expect(thrownCode(misuse)).toBe(code)
  })

  it('throws session.wrongProgram for a program that the session is not pinned to', () => {
    const other = program({
      nodes: { ask: ask('Other?'), done: end('ok') },
      connect: ['start -> ask', 'ask:valid -> done'],
    })
    expect(
      thrownCode(() => resume(other, play(simple).session, { type: 'text', text: 'x' }, { now: 0 })),
    ).toBe('session.wrongProgram')
  })

  it('says in one line what is wrong, with the code and the next step', () => {
    expect(() => start(simple, MANUAL, { ...OPTIONS, id: '' })).toThrow(
      'A session needs an id [session.id]. Pass a text that no other session has.',
    )
  })

  it('takes values for variables over their defaults', () => {
    const run = play(simple, { variables: { n: 5, word: 'x' } })
    expect(run.vars).toEqual({ n: 5, word: 'x' })
  })

  it('takes null for a variable to leave it without value', () => {
    expect(play(simple, { variables: { n: null } }).vars).toEqual({})
  })
})

function withoutWait(session: Session): Session {
  const { wait: _wait, ...others } = session
  return others
}

describe('what a session keeps', () => {
  const reading = (prompt: string) =>
    program({
      contact: [
        { name: 'name', type: 'text' },
        { name: 'tier', type: 'text' },
        { name: 'address', type: 'object' },
      ],
      data: [{ name: 'order', type: 'text' }],
      nodes: { ask: ask(prompt), done: end('ok') },
      connect: ['start -> ask', 'ask:valid -> done'],
    })
  const trigger: Trigger = {
    type: 'message',
    channel: 'sms',
    from: '+49',
    data: { order: 'A' },
    contact: { name: 'Ada', tier: 'gold', address: { city: 'Ulm' }, other: 'x' },
  }

  it.each<[string, string, JsonObject | undefined, JsonObject | undefined]>([
    ['nothing', 'Hi', undefined, undefined],
    ['a field of the contact', '{{contact.name}}', { name: 'Ada' }, undefined],
    ['two fields', '{{contact.name}} {{contact.tier}}', { name: 'Ada', tier: 'gold' }, undefined],
    ['an object of the contact', '{{contact.address.city}}', { address: { city: 'Ulm' } }, undefined],
    [
      'the whole contact',
      '{{size(contact)}}',
      { name: 'Ada', tier: 'gold', address: { city: 'Ulm' }, other: 'x' },
      undefined,
    ],
    ['a member of the trigger', '{{trigger.channel}}', undefined, { channel: 'sms' }],
    ['data of the trigger', '{{trigger.data.order}}', undefined, { data: { order: 'A' } }],
    [
      'the whole trigger',
      '{{size(trigger)}}',
      undefined,
      { type: 'message', channel: 'sms', from: '+49', data: { order: 'A' } },
    ],
  ])('where expressions read %s', (_what, prompt, contact, kept) => {
    const { session } = play(reading(prompt), { trigger })
    expect(session.contact).toEqual(contact)
    expect(session.trigger).toEqual(kept)
  })

  it('keeps what a subflow or the exception flow reads', () => {
    const contact = [{ name: 'tier', type: 'text' as const }]
    const child = program({
      id: 'child',
      role: 'subflow',
      contact,
      nodes: { ask: ask('{{contact.tier}}'), done: end('done') },
      connect: ['start -> ask', 'ask:valid -> done'],
    })
    const spec = {
      nodes: { ask: ask(), call: node('call-subflow', { flow: 'child' }), done: end('ok') },
      connect: ['start -> ask', 'ask:valid -> call', 'call:done -> done'],
    }
    expect(play(program(spec, { subflows: [child] }), { trigger }).session.contact).toEqual({ tier: 'gold' })
    const exception = program({
      id: 'oops',
      role: 'exception',
      contact,
      nodes: { ask: ask('{{contact.tier}}'), done: end('done') },
      connect: ['start -> ask', 'ask:valid -> done'],
    })
    expect(play(program(spec, { exception }), { trigger }).session.contact).toEqual({ tier: 'gold' })
    const whole = program({
      id: 'child',
      role: 'subflow',
      contact,
      nodes: { ask: ask('{{size(contact)}}'), done: end('done') },
      connect: ['start -> ask', 'ask:valid -> done'],
    })
    expect(play(program(spec, { subflows: [whole] }), { trigger }).session.contact).toEqual(trigger.contact)
  })

  it('leaves out what is null or missing', () => {
    const { session } = play(reading('{{contact.name}} {{contact.tier}}'), {
      trigger: { type: 'manual', contact: { name: null, tier: undefined } },
    })
    expect(session.contact).toBeUndefined()
  })

  it('keeps a contact field that is called contact where the whole is read', () => {
    const { session } = play(reading('{{size(contact)}}'), {
      trigger: { type: 'manual', contact: { contact: 'x' } },
    })
    expect(session.contact).toEqual({ contact: 'x' })
  })

  it('refuses what is no plain JSON, by name', () => {
    const build = reading('{{contact.name}} {{trigger.data.order}}')
    expect(
      thrownCode(() => start(build, { type: 'manual', contact: { name: new Date(0) as never } }, OPTIONS)),
    ).toBe('session.contact')
    expect(thrownCode(() => start(build, { type: 'manual', data: { order: Number.NaN } }, OPTIONS))).toBe(
      'session.trigger',
    )
    expect(
      thrownCode(() => start(build, { type: 'manual', contact: { name: (() => 1) as never } }, OPTIONS)),
    ).toBe('session.contact')
    expect(
      thrownCode(() => start(build, { type: 'manual', contact: { tier: new Date(0) as never } }, OPTIONS)),
    ).toBeUndefined()
  })

  it('keeps outputs as long as an expression ahead can read them', () => {
    const run = play(
      program({
        nodes: {
          http: node('http-request', { url: 'https://x.test' }),
          a: ask('a'),
          tell: say('{{nodes.http.status}}'),
          b: ask('b'),
          done: end('ok'),
        },
        connect: ['start -> http', 'http:success -> a', 'a:valid -> tell', 'tell -> b', 'b:valid -> done'],
        otherwise: 'done',
      }),
    )
    run.result({ status: 200, body: 'x' })
    expect(run.session.frames[0]?.outputs).toEqual({ http: { status: 200, body: 'x' } })
    run.text('x')
    expect(run.said).toEqual(['200', 'b'])
    expect(run.session.frames[0]?.outputs).toBeUndefined()
  })

  it('keeps no output that nothing reads', () => {
    const run = play(
      program({
        nodes: { http: node('http-request', { url: 'https://x.test' }), a: ask('a'), done: end('ok') },
        connect: ['start -> http', 'http:success -> a', 'a:valid -> done'],
        otherwise: 'done',
      }),
    ).result({ status: 200 })
    expect(run.node).toBe('a')
    expect(run.session.frames[0]?.outputs).toBeUndefined()
  })

  it('keeps outputs that a cycle comes back to', () => {
    const run = play(
      program({
        nodes: { tell: say('{{nodes.a.value}}'), a: ask('a'), b: ask('b'), done: end('ok') },
        connect: ['start -> tell', 'tell -> a', 'a:valid -> b', 'b:valid -> tell', 'b:on:hangup -> done'],
      }),
    )
    run.text('one')
    expect(run.session.frames[0]?.outputs).toEqual({ a: { value: 'one', kind: 'text' } })
    expect(run.text('x').said).toEqual(['one', 'a'])
  })
})

describe('variables', () => {
  it.each([
    ['text', '"x"', true],
    ['text', 'any', false],
    ['number', '1', true],
    ['boolean', 'true', true],
    ['list', '[1]', true],
    ['list', 'any', false],
    ['object', '{"a": 1}', true],
    ['object', 'any', false],
    ['date', '"2026-11-21"', true],
    ['date', 'any', false],
    ['any', 'any', true],
  ] as const)('a %s takes %s: %s', (type, source, fits) => {
    const run = play(
      program({
        variables: [
          { name: 'v', type },
          { name: 'any', type: 'any', default: 5 },
        ],
        nodes: { it: assign({ v: source }), done: end('ok') },
        connect: ['start -> it', 'it -> done'],
      }),
    )
    expect(run.errorCode).toBe(fits ? undefined : 'variable.type')
  })

  it('any of them takes null, and then holds nothing', () => {
    const run = play(
      program({
        variables: [{ name: 'v', type: 'list', default: [1] }],
        nodes: { it: assign({ v: 'null' }), done: end('ok') },
        connect: ['start -> it', 'it -> done'],
      }),
    )
    expect(run.vars).toEqual({})
  })

  it('are set all at once: every value is computed before any is stored', () => {
    const run = play(
      program({
        variables: [
          { name: 'a', type: 'number', default: 1 },
          { name: 'b', type: 'number', default: 2 },
        ],
        nodes: { swap: assign({ a: 'b', b: 'a' }), done: end('ok') },
        connect: ['start -> swap', 'swap -> done'],
      }),
    )
    expect(run.vars).toEqual({ a: 2, b: 1 })
  })

  it('of one session are never those of another', () => {
    const counting = program({
      variables: [{ name: 'n', type: 'number', default: 0 }],
      nodes: { a: ask(), add: assign({ n: 'n + 1' }), done: end('ok') },
      connect: ['start -> a', 'a:valid -> add', 'add -> done'],
    })
    expect(play(counting).text('x').vars).toEqual({ n: 1 })
    expect(play(counting).text('x').vars).toEqual({ n: 1 })
  })
})
