import { describe, expect, it } from 'vitest'
import { liquid } from '../../src/adapters/liquid/index.ts'
import type { FlowDocument, Variable } from '../../src/document/index.ts'
import { behaviourHash, contentHash } from '../../src/document/index.ts'
import type { JsonObject } from '../../src/index.ts'
import { f, type NodeType } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { inspect } from '../../src/releases/inspect.ts'
import type { ValidationPolicy } from '../../src/validation/index.ts'
import { deepFreeze } from '../support/deep-freeze.ts'
import { assign, end, type FlowSpec, flow, node, say } from '../support/flow.ts'
import { nodeType } from '../support/nodes.ts'
import { around, goodFlow } from '../validation/find.ts'

interface Options {
  readonly types?: readonly NodeType[]
  readonly policy?: ValidationPolicy
}

/** What is found of a flow, which stays as it is and comes to the same as JSON. */
function look(spec: FlowSpec | FlowDocument, { types = [], policy }: Options = {}) {
  const document = 'connect' in spec ? flow(spec, types) : spec
  const found = inspect(deepFreeze(document), {
    nodes: [...palette, ...types],
    languages: [liquid],
    policy,
  })
  expect(JSON.parse(JSON.stringify(found))).toEqual(found)
  return found
}

const startedBy = (config: JsonObject) => goodFlow({ nodes: { start: node('start', config) } })

describe('an inspection', () => {
  it('[VAL-9] is bound to the document, and says who it is', () => {
    const document = {
      ...flow(goodFlow({ id: 'billing', settings: { mediaFolder: 'prompts' } })),
      name: 'Billing',
      remark: 'Invoices',
      medium: 'voice' as const,
    }
    expect(look(document)).toEqual({
      contentHash: contentHash(document),
      behaviourHash: behaviourHash(document),
      flow: 'billing',
      name: 'Billing',
      remark: 'Invoices',
      role: 'main',
      medium: 'voice',
      audience: 'interaction',
      diagnostics: [],
      channels: [],
      references: [],
      nodeTypes: ['end@1', 'send-message@1', 'start@1'],
      asked: [],
      outcomes: ['ok'],
      mediaFolder: 'prompts',
    })
  })

  it('[REL-7] brings what is wrong with the document, judged by a policy', () => {
    const lost = goodFlow({
      nodes: { lost: say('x') },
      connect: ['start -> hello', 'hello -> done', 'lost -> done'],
    })
    const severities = (policy?: ValidationPolicy) =>
      look(lost, policy === undefined ? {} : { policy }).diagnostics.map(({ code, severity }) => [
        code,
        severity,
      ])
    expect(severities()).toEqual([['node.unreachable', 'error']])
    expect(severities({ unreachable: 'warning' })).toEqual([['node.unreachable', 'warning']])
  })

  it('takes drafts in which nearly everything is missing', () => {
    const empty: FlowDocument = { ...flow(goodFlow()), nodes: [], connectors: [], settings: {} }
    expect(look(empty)).toMatchObject({
      channels: [],
      references: [],
      nodeTypes: [],
      asked: [],
      outcomes: [],
    })
    const unknown = goodFlow({ nodes: { hello: node('telepathy', { channel: 'mind', flow: 'other' }) } })
    expect(look(unknown)).toMatchObject({ channels: [], references: [] })
    expect(look(unknown).nodeTypes).toContain('telepathy@1')
  })
})

describe('the trigger', () => {
  it.each<[JsonObject, object | undefined]>([
    [{}, undefined],
    [{ trigger: '' }, undefined],
    [{ trigger: 5 }, undefined],
    [{ trigger: 'manual' }, { kind: 'manual' }],
    [
      { trigger: 'message', channel: 'sms' },
      { kind: 'message', channel: 'sms' },
    ],
    [{ trigger: 'message' }, { kind: 'message' }],
    [{ trigger: 'message', channel: ['sms'] }, { kind: 'message' }],
    [{ trigger: 'call' }, { kind: 'call', channel: 'voice' }],
    [
      { trigger: 'segment', segment: 'gold' },
      { kind: 'segment', segment: 'gold' },
    ],
    [
      { trigger: 'event', event: 'order.paid' },
      { kind: 'event', event: 'order.paid' },
    ],
    [
      { trigger: 'event', event: 'paid', channel: 'sms', segment: 'gold' },
      { kind: 'event', event: 'paid' },
    ],
    [{ trigger: 'flow' }, { kind: 'flow' }],
    [{ trigger: 'link' }, { kind: 'link' }],
  ])('[DOC-4] of %j is %j', (config, trigger) => {
    expect(look(startedBy(config)).trigger).toEqual(trigger)
  })

  it('[DOC-4] is read from a start node of the host too', () => {
    const start = nodeType(
      { type: 'begin', outcomes: () => ['next'] },
      { place: 'start', fields: { trigger: f.text(), channel: f.text({ optional: true }) } },
    )
    const begin = {
      ...flow(goodFlow()),
      nodes: flow(goodFlow()).nodes.map((each) =>
        each.id === 'start'
          ? { ...each, type: 'begin@1', config: { trigger: 'message', channel: 'fax' } }
          : each,
      ),
    }
    expect(look(begin, { types: [start] })).toMatchObject({
      trigger: { kind: 'message', channel: 'fax' },
      channels: ['fax'],
    })
  })
})

