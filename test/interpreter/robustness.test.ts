import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compile,
  type Executable,
  type FlowDocument,
  link,
  parseDocument,
  resume,
  serialiseDocument,
  start,
} from '../../src/index.ts'
import { jump } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { thrownCode } from '../support/errors.ts'
import { ask, assign, end, flow, node, program, say } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { play } from '../support/play.ts'

const spec = {
  contact: [{ name: 'name', type: 'text' as const }],
  nodes: {
    zeta: ask('{{contact.name}}?'),
    call: node('http-request', { url: 'https://x.test', headers: { b: '1', a: '2' } }),
    alpha: say('Bye'),
    done: end('ok'),
  },
  connect: [
    'start -> zeta',
    'zeta:valid -> call',
    'alpha -> done',
    'zeta:on:stop -> done',
    'zeta:on:hangup -> done',
  ],
  otherwise: 'alpha',
}

describe('the hash that sessions are pinned to', () => {
  const hashOf = (document: object) => compile(document, { nodes: palette }).hash

  it('stays when the document is stored and read back, and in whatever order it was drawn', () => {
    const document = flow(spec)
    const stored = parseDocument(serialiseDocument(document))
    expect(stored.ok && hashOf(stored.value)).toBe(hashOf(document))
    fc.assert(
      fc.property(fc.shuffledSubarray([...document.nodes], { minLength: document.nodes.length }), (nodes) => {
        expect(hashOf({ ...document, nodes, connectors: [...document.connectors].reverse() })).toBe(
          hashOf(document),
        )
      }),
    )
  })

  it('stays when boxes are moved and labelled and notes are written', () => {
    const document = flow(spec)
    const nodes = document.nodes.map((each) => ({ ...each, label: 'x', position: { x: 1, y: 2 } }))
    expect(hashOf({ ...document, name: 'y', remark: 'z', nodes, notes: [{ id: 'n', text: 'x' }] })).toBe(
      hashOf(document),
    )
  })

  it('stays when a record is written in another order', () => {
    const reordered = {
      ...spec.nodes,
      call: node('http-request', { url: 'https://x.test', headers: { a: '2', b: '1' } }),
    }
    expect(hashOf(flow({ ...spec, nodes: reordered }))).toBe(hashOf(flow(spec)))
  })

  it('changes with what the flow does', () => {
    expect(hashOf(flow({ ...spec, nodes: { ...spec.nodes, alpha: say('Ciao') } }))).not.toBe(
      hashOf(flow(spec)),
    )
  })

  it('lets a session go on with the program compiled from the stored document', () => {
    const { session } = start(program(spec), { type: 'manual' }, { id: 's', now: 0, seed: 's' })
    const stored = parseDocument(serialiseDocument(flow(spec)))
    const again = compile((stored as { value: FlowDocument }).value, { nodes: palette })
    expect(resume(again, session, { type: 'text', text: 'x' }, { now: 1 }).refused).toBeUndefined()
  })
})

