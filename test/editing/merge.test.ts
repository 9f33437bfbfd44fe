import { describe, expect, it } from 'vitest'
import { type FlowDocument, serialiseDocument } from '../../src/document/index.ts'
import {
  applyCommand,
  describeMerge,
  type EditCommand,
  type MergeConflict,
  mergeDocuments,
  openDraft,
} from '../../src/editing/index.ts'
import { palette } from '../../src/palette/index.ts'
import { ask, assign, end, type FlowSpec, flow, node, say } from '../support/flow.ts'
import { check, checkMerge, placeIn } from './merge-laws.ts'

const SPEC: FlowSpec = {
  nodes: {
    ask: ask('Name?', { variable: 'name', timeout: '10s' }),
    menu: node('menu', { prompt: '?', options: [{ value: '1' }, { value: '2' }], timeout: '5s' }),
    hello: say('Hello {{name}}'),
    count: assign({ count: 'count + 1' }),
    done: end('ok'),
    lost: end('lost'),
  },
  connect: [
    'start -> ask',
    'ask:valid -> menu',
    'ask:timeout -> lost',
    'menu:1 -> hello',
    'menu:2 -> count',
    'menu:timeout -> lost',
    'hello -> done',
    'count -> done',
  ],
  variables: [
    { name: 'name', type: 'text' },
    { name: 'count', type: 'number', default: 0 },
    { name: 'spare', type: 'text' },
  ],
  settings: {
    outcomes: [
      { code: 'ok', kind: 'completed' },
      { code: 'lost', kind: 'completed' },
      { code: 'extra', kind: 'completed' },
    ],
    logbooks: [{ name: 'calls', fields: ['who'] }],
    stopWords: ['stop'],
    limits: { maxSteps: 100 },
  },
}
const base = flow(SPEC)

/** The base with commands applied. */
function edit(...commands: EditCommand[]): FlowDocument {
  const edited = applyCommand(openDraft(base, { nodes: palette }), { type: 'batch', commands })
  if (!edited.ok) throw new Error(edited.reason)
  return edited.draft.document
}

/** Merges two edits of the base, with all laws checked. */
const merged = (a: readonly EditCommand[], b: readonly EditCommand[]) =>
  checkMerge(base, edit(...a), edit(...b))

const set = (id: string, path: readonly (string | number)[], value?: string | number | object): EditCommand =>
  ({ type: 'configure', node: id, path, ...(value === undefined ? {} : { value }) }) as EditCommand
const connect = (from: string, outcome: string, to: string): EditCommand => ({
  type: 'connect',
  from: { node: from, outcome },
  to,
})
const brief = ({ id, kind }: MergeConflict) => `${kind} ${id}`
const nodeOf = (document: FlowDocument, id: string) => document.nodes.find((each) => each.id === id)

