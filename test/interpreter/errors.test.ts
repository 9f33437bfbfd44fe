import { describe, expect, it } from 'vitest'
import type { Program } from '../../src/index.ts'
import { NodeFault, wait } from '../../src/nodes/index.ts'
import { ask, assign, end, type NodeSpec, node, type ProgramOptions, program, say } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { play } from '../support/play.ts'

const VARIABLES = [
  { name: 'n', type: 'number' as const, default: 0 },
  { name: 'any', type: 'any' as const },
]

/** Divides by zero: fails with `evaluation.notFinite`. */
const broken = assign({ n: '1 / n' })

function single(spec: NodeSpec, connect: readonly string[] = [], options: ProgramOptions = {}): Program {
  return program(
    {
      variables: VARIABLES,
      nodes: { it: spec, sorry: say('Sorry'), done: end('ok'), failed: end('failed') },
      connect: ['start -> it', ...connect, 'sorry -> failed'],
      otherwise: 'done',
    },
    { policy: { unreachable: 'warning' }, ...options },
  )
}

const exceptionFlow = (extra: Partial<Parameters<typeof program>[0]> = {}) =>
  program({
    id: 'oops',
    role: 'exception',
    nodes: {
      tell: say('{{trigger.type}}: {{trigger.data.code}} in {{trigger.data.flow}} at {{trigger.data.node}}'),
      done: end('handled'),
    },
    connect: ['start -> tell', 'tell -> done'],
    ...extra,
  })

