import type { FlowNode } from '../../src/document/flow-document.ts'
import { nodeType } from '../../test/support/nodes.ts'
import { connector, type FlowExample, says, sets } from './example-flow.ts'

/** The message node of the flow, with more than its text. */
const hello = (rest: Partial<FlowNode>): FlowNode => ({
  id: 'hello',
  type: 'send-message@1',
  config: { prompt: 'Hello' },
  ...rest,
})

const done = (outcome?: string): FlowNode => ({
  id: 'done',
  type: 'end@1',
  config: outcome === undefined ? {} : { outcome },
})

/** A node type of a host, which may be left open. */
const SURVEY = nodeType(
  { type: 'survey', outcomes: () => ['answered'] },
  { title: 'Survey', optionalOutcomes: () => ['answered'] },
)

const TOO_DEEP = `${'('.repeat(300)}1${')'.repeat(300)}`

/** For each code that validation can give, a flow that has this wrong. */
export const FLOW_EXAMPLES: { readonly [code: string]: FlowExample } = {
  'flow.noStart': { without: ['start', 'start:next'] },
  'flow.secondStart': {
    nodes: [{ id: 'start_2', type: 'start@1', config: {} }],
    connectors: [connector('start_2:next', 'hello')],
  },
  'flow.empty': { without: ['start:next'] },
  'flow.noEndReachable': { without: ['hello:next'] },
  'node.unknownType': { nodes: [{ id: 'hello', type: 'send-mesage@1', config: {} }] },
  'node.placeholder': {
    nodes: [{ id: 'hello', type: 'placeholder@1', config: { original: 'enqueue' } }],
  },
  'node.unreachable': {
    nodes: [{ ...hello({ id: 'lost' }) }],
    connectors: [connector('lost:next', 'done')],
  },
  'node.noWayToEnd': { without: ['hello:next'] },
  'node.noOutcomeConnected': {
    nodes: [{ id: 'hello', type: 'survey@1', config: {} }],
    without: ['hello:next'],
    types: [SURVEY],
    policy: { optionalOutcomes: 'warning' },
    remark: 'the only outcome of the node type `survey` is optional, and the policy lets such outcomes be.',
  },
  'config.missing': says(''),
  'config.wrongType': {
    nodes: [{ id: 'hello', type: 'collect-input@1', config: { prompt: 'Your name?', retries: '2' } }],
    connectors: [connector('hello:valid', 'done')],
    without: ['hello:next'],
  },
  'config.unknownField': { nodes: [hello({ config: { promt: 'Hello' } })] },
  'outcome.unassigned': { without: ['hello:next'] },
  'outcome.repeated': {
    nodes: [
      {
        id: 'hello',
        type: 'menu@1',
        config: { prompt: '1 or 2?', options: [{ value: '1' }, { value: '1' }] },
      },
    ],
    connectors: [connector('hello:1', 'done'), connector('hello:noMatch', 'done')],
    without: ['hello:next'],
  },
  'outcome.badName': {
    nodes: [
      {
        id: 'hello',
        type: 'branch@1',
        config: { rules: [{ outcome: 'on:gold', condition: 'true' }], default: 'else' },
      },
    ],
    connectors: [connector('hello:on:gold', 'done'), connector('hello:else', 'done')],
    without: ['hello:next'],
  },
  'connector.noTarget': { connectors: [connector('hello:next')] },
  'connector.targetGone': { connectors: [connector('hello:next', 'dnoe')] },
  'connector.sourceGone': { connectors: [connector('helo:next', 'done')] },
  'connector.unknownOutcome': { connectors: [connector('hello:nxet', 'done')], without: ['hello:next'] },
  'connector.unknownSignal': { connectors: [connector('hello:on:hangpu', 'done')] },
  'connector.intoStart': { connectors: [connector('hello:on:error', 'start')] },
  'connector.outOfEnd': { connectors: [connector('done:next', 'hello')] },
  'cycle.endless': { connectors: [connector('hello:next', 'hello')] },
  'end.unknownOutcome': {
    nodes: [done('resolvd')],
    settings: { outcomes: [{ code: 'resolved', kind: 'completed' }] },
  },
  'end.untagged': { nodes: [done()], settings: { outcomes: [{ code: 'resolved', kind: 'completed' }] } },
  'flowOutcome.unused': {
    settings: {
      outcomes: [
        { code: 'ok', kind: 'completed' },
        { code: 'abandoned', kind: 'incomplete' },
      ],
    },
  },
  'flowOutcome.badCode': {
    settings: {
      outcomes: [
        { code: 'ok', kind: 'completed' },
        { code: '', kind: 'completed' },
      ],
    },
  },
  'flowOutcome.repeated': {
    settings: {
      outcomes: [
        { code: 'ok', kind: 'completed' },
        { code: 'ok', kind: 'error' },
      ],
    },
  },
  'contact.badName': { settings: { contact: [{ name: 'first name', type: 'text' }] } },
  'contact.repeated': {
    settings: {
      contact: [
        { name: 'phone', type: 'any' },
        { name: 'phone', type: 'text' },
      ],
    },
  },
  'variable.unknown': {
    nodes: [hello({ onEnter: [{ set: 'tikcet', to: '"A7"' }] })],
    settings: { variables: [{ name: 'ticket', type: 'text' }] },
  },
  'variable.badName': { settings: { variables: [{ name: '2nd', type: 'text' }] } },
  'variable.repeated': {
    settings: {
      variables: [
        { name: 'ticket', type: 'any' },
        { name: 'ticket', type: 'text' },
      ],
    },
  },
  'variable.reserved': { settings: { variables: [{ name: 'contact', type: 'text' }] } },
  'variable.defaultType': { settings: { variables: [{ name: 'retries', type: 'number', default: '3' }] } },
  'variable.readBeforeSet': {
    nodes: [hello({ config: { prompt: 'Your ticket: {{ticket}}' } })],
    settings: { variables: [{ name: 'ticket', type: 'text' }] },
  },
  'sensitive.leak': {
    nodes: [hello({ onEnter: [{ set: 'copy', to: 'pin' }] })],
    settings: {
      variables: [
        { name: 'copy', type: 'text' },
        { name: 'pin', type: 'text', default: '', sensitive: true },
      ],
    },
  },
  'action.unknownOutcome': {
    nodes: [hello({ onLeave: { nxet: [{ set: 'ticket', to: '"A7"' }] } })],
    settings: { variables: [{ name: 'ticket', type: 'text' }] },
  },
  'action.incomplete': { nodes: [hello({ onEnter: [{ set: '', to: '"A7"' }] })] },
  'logbook.noName': { settings: { logbooks: [{ name: '', fields: [] }] } },
  'logbook.unknown': {
    nodes: [hello({ onEnter: [{ log: 'cals', fields: { reason: '"A7"' } }] })],
    settings: { logbooks: [{ name: 'calls', fields: ['reason'] }] },
  },
  'logbook.unknownField': {
    nodes: [hello({ onEnter: [{ log: 'calls', fields: { resaon: '"A7"' } }] })],
    settings: { logbooks: [{ name: 'calls', fields: ['reason'] }] },
  },
  'source.unknownLanguage': says({ language: 'handlebars', source: 'Hello' }),
  'settings.limit': { settings: { limits: { maxSteps: 0 } } },
  'settings.blankStopWord': { settings: { stopWords: ['stop', ''] } },
  'settings.noLanguage': { settings: { languages: { default: 'en', others: [{ tag: '' }] } } },
  'settings.noDuplicateIdentifier': { settings: { duplicates: { prevent: true } } },
  'expression.empty': sets(' '),
  'expression.tooLong': sets(`"${'x'.repeat(20_000)}"`),
  'expression.tooDeep': sets(TOO_DEEP),
  'expression.syntax': sets('retries = 3'),
  'expression.unfinished': sets('retries +'),
  'expression.unclosedText': sets('"Hello'),
  'expression.escape': sets('name.matches("\\d+")'),
  'expression.reservedWord': sets('for'),
  'expression.numberRange': sets('12345678901234567890'),
  'expression.unsignedLiteral': sets('retries + 1u'),
  'expression.bytesLiteral': sets('b"Hello"'),
  'expression.unknownName': sets('retires + 1'),
  'expression.unknownMember': sets('contact.emial'),
  'expression.noMembers': sets('name.length'),
  'expression.index': sets('items["first"]'),
  'expression.operand': sets('"Round " + retries'),
  'expression.comparison': sets('retries == "3"'),
  'expression.unknownFunction': sets('siez(name)'),
  'expression.functionForm': sets('trim(name)'),
  'expression.argumentCount': sets('name.replace("a")'),
  'expression.argumentType': sets('round(name)'),
  'expression.objectKey': sets('{"constructor": 1}'),
  'expression.loopVariable': sets('items.exists(1, true)'),
  'expression.hasArgument': sets('has(1)'),
  'expression.pattern': sets('name.matches("(")'),
  'expression.wrongType': sets('name', 'number'),
  'expression.unclosedHole': says('Hello {{session.id'),
  'expression.emptyHole': says('Hello {{}}'),
  'expression.notText': says('Hello {{nodes}}'),
  'expression.unknownFilter': says({ language: 'liquid', source: '{{ "hello" | upcse }}' }),
  'expression.unknownTag': says({ language: 'liquid', source: '{% asign x = 1 %}' }),
  'expression.unclosedTag': says({ language: 'liquid', source: '{% if true %}Hello' }),
}
