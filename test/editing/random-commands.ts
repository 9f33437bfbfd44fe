import type { Json, JsonObject } from '../../src/base/json.ts'
import { copyFragment, type Draft, type EditCommand } from '../../src/editing/index.ts'
import { pinOf } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import type { Dice } from '../fuzz/generate-flow.ts'
import { ask, assign, end, type FlowSpec, flow, node, say } from '../support/flow.ts'

/** A flow in which every kind of thing can be edited. */
export const BASE: FlowSpec = {
  nodes: {
    ask: ask('Name?', { variable: 'name', timeout: '10s' }),
    pick: node('branch', { rules: [{ outcome: 'a', condition: 'count < 3' }], default: 'b' }),
    count: assign({ count: 'count + 1', copy: 'name' }),
    hello: {
      ...say('Hello {{name}}, {{nodes.ask.value}}'),
      onEnter: [{ log: 'calls', fields: { who: 'name' } }],
      onLeave: { next: [{ set: 'copy', to: 'vars.name' }] },
    },
    done: end('ok'),
    lost: end('lost'),
  },
  connect: [
    'start -> ask',
    'ask:valid -> pick',
    'ask:timeout -> lost',
    'pick:a -> count',
    'count -> hello',
    'hello -> ask',
    'pick:b -> done',
  ],
  variables: [
    { name: 'name', type: 'text' },
    { name: 'count', type: 'number', default: 0 },
    { name: 'copy', type: 'text' },
  ],
  contact: [{ name: 'tier', type: 'text' }],
  data: [{ name: 'order', type: 'text' }],
  settings: {
    logbooks: [{ name: 'calls', fields: ['who'] }],
    duplicates: { prevent: true, identifier: 'name + contact.tier' },
  },
}

const NAMES = ['name', 'count', 'copy', 'fresh', 'name_2', 'total', 'now', 'a b', '']
const TEXTS = [
  'Hello {{name}}',
  'You said {{nodes.ask.value}} {{nodes.menu.value}}',
  '{{ size(name) > 3 ? "long" : copy }}',
  'plain',
  '',
  '{{ nam',
  '{{ nobody }}',
]
const EXPRESSIONS = [
  'count + 1',
  'name',
  'nodes.ask.value',
  'nodes.pick.value + nodes.copy.value',
  'contact.tier == "gold"',
  '[1, 2].all(count, count > 0)',
  'trigger.data.order',
  'count <',
  'nodes',
  '1',
]
const VALUES: readonly Json[] = [
  ...[...TEXTS, ...EXPRESSIONS, 'ok', 'lost', 'none', 'calls', 'name', 'copy', '10s'],
  ...[1, true, null, {}, []],
]
const PATHS: readonly (readonly (string | number)[])[] = [
  ...[['prompt'], ['variable'], ['timeout'], ['outcome'], ['default'], ['odd'], ['expression'], ['data']],
  ...[
    ['rules', 0, 'condition'],
    ['rules', 0, 'outcome'],
    ['rules', 1],
    ['rules', 5, 'outcome'],
    ['options', 0, 'value'],
    ['options', 1],
  ],
  ...[
    ['assignments', 0, 'value'],
    ['assignments', 0, 'variable'],
    ['retry', 'limit'],
    ['fields', 'who'],
  ],
]
const CONFIGS: readonly JsonObject[] = [
  { prompt: 'Hello {{name}}' },
  { prompt: '?', variable: 'name', timeout: '10s' },
  { prompt: '?', variable: 'gone', accept: 'number' },
  { prompt: '1 or 2', options: [{ value: '1' }, { value: '2' }], timeout: '5s' },
  { assignments: [{ variable: 'copy', value: 'name' }] },
  { assignments: [{ variable: 'count', value: 'nodes.ask.value' }] },
  { expression: 'nodes.evaluate.value + name', variable: 'count' },
  {
    rules: [
      { outcome: 'a', condition: 'count == 1' },
      { outcome: 'c', condition: 'name == copy' },
    ],
    default: 'b',
  },
  { rules: [{ outcome: 'on:x', condition: 'trigger.data.order == name' }], default: 'a' },
  { expression: 'name', variable: 'copy' },
  { times: 'count', index: 'count' },
  { flow: 'other', inputs: { name: 'name' } },
  { logbook: 'calls', fields: { who: 'nodes.count.value', gone: '1' } },
  { fields: { tier: 'name' } },
  { outcome: 'ok' },
  { outcome: 'none' },
  { data: [{ name: 'order', type: 'number', sensitive: true }] },
  {},
]
const OUTCOMES = [
  'next',
  'valid',
  'timeout',
  'invalid',
  'noMatch',
  'a',
  'b',
  'c',
  '1',
  '2',
  'on:error',
  'on:hangpu',
]
const TYPES = ['text', 'number', 'boolean', 'any', 'date'] as const
const KINDS = ['completed', 'error', 'incomplete'] as const
const SETTINGS: readonly (readonly [readonly (string | number)[], Json | undefined])[] = [
  [['limits'], { maxSteps: 10 }],
  [['limits', 'maxSteps'], 0],
  [['limits', 'maxSteps'], undefined],
  [['stopWords'], ['stop', '']],
  [['duplicates'], { prevent: true }],
  [['duplicates', 'identifier'], 'contact.tier'],
  [['contact'], [{ name: 'tier', type: 'number', sensitive: true }]],
  [['contact'], undefined],
  [['languages'], { default: 'en', others: [{ tag: '' }] }],
  [['logbooks', 0, 'fields', 0], 'whom'],
  [['variables', 0, 'sensitive'], true],
  [['variables', 0, 'name'], 'count'],
  [['variables', 0, 'default'], 'Ada'],
  [
    ['variables'],
    [
      { name: 'copy', type: 'text' },
      { name: 'count', type: 'number', sensitive: true },
      { name: 'name', type: 'text' },
    ],
  ],
  [['mediaFolder'], 'prompts'],
  [['odd'], 1],
]