describe('errors in nodes', () => {
  it('[RUN-8] an error goes to the connector of on:error', () => {
    const run = play(single(broken, ['it:on:error -> sorry']))
    expect(run.said).toEqual(['Sorry'])
    expect(run.session).toMatchObject({ status: 'ended', flowOutcome: 'failed' })
    expect(run.session.error).toBeUndefined()
  })

  it('[RUN-8] an error without connector goes to the default that the node type names', () => {
    const odd = nodeType({
      defaults: { 'on:error': 'other' },
      enter: () => {
        throw new NodeFault('odd.broke', 'It broke.')
      },
    })
    const run = play(single(node('odd'), ['it:other -> sorry'], { types: [odd] }))
    expect(run.said).toEqual(['Sorry'])
  })

  it('[RUN-8] the connector wins over the default of the node type', () => {
    const odd = nodeType({
      defaults: { 'on:error': 'other' },
      enter: () => {
        throw new NodeFault('odd.broke', 'It broke.')
      },
    })
    const run = play(single(node('odd'), ['it:on:error -> sorry'], { types: [odd] }))
    expect(run.said).toEqual(['Sorry'])
  })

  it('[RUN-8] an error outcome that leads nowhere takes the default that the node type names, and the default of that', () => {
    const odd = nodeType(
      {
        outcomes: () => ['next', 'busy', 'noAnswer', 'failed'],
        defaults: { busy: 'noAnswer', noAnswer: 'failed' },
        enter: () => 'busy',
      },
      { optionalOutcomes: () => ['busy', 'noAnswer'] },
    )
    const run = play(
      program(
        {
          nodes: { it: node('odd'), done: end('ok'), failed: end('failed') },
          connect: ['start -> it', 'it -> done', 'it:failed -> failed'],
        },
        { types: [odd], policy: { optionalOutcomes: 'warning' } },
      ),
    )
    expect(run.outcome).toBe('failed')
    expect(run.run.trace.steps()[1]).toEqual({ flow: 'main', node: 'it', outcome: 'failed' })
  })

  it('[RUN-8] an outcome that leads nowhere and has no default is an error of its own', () => {
    const odd = nodeType({ enter: () => 'other' }, { optionalOutcomes: () => ['other'] })
    const types = { types: [odd], policy: { optionalOutcomes: 'warning' } as const }
    const nodes = { it: node('odd'), done: end('ok'), failed: end('failed') }
    const failed = play(
      program({ nodes: { it: node('odd'), done: end('ok') }, connect: ['start -> it', 'it -> done'] }, types),
    )
    expect(failed.session.status).toBe('failed')
    expect(failed.session.error).toEqual({
      code: 'outcome.unconnected',
      message: 'The outcome other leads nowhere',
      flow: 'main',
      node: 'it',
    })
    const led = play(
      program({ nodes, connect: ['start -> it', 'it -> done', 'it:on:error -> failed'] }, types),
    )
    expect(led.outcome).toBe('failed')
  })

  it('[RUN-8] defaults that name each other in a circle are an error and no hang', () => {
    const odd = nodeType(
      { outcomes: () => ['next', 'a', 'b'], defaults: { a: 'b', b: 'a' }, enter: () => 'a' },
      { optionalOutcomes: () => ['a', 'b'] },
    )
    const run = play(
      program(
        { nodes: { it: node('odd'), done: end('ok') }, connect: ['start -> it', 'it -> done'] },
        { types: [odd], policy: { optionalOutcomes: 'warning' } },
      ),
    )
    expect(run.errorCode).toBe('outcome.unconnected')
  })

  it('[RUN-8] without connector and default the exception flow is entered', () => {
    const run = play(single(broken, [], { exception: exceptionFlow() }))
    expect(run.said).toEqual(['exception: evaluation.notFinite in main at it'])
    expect(run.session).toMatchObject({ status: 'ended', flowOutcome: 'handled' })
    expect(run.errorCode).toBe('evaluation.notFinite')
  })

  it('[RUN-8] the exception flow is one more program: it waits, runs subflows and reads what came with the error', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      nodes: { ask: ask('Call you back?'), yes: end('yes') },
      connect: ['start -> ask', 'ask:valid -> yes'],
    })
    const exception = program(
      {
        id: 'oops',
        role: 'exception',
        nodes: {
          call: node('call-subflow', { flow: 'child', outcomes: ['yes'] }),
          tell: say('{{trigger.data.message}}'),
          done: end('called-back'),
          other: end('other'),
        },
        connect: ['start -> call', 'call:yes -> tell', 'call:done -> other', 'tell -> done'],
      },
      { subflows: [child] },
    )
    const run = play(single(broken, [], { exception }))
    expect(run.session.status).toBe('waiting')
    expect(run.session.frames.map((frame) => frame.flow)).toEqual(['main', 'oops', 'child'])
    run.text('yes please')
    expect(run.said).toEqual(['A calculation has no finite result, such as a division by zero.'])
    expect(run.outcome).toBe('called-back')
  })

  it('[RUN-8] the frame of the failed run stays below the exception flow', () => {
    const run = play(
      single(broken, [], {
        exception: exceptionFlow({
          nodes: { ask: ask(), done: end('handled') },
          connect: ['start -> ask', 'ask:valid -> done'],
        }),
      }),
    )
    expect(run.session.frames).toEqual([
      { flow: 'main', node: 'it', vars: { n: 0 } },
      { flow: 'oops', node: 'ask', vars: {}, exception: true },
    ])
    expect(run.session.error).toMatchObject({ code: 'evaluation.notFinite', flow: 'main', node: 'it' })
  })

  it('[RUN-8] without any of them the session fails with the code of the error', () => {
    const run = play(single(broken))
    expect(run.session.status).toBe('failed')
    expect(run.session.flowOutcome).toBeUndefined()
    expect(run.session.wait).toBeUndefined()
    expect(run.session.error).toEqual({
      code: 'evaluation.notFinite',
      message: 'A calculation has no finite result, such as a division by zero.',
      flow: 'main',
      node: 'it',
    })
  })

  it('[RUN-8] an error is never silent: the trace records it wherever it is led', () => {
    const entryOf = (run: ReturnType<typeof play>) => run.entries.filter(({ type }) => type === 'error')
    const expected = [
      {
        type: 'error',
        flow: 'main',
        node: 'it',
        error: expect.objectContaining({ code: 'evaluation.notFinite', flow: 'main', node: 'it' }),
      },
    ]
    expect(entryOf(play(single(broken, ['it:on:error -> sorry'])))).toEqual(expected)
    expect(entryOf(play(single(broken, [], { exception: exceptionFlow() })))).toEqual(expected)
    expect(entryOf(play(single(broken)))).toEqual(expected)
  })

  it('[RUN-8] a failing exception flow fails the session with its own error', () => {
    const exception = exceptionFlow({
      variables: VARIABLES,
      nodes: { bad: assign({ n: '2 % n' }), done: end('handled') },
      connect: ['start -> bad', 'bad -> done'],
    })
    const run = play(single(broken, [], { exception }))
    expect(run.session.status).toBe('failed')
    expect(run.session.error).toMatchObject({ flow: 'oops', node: 'bad' })
    expect(run.entries.filter(({ type }) => type === 'error')).toHaveLength(2)
  })

  it('[RUN-8] a failing exception flow may lead its own errors', () => {
    const exception = exceptionFlow({
      variables: VARIABLES,
      nodes: { bad: assign({ n: '1 / n' }), done: end('handled'), late: end('late') },
      connect: ['start -> bad', 'bad -> done', 'bad:on:error -> late'],
    })
    expect(play(single(broken, [], { exception })).outcome).toBe('late')
  })

  it.each([
    [['bad:on:error -> left'], 'child handles'],
    [['call:on:error -> late'], 'exception handles'],
    [[], undefined],
  ])(
    '[RUN-8] an error in a subflow of the exception flow unwinds no further than that flow: %j',
    (connect, outcome) => {
      const childConnect = connect.filter((each) => each.startsWith('bad'))
      const child = program(
        {
          id: 'child',
          role: 'subflow',
          variables: VARIABLES,
          nodes: { bad: assign({ n: '1 / n' }), done: end('fine'), left: end('child handles') },
          connect: ['start -> bad', 'bad -> done', ...childConnect],
        },
        { policy: { unreachable: 'warning' } },
      )
      const exception = program(
        {
          id: 'oops',
          role: 'exception',
          nodes: {
            call: node('call-subflow', { flow: 'child', outcomes: ['child handles'] }),
            done: end('done'),
            handled: end('child handles'),
            late: end('exception handles'),
          },
          connect: [
            'start -> call',
            'call:child handles -> handled',
            'call:done -> done',
            ...connect.filter((each) => each.startsWith('call')),
          ],
        },
        { subflows: [child], policy: { unreachable: 'warning' } },
      )
      const main = program(
        {
          variables: VARIABLES,
          nodes: { call: node('call-subflow', { flow: 'failing' }), done: end('ok') },
          connect: ['start -> call', 'call:done -> done'],
        },
        { exception },
      )
      const run = play(main)
      expect(run.outcome).toBe(outcome)
      expect(run.session.status).toBe(outcome === undefined ? 'failed' : 'ended')
      expect(run.session.error?.flow).toBe(outcome === undefined ? 'child' : 'main')
    },
  )

  it('[RUN-8] an error in the exception flow never goes back to an on:error of the run that failed', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      nodes: { ask: ask(), done: end('done') },
      connect: ['start -> ask', 'ask:valid -> done'],
    })
    const exception = exceptionFlow({
      variables: VARIABLES,
      nodes: { bad: assign({ n: '1 / n' }), done: end('handled') },
      connect: ['start -> bad', 'bad -> done'],
    })
    const main = program(
      {
        variables: VARIABLES,
        nodes: { call: node('call-subflow', { flow: 'child' }), bad: broken, done: end('ok') },
        connect: ['start -> call', 'call:done -> bad', 'bad -> done', 'call:on:error -> done'],
      },
      { subflows: [child], exception },
    )
    const run = play(main).text('x')
    expect(run.session.status).toBe('failed')
    expect(run.session.error).toMatchObject({ flow: 'oops', node: 'bad' })
  })

  describe('inside a subflow', () => {
    const failing = (connect: readonly string[] = []) =>
      program(
        {
          id: 'child',
          role: 'subflow',
          variables: VARIABLES,
          nodes: { ask: ask(), bad: broken, done: end('done'), sad: end('sad') },
          connect: ['start -> ask', 'ask:valid -> bad', 'bad -> done', ...connect],
          settings: {
            outcomes: [
              { code: 'done', kind: 'completed' },
              { code: 'sad', kind: 'error' },
            ],
          },
        },
        { policy: { unreachable: 'warning' } },
      )
    const caller = (child: Program, connect: readonly string[] = [], options: ProgramOptions = {}) =>
      program(
        {
          nodes: {
            call: node('call-subflow', { flow: 'child', outcomes: ['sad'] }),
            sorry: say('Sorry'),
            done: end('ok'),
            failed: end('failed'),
          },
          connect: [
            'start -> call',
            'call:done -> done',
            'call:sad -> failed',
            'sorry -> failed',
            ...connect,
          ],
        },
        { subflows: [child], policy: { unreachable: 'warning' }, ...options },
      )

    it('[RUN-8] its own connector comes first', () => {
      const run = play(caller(failing(['bad:on:error -> sad']), ['call:on:error -> sorry'])).text('x')
      expect(run.said).toEqual([])
      expect(run.outcome).toBe('failed')
    })

    it('[RUN-8] an error unwinds to on:error of the caller', () => {
      const run = play(caller(failing(), ['call:on:error -> sorry'])).text('x')
      expect(run.said).toEqual(['Sorry'])
      expect(run.session.frames).toHaveLength(1)
      expect(run.outcome).toBe('failed')
    })

    it('[RUN-8] an error unwinds through callers that do not connect it', () => {
      const middle = program(
        {
          id: 'middle',
          role: 'subflow',
          nodes: { inner: node('call-subflow', { flow: 'child' }), done: end('done') },
          connect: ['start -> inner', 'inner:done -> done'],
        },
        { subflows: [failing()] },
      )
      const outer = program(
        {
          nodes: { call: node('call-subflow', { flow: 'middle' }), done: end('ok'), failed: end('failed') },
          connect: ['start -> call', 'call:done -> done', 'call:on:error -> failed'],
        },
        { subflows: [middle] },
      )
      const run = play(outer)
      expect(run.session.frames.map((frame) => frame.flow)).toEqual(['main', 'middle', 'child'])
      expect(run.text('x').outcome).toBe('failed')
    })

    it('[RUN-8] without a caller that connects it the exception flow is entered, with the error of the subflow', () => {
      const run = play(caller(failing(), [], { exception: exceptionFlow() })).text('x')
      expect(run.said).toEqual(['exception: evaluation.notFinite in child at bad'])
    })

    it('[RUN-8] without any of them the session fails where the error happened, with all its frames', () => {
      const run = play(caller(failing())).text('x')
      expect(run.session.status).toBe('failed')
      expect(run.session.error).toMatchObject({ code: 'evaluation.notFinite', flow: 'child', node: 'bad' })
      expect(run.session.frames.map((frame) => frame.node)).toEqual(['call', 'bad'])
    })
  })

  it.each([
    [
      'unknown outcome',
      { enter: () => 'nowhere' },
      'outcome.unknown',
      'The node type odd left by nowhere, which is no outcome of it',
    ],
    [
      'unknown outcome in a reaction',
      { enter: () => ({ then: 'nowhere' }) },
      'outcome.unknown',
      'The node type odd left by nowhere, which is no outcome of it',
    ],
    [
      'an error that is thrown',
      {
        enter: () => {
          throw new TypeError('no good')
        },
      },
      'node.threw',
      'The node type odd threw TypeError',
    ],
    [
      'something else that is thrown',
      {
        enter: () => {
          throw 'text'
        },
      },
      'node.threw',
      'The node type odd threw something that is no error',
    ],
    [
      'a fault that is thrown',
      {
        enter: () => {
          throw new NodeFault('odd.code', 'Its words.')
        },
      },
      'odd.code',
      'Its words.',
    ],
    [
      'an undeclared variable',
      { enter: () => ({ set: { nobody: 1 }, then: 'next' }) },
      'variable.unknown',
      'There is no variable nobody',
    ],
    [
      'a value of the wrong type',
      { enter: () => ({ set: { n: 'text' }, then: 'next' }) },
      'variable.type',
      'The variable n cannot hold a value of this type',
    ],
    [
      'a wait for nothing',
      { enter: () => ({ then: wait({ for: [] }) }) },
      'node.badReaction',
      'The node type odd waits for nothing, or until an instant that is no number',
    ],
    [
      'a flow that is not pinned',
      { enter: () => ({ then: { kind: 'call' as const, flow: 'nobody', inputs: {}, outputs: {} } }) },
      'flow.missing',
      'The flow nobody is not among those the session is pinned to',
    ],
  ])('[RUN-8] a node type with %s fails with a code', (_what, runtime, code, message) => {
    const run = play(single(node('odd'), [], { types: [nodeType(runtime)] }))
    expect(run.session.status).toBe('failed')
    expect(run.session.error).toEqual({ code, message, flow: 'main', node: 'it' })
    expect(play(single(node('odd'), ['it:on:error -> sorry'], { types: [nodeType(runtime)] })).said).toEqual([
      'Sorry',
    ])
  })

  it('[RUN-8] what a node type throws stays out of the session, and is at hand for the log of its author', () => {
    const thrown = new Error('the PIN is 4711')
    const odd = nodeType({
      enter: () => {
        throw thrown
      },
    })
    const run = play(single(node('odd'), [], { types: [odd] }))
    expect(run.session.error?.message).toBe('The node type odd threw Error')
    expect(run.run.trace.thrown).toEqual([thrown])
    expect(JSON.stringify(run.run.trace)).not.toContain('4711')
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 5],
    ['an empty object', {}],
    ['no next step', { effects: [] }],
    ['null as next step', { then: null }],
    ['an unknown kind of next step', { then: { kind: 'jump' } }],
    ['an empty next step', { then: {} }],
    ['a wait that does not say for what', { then: { kind: 'wait', timeoutMs: 5 } }],
    [
      'a wait with a deadline that is no number',
      { then: { kind: 'wait', for: ['text'], timeoutMs: Number.NaN } },
    ],
    ['an end without outcome', { then: { kind: 'end' } }],
    ['a call without outputs', { then: { kind: 'call', flow: 'main', inputs: {} } }],
  ])('[RUN-8] a node type that returns %s fails and does not throw', (_what, reaction) => {
    const odd = nodeType({ enter: () => reaction as never })
    const run = play(single(node('odd'), [], { types: [odd] }))
    expect(run.session.status).toBe('failed')
    expect(run.session.error).toMatchObject({ flow: 'main', node: 'it' })
    expect(run.entries.at(-1)).toMatchObject({ type: 'error', flow: 'main', node: 'it' })
  })

  it('[RUN-8] a node type that throws on an event fails as one that throws on entry', () => {
    const odd = nodeType({
      enter: () => ({ then: wait({ for: ['text'] }) }),
      on: () => {
        throw new Error('no good')
      },
    })
    const run = play(single(node('odd'), ['it:on:error -> sorry'], { types: [odd] })).text('x')
    expect(run.refused).toBeUndefined()
    expect(run.said).toEqual(['Sorry'])
  })

  it('[RUN-8] an entry action that fails is an error of the node that is entered', () => {
    const run = play(
      program({
        variables: VARIABLES,
        nodes: {
          it: { ...say('never'), onEnter: [{ set: 'n', to: '1 / n' }] },
          done: end('ok'),
          failed: end('failed'),
        },
        connect: ['start -> it', 'it -> done', 'it:on:error -> failed'],
      }),
    )
    expect(run.said).toEqual([])
    expect(run.outcome).toBe('failed')
  })

  it('[RUN-8] a leaving action that fails is an error of the node that is left', () => {
    const run = play(
      program({
        variables: VARIABLES,
        nodes: {
          it: { ...say('once'), onLeave: { next: [{ set: 'n', to: '1 / n' }] } },
          done: end('ok'),
          failed: end('failed'),
        },
        connect: ['start -> it', 'it -> done', 'it:on:error -> failed'],
      }),
    )
    expect(run.said).toEqual(['once'])
    expect(run.outcome).toBe('failed')
    expect(run.run.trace.steps().filter((step) => step.node === 'it')).toEqual([
      { flow: 'main', node: 'it', outcome: 'on:error' },
    ])
  })

  it('[RUN-8] a failing action on the way out by on:error goes on to the exception flow', () => {
    const main = program(
      {
        variables: VARIABLES,
        nodes: {
          it: { ...broken, onLeave: { 'on:error': [{ set: 'n', to: '1 / n' }] } },
          done: end('ok'),
          failed: end('failed'),
        },
        connect: ['start -> it', 'it -> done', 'it:on:error -> failed'],
      },
      { exception: exceptionFlow() },
    )
    const run = play(main)
    expect(run.outcome).toBe('handled')
    expect(run.errorCode).toBe('evaluation.notFinite')
    expect(run.entries.filter(({ type }) => type === 'error')).toHaveLength(2)
  })

  it('[RUN-8] a result that a subflow cannot bring back is an error of the caller', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      variables: [{ name: 'word', type: 'text', default: 'x' }],
      nodes: { done: end('done') },
      connect: ['start -> done'],
    })
    const main = program(
      {
        variables: VARIABLES,
        nodes: {
          call: node('call-subflow', { flow: 'child', outputs: [{ variable: 'n', from: 'word' }] }),
          done: end('ok'),
          failed: end('failed'),
        },
        connect: ['start -> call', 'call:done -> done', 'call:on:error -> failed'],
      },
      { subflows: [child] },
    )
    const run = play(main)
    expect(run.outcome).toBe('failed')
    expect(run.entries.find(({ type }) => type === 'error')).toMatchObject({
      node: 'call',
      error: { code: 'variable.type' },
    })
  })
})