describe('changes that go together', () => {
  it('takes those of one side', () => {
    const { document, clean } = merged([set('hello', ['prompt'], 'Hi {{name}}')], [])
    expect(clean).toBe(true)
    expect(nodeOf(document, 'hello')?.config.prompt).toBe('Hi {{name}}')
  })

  it('takes different members of one node from both', () => {
    const { document, clean } = merged(
      [set('ask', ['prompt'], 'Your name?'), { type: 'label', node: 'ask', label: 'Ask' }],
      [set('ask', ['timeout'], '20s'), { type: 'move', nodes: { ask: { x: 1, y: 2 } } }],
    )
    expect(clean).toBe(true)
    expect(nodeOf(document, 'ask')).toEqual({
      id: 'ask',
      type: 'collect-input@1',
      label: 'Ask',
      position: { x: 1, y: 2 },
      config: { prompt: 'Your name?', variable: 'name', timeout: '20s' },
    })
  })

  it('takes members of entries that are known by name, and entries that one side has added', () => {
    const { document, clean } = merged(
      [set('menu', ['options', 0, 'label'], 'Balance')],
      [
        set('menu', ['options', 1, 'label'], 'Help'),
        set('menu', ['options', 2], { value: '3' }),
        connect('menu', '3', 'hello'),
      ],
    )
    expect(clean).toBe(true)
    expect(nodeOf(document, 'menu')?.config.options).toEqual([
      { value: '1', label: 'Balance' },
      { value: '2', label: 'Help' },
      { value: '3' },
    ])
  })

  it('takes a connector that one has led elsewhere and the other has labelled', () => {
    const { document, clean } = merged(
      [{ type: 'reconnect', connector: 'hello:next', to: 'count' }],
      [{ type: 'label', connector: 'hello:next', label: 'then' }],
    )
    expect(clean).toBe(true)
    expect(document.connectors.find(({ id }) => id === 'hello:next')).toMatchObject({
      to: 'count',
      label: 'then',
    })
  })

  it('takes settings by name', () => {
    const { document, clean } = merged(
      [
        { type: 'addVariable', variable: { name: 'one', type: 'text' } },
        { type: 'changeVariable', name: 'count', changes: { default: 1 } },
        { type: 'changeSettings', path: ['stopWords'], value: ['stop', 'halt'] },
        { type: 'changeSettings', path: ['limits', 'maxSteps'], value: 50 },
      ],
      [
        { type: 'addVariable', variable: { name: 'two', type: 'text' } },
        { type: 'changeVariable', name: 'count', changes: { label: 'Times' } },
        { type: 'changeSettings', path: ['stopWords'], value: ['end', 'stop'] },
        { type: 'removeFlowOutcome', code: 'extra' },
      ],
    )
    expect(clean).toBe(true)
    expect(document.settings).toEqual({
      variables: [
        { name: 'name', type: 'text' },
        { name: 'count', type: 'number', default: 1, label: 'Times' },
        { name: 'spare', type: 'text' },
        { name: 'one', type: 'text' },
        { name: 'two', type: 'text' },
      ],
      outcomes: [
        { code: 'ok', kind: 'completed' },
        { code: 'lost', kind: 'completed' },
      ],
      logbooks: [{ name: 'calls', fields: ['who'] }],
      stopWords: ['end', 'stop', 'halt'],
      limits: { maxSteps: 50 },
    })
  })

  it('keeps two nodes that were added under one id, each with what names it', () => {
    const add = (prompt: string): EditCommand[] => [
      { type: 'add', node: { id: 'more', type: 'collect-input@1', config: { prompt, timeout: '9s' } } },
      connect('more', 'valid', 'done'),
      connect('more', 'timeout', 'lost'),
    ]
    const { document, renamed } = merged(
      [...add('A?'), { type: 'reconnect', connector: 'hello:next', to: 'more' }],
      [
        ...add('B?'),
        { type: 'reconnect', connector: 'count:next', to: 'more' },
        set('lost', ['reply'], '{{nodes.more.value}}'),
      ],
    )
    expect(renamed).toEqual([{ side: 'b', id: 'more', to: 'more_2' }])
    expect(nodeOf(document, 'more')?.config.prompt).toBe('A?')
    expect(nodeOf(document, 'more_2')?.config.prompt).toBe('B?')
    const target = (id: string) => document.connectors.find((each) => each.id === id)?.to
    expect([target('hello:next'), target('count:next')]).toEqual(['more', 'more_2'])
    expect(document.connectors.filter(({ from }) => from.node === 'more_2')).toHaveLength(2)
  })

  it('rewrites what the side of a renamed node reads of it', () => {
    const add = (prompt: string): EditCommand[] => [
      { type: 'add', node: { id: 'more', type: 'collect-input@1', config: { prompt, timeout: '9s' } } },
    ]
    const { document } = mergeDocuments(
      base,
      edit(...add('A?')),
      edit(...add('B?'), set('hello', ['prompt'], 'You: {{nodes.more.value}}')),
      { nodes: palette },
    )
    expect(nodeOf(document, 'hello')?.config.prompt).toBe('You: {{nodes.more_2.value}}')
  })

  it('keeps two notes that were added under one id', () => {
    const add = (text: string): EditCommand => ({ type: 'addNote', note: { id: 'n', text } })
    const { document, clean } = merged([add('A')], [add('B')])
    expect(clean).toBe(true)
    expect(document.notes).toEqual([
      { id: 'n', text: 'A' },
      { id: 'n_2', text: 'B' },
    ])
  })
})