/** Another flow, from which things are pasted and which takes the place of the one that is edited. */
const OTHER: FlowSpec = {
  nodes: {
    ask: ask('Other {{name}}?', { variable: 'name' }),
    menu: node('menu', { prompt: '{{nodes.ask.value}}', options: [{ value: '1' }], timeout: '5s' }),
    ok: end('ok'),
  },
  connect: ['start -> ask', 'ask:valid -> menu', 'menu:1 -> ok', 'menu:timeout -> ask'],
  variables: [{ name: 'name', type: 'number' }],
}

/** One command that somebody could give to a draft: many make sense, some do not. */
export function randomCommand(dice: Dice, draft: Draft, depth = 0): EditCommand {
  const { nodes, connectors, notes, settings } = draft.document
  const id = () => (dice.chance(0.95) && nodes.length > 0 ? dice.pick(nodes).id : 'gone')
  const connector = () =>
    dice.chance(0.95) && connectors.length > 0 ? dice.pick(connectors).id : 'gone:next'
  const note = () => (dice.chance(0.9) && notes.length > 0 ? dice.pick(notes).id : 'gone')
  const position = () => ({ x: dice.below(9) * 100, y: dice.below(9) * 100 })
  const variable = () => {
    const { variables = [] } = settings
    return dice.chance(0.9) && variables.length > 0 ? dice.pick(variables).name : dice.pick(NAMES)
  }
  const outcomeCode = () => {
    const { outcomes = [] } = settings
    return dice.chance(0.9) && outcomes.length > 0 ? dice.pick(outcomes).code : 'gone'
  }
  const from = () => ({ node: id(), outcome: dice.pick(OUTCOMES) })
  const newNode = () => ({
    type: dice.chance(0.97) ? pinOf(dice.pick(palette).runtime) : 'odd@1',
    config: dice.pick(CONFIGS),
    ...(dice.chance(0.5) ? { position: position() } : {}),
    ...(dice.chance(0.2) ? { id: dice.pick(['menu', 'ask', 'fresh', 'a b']) } : {}),
    ...(dice.chance(0.1) ? { label: 'Label' } : {}),
  })
  const source = () => dice.pick(EXPRESSIONS)
  const actions = () =>
    dice.some(0, 2, () =>
      dice.chance(0.5)
        ? { set: dice.pick(NAMES), to: source() }
        : { log: dice.pick(['calls', 'none', '']), fields: { who: source() } },
    )
  const commands: (() => EditCommand)[] = [
    () => ({ type: 'add', node: newNode(), ...(dice.chance(0.3) ? { from: from() } : {}) }),
    () => ({ type: 'remove', node: id() }),
    () => ({
      type: 'remove',
      nodes: dice.some(0, 2, id),
      connectors: dice.some(0, 2, connector),
      notes: dice.some(0, 1, note),
    }),
    () => ({ type: 'move', nodes: Object.fromEntries(dice.some(1, 3, () => [id(), position()])) }),
    () => ({ type: 'move', notes: { [note()]: position() } }),
    () => ({ type: 'label', node: id(), ...(dice.chance(0.8) ? { label: dice.pick(TEXTS) } : {}) }),
    () => ({ type: 'label', connector: connector(), label: 'yes' }),
    () => ({ type: 'configure', node: id(), config: dice.pick(CONFIGS) }),
    () => ({
      type: 'changeType',
      node: id(),
      to: dice.chance(0.95) ? pinOf(dice.pick(palette).runtime) : 'odd@1',
    }),
    () => ({ type: 'move', nodes: { [id()]: null } }),
    () => ({
      type: 'configure',
      node: id(),
      path: dice.pick(PATHS),
      ...(dice.chance(0.85) ? { value: dice.pick(VALUES) } : {}),
    }),
    () => ({
      type: 'setActions',
      node: id(),
      ...(dice.chance(0.7) ? { onEnter: actions() } : {}),
      ...(dice.chance(0.7) ? { onLeave: { [dice.pick(OUTCOMES)]: actions() } } : {}),
    }),
    () => ({ type: 'setMeta', node: id(), meta: { a: dice.below(3) } }),
    () => ({ type: 'setMeta', ...(dice.chance(0.5) ? { meta: { a: 1 } } : {}) }),
    () => ({ type: 'connect', from: from(), ...(dice.chance(0.85) ? { to: id() } : {}) }),
    () => ({ type: 'connect', from: from(), to: id() }),
    () => ({ type: 'disconnect', connector: connector() }),
    () => ({
      type: 'reconnect',
      connector: connector(),
      ...(dice.chance(0.6) ? { to: dice.chance(0.9) ? id() : null } : {}),
      ...(dice.chance(0.3) ? { from: from() } : {}),
    }),
    () => ({ type: 'insert', connector: connector(), node: dice.chance(0.7) ? newNode() : id() }),
    () => ({ type: 'duplicate', nodes: dice.some(1, 3, id) }),
    () => ({ type: 'paste', fragment: copyFragment(draft, dice.some(1, 4, id)), at: position() }),
    () => ({
      type: 'addNote',
      note: { text: dice.pick(TEXTS), ...(dice.chance(0.6) ? { node: id() } : {}) },
    }),
    () => ({ type: 'changeNote', note: note(), text: dice.pick(TEXTS) }),
    () => ({ type: 'changeNote', note: note(), node: dice.chance(0.5) ? null : id() }),
    () => ({ type: 'describe', name: dice.pick(TEXTS), role: dice.pick(['main', 'subflow', 'exception']) }),
    () => ({ type: 'describe', remark: dice.chance(0.5) ? null : 'r', medium: dice.pick(['voice', 'any']) }),
    () => {
      const [path, value] = dice.pick(SETTINGS)
      return { type: 'changeSettings', path, ...(value === undefined ? {} : { value }) }
    },
    () => ({ type: 'addVariable', variable: { name: dice.pick(NAMES), type: dice.pick(TYPES) } }),
    () => ({
      type: 'changeVariable',
      name: variable(),
      changes: dice.pick([
        { type: dice.pick(TYPES) },
        { sensitive: true },
        { default: null },
        { default: 'x' },
        { sensitive: null },
      ]),
    }),
    () => ({ type: 'renameVariable', name: variable(), to: dice.pick(NAMES) }),
    () => ({ type: 'removeVariable', name: variable() }),
    () => ({
      type: 'addFlowOutcome',
      outcome: { code: dice.pick(['none', 'ok', '']), kind: dice.pick(KINDS) },
    }),
    () => ({ type: 'changeFlowOutcome', code: outcomeCode(), changes: { kind: dice.pick(KINDS) } }),
    () => ({ type: 'renameFlowOutcome', code: outcomeCode(), to: dice.pick(['ok', 'lost', 'none', 'on:x']) }),
    () => ({ type: 'removeFlowOutcome', code: outcomeCode() }),
    () =>
      dice.chance(0.2)
        ? { type: 'replace', document: flow(dice.chance(0.7) ? BASE : OTHER) }
        : { type: 'label', node: id() },
  ]
  if (depth < 2 && dice.chance(0.05)) {
    return { type: 'batch', commands: dice.some(0, 4, () => randomCommand(dice, draft, depth + 1)) }
  }
  return dice.pick(commands)()
}
