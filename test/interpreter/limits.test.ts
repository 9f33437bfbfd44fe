import { describe, expect, it } from 'vitest'
import { LIMITS, type LimitName, type Program, resume, tryCompile } from '../../src/index.ts'
import { wait } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { ask, assign, end, flow, type NodeSpec, node, program, say } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { type Play, play } from '../support/play.ts'

/** A flow of which one session counts exactly to a limit, and one more passes it. */
interface LimitCase {
  readonly default: number
  readonly max: number
  readonly code: string
  /** Value of the limit that the case is run with. */
  readonly limit: number
  /** A session that uses `used` of what the limit counts. */
  run(limit: number, used: number): Play
}

/** start, `count - 2` messages, end: `count` node transitions. */
function chain(count: number, limits: object): Program {
  const nodes: { [id: string]: NodeSpec } = {}
  const connect: string[] = []
  let last = 'start'
  for (let i = 0; i < count - 2; i++) {
    nodes[`n${i}`] = say(`${i}`)
    connect.push(`${last} -> n${i}`)
    last = `n${i}`
  }
  nodes.done = end('ok')
  return program({ settings: { limits }, nodes, connect: [...connect, `${last} -> done`] })
}

/** Goes round as long as it gets answers: each is two node transitions. */
const circle = (limits: object) =>
  program({
    settings: { limits },
    nodes: { a: ask('A'), b: ask('B'), done: end('ok') },
    connect: ['start -> a', 'a:valid -> b', 'b:valid -> a', 'a:on:hangup -> done'],
  })

const recursive = (limits: object) =>
  program({
    settings: { limits },
    variables: [{ name: 'n', type: 'number', default: 0 }],
    nodes: {
      more: node('branch', { rules: [{ outcome: 'yes', condition: 'n > 1' }] }),
      call: node('call-subflow', { flow: 'main', inputs: { n: 'n - 1' } }),
      done: end('ok'),
    },
    connect: ['start -> more', 'more:yes -> call', 'more:else -> done', 'call:done -> done'],
  })

const CASES: { readonly [Name in LimitName]: LimitCase } = {
  maxSteps: {
    default: 100_000,
    max: 10_000_000,
    code: 'limit.steps',
    limit: 5,
    run(limit, used) {
      // start and a, then one transition an answer.
      const run = play(circle({ maxSteps: limit }))
      for (let steps = 2; steps < used; steps++) run.text('x')
      return run
    },
  },
  maxStepsPerEvent: {
    default: 1_000,
    max: 1_000_000,
    code: 'limit.stepsPerEvent',
    limit: 6,
    run: (limit, used) => play(chain(used, { maxStepsPerEvent: limit })),
  },
  maxVisits: {
    default: 1_000,
    max: 1_000_000,
    code: 'limit.visits',
    limit: 3,
    run(limit, used) {
      const run = play(circle({ maxVisits: limit }))
      for (let visits = 1; visits < used; visits++) run.text('to b').text('to a')
      return run
    },
  },
  maxDepth: {
    default: 16,
    max: 64,
    code: 'limit.depth',
    limit: 3,
    run: (limit, used) => play(recursive({ maxDepth: limit }), { variables: { n: used } }),
  },
  maxInbox: {
    default: 16,
    max: 256,
    code: 'limit.inbox',
    limit: 2,
    run(limit, used) {
      const run = play(
        program({
          settings: { limits: { maxInbox: limit } },
          nodes: { pause: node('delay', { duration: '1m' }), done: end('ok') },
          connect: ['start -> pause', 'pause:done -> done'],
        }),
      )
      for (let i = 0; i < used; i++) run.text(`${i}`)
      return run
    },
  },
  maxExpressionCost: {
    default: 10_000,
    max: 1_000_000,
    code: 'limit.expressionCost',
    limit: 5,
    run: (limit, used) =>
      play(
        program({
          settings: { limits: { maxExpressionCost: limit } },
          variables: [
            { name: 'list', type: 'list', default: Array.from({ length: used }, () => 1) },
            { name: 'out', type: 'any' },
          ],
          nodes: { it: assign({ out: 'list.all(x, true)' }), done: end('ok') },
          connect: ['start -> it', 'it -> done'],
        }),
      ),
  },
  maxPayloadBytes: {
    default: 65_536,
    max: 4_194_304,
    code: 'limit.payload',
    limit: 200,
    // The quotes around a text are two bytes of its JSON.
    run: (limit, used) => play(circle({ maxPayloadBytes: limit })).text('x'.repeat(used - 2)),
  },
  maxSessionBytes: {
    default: 262_144,
    max: 16_777_216,
    code: 'limit.session',
    limit: 1_000,
    run(limit, used) {
      const keeper = program({
        settings: { limits: { maxSessionBytes: limit } },
        variables: [{ name: 'kept', type: 'text' }],
        nodes: { a: ask('A', { variable: 'kept' }), b: ask('B'), done: end('ok') },
        connect: ['start -> a', 'a:valid -> b', 'b:valid -> done'],
      })
      const empty = JSON.stringify(play(keeper).text('-'.repeat(200)).session).length - 200
      return play(keeper).text('-'.repeat(used - empty))
    },
  },
  maxEffectsPerEvent: {
    default: 200,
    max: 10_000,
    code: 'limit.effects',
    limit: 4,
    run: (limit, used) => play(chain(used + 2, { maxEffectsPerEvent: limit })),
  },
}