describe('the channels', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['a message', { trigger: 'message', channel: 'whatsapp' }, ['whatsapp']],
    ['a call', { trigger: 'call' }, ['voice']],
    ['a segment', { trigger: 'segment', segment: 'gold', channel: 'sms' }, []],
    ['nobody yet', { channel: 'sms' }, []],
  ])('[REL-9] of a flow that is started by %s are those of its trigger', (_, config, channels) => {
    expect(look(startedBy(config)).channels).toEqual(channels)
  })

  it.each<[string, string, JsonObject, readonly string[]]>([
    ['sends on one', 'send-message', { prompt: 'Hi', channel: 'sms' }, ['sms']],
    ['sends on that of the session', 'send-message', { prompt: 'Hi' }, []],
    ['leaves the field blank', 'send-message', { prompt: 'Hi', channel: '' }, []],
    ['receives on two', 'receive-message', { channels: ['whatsapp', 'sms'] }, ['sms', 'whatsapp']],
    ['receives on any', 'receive-message', {}, []],
    ['places a call', 'place-call', { to: '123' }, ['voice']],
    ['sends to devices', 'push-notification', { title: 'Hi', prompt: 'Hi' }, ['push']],
    ['records the call that is there', 'record', {}, []],
    ['asks on that of the session', 'collect-input', { prompt: '?' }, []],
  ])('[REL-9] of a node that %s are those that it names', (_, type, config, channels) => {
    expect(look(around(node(type, config))).channels).toEqual(channels)
  })

  it('[REL-9] stand once each, whoever names them', () => {
    const spec = around(node('receive-message', { channels: ['sms', 'email'] }), {
      nodes: {
        start: node('start', { trigger: 'message', channel: 'sms' }),
        say: node('send-message', { prompt: 'Hi', channel: 'email' }),
      },
      connect: ['start -> say', 'say -> it'],
    })
    expect(look(spec).channels).toEqual(['email', 'sms'])
  })

  it('[REL-9] of a node type of the host are those that it says it opens', () => {
    const pager = nodeType({}, { channels: ({ loud }) => (loud === true ? ['siren', 'pager'] : ['pager']) })
    const types = [pager]
    expect(look(around(node('odd')), { types }).channels).toEqual(['pager'])
    expect(look(around(node('odd', { loud: true })), { types }).channels).toEqual(['pager', 'siren'])
  })
})

describe('the flows that it refers to', () => {
  it('[VAL-9] stand with the nodes that do, in order', () => {
    const spec = around(node('call-subflow', { flow: 'survey' }), {
      nodes: {
        again: node('call-subflow', { flow: 'survey' }),
        billing: node('call-subflow', { flow: 'billing' }),
        away: node('jump', { flow: 'main' }),
        open: node('call-subflow', { flow: '' }),
      },
      connect: ['start -> it'],
    })
    expect(look(spec).references).toEqual([
      { flow: 'billing', nodes: ['billing'] },
      { flow: 'main', nodes: ['away'] },
      { flow: 'survey', nodes: ['again', 'it'] },
    ])
  })
})

