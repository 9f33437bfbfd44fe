import { describe, expect, it } from 'vitest'
import { type Program, resume } from '../../src/index.ts'
import { thrownCode } from '../support/errors.ts'
import type { FlowSpec } from '../support/flow.ts'
import { ask, end, node, type ProgramOptions, program, say } from '../support/flow.ts'
import { play } from '../support/play.ts'

const child = (spec: Partial<FlowSpec> = {}, options: ProgramOptions = {}) =>
  program(
    {
      id: 'child',
      role: 'subflow',
      variables: [
        { name: 'amount', type: 'number', default: 7 },
        { name: 'receipt', type: 'text' },
      ],
      nodes: { ask: ask('Receipt for {{amount}}?', { variable: 'receipt' }), paid: end('paid') },
      connect: ['start -> ask', 'ask:valid -> paid'],
      ...spec,
    },
    options,
  )

const parent = (config = {}, options: ProgramOptions = {}, connect: readonly string[] = []) =>
  program(
    {
      variables: [
        { name: 'total', type: 'number', default: 20 },
        { name: 'note', type: 'text' },
        { name: 'amount', type: 'text', default: 'mine' },
      ],
      nodes: {
        call: node('call-subflow', { flow: 'child', ...config }),
        tell: say('{{note}} {{amount}}'),
        done: end('ok'),
        other: end('other'),
      },
      connect: ['start -> call', 'call:done -> tell', 'tell -> done', ...connect],
      otherwise: 'other',
    },
    { policy: { unreachable: 'warning' }, ...options },
  )