const NAMES = Object.keys(LIMITS) as LimitName[]

describe('limits', () => {
  it.each(NAMES)('[RUN-15] %s has a default, a greatest value and a code', (name) => {
    const { default: preset, max, code } = CASES[name]
    expect(LIMITS[name]).toMatchObject({ default: preset, max, code })
    expect(play(chain(3, {})).program.limits[name]).toBe(preset)
  })

  it('[RUN-15] every limit has a case, and every case a limit', () => {
    expect(Object.keys(CASES).sort()).toEqual([...NAMES].sort())
  })

  it.each(NAMES)('[RUN-15] at %s a session works', (name) => {
    const { limit, run } = CASES[name]
    const reached = run(limit, limit)
    expect(reached.session.status).not.toBe('failed')
    expect(reached.refused).toBeUndefined()
  })

  it.each(NAMES.filter((name) => name !== 'maxInbox'))(
    '[RUN-15] one past %s the session fails with its code and names it',
    (name) => {
      const { limit, run, code } = CASES[name]
      const passed = run(limit, limit + 1)
      expect(passed.session.status).toBe('failed')
      expect(passed.session.wait).toBeUndefined()
      expect(passed.session.flowOutcome).toBeUndefined()
      expect(passed.session.error).toMatchObject({ code, flow: 'main' })
      expect(passed.session.error?.message).toBe(
        `The session passed its limit ${name}: ${limit} ${LIMITS[name].counts}`,
      )
      expect(passed.entries.at(-1)).toMatchObject({ type: 'error', error: { code } })
    },
  )

  it('[RUN-15] one past maxInbox the input is refused with its code, which names it', () => {
    const passed = CASES.maxInbox.run(2, 3)
    expect(passed.run.refused?.code).toBe(LIMITS.maxInbox.code)
    expect(passed.run.refused?.message).toContain('maxInbox')
    expect(passed.session.status).toBe('waiting')
  })

  it.each(NAMES)('[RUN-15] a flow cannot set %s beyond its greatest value, nor below one', (name) => {
    const { max } = CASES[name]
    const compiled = (value: number) =>
      tryCompile(
        flow({
          settings: { limits: { [name]: value } },
          nodes: { done: end('ok') },
          connect: ['start -> done'],
        }),
        { nodes: palette },
      ).ok
    expect(compiled(max)).toBe(true)
    expect(compiled(max + 1)).toBe(false)
    expect(compiled(1)).toBe(true)
    expect(compiled(0)).toBe(false)
  })

  it('[RUN-15] the default of steps between two waits holds where a flow sets nothing', () => {
    expect(play(chain(150, {})).session.status).toBe('ended')
    expect(play(chain(1_000, { maxEffectsPerEvent: 10_000 })).session.status).toBe('ended')
    expect(play(chain(1_001, { maxEffectsPerEvent: 10_000 })).errorCode).toBe('limit.stepsPerEvent')
  })

  it.each([
    ['steps', { maxSteps: 3 }],
    ['steps between two waits', { maxStepsPerEvent: 3 }],
    ['effects', { maxEffectsPerEvent: 1 }],
  ])('[RUN-15] passing the limit of %s cannot be caught by the flow', (_what, limits) => {
    const exception = program({
      id: 'oops',
      role: 'exception',
      nodes: { done: end('handled') },
      connect: ['start -> done'],
    })
    const run = play(
      program(
        {
          settings: { limits },
          nodes: { a: say('A'), b: say('B'), done: end('ok'), caught: end('caught') },
          connect: ['start -> a', 'a -> b', 'b -> done', 'a:on:error -> caught', 'b:on:error -> caught'],
        },
        { exception },
      ),
    )
    expect(run.session.status).toBe('failed')
    expect(run.session.frames).toHaveLength(1)
  })

  it('[RUN-15] visits are counted only where a cycle can pass, and by run', () => {
    const run = play(circle({}))
    expect(run.session.frames[0]?.visits).toEqual({ a: 1 })
    run.text('x').text('x')
    expect(run.session.frames[0]?.visits).toEqual({ a: 2 })
    expect(
      play(program({ nodes: { a: ask(), done: end('ok') }, connect: ['start -> a', 'a:valid -> done'] }))
        .session.frames[0]?.visits,
    ).toBeUndefined()
  })

  it('[RUN-15] errors that lead round in a circle pass the limit of steps between two waits', () => {
    const run = play(
      program({
        settings: { limits: { maxStepsPerEvent: 20 } },
        variables: [{ name: 'n', type: 'number', default: 0 }],
        nodes: { bad: assign({ n: '1 / n' }), again: say('again'), pause: ask(), done: end('ok') },
        connect: [
          'start -> bad',
          'bad -> pause',
          'pause:valid -> done',
          'bad:on:error -> again',
          'again -> pause',
        ],
      }),
    )
    expect(run.session.status).toBe('waiting')
  })

  it('[RUN-15] a result that is too large fails the node that waits for it', () => {
    const run = play(
      program({
        settings: { limits: { maxPayloadBytes: 300 } },
        nodes: { it: node('http-request', { url: 'https://x.test' }), done: end('ok'), large: end('large') },
        connect: ['start -> it', 'it:on:error -> large'],
        otherwise: 'done',
      }),
    )
    expect(run.result({ body: 'x'.repeat(400) }).outcome).toBe('large')
  })

  it('[RUN-15] an effect that is too large is an error of the node that asks for it', () => {
    const run = play(
      program({
        settings: { limits: { maxPayloadBytes: 100 } },
        nodes: { it: say('x'.repeat(99)), done: end('ok') },
        connect: ['start -> it', 'it -> done'],
      }),
    )
    expect(run.session.error).toMatchObject({ code: 'limit.payload', node: 'it' })
    expect(run.effects).toEqual([])
  })

  it('[RUN-15] an effect whose members are each small enough is measured as a whole', () => {
    const run = play(
      program({
        settings: { limits: { maxPayloadBytes: 300 } },
        nodes: { it: say({ text: 'x'.repeat(200), speech: 'y'.repeat(200) }), done: end('ok') },
        connect: ['start -> it', 'it -> done'],
      }),
    )
    expect(run.errorCode).toBe('limit.payload')
  })

  it('[RUN-15] a value that is too large is an error of the node that stores it', () => {
    const storing = (size: number) =>
      play(
        program({
          settings: { limits: { maxPayloadBytes: 500 } },
          variables: [
            { name: 'part', type: 'text', default: 'x'.repeat(249) },
            { name: 'end', type: 'text', default: 'x'.repeat(size) },
            { name: 'whole', type: 'text' },
          ],
          nodes: { it: assign({ whole: 'part + end' }), done: end('ok') },
          connect: ['start -> it', 'it -> done'],
        }),
      )
    expect(storing(249).outcome).toBe('ok')
    expect(storing(250).errorCode).toBe('limit.payload')
  })

  it('[RUN-15] bytes are counted as UTF-8 has them, not letters', () => {
    const limits = { maxPayloadBytes: 102 }
    expect(play(circle(limits)).text('é'.repeat(50)).errorCode).toBeUndefined()
    expect(play(circle(limits)).text('é'.repeat(51)).errorCode).toBe('limit.payload')
    expect(play(circle(limits)).text('€'.repeat(33)).errorCode).toBeUndefined()
    expect(play(circle(limits)).text('€'.repeat(34)).errorCode).toBe('limit.payload')
    expect(play(circle(limits)).text('😀'.repeat(25)).errorCode).toBeUndefined()
    expect(play(circle(limits)).text('😀'.repeat(26)).errorCode).toBe('limit.payload')
    expect(play(circle(limits)).text('"'.repeat(50)).errorCode).toBeUndefined()
    expect(play(circle(limits)).text('"'.repeat(51)).errorCode).toBe('limit.payload')
  })

  it('[RUN-15] an event with data is measured as a whole', () => {
    const waiting = program({
      settings: { limits: { maxPayloadBytes: 100 } },
      nodes: { it: node('wait-for-event', { event: 'e' }), done: end('ok') },
      connect: ['start -> it', 'it:received -> done'],
    })
    const size = (data: object) => JSON.stringify({ type: 'event', name: 'e', data }).length
    const fill = 100 - size({ a: '' })
    expect(play(waiting).event('e', { a: 'x'.repeat(fill) }).outcome).toBe('ok')
    expect(play(waiting).event('e', { a: 'x'.repeat(fill + 1) }).errorCode).toBe('limit.payload')
  })

  it('[RUN-15] state that is too large fails the node that waits with it', () => {
    const odd = nodeType({ enter: () => ({ state: 'x'.repeat(999), then: wait({ for: ['text'] }) }) })
    const run = play(
      program(
        {
          settings: { limits: { maxPayloadBytes: 1_000 } },
          nodes: { it: node('odd'), done: end('ok') },
          connect: ['start -> it'],
          otherwise: 'done',
        },
        { types: [odd] },
      ),
    )
    expect(run.session.error).toMatchObject({ code: 'limit.payload', node: 'it' })
  })

  it('[RUN-15] a failed session leaves out the values that made it too large', () => {
    const { run, limit } = CASES.maxSessionBytes
    const passed = run(limit, limit + 1)
    expect(passed.session.frames[0]?.vars).toEqual({})
    expect(JSON.stringify(passed.session).length).toBeLessThanOrEqual(limit)
  })

  it('[RUN-15] a session that kept too much for later fails, and drops what came last', () => {
    const run = play(
      program({
        settings: { limits: { maxSessionBytes: 600 } },
        nodes: { pause: node('delay', { duration: '1m' }), done: end('ok') },
        connect: ['start -> pause', 'pause:done -> done'],
      }),
    )
    run.text('a'.repeat(200))
    expect(run.session.status).toBe('waiting')
    run.text('b'.repeat(400))
    expect(run.errorCode).toBe('limit.session')
    expect(run.session.inbox).toEqual([{ type: 'text', text: 'a'.repeat(200) }])
  })

  it('[RUN-15] a contact that makes the session too large fails it at the start, and is not kept', () => {
    const run = play(
      program({
        settings: { limits: { maxSessionBytes: 500 } },
        contact: [{ name: 'bio', type: 'text' }],
        nodes: { it: ask('{{contact.bio}}'), done: end('ok') },
        connect: ['start -> it', 'it:valid -> done'],
      }),
      { trigger: { type: 'manual', contact: { bio: 'x'.repeat(1_000) } } },
    )
    expect(run.errorCode).toBe('limit.session')
    expect(JSON.stringify(run.session).length).toBeLessThanOrEqual(500)
  })

  it('[RUN-15] an expression in a template, a condition or an action spends the same budget', () => {
    const spec = (spent: NodeSpec) =>
      play(
        program({
          settings: { limits: { maxExpressionCost: 5 } },
          variables: [
            { name: 'list', type: 'list', default: Array.from({ length: 6 }, () => 1) },
            { name: 'flag', type: 'boolean' },
          ],
          nodes: { it: spent, done: end('ok') },
          connect: ['start -> it'],
          otherwise: 'done',
        }),
      )
    expect(spec(say('{{list.all(x, true)}}')).errorCode).toBe('limit.expressionCost')
    expect(
      spec(node('branch', { rules: [{ outcome: 'yes', condition: 'list.all(x, true)' }] })).errorCode,
    ).toBe('limit.expressionCost')
    expect(spec({ ...say('x'), onEnter: [{ set: 'flag', to: 'list.all(x, true)' }] }).errorCode).toBe(
      'limit.expressionCost',
    )
  })

  it('[RUN-15] the exception flow counts as one more nested run', () => {
    const exception = program({
      id: 'oops',
      role: 'exception',
      nodes: { ask: ask(), done: end('handled') },
      connect: ['start -> ask', 'ask:valid -> done'],
    })
    const main = (maxDepth: number) =>
      program(
        {
          settings: { limits: { maxDepth } },
          nodes: { call: node('call-subflow', { flow: 'gone' }), done: end('ok') },
          connect: ['start -> call', 'call:done -> done'],
        },
        { exception },
      )
    expect(play(main(2)).session.frames).toHaveLength(2)
  })

  it('[RUN-15] limits are those of the first flow, also inside its subflows', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      settings: { limits: { maxStepsPerEvent: 1 } },
      nodes: { a: say('a'), b: say('b'), done: end('done') },
      connect: ['start -> a', 'a -> b', 'b -> done'],
    })
    const main = program(
      {
        nodes: { call: node('call-subflow', { flow: 'child' }), done: end('ok') },
        connect: ['start -> call', 'call:done -> done'],
      },
      { subflows: [child] },
    )
    expect(play(main).outcome).toBe('ok')
    const run = play(main)
    expect(resume(main, run.session, { type: 'text', text: 'x' }, { now: 0 }).refused?.code).toBe(
      'session.ended',
    )
  })
})