describe('a damaged executable', () => {
  const damage = (change: (executable: { [member: string]: never } & { nodes: never[] }) => void) => {
    const copy = structuredClone(program(spec).executable)
    change(copy as never)
    return thrownCode(() => link(copy as Executable, { nodes: palette }))
  }

  it.each<[string, (executable: never) => void]>([
    [
      'a target that is no node',
      (e: { nodes: { targets: number[] }[] }) => {
        e.nodes[0]!.targets[0] = 99
      },
    ],
    [
      'a start that is no node',
      (e: { start: number }) => {
        e.start = -1
      },
    ],
    [
      'outcomes without targets',
      (e: { nodes: { targets: number[] }[] }) => {
        e.nodes[0]!.targets = []
      },
    ],
    [
      'a node without config',
      (e: { nodes: { config?: object }[] }) => {
        delete e.nodes[0]!.config
      },
    ],
    [
      'no nodes',
      (e: { nodes?: object }) => {
        delete e.nodes
      },
    ],
    [
      'no variables',
      (e: { variables?: object }) => {
        delete e.variables
      },
    ],
    [
      'a link to nowhere',
      (e: { nodes: { links?: object[] }[] }) => {
        e.nodes[0]!.links = [{ kind: 'expression', path: ['gone', 'further'], tree: 1 }]
      },
    ],
    [
      'a link to a prototype',
      (e: { nodes: { links?: object[] }[] }) => {
        e.nodes[0]!.links = [{ kind: 'expression', path: ['__proto__', 'polluted'], tree: true }]
      },
    ],
  ] as never)('with %s is refused', (_what, change) => {
    expect(damage(change as never)).toBe('executable.shape')
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

describe('values that JSON cannot carry', () => {
  it.each([
    ['NaN', Number.NaN],
    ['a date', new Date(0)],
    ['a function', () => 0],
    ['a big integer', 1n],
  ])('[RUN-12] %s is no value for a variable, an output, a state or an effect', (_what, value) => {
    for (const reaction of [
      { set: { any: value }, then: 'next' },
      { state: { value }, then: { kind: 'wait', for: ['text'] } },
      { effects: [{ type: 'x', value }], then: 'next' },
    ]) {
      const odd = nodeType({ enter: () => reaction as never })
      const spec = {
        variables: [{ name: 'any', type: 'any' as const }],
        nodes: { it: node('odd'), done: end('ok') },
        connect: ['start -> it'],
        otherwise: 'done',
      }
      expect(play(program(spec, { types: [odd] })).errorCode).toBe('node.badReaction')
    }
  })

  it('[RUN-12] negative zero and undefined entries come in as JSON text would carry them', () => {
    const run = play(
      program({
        contact: [{ name: 'list', type: 'list' }],
        nodes: { it: ask('{{contact.list == [null, 0]}}'), done: end('ok') },
        connect: ['start -> it'],
        otherwise: 'done',
      }),
      { trigger: { type: 'manual', contact: { list: [undefined, -0] } as never } },
    )
    expect(run.said).toEqual(['true'])
    expect(Object.is((run.session.contact!.list as number[])[1], 0)).toBe(true)
  })

  it('an answer keeps nothing but the members of its type', () => {
    const menu = node('menu', { prompt: '?', options: [{ value: '1' }], buttons: true })
    const asking = program({
      nodes: { menu, done: end('ok') },
      connect: ['start -> menu'],
      otherwise: 'done',
    })
    const { session } = start(asking, { type: 'manual' }, { id: 's', now: 0, seed: 's' })
    const event = { type: 'button', waitId: session.wait!.id, value: '1', extra: 1n } as never
    expect(resume(asking, session, event, { now: 0 }).session.flowOutcome).toBe('ok')
  })

  it('a subflow gives back nothing that its variables only inherit', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      nodes: { done: end('done') },
      connect: ['start -> done'],
    })
    const odd = nodeType({
      enter: () => ({ then: { kind: 'call', flow: 'child', inputs: {}, outputs: { any: 'toString' } } }),
      returned: () => 'next',
    })
    const run = play(
      program(
        {
          variables: [{ name: 'any', type: 'any', default: 1 }],
          nodes: { it: node('odd'), wait: ask(), done: end('ok') },
          connect: ['start -> it', 'it -> wait'],
          otherwise: 'done',
        },
        { types: [odd], subflows: [child] },
      ),
    )
    expect(run.session.frames[0]!.vars).toEqual({})
  })
})

describe('a jump', () => {
  const leap = nodeType({ type: 'leap', enter: () => ({ then: jump({ flow: 'other', inputs: { n: 2 } }) }) })
  const other = program({
    id: 'other',
    variables: [{ name: 'n', type: 'number' }],
    nodes: { tell: ask('{{n}}'), done: end('elsewhere') },
    connect: ['start -> tell'],
    otherwise: 'done',
  })
  const main = program(
    {
      nodes: { it: node('leap'), after: say('never'), done: end('ok') },
      connect: ['start -> it', 'it -> after'],
      otherwise: 'done',
    },
    { types: [leap], subflows: [other] },
  )

  it('[RUN-11] goes on in the other flow and does not return', () => {
    const begun = play(main)
    expect(begun.said).toEqual(['2'])
    const run = begun.text('x')
    expect(run.session).toMatchObject({ status: 'ended', flowOutcome: 'elsewhere', main: 'main' })
    expect(run.session.frames).toHaveLength(1)
  })

  it('[RUN-11] out of a called flow comes back to the caller of that flow', () => {
    const child = program(
      {
        id: 'child',
        role: 'subflow',
        nodes: { it: node('leap'), done: end('done') },
        connect: ['start -> it'],
        otherwise: 'done',
      },
      { types: [leap], subflows: [other] },
    )
    const caller = program(
      {
        nodes: {
          call: node('call-subflow', { flow: 'child', outcomes: ['elsewhere'] }),
          back: say('back'),
          done: end('ok'),
        },
        connect: ['start -> call', 'call:elsewhere -> back', 'back -> done'],
        otherwise: 'done',
      },
      { subflows: [child] },
    )
    const begun = play(caller)
    expect(begun.said).toEqual(['2'])
    expect(begun.text('x').said).toEqual(['back'])
  })

  it('[RUN-11] to a flow that the session is not pinned to is an error', () => {
    const alone = program(
      { nodes: { it: node('leap'), done: end('ok') }, connect: ['start -> it'], otherwise: 'done' },
      { types: [leap] },
    )
    expect(play(alone).errorCode).toBe('flow.missing')
  })
})

describe('what a flow must be given', () => {
  it('a trigger without data that the start node requires starts nothing', () => {
    const needy = program({
      data: [{ name: 'order', type: 'text', required: true }],
      nodes: { done: end('ok') },
      connect: ['start -> done'],
    })
    const begin = (data?: object) => start(needy, { type: 'manual', data }, { id: 's', now: 0, seed: 's' })
    expect(thrownCode(() => begin())).toBe('session.dataMissing')
    expect(thrownCode(() => begin({ order: null }))).toBe('session.dataMissing')
    expect(begin({ order: '1' }).session.flowOutcome).toBe('ok')
  })

  it('a flow that reads what another keeps secret is not linked beside it', () => {
    const reads = (sensitive: boolean) => ({
      contact: [{ name: 'pin', type: 'text' as const, sensitive }],
      nodes: { it: say('{{contact.pin}}'), done: end('ok') },
      connect: ['start -> it', 'it -> done'],
    })
    const child = program({ ...reads(false), id: 'child', role: 'subflow' })
    expect(thrownCode(() => program(reads(true), { subflows: [child] }))).toBe('executable.sensitive')
    expect(thrownCode(() => program(reads(false), { subflows: [child] }))).toBeUndefined()
  })

  it('nor is one that reads the whole of the contact', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      nodes: { it: say('{{size(contact)}}'), done: end('ok') },
      connect: ['start -> it', 'it -> done'],
    })
    const main = (sensitive: boolean) => ({
      contact: [{ name: 'pin', type: 'text' as const, sensitive }],
      nodes: { done: end('ok') },
      connect: ['start -> done'],
    })
    expect(thrownCode(() => program(main(true), { subflows: [child] }))).toBe('executable.sensitive')
    expect(thrownCode(() => program(main(false), { subflows: [child] }))).toBeUndefined()
  })

  it('nor one that declares data of the trigger that another keeps secret', () => {
    const reads = (sensitive: boolean) => ({
      data: [{ name: 'code', type: 'text' as const, sensitive }],
      nodes: { it: say('{{trigger.data.code}}'), done: end('ok') },
      connect: ['start -> it', 'it -> done'],
    })
    const child = program({ ...reads(false), id: 'child', role: 'subflow' })
    expect(thrownCode(() => program(reads(true), { subflows: [child] }))).toBe('executable.sensitive')
    expect(thrownCode(() => program(reads(false), { subflows: [child] }))).toBeUndefined()
  })

  it('nor one that reads what another puts something sensitive into', () => {
    const child = program({
      id: 'child',
      role: 'subflow',
      contact: [{ name: 'nick', type: 'text' }],
      nodes: { it: say('{{contact.nick}}'), done: end('ok') },
      connect: ['start -> it', 'it -> done'],
    })
    const main = (sensitive: boolean) => ({
      variables: [{ name: 'pin', type: 'text' as const, default: '4711', sensitive }],
      nodes: { it: node('update-contact', { fields: { nick: 'pin' } }), done: end('ok') },
      connect: ['start -> it', 'it -> done'],
    })
    expect(thrownCode(() => program(main(true), { subflows: [child] }))).toBe('executable.sensitive')
    expect(thrownCode(() => program(main(false), { subflows: [child] }))).toBeUndefined()
  })

  it.each<[string, () => unknown]>([
    ['session.program', () => start({} as never, { type: 'manual' }, { id: 's', now: 0, seed: 's' })],
    ['session.now', () => start(program(spec), { type: 'manual' }, undefined as never)],
    [
      'session.variables',
      () => start(program(spec), { type: 'manual' }, { id: 's', now: 0, seed: 's', variables: [] as never }),
    ],
    [
      'session.contact',
      () => start(program(spec), { type: 'manual', contact: [] }, { id: 's', now: 0, seed: 's' }),
    ],
    ['compile.nodes', () => compile(flow(spec), undefined as never)],
  ])('%s names what is missing from a call', (code, misuse) => {
    expect(thrownCode(misuse)).toBe(code)
  })
})

it('outputs that a flow of a thousand readers could still read are kept without a list for each', () => {
  const nodes: { [id: string]: ReturnType<typeof node> } = { done: end('ok') }
  const connect: string[] = []
  for (let i = 0; i < 300; i++) {
    nodes[`w${i}`] = node('wait-for-event', { event: 'e' })
    nodes[`s${i}`] = assign({ any: `nodes.w${i}.data` })
    connect.push(`${i === 0 ? 'start' : `w${i - 1}:received`} -> w${i}`)
  }
  for (let i = 0; i < 300; i++) connect.push(`${i === 0 ? 'w299:received' : `s${i - 1}`} -> s${i}`)
  connect.push('s299 -> done')
  const { executable } = program({ variables: [{ name: 'any', type: 'any' }], nodes, connect })
  expect(executable.keepsOutputs).toBe(true)
  expect(JSON.stringify(executable).length).toBeLessThan(200_000)
})
