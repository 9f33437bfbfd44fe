import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/index.ts'
import type { LogEffect, NodeType } from '../../src/nodes/index.ts'
import { f } from '../../src/nodes/index.ts'
import { ask, end, type FlowSpec, flow, type NodeSpec, node, program, say } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { type Play, play } from '../support/play.ts'

const LOGBOOKS = [{ name: 'audit', fields: ['what', 'pin'] }]
const PIN = { name: 'pin', type: 'text', default: '4711', sensitive: true } as const
const WORD = { name: 'word', type: 'text', default: 'open' } as const

const log = (fields: JsonObject): NodeSpec => node('log', { logbook: 'audit', fields })

/** Nodes one after another, and then the end. */
function chain(nodes: { readonly [id: string]: NodeSpec }, rest: Partial<FlowSpec> = {}): FlowSpec {
  const ids = ['start', ...Object.keys(nodes), 'done']
  return {
    nodes: { ...nodes, done: end('ok') },
    connect: ids.slice(1).map((id, i) => `${ids[i]}${OUTCOME[nodes[ids[i]!]?.type ?? ''] ?? ''} -> ${id}`),
    otherwise: 'done',
    variables: [PIN, WORD],
    ...rest,
    settings: { logbooks: LOGBOOKS, ...rest.settings },
  }
}

const OUTCOME: { readonly [type: string]: string } = {
  'collect-input': ':valid',
  loop: ':each',
  'parse-data': ':parsed',
  script: ':done',
}

const entriesOf = (run: Play) =>
  run.effects.filter((effect): effect is LogEffect => effect.type === 'log.write').map(({ fields }) => fields)