describe('changes that do not go together', () => {
  const removeHello: EditCommand[] = [{ type: 'remove', node: 'hello' }, connect('menu', '1', 'done')]
  const menu = (options: object[]): EditCommand => set('menu', ['options'], options)

  it.each<[string, EditCommand[], EditCommand[], string[]]>([
    [
      'a field that both have changed',
      [set('hello', ['prompt'], 'Hi')],
      [set('hello', ['prompt'], 'Good day')],
      ['changed nodes/hello/config/prompt'],
    ],
    [
      'a field that one has removed',
      [set('ask', ['timeout'])],
      [set('ask', ['timeout'], '20s')],
      ['removedAndChanged nodes/ask/config/timeout'],
    ],
    [
      'a label that both have given',
      [{ type: 'label', node: 'ask', label: 'A' }],
      [{ type: 'label', node: 'ask', label: 'B' }],
      ['addedTwice nodes/ask/label'],
    ],
    [
      'a place that both have moved a node to',
      [{ type: 'move', nodes: { ask: { x: 1, y: 1 } } }],
      [{ type: 'move', nodes: { ask: { x: 2, y: 2 } } }],
      ['addedTwice nodes/ask/position'],
    ],
    [
      'actions that both have set',
      [{ type: 'setActions', node: 'ask', onEnter: [{ set: 'count', to: '1' }] }],
      [{ type: 'setActions', node: 'ask', onEnter: [{ set: 'count', to: '2' }] }],
      ['addedTwice nodes/ask/onEnter'],
    ],
    [
      'entries at one place of a list',
      [menu([{ value: '1' }, { value: '2' }, { value: '3' }]), connect('menu', '3', 'done')],
      [menu([{ value: '1' }, { value: '2' }, { value: '4' }]), connect('menu', '4', 'done')],
      ['order nodes/menu/config/options'],
    ],
    [
      'a node that one has removed and the other changed',
      removeHello,
      [set('hello', ['prompt'], 'Hi')],
      ['removedAndChanged nodes/hello'],
    ],
    [
      'a node that one has removed and the other leads to',
      removeHello,
      [{ type: 'reconnect', connector: 'count:next', to: 'hello' }],
      ['removedAndUsed nodes/hello'],
    ],
    [
      'a node that one has removed and the other puts a note on',
      removeHello,
      [{ type: 'addNote', note: { id: 'n', node: 'hello', text: 'Look' } }],
      ['removedAndUsed nodes/hello'],
    ],
    [
      'a node that one has removed and the other reads',
      [{ type: 'remove', node: 'ask' }, connect('start', 'next', 'menu')],
      [set('hello', ['prompt'], '{{nodes.ask.value}}')],
      ['removedAndUsed nodes/ask'],
    ],
    [
      'an outcome that both have connected',
      [connect('hello', 'on:error', 'done')],
      [connect('hello', 'on:error', 'lost')],
      ['addedTwice connectors/hello:on:error/to'],
    ],
    [
      'an outcome that both have connected under other ids',
      [{ ...connect('hello', 'on:error', 'done'), id: 'x' } as EditCommand],
      [{ ...connect('hello', 'on:error', 'lost'), id: 'y' } as EditCommand],
      ['addedTwice connectors/x/to'],
    ],
    [
      'an outcome that one connects and the other moves a connector to',
      [{ type: 'reconnect', connector: 'hello:next', from: { node: 'hello', outcome: 'on:error' } }],
      [connect('hello', 'on:error', 'lost')],
      ['sameOutcome connectors/hello:next'],
    ],
    [
      'a connector that one has removed and the other led elsewhere',
      [{ type: 'disconnect', connector: 'hello:next' }],
      [{ type: 'reconnect', connector: 'hello:next', to: 'count' }],
      ['removedAndChanged connectors/hello:next'],
    ],
    [
      'a variable that one has removed and the other uses',
      [{ type: 'removeVariable', name: 'spare' }],
      [set('hello', ['prompt'], 'Hello {{spare}}')],
      ['removedAndUsed settings/variables/spare'],
    ],
    [
      'a variable that one has renamed and the other uses',
      [{ type: 'renameVariable', name: 'spare', to: 'extra' }],
      [{ type: 'setActions', node: 'ask', onEnter: [{ set: 'spare', to: 'name' }] }],
      ['removedAndUsed settings/variables/spare'],
    ],
    [
      'a variable that both have added in other ways',
      [{ type: 'addVariable', variable: { name: 'fresh', type: 'text' } }],
      [{ type: 'addVariable', variable: { name: 'fresh', type: 'number' } }],
      ['addedTwice settings/variables/fresh'],
    ],
    [
      'a flow outcome that one has removed and the other uses',
      [{ type: 'removeFlowOutcome', code: 'extra' }],
      [set('done', ['outcome'], 'extra')],
      ['removedAndUsed settings/outcomes/extra'],
    ],
    [
      'a logbook that one has removed and the other writes to',
      [{ type: 'changeSettings', path: ['logbooks'], value: [] }],
      [{ type: 'setActions', node: 'ask', onEnter: [{ log: 'calls', fields: { who: 'name' } }] }],
      ['removedAndUsed settings/logbooks/calls'],
    ],
    [
      'a limit that both have changed',
      [{ type: 'changeSettings', path: ['limits', 'maxSteps'], value: 1 }],
      [{ type: 'changeSettings', path: ['limits', 'maxSteps'], value: 2 }],
      ['changed settings/limits/maxSteps'],
    ],
    [
      'a name that both have given the flow',
      [{ type: 'describe', name: 'A' }],
      [{ type: 'describe', name: 'B' }],
      ['changed name'],
    ],
    [
      'a cycle without a wait that takes both to close',
      [{ type: 'reconnect', connector: 'hello:next', to: 'count' }],
      [{ type: 'reconnect', connector: 'count:next', to: 'hello' }],
      [
        'together cycle.endless/nodes/count',
        'together node.noWayToEnd/nodes/count',
        'together node.noWayToEnd/nodes/hello',
        'together node.unreachable/nodes/done',
      ],
    ],
    [
      'a node that loses one way from each side',
      [{ type: 'reconnect', connector: 'ask:timeout', to: 'done' }],
      [{ type: 'reconnect', connector: 'menu:timeout', to: 'done' }],
      ['together node.unreachable/nodes/lost'],
    ],
  ])('finds %s', (_, a, b, expected) => {
    const { conflicts } = merged(a, b)
    expect(conflicts.map(brief)).toEqual(expected)
    for (const { message } of conflicts) expect(message).toMatch(/^[A-Z].*\S\.$/)
  })

  it('holds what was there before, and at a removal what is left', () => {
    const { document } = merged(
      [set('hello', ['prompt'], 'Hi'), set('ask', ['timeout'])],
      [set('hello', ['prompt'], 'Good day'), set('ask', ['timeout'], '20s')],
    )
    expect(nodeOf(document, 'hello')?.config.prompt).toBe('Hello {{name}}')
    expect(nodeOf(document, 'ask')?.config.timeout).toBe('20s')
  })

  it('keeps a removed node with its connectors until somebody has chosen', () => {
    const { document, conflicts } = merged(removeHello, [set('hello', ['prompt'], 'Hi')])
    expect(nodeOf(document, 'hello')?.config.prompt).toBe('Hi')
    expect(document.connectors.find(({ id }) => id === 'hello:next')?.to).toBe('done')
    expect(document.connectors.find(({ from }) => from.node === 'menu' && from.outcome === '1')?.to).toBe(
      'done',
    )
    const [conflict] = conflicts
    expect(conflict?.a).toBeUndefined()
    const taken = applyCommand(openDraft(document, { nodes: palette }), {
      type: 'batch',
      commands: conflict!.choices.a,
    })
    expect(taken.ok && serialiseDocument(taken.draft.document)).toBe(serialiseDocument(edit(...removeHello)))
  })

  it('settles several conflicts one after the other', () => {
    const changes = (text: string): EditCommand[] => [
      set('hello', ['prompt'], text),
      set('menu', ['options', 0, 'label'], text),
      set('menu', ['options', 1, 'label'], text),
      { type: 'changeVariable', name: 'count', changes: { label: text } },
      { type: 'describe', remark: text },
    ]
    const { document, conflicts } = merged(changes('A'), changes('B'))
    expect(conflicts).toHaveLength(5)
    let draft = openDraft(document, { nodes: palette })
    for (const { choices } of conflicts) {
      const settled = applyCommand(draft, { type: 'batch', commands: choices.b })
      if (!settled.ok) throw new Error(settled.reason)
      draft = settled.draft
    }
    expect(serialiseDocument(draft.document)).toBe(serialiseDocument(edit(...changes('B'))))
  })

  it('finds two nodes of other types under one id', () => {
    const retyped = (type: string, config: object) => ({
      ...base,
      nodes: base.nodes.map((each) => (each.id === 'hello' ? { ...each, type, config } : each)),
    })
    const a = retyped('delay@1', { duration: '1s' }) as FlowDocument
    const b = edit(set('hello', ['prompt'], 'Hi'))
    const { conflicts, document } = checkMerge(base, a, b)
    expect(conflicts.map(brief)).toEqual(['changed nodes/hello'])
    expect(placeIn(document, ['nodes', 'hello'])).toEqual(nodeOf(base, 'hello'))
  })

  it('finds a second start node', () => {
    const [start, ...others] = base.nodes
    const bare = {
      ...base,
      nodes: others,
      connectors: base.connectors.filter(({ from }) => from.node !== 'start'),
    }
    const starting = (id: string) => ({ ...bare, nodes: [...others, { ...start!, id }] })
    const { conflicts } = checkMerge(bare, starting('one'), starting('two'))
    expect(conflicts.map(brief)).toEqual(['secondStart nodes'])
  })
})