describe('the variables that a release is asked for', () => {
  const NAME: Variable = { name: 'name', type: 'text' }
  const READS = say('Hello {{name}}')

  function asked(variable: Partial<Variable>, spec: Partial<FlowSpec> = {}) {
    return look(goodFlow({ variables: [{ ...NAME, ...variable }], ...spec })).asked
  }
  const isRequired = (variable: Partial<Variable>, spec: Partial<FlowSpec> = {}) =>
    asked(variable, spec).map(({ required }) => required)

  const reading = (it = READS) => ({ nodes: { hello: it } })
  const setFirst: Partial<FlowSpec> = {
    nodes: { set: assign({ name: '"Ada"' }), hello: READS },
    connect: ['start -> set', 'set -> hello', 'hello -> done'],
  }
  const setOnOnePath: Partial<FlowSpec> = {
    nodes: {
      pick: node('branch', { rules: [{ outcome: 'a', condition: 'true' }] }),
      set: assign({ name: '"Ada"' }),
      hello: READS,
    },
    connect: ['start -> pick', 'pick:a -> set', 'pick:else -> hello', 'set -> hello', 'hello -> done'],
  }

  it('[REL-9] are all that are not switched off', () => {
    const variables: Variable[] = [
      { name: 'open', type: 'any' },
      { name: 'on', type: 'number', askAtRelease: true },
      { name: 'off', type: 'text', askAtRelease: false },
      { name: '', type: 'text' },
    ]
    expect(look(goodFlow({ variables })).asked.map(({ name }) => name)).toEqual(['open', 'on'])
  })

  it('[REL-9] bring what a form needs', () => {
    const more = { label: 'Your name', default: 'Ada', sensitive: true }
    expect(asked(more)).toEqual([
      { name: 'name', type: 'text', required: false, label: 'Your name', default: 'Ada', sensitive: true },
    ])
  })

  it.each<[string, boolean, Partial<Variable>, Partial<FlowSpec>]>([
    ['is read and never set', true, {}, reading()],
    ['is read and has a default', false, { default: 'Ada' }, reading()],
    ['is read and has null for a default', true, { default: null }, reading()],
    ['asks for it itself', true, { askAtRelease: true }, {}],
    ['asks for it itself and is always set first', true, { askAtRelease: true }, setFirst],
    ['asks for it itself and has a default', false, { askAtRelease: true, default: '' }, reading()],
    ['is always set before it is read', false, {}, setFirst],
    ['is read where one path has not set it', true, {}, setOnOnePath],
    ['is never read', false, {}, {}],
    ['is read behind a guard and never set', true, {}, reading(say('{{name == null ? "you" : name}}'))],
  ])('[REL-9] [VAL-10] need a value where one %s: %s', (_, required, variable, spec) => {
    expect(isRequired(variable, spec)).toEqual([required])
  })

  it('[REL-9] need none where a guard stands before a variable that is set later', () => {
    const spec: Partial<FlowSpec> = {
      nodes: { hello: say('{{name == null ? "you" : name}}'), set: assign({ name: '"Ada"' }) },
      connect: ['start -> hello', 'hello -> set', 'set -> done'],
    }
    expect(isRequired({}, spec)).toEqual([false])
  })

  it('[REL-9] count as set by actions on the way into and out of nodes', () => {
    const set = [{ set: 'name', to: '"Ada"' }]
    expect(isRequired({}, reading({ ...READS, onEnter: set }))).toEqual([false])
    const leaving = { nodes: { first: { ...say('Hi'), onLeave: { next: set } }, hello: READS } }
    const connect = ['start -> first', 'first -> hello', 'hello -> done']
    expect(isRequired({}, { ...leaving, connect })).toEqual([false])
  })

  it('[REL-9] count as read by what tells duplicate sessions apart', () => {
    const settings = { duplicates: { prevent: true, identifier: 'name' } }
    expect(isRequired({}, { settings })).toEqual([true])
  })

  it('[REL-9] of a subflow need none where its callers give them', () => {
    const role = 'subflow' as const
    expect(isRequired({ input: true }, { role, ...reading() })).toEqual([false])
    expect(isRequired({}, { role, ...reading() })).toEqual([true])
    expect(isRequired({ input: true }, reading())).toEqual([true])
    expect(isRequired({ input: true, askAtRelease: true }, { role, ...reading() })).toEqual([true])
  })

  it('[REL-9] stand once where a draft declares one twice', () => {
    const variables: Variable[] = [NAME, { ...NAME, type: 'number' }]
    expect(look({ ...goodFlow({ variables }), nodes: { hello: say('Hi'), done: end('ok') } }).asked).toEqual([
      { name: 'name', type: 'number', required: false },
    ])
  })
})