describe('a logbook entry', () => {
  it('[RUN-10] writes the mapped fields: by a node', () => {
    const run = play(program(chain({ it: log({ what: 'word + "!"', pin: 'size(word)' }) })))
    expect(run.effects).toEqual([
      {
        type: 'log.write',
        logbook: 'audit',
        fields: { what: 'open!', pin: 4 },
        key: 's:1',
        node: 'it',
        flow: 'main',
      },
    ])
  })

  it('[RUN-10] writes the mapped fields: by an action, in the same way', () => {
    const fields = { what: 'word', pin: 'pin' }
    const acting = play(program(chain({ it: { ...say('x'), onEnter: [{ log: 'audit', fields }] } })))
    expect(entriesOf(acting)).toEqual(entriesOf(play(program(chain({ it: log(fields) })))))
  })

  it('[RUN-10] masks what is sensitive or computed from it, and shows the rest, in effect and trace', () => {
    const run = play(program(chain({ it: log({ what: 'word', pin: 'size(pin) + 1' }) })))
    expect(entriesOf(run)).toEqual([{ what: 'open', pin: '***' }])
    expect(run.effects[0]!.sensitive).toBeUndefined()
    const [traced] = run.entries.filter(({ type }) => type === 'effect')
    expect(traced).toMatchObject({ effect: { logbook: 'audit', fields: { what: 'open', pin: '***' } } })
  })

  it('[RUN-10] masks fields of the contact and of the trigger that are sensitive', () => {
    const run = play(
      program(
        chain(
          { it: log({ what: 'contact.iban', pin: 'trigger.data.code' }) },
          {
            contact: [{ name: 'iban', type: 'text', sensitive: true }],
            data: [{ name: 'code', type: 'text', sensitive: true }],
          },
        ),
      ),
      { trigger: { type: 'manual', contact: { iban: 'DE02' }, data: { code: '99' } } },
    )
    expect(entriesOf(run)).toEqual([{ what: '***', pin: '***' }])
  })

  it('[RUN-10] masks everything in a subflow that a sensitive value went into', () => {
    const child = program({
      ...chain({ it: log({ what: '"in"', pin: 'given' }) }),
      id: 'child',
      role: 'subflow',
      variables: [{ name: 'given', type: 'text' }],
    })
    const call = node('call-subflow', { flow: 'child', inputs: { given: 'pin' } })
    const main = program(
      { ...chain({}), nodes: { call, done: end('ok') }, connect: ['start -> call', 'call:done -> done'] },
      { subflows: [child] },
    )
    expect(entriesOf(play(main))).toEqual([{ what: '***', pin: '***' }])
  })

  it('[RUN-10] masks everything in a flow that was jumped to with a sensitive value', () => {
    const other = program({
      ...chain({ it: log({ what: '"in"' }) }),
      id: 'other',
      variables: [{ name: 'given', type: 'text' }],
    })
    const leap = node('jump', { flow: 'other', inputs: { given: 'pin' } })
    const main = program({ ...chain({}), nodes: { leap }, connect: ['start -> leap'] }, { subflows: [other] })
    expect(entriesOf(play(main))).toEqual([{ what: '***' }])
  })

  describe('[RUN-24] where a subflow put a sensitive value into the contact', () => {
    const nick = (sensitive: boolean) => [{ name: 'nick', type: 'text' as const, sensitive }]
    const child = (rest: { readonly [id: string]: NodeSpec } = {}, sensitive = false) =>
      program({
        ...chain({ change: node('update-contact', { fields: { nick: 'given' } }), ...rest }),
        id: 'child',
        role: 'subflow',
        contact: nick(sensitive),
        variables: [{ name: 'given', type: 'text' }],
      })
    const calling = (given: string, sensitive = false): FlowSpec => ({
      ...chain({}, { contact: nick(sensitive) }),
      nodes: {
        call: node('call-subflow', { flow: 'child', inputs: { given } }),
        hold: ask('?'),
        it: log({ what: 'contact.nick', pin: '"x"' }),
        done: end('ok'),
      },
      connect: ['start -> call', 'call:done -> hold', 'hold:valid -> it', 'it -> done'],
    })

    it('masks all that the session logs from then on', () => {
      const run = play(program(calling('pin'), { subflows: [child()] }))
      expect(entriesOf(run.text('on'))).toEqual([{ what: '***', pin: '***' }])
    })

    it('masks no more than that field where all flows mark it', () => {
      const run = play(program(calling('pin', true), { subflows: [child({}, true)] }))
      expect(entriesOf(run.text('on'))).toEqual([{ what: '***', pin: 'x' }])
    })

    it('masks nothing where the value is not sensitive', () => {
      const run = play(program(calling('word'), { subflows: [child()] }))
      expect(entriesOf(run.text('on'))).toEqual([{ what: 'open', pin: 'x' }])
    })

    it('masks what the exception flow logs', () => {
      const fail = node('loop', { times: '-1' })
      const sorry = program({
        ...chain({ it: log({ what: 'contact.nick' }) }, { contact: nick(false) }),
        id: 'sorry',
        role: 'exception',
      })
      const run = play(program(calling('pin'), { subflows: [child({ fail })], exception: sorry }))
      expect(run.errorCode).toBe('loop.noNumber')
      expect(entriesOf(run)).toEqual([{ what: '***' }])
    })
  })

  it('[RUN-10] masks an answer that goes into a sensitive variable, read from the node that asked', () => {
    const run = play(
      program(
        chain({ ask: ask('PIN?', { variable: 'pin' }), it: log({ what: 'word', pin: 'nodes.ask.value' }) }),
      ),
    ).text('1234')
    expect(entriesOf(run)).toEqual([{ what: 'open', pin: '***' }])
    expect(JSON.stringify(run.run.trace)).not.toContain('1234')
  })

  it.each<[string, NodeSpec, string]>([
    ['evaluate', node('evaluate', { expression: 'pin + "!"' }), 'nodes.a.value'],
    ['loop', node('loop', { list: '[pin]' }), 'nodes.a.item'],
    [
      'parse-data',
      node('parse-data', { source: '{"p": pin}', values: [{ name: 'p', path: '$.p' }] }),
      'nodes.a.p',
    ],
  ])('[RUN-10] masks what %s computes from a sensitive value', (_, a, reads) => {
    const run = play(program(chain({ a, it: log({ what: 'word', pin: reads }) })))
    expect(entriesOf(run)).toEqual([{ what: 'open', pin: '***' }])
  })

  it('[RUN-10] masks what a script makes of a sensitive value', () => {
    const a = node('script', { source: 'return inputs.p', inputs: { p: 'pin' } })
    const run = play(program(chain({ a, it: log({ what: 'word', pin: 'nodes.a.value' }) })))
    expect(run.effects[0]).toMatchObject({ type: 'script.run', sensitive: true })
    expect(entriesOf(run.result({ body: '4711' }))).toEqual([{ what: 'open', pin: '***' }])
  })

  it('[RUN-10] masks what is computed from that in turn, whichever node comes first in the document', () => {
    const nodes = {
      a: node('evaluate', { expression: 'pin' }),
      b: node('evaluate', { expression: 'nodes.a.value + "b"' }),
      c: node('evaluate', { expression: 'size(nodes) > 0 ? nodes.b.value : ""' }),
      it: log({ what: 'word', pin: 'nodes.c.value' }),
    }
    const document = flow(chain(nodes))
    for (const order of [document.nodes, [...document.nodes].reverse()]) {
      const run = play(program({ ...chain(nodes), nodes: Object.fromEntries(specsOf(order)) }))
      expect(entriesOf(run)).toEqual([{ what: 'open', pin: '***' }])
    }
  })

  it('[RUN-10] shows what is computed from other values', () => {
    const a = node('evaluate', { expression: 'word' })
    const b = node('evaluate', { expression: 'pin' })
    expect(entriesOf(play(program(chain({ a, b, it: log({ what: 'nodes.a.value' }) }))))).toEqual([
      { what: 'open' },
    ])
  })
})