describe('without validation', () => {
  it('finds what stands side by side, and leaves to the host what only a check can tell', () => {
    const a = edit({ type: 'reconnect', connector: 'hello:next', to: 'count' })
    const b = edit({ type: 'reconnect', connector: 'count:next', to: 'hello' })
    expect(mergeDocuments(base, a, b, { nodes: palette }).clean).toBe(true)
    const { conflicts } = mergeDocuments(base, a, b, { nodes: palette, validate: check })
    expect(conflicts.map(({ error }) => error?.code)).toContain('cycle.endless')
  })
})

describe('describeMerge', () => {
  it('tells what each side has changed, and every conflict with its choices', () => {
    const merge = merged(
      [set('hello', ['prompt'], 'Hi'), { type: 'addVariable', variable: { name: 'one', type: 'text' } }],
      [set('hello', ['prompt'], 'Good day'), { type: 'label', node: 'ask', label: 'Ask' }],
    )
    expect(describeMerge(merge, { a: 'mine', b: 'theirs' }).split('\n')).toEqual([
      'mine: 1 setting, 1 node changed',
      'theirs: 2 nodes changed',
      '! Both sides have changed node hello config.prompt, and not in the same way.',
      '  base: "Hello {{name}}"',
      '  mine: "Hi"',
      '  theirs: "Good day"',
      '1 conflict',
    ])
  })

  it('says so where nothing was done', () => {
    expect(describeMerge(merged([], []))).toBe('a: nothing changed\nb: nothing changed\nno conflicts')
  })
})