describe('subflows', () => {
  it('[RUN-11] a subflow runs as a child, with a frame and variables of its own', () => {
    const run = play(parent({}, { subflows: [child()] }))
    expect(run.session.frames).toEqual([
      { flow: 'main', node: 'call', vars: { total: 20, amount: 'mine' } },
      { flow: 'child', node: 'ask', vars: { amount: 7 } },
    ])
    expect(run.said).toEqual(['Receipt for 7?'])
  })

  it('[RUN-11] inputs are computed by the caller and start variables of the child', () => {
    const run = play(parent({ inputs: { amount: 'total + 1' } }, { subflows: [child()] }))
    expect(run.session.frames[1]?.vars).toEqual({ amount: 21 })
    expect(run.session.frames[0]?.vars).toEqual({ total: 20, amount: 'mine' })
  })

  it('[RUN-11] an input that is null leaves the variable without a value', () => {
    const run = play(parent({ inputs: { amount: 'null' } }, { subflows: [child()] }))
    expect(run.session.frames[1]?.vars).toEqual({})
  })

  it('[RUN-11] an input of the wrong type is an error inside the child', () => {
    const run = play(parent({ inputs: { amount: '"text"' } }, { subflows: [child()] }))
    expect(run.session.error).toMatchObject({ code: 'variable.type', flow: 'child', node: 'start' })
  })

  it('[RUN-11] an input for a variable that the child does not have is an error', () => {
    const run = play(parent({ inputs: { nobody: '1' } }, { subflows: [child()] }))
    expect(run.errorCode).toBe('variable.unknown')
  })

  it('[RUN-11] outputs bring variables of the child back, and nothing else of it', () => {
    const run = play(
      parent({ outputs: [{ variable: 'note', from: 'receipt' }] }, { subflows: [child()] }),
    ).text('R-1')
    expect(run.said).toEqual(['R-1 mine'])
    expect(run.session.frames).toEqual([
      { flow: 'main', node: 'done', vars: { total: 20, amount: 'mine', note: 'R-1' } },
    ])
  })

  it('[RUN-11] an output that the child left without a value empties the variable', () => {
    const silent = child({ nodes: { paid: end('paid') }, connect: ['start -> paid'] })
    const run = play(parent({ outputs: [{ variable: 'amount', from: 'receipt' }] }, { subflows: [silent] }))
    expect(run.vars).toEqual({ total: 20 })
  })

  it('[RUN-11] what is brought back is pinned in the frame while the child waits', () => {
    const run = play(parent({ outputs: [{ variable: 'note', from: 'receipt' }] }, { subflows: [child()] }))
    expect(run.session.frames[1]?.returns).toEqual({ note: 'receipt' })
  })

  it('[RUN-11] returns by the flow outcome where the caller lists it', () => {
    const run = play(parent({ outcomes: ['paid'] }, { subflows: [child()] }, ['call:paid -> done'])).text('x')
    expect(run.run.trace.steps().find((step) => step.node === 'call')).toEqual({
      flow: 'main',
      node: 'call',
      outcome: 'paid',
    })
  })

  it('[RUN-11] returns by done where the caller does not list the flow outcome', () => {
    const run = play(parent({ outcomes: ['late'] }, { subflows: [child()] })).text('x')
    expect(run.run.trace.steps().find((step) => step.node === 'call')?.outcome).toBe('done')
    expect(run.outcome).toBe('ok')
  })

  it('[RUN-11] a child may call a child, and each returns to its own caller', () => {
    const inner = program({
      id: 'inner',
      role: 'subflow',
      nodes: { ask: ask(), done: end('done') },
      connect: ['start -> ask', 'ask:valid -> done'],
    })
    const middle = child(
      {
        nodes: { call: node('call-subflow', { flow: 'inner' }), paid: end('paid') },
        connect: ['start -> call', 'call:done -> paid'],
      },
      { subflows: [inner] },
    )
    const run = play(parent({ outcomes: ['paid'] }, { subflows: [middle] }))
    expect(run.session.frames.map(({ flow }) => flow)).toEqual(['main', 'child', 'inner'])
    run.text('x')
    expect(run.run.trace.steps().map(({ flow, outcome }) => `${flow}:${outcome}`)).toEqual([
      'inner:valid',
      'inner:done',
      'child:done',
      'child:paid',
      'main:paid',
      'main:other',
    ])
  })

  it('[RUN-11] the version is pinned when the parent starts', () => {
    const before = parent({}, { subflows: [child()] })
    const changed = child({ nodes: { ask: ask('New?'), paid: end('paid') }, variables: [] })
    const after = parent({}, { subflows: [changed] })
    const waiting = play(program(MAIN_THAT_ASKS, { subflows: [child()] }))
    expect(waiting.session.pins).toEqual({ main: waiting.program.hash, child: child().hash })
    expect(before.hash).toBe(after.hash)
    // The host links the newer version by now; the session keeps the one that it names.
    const relinked = program(MAIN_THAT_ASKS, { subflows: [changed] })
    const programs = new Map([...relinked.programs, [child().hash, child()]])
    const run = resume(relinked, waiting.session, { type: 'text', text: 'x' }, { now: 0, programs })
    expect(run.session.frames[1]).toMatchObject({ flow: 'child', vars: { amount: 7 } })
  })

  it('[RUN-11] a pinned version that the host does not bring is an error with a code', () => {
    const waiting = play(program(MAIN_THAT_ASKS, { subflows: [child()] }))
    const without = program(MAIN_THAT_ASKS)
    const run = resume(without, waiting.session, { type: 'text', text: 'x' }, { now: 0 })
    expect(run.session.error).toMatchObject({ code: 'flow.missing', node: 'call' })
  })

  it('[RUN-11] a frame whose program is not at hand is misuse, whatever the event', () => {
    const waiting = play(parent({}, { subflows: [child()] }))
    expect(thrownCode(() => resume(parent(), waiting.session, { type: 'text', text: 'x' }, { now: 0 }))).toBe(
      'session.programMissing',
    )
  })

  it('[RUN-11] a flow that was never linked is an error of the node that calls it', () => {
    const run = play(parent())
    expect(run.session).toMatchObject({
      status: 'failed',
      error: {
        code: 'flow.missing',
        message: 'The flow child is not among those the session is pinned to',
        node: 'call',
      },
    })
  })

  it('[RUN-11] a flow may call itself, as deep as its limit allows', () => {
    const self = program({
      variables: [{ name: 'n', type: 'number', default: 3 }],
      nodes: {
        more: node('branch', { rules: [{ outcome: 'yes', condition: 'n > 0' }] }),
        call: node('call-subflow', { flow: 'main', inputs: { n: 'n - 1' } }),
        ask: ask('{{n}}'),
        done: end('ok'),
      },
      connect: [
        'start -> more',
        'more:yes -> call',
        'more:else -> ask',
        'call:done -> done',
        'ask:valid -> done',
      ],
    })
    const run = play(self)
    expect(run.said).toEqual(['0'])
    expect(run.session.frames).toHaveLength(4)
    expect(run.text('x').outcome).toBe('ok')
  })

  it('[RUN-11] a program of a subflow alone never reads what only its caller declares', () => {
    const run = play(parent({}, { subflows: [child()] })).text('R')
    expect(run.vars.note).toBeUndefined()
  })
})