function specsOf(nodes: ReturnType<typeof flow>['nodes']): [string, NodeSpec][] {
  return nodes.map(({ id, type, config }) => [id, { type: type.replace('@1', ''), config }])
}

describe('a trace', () => {
  it('[RUN-10] masks what effects carry of a sensitive value: cards, notifications, events, contact, scripts', () => {
    const run = play(
      program(
        chain(
          {
            a: node('send-card', { title: '{{pin}}' }),
            b: node('push-notification', { title: 'x', prompt: 'y', data: { p: 'pin' } }),
            c: node('emit-event', { event: 'paid', data: { p: 'pin' } }),
            d: node('update-contact', { fields: { iban: 'pin' } }),
            e: node('script', { source: 'return 1', inputs: { p: 'pin' } }),
          },
          { contact: [{ name: 'iban', type: 'text', sensitive: true }] },
        ),
      ),
    )
    expect(run.effects.map(({ type, sensitive }) => [type, sensitive])).toEqual([
      ['card.send', true],
      ['push.send', true],
      ['event.emit', true],
      ['contact.update', true],
      ['script.run', true],
    ])
    expect(JSON.stringify(run.effects)).toContain('4711')
    expect(JSON.stringify(run.run.trace)).not.toContain('4711')
  })
})

describe('what a node asks for masked', () => {
  const odd = (masked: boolean): NodeType =>
    nodeType(
      {
        enter: (context) => ({
          effects: [
            { type: 'show', a: context.masked(context.config.a), b: context.masked(context.config.b) },
          ],
          then: 'next',
        }),
      },
      { fields: { a: f.expression('any', { masked }), b: f.expression('any', { masked }) } },
    )
  const shown = (masked: boolean) =>
    play(program(chain({ it: node('odd', { a: 'pin', b: 'word' }) }), { types: [odd(masked)] })).effects[0]!

  it('is the value, or three stars where it is sensitive', () => {
    expect(shown(true)).toMatchObject({ a: '***', b: 'open' })
    expect(shown(false)).toMatchObject({ a: '***', b: 'open' })
  })

  it('leaves the effect as it is where the fields are declared so', () => {
    expect(shown(true).sensitive).toBeUndefined()
    expect(shown(false).sensitive).toBe(true)
  })
})

describe('the executable', () => {
  it('marks a sensitive expression, and only that', () => {
    const { executable } = program(chain({ it: log({ what: 'word', pin: 'pin' }) }))
    const links = executable.nodes.find(({ id }) => id === 'it')!.links!
    expect(links.map((each) => [each.path.at(-1), 'sensitive' in each])).toEqual([
      ['pin', true],
      ['what', false],
      ['fields', false],
    ])
  })
})