const MAIN_THAT_ASKS: FlowSpec = {
  nodes: { ask: ask(), call: node('call-subflow', { flow: 'child' }), done: end('ok') },
  connect: ['start -> ask', 'ask:valid -> call', 'call:done -> done'],
}

describe('a subflow that follows the official version', () => {
  const official = child({
    nodes: { ask: ask('Official?'), paid: end('paid') },
    variables: [{ name: 'amount', type: 'number' }],
  })
  const programs = new Map([[official.hash, official]])
  const following = () =>
    parent({ version: 'official', inputs: { amount: 'total' } }, { subflows: [child()] }, [
      'call:on:error -> other',
    ])

  it('[RUN-11] is a wait that the host answers', () => {
    const run = play(following(), { programs })
    expect(run.effects).toEqual([
      {
        type: 'flow.resolve',
        resolve: 'child',
        awaited: true,
        key: 's:1',
        node: 'call',
        flow: 'main',
        waitId: 's:2',
      },
    ])
    expect(run.session.wait).toEqual({ id: 's:2', for: ['result'], dueAt: run.now + 60_000 })
  })

  it('[RUN-11] runs the version that the answer names, and records it', () => {
    const run = play(following(), { programs }).result({ body: { hash: official.hash } })
    expect(run.said).toEqual(['Official?'])
    expect(run.session.frames[1]).toEqual({
      flow: 'child',
      node: 'ask',
      vars: { amount: 20 },
      hash: official.hash,
    })
    expect(run.session.pins.child).toBe(child().hash)
    expect(run.text('x').outcome).toBe('ok')
  })

  it('[RUN-11] needs the recorded version for every event from then on', () => {
    const run = play(following(), { programs }).result({ body: { hash: official.hash } })
    expect(thrownCode(() => resume(following(), run.session, { type: 'text', text: 'x' }, { now: 0 }))).toBe(
      'session.programMissing',
    )
  })

  it.each([
    ['no version', { body: {} }, 'flow.notResolved'],
    ['a body that is no object', { body: ['x'] }, 'flow.notResolved'],
    ['a reason', { error: 'none is official' }, 'flow.notResolved'],
    ['a version that is not at hand', { body: { hash: 'nowhere' } }, 'flow.missing'],
  ])('[RUN-11] fails with a code where the answer is %s', (_what, result, code) => {
    const run = play(following(), { programs }).result(result)
    expect(run.entries.find(({ type }) => type === 'error')).toMatchObject({
      error: { code, flow: 'main', node: 'call' },
    })
    expect(run.outcome).toBe('other')
  })

  it('[RUN-11] fails with a code where no answer comes', () => {
    const run = play(following(), { programs }).timeout()
    expect(run.entries.find(({ type }) => type === 'error')).toMatchObject({
      error: { code: 'flow.notResolved' },
    })
    expect(run.outcome).toBe('other')
  })

  describe('and jumps to a flow that the session knows nothing of', () => {
    const farewell = child({ id: 'farewell', nodes: { ask: ask('Farewell?'), paid: end('paid') } })
    const leaping = child(
      { nodes: { leap: node('jump', { flow: 'farewell' }) }, connect: ['start -> leap'] },
      { subflows: [farewell] },
    )
    const resolved = (known: readonly Program[]) =>
      play(following(), { programs: new Map(known.map((each) => [each.hash, each])) }).result({
        body: { hash: leaping.hash },
      })

    it('[RUN-11] goes on in the version that the official one is pinned to, where the host has it', () => {
      const run = resolved([leaping, farewell])
      expect(run.said).toEqual(['Farewell?'])
      expect(run.session.frames[1]).toMatchObject({ flow: 'farewell', hash: farewell.hash })
      expect(run.text('x').outcome).toBe('ok')
    })

    it('[RUN-11] fails with a code where it has not', () => {
      expect(
        resolved([leaping])
          .entries.filter(({ type }) => type === 'error')
          .at(-1),
      ).toMatchObject({ error: { code: 'flow.missing' } })
    })
  })

  it('[RUN-11] keeps a text that comes meanwhile for the version to come', () => {
    const run = play(following(), { programs }).text('early')
    expect(run.session.inbox).toEqual([{ type: 'text', text: 'early' }])
    expect(run.result({ body: { hash: official.hash } }).outcome).toBe('ok')
  })
})
