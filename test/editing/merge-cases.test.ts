import { describe, expect, it } from 'vitest'
import type { Location } from '../../src/diagnostics/index.ts'
import { type FlowDocument, serialiseDocument } from '../../src/document/index.ts'
import {
  applyCommand,
  describeMerge,
  type EditCommand,
  mergeDocuments,
  openDraft,
} from '../../src/editing/index.ts'
import { palette } from '../../src/palette/index.ts'
import {
  alter,
  alterConnector,
  alterNode,
  base,
  connect,
  edit,
  linesOf,
  meta,
  reconnect,
  remove,
  set,
  setting,
} from './merge-flow.ts'
import { checkMerge, placeIn } from './merge-laws.ts'

type Case = [name: string, a: EditCommand[], b: EditCommand[], place: (string | number)[], value?: unknown]

const option = (value: string, label?: string) => ({ value, ...(label === undefined ? {} : { label }) })
const options = (...list: object[]) => set('menu', ['options'], list)
const [ONE, TWO, THREE] = [option('1', 'One'), option('2'), option('3')]
const OPTIONS = ['nodes', 'menu', 'config', 'options']

const TOGETHER: Case[] = [
  [
    'members of an object that both have added',
    [set('hello', ['more'], { x: 1, y: 1 })],
    [set('hello', ['more'], { x: 1, z: 1 })],
    ['nodes', 'hello', 'config', 'more'],
    { x: 1, y: 1, z: 1 },
  ],
  [
    'a field that one has removed and the other left',
    [set('ask', ['timeout'])],
    [set('ask', ['prompt'], 'B')],
    ['nodes', 'ask', 'config'],
    { prompt: 'B', variable: 'name' },
  ],
  [
    'an entry at the top and one at the end',
    [options(option('9'), ONE, TWO, THREE)],
    [options(ONE, TWO, THREE, option('8'))],
    OPTIONS,
    [{ value: '9' }, { value: '1', label: 'One' }, { value: '2' }, { value: '3' }, { value: '8' }],
  ],
  [
    'entries between others',
    [options(ONE, option('9'), option('7'), TWO, THREE)],
    [options(ONE, TWO, option('8'), THREE)],
    OPTIONS,
    [
      { value: '1', label: 'One' },
      { value: '9' },
      { value: '7' },
      { value: '2' },
      { value: '8' },
      { value: '3' },
    ],
  ],
  [
    'another order and a member',
    [options(TWO, ONE, THREE)],
    [set('menu', ['options', 1, 'label'], 'B')],
    OPTIONS,
    [{ value: '2', label: 'B' }, { value: '1', label: 'One' }, { value: '3' }],
  ],
  [
    'another order and an entry behind one that has moved',
    [options(THREE, ONE, TWO)],
    [options(ONE, option('4'), TWO, THREE)],
    OPTIONS,
    [{ value: '3' }, { value: '1', label: 'One' }, { value: '4' }, { value: '2' }],
  ],
  [
    'another order and an entry less',
    [options(THREE, TWO, ONE)],
    [options(ONE, THREE)],
    OPTIONS,
    [{ value: '3' }, { value: '1', label: 'One' }],
  ],
  [
    'one order from both, and an entry more',
    [options(THREE, TWO, ONE)],
    [options(THREE, TWO, ONE, option('4'))],
    OPTIONS,
    [{ value: '3' }, { value: '2' }, { value: '1', label: 'One' }, { value: '4' }],
  ],
  ['an entry less from each', [options(TWO, THREE)], [options(ONE, TWO)], OPTIONS, [{ value: '2' }]],
  [
    'an entry less, and one behind it',
    [options(ONE, THREE)],
    [options(ONE, TWO, option('4'), THREE)],
    OPTIONS,
    [{ value: '1', label: 'One' }, { value: '4' }, { value: '3' }],
  ],
  [
    'an entry less from one, and another order of what is left',
    [options(TWO, ONE)],
    [options(ONE, TWO, THREE, option('4'))],
    OPTIONS,
    [{ value: '2' }, { value: '4' }, { value: '1', label: 'One' }],
  ],
  [
    'the same entry from both, and members',
    [options(option('1', 'A'), TWO, THREE, option('4'))],
    [options(ONE, option('2', 'B'), THREE, option('4'))],
    OPTIONS,
    [{ value: '1', label: 'A' }, { value: '2', label: 'B' }, { value: '3' }, { value: '4' }],
  ],
  [
    'actions on the way in and out',
    [{ type: 'setActions', node: 'ask', onEnter: [] }],
    [{ type: 'setActions', node: 'ask', onLeave: { valid: [] } }],
    ['nodes', 'ask'],
    {
      id: 'ask',
      type: 'collect-input@1',
      config: { prompt: 'Name?', variable: 'name', timeout: '10s' },
      label: 'Ask',
      position: { x: 0, y: 0 },
      onLeave: { valid: [] },
      meta: { colour: 'red', size: 1 },
    },
  ],
  [
    'actions of two ways out',
    [
      {
        type: 'setActions',
        node: 'ask',
        onLeave: { valid: [{ set: 'count', to: '5' }], timeout: [{ set: 'count', to: '2' }] },
      },
    ],
    [
      {
        type: 'setActions',
        node: 'ask',
        onLeave: { valid: [{ set: 'count', to: '1' }], timeout: [{ set: 'count', to: '6' }] },
      },
    ],
    ['nodes', 'ask', 'onLeave'],
    { timeout: [{ set: 'count', to: '6' }], valid: [{ set: 'count', to: '5' }] },
  ],
  [
    'data of the host by member',
    [meta({ colour: 'blue', size: 1 }, { node: 'ask' })],
    [meta({ colour: 'red', size: 1, more: true }, { node: 'ask' })],
    ['nodes', 'ask', 'meta'],
    { colour: 'blue', more: true, size: 1 },
  ],
  [
    'another type, and a label, a place and data',
    [alterNode('hello', { type: 'delay@1', config: { duration: '1s' } })],
    [
      { type: 'label', node: 'hello', label: 'Say' },
      { type: 'move', nodes: { hello: { x: 1, y: 1 } } },
      meta({ x: 1 }, { node: 'hello' }),
    ],
    ['nodes', 'hello'],
    {
      id: 'hello',
      type: 'delay@1',
      config: { duration: '1s' },
      label: 'Say',
      position: { x: 1, y: 1 },
      meta: { x: 1 },
    },
  ],
  [
    'another type from both',
    [alterNode('hello', { type: 'delay@1', config: { duration: '1s' }, label: 'A' })],
    [alterNode('hello', { type: 'delay@1', config: { duration: '1s' }, position: { x: 1, y: 1 } })],
    ['nodes', 'hello'],
    { id: 'hello', type: 'delay@1', config: { duration: '1s' }, label: 'A', position: { x: 1, y: 1 } },
  ],
  ['a node that both have removed', [remove('hello')], [remove('hello')], ['nodes', 'hello']],
  [
    'a removed node, and a way that led to it led elsewhere',
    [remove('hello')],
    [reconnect('menu:1', 'done')],
    ['connectors', 'menu:1'],
    { id: 'menu:1', from: { node: 'menu', outcome: '1' }, to: 'done' },
  ],
  [
    'a removed node, and its note attached elsewhere',
    [remove('hello')],
    [{ type: 'changeNote', note: 'first', node: 'ask', text: 'B' }],
    ['notes', 'first'],
    { id: 'first', node: 'ask', text: 'B', position: { x: 1, y: 1 }, meta: { by: 'me', at: 1 } },
  ],
  [
    'members of a connector',
    [reconnect('ask:valid', 'count'), meta({ weight: 2, style: 'thin' }, { connector: 'ask:valid' })],
    [
      { type: 'label', connector: 'ask:valid', label: 'B' },
      meta({ weight: 1, style: 'bold' }, { connector: 'ask:valid' }),
    ],
    ['connectors', 'ask:valid'],
    {
      id: 'ask:valid',
      from: { node: 'ask', outcome: 'valid' },
      to: 'count',
      label: 'B',
      meta: { style: 'bold', weight: 2 },
    },
  ],
  [
    'ends of a connector',
    [{ type: 'reconnect', connector: 'hello:next', from: { node: 'hello', outcome: 'on:error' } }],
    [reconnect('hello:next', 'lost')],
    ['connectors', 'hello:next'],
    { id: 'hello:next', from: { node: 'hello', outcome: 'on:error' }, to: 'lost' },
  ],
  [
    'a connector that both have removed',
    [{ type: 'disconnect', connector: 'hello:next' }],
    [{ type: 'disconnect', connector: 'hello:next' }],
    ['connectors', 'hello:next'],
  ],
  [
    'a connector that both have added under other ids',
    [connect('hello', 'on:error', 'done', 'y')],
    [connect('hello', 'on:error', 'done', 'x')],
    ['connectors', 'x'],
    { id: 'x', from: { node: 'hello', outcome: 'on:error' }, to: 'done' },
  ],
  [
    'the other of these',
    [connect('hello', 'on:error', 'done', 'y')],
    [connect('hello', 'on:error', 'done', 'x')],
    ['connectors', 'y'],
  ],
  [
    'a connector made anew under another id, and labelled',
    [{ type: 'disconnect', connector: 'hello:next' }, connect('hello', 'next', 'lost', 'x')],
    [{ type: 'label', connector: 'hello:next', label: 'B' }],
    ['connectors', 'x'],
    { id: 'x', from: { node: 'hello', outcome: 'next' }, to: 'lost', label: 'B' },
  ],
  [
    'a connector that one leads somewhere',
    [connect('hello', 'on:error', 'done')],
    [{ type: 'connect', from: { node: 'hello', outcome: 'on:error' } }],
    ['connectors', 'hello:on:error'],
    { id: 'hello:on:error', from: { node: 'hello', outcome: 'on:error' }, to: 'done' },
  ],
  [
    'the first of two connectors of one id',
    [connect('hello', 'on:error', 'lost', 'x')],
    [connect('count', 'on:error', 'lost', 'x')],
    ['connectors', 'x'],
    { id: 'x', from: { node: 'count', outcome: 'on:error' }, to: 'lost' },
  ],
  [
    'the second of two connectors of one id',
    [connect('hello', 'on:error', 'lost', 'x')],
    [connect('count', 'on:error', 'lost', 'x')],
    ['connectors', 'hello:on:error'],
    { id: 'hello:on:error', from: { node: 'hello', outcome: 'on:error' }, to: 'lost' },
  ],
  [
    'one whose new id is taken as well',
    [connect('hello', 'on:error', 'lost', 'x')],
    [connect('count', 'on:error', 'lost', 'x'), connect('ask', 'on:error', 'lost', 'hello:on:error')],
    ['connectors', 'hello:on:error_2'],
    { id: 'hello:on:error_2', from: { node: 'hello', outcome: 'on:error' }, to: 'lost' },
  ],
  [
    'members of a note',
    [{ type: 'changeNote', note: 'first', text: 'A' }, meta({ by: 'a', at: 1 }, { note: 'first' })],
    [
      { type: 'move', notes: { first: { x: 4, y: 4 } } },
      { type: 'changeNote', note: 'first', node: 'ask' },
      meta({ by: 'me', at: 2 }, { note: 'first' }),
    ],
    ['notes', 'first'],
    { id: 'first', node: 'ask', text: 'A', position: { x: 4, y: 4 }, meta: { at: 2, by: 'a' } },
  ],
  [
    'a note detached by one',
    [{ type: 'changeNote', note: 'first', node: null }],
    [{ type: 'changeNote', note: 'first', text: 'B' }],
    ['notes', 'first'],
    { id: 'first', text: 'B', position: { x: 1, y: 1 }, meta: { by: 'me', at: 1 } },
  ],
  [
    'a note that both have removed',
    [{ type: 'remove', notes: ['first'] }],
    [{ type: 'remove', notes: ['first'] }],
    ['notes'],
    [{ id: 'free', text: 'Free' }],
  ],
  [
    'a note that one has removed',
    [{ type: 'remove', notes: ['first'] }],
    [],
    ['notes'],
    [{ id: 'free', text: 'Free' }],
  ],
  [
    'notes of one id that say the same',
    [{ type: 'addNote', note: { id: 'n', text: 'A' } }],
    [{ type: 'addNote', note: { id: 'n', text: 'A' } }],
    ['notes'],
    [
      { id: 'first', node: 'hello', text: 'Look', position: { x: 1, y: 1 }, meta: { by: 'me', at: 1 } },
      { id: 'free', text: 'Free' },
      { text: 'A', id: 'n' },
    ],
  ],
  [
    'notes of one id that say something else',
    [
      { type: 'addNote', note: { id: 'n', text: 'B' } },
      { type: 'addNote', note: { id: 'n_2', text: 'C' } },
    ],
    [{ type: 'addNote', note: { id: 'n', text: 'A' } }],
    ['notes'],
    [
      { id: 'first', node: 'hello', text: 'Look', position: { x: 1, y: 1 }, meta: { by: 'me', at: 1 } },
      { id: 'free', text: 'Free' },
      { text: 'A', id: 'n' },
      { text: 'C', id: 'n_2' },
      { text: 'B', id: 'n_3' },
    ],
  ],
  [
    'variables at one place',
    [{ type: 'addVariable', variable: { name: 'x', type: 'text' } }],
    [{ type: 'addVariable', variable: { name: 'w', type: 'text' } }],
    ['settings', 'variables'],
    [
      { name: 'name', type: 'text', label: 'Name' },
      { name: 'count', type: 'number', default: 0 },
      { name: 'spare', type: 'text' },
      { name: 'w', type: 'text' },
      { name: 'x', type: 'text' },
    ],
  ],
  [
    'members of a flow outcome',
    [{ type: 'changeFlowOutcome', code: 'ok', changes: { kind: 'error' } }],
    [{ type: 'changeFlowOutcome', code: 'ok', changes: { label: null } }],
    ['settings', 'outcomes', 'ok'],
    { code: 'ok', kind: 'error' },
  ],
  [
    'fields of a logbook',
    [setting(['logbooks', 0, 'fields'], ['who', 'a'])],
    [setting(['logbooks', 0, 'fields'], ['who', 'b'])],
    ['settings', 'logbooks', 'calls'],
    { fields: ['who', 'a', 'b'], name: 'calls' },
  ],
  [
    'logbooks, one less and one more',
    [setting(['logbooks', 0])],
    [setting(['logbooks', 2], { name: 'new', fields: ['y'] })],
    ['settings', 'logbooks'],
    [
      { name: 'errors', fields: ['what'] },
      { name: 'new', fields: ['y'] },
    ],
  ],
  [
    'contact fields from both',
    [setting(['contact', 2], { name: 'a', type: 'text' })],
    [setting(['contact', 2], { name: 'b', type: 'text' })],
    ['settings', 'contact'],
    [
      { name: 'tier', type: 'text', label: 'Tier' },
      { name: 'phone', type: 'text' },
      { name: 'a', type: 'text' },
      { name: 'b', type: 'text' },
    ],
  ],
  [
    'stop words at one place',
    [setting(['stopWords'], ['stop', 'halt', 'end'])],
    [setting(['stopWords'], ['stop', 'ende', 'end'])],
    ['settings', 'stopWords'],
    ['stop', 'ende', 'halt', 'end'],
  ],
  [
    'stop words, one less and one more',
    [setting(['stopWords'], ['end'])],
    [setting(['stopWords'], ['stop', 'end', 'halt'])],
    ['settings', 'stopWords'],
    ['end', 'halt'],
  ],
  [
    'languages',
    [setting(['languages', 'others', 2], { tag: 'es' })],
    [setting(['languages', 'default'], 'it'), setting(['languages', 'others', 0, 'required'], true)],
    ['settings', 'languages'],
    { default: 'it', others: [{ tag: 'de', required: true }, { tag: 'fr', required: true }, { tag: 'es' }] },
  ],
  [
    'members of the settings',
    [setting(['mediaFolder']), setting(['duplicates', 'prevent'], false)],
    [setting(['limits', 'maxSteps'], 5), setting(['duplicates', 'identifier'], 'name')],
    ['settings', 'duplicates'],
    { identifier: 'name', prevent: false },
  ],
  [
    'a member of the settings that is gone',
    [setting(['mediaFolder'])],
    [setting(['limits', 'maxSteps'], 5)],
    ['settings', 'mediaFolder'],
  ],
  [
    'what the flow says of itself',
    [{ type: 'describe', name: 'A', audience: 'internal' }],
    [{ type: 'describe', remark: null, medium: 'voice', role: 'subflow' }],
    ['name'],
    'A',
  ],
  [
    'its audience',
    [{ type: 'describe', name: 'A', audience: 'internal' }],
    [{ type: 'describe', remark: null, medium: 'voice', role: 'subflow' }],
    ['audience'],
    'internal',
  ],
  [
    'its remark',
    [{ type: 'describe', name: 'A', audience: 'internal' }],
    [{ type: 'describe', remark: null, medium: 'voice', role: 'subflow' }],
    ['remark'],
  ],
  [
    'its role',
    [{ type: 'describe', name: 'A', audience: 'internal' }],
    [{ type: 'describe', remark: null, medium: 'voice', role: 'subflow' }],
    ['role'],
    'subflow',
  ],
  [
    'its data of the host',
    [meta({ team: 'x', a: 1 })],
    [meta({ team: 'x', b: 1 })],
    ['meta'],
    { a: 1, b: 1, team: 'x' },
  ],
]

/** What stands at a place; lists of things as a whole. */
const at = (document: FlowDocument, place: readonly (string | number)[]) =>
  place.length === 1 ? document[place[0] as 'notes'] : placeIn(document, place)

describe('changes that go together, by what they come to', () => {
  it.each(TOGETHER)('%s', (_name, a, b, place, value) => {
    const { clean, document } = checkMerge(base, edit(a), edit(b))
    expect(clean).toBe(true)
    expect(at(document, place)).toEqual(value)
  })
})
/** A conflict as lines: its kind and id, its message, and what there is to choose, with the commands that do it. */

const nodeOf = (document: FlowDocument, id: string) => document.nodes.find((each) => each.id === id)
const waysOf = ({ connectors }: FlowDocument, id: string) =>
  connectors.flatMap(({ from, to }) =>
    from.node === id || to === id ? `${from.node}:${from.outcome} -> ${to}` : [],
  )
const add = (id: string, prompt: unknown, more: object = {}): EditCommand =>
  ({ type: 'add', node: { id, type: 'send-message@1', config: { prompt }, ...more } }) as EditCommand
const actions = (node: string, to: unknown): EditCommand =>
  ({ type: 'setActions', node, onEnter: [{ set: 'name', to }] }) as EditCommand

describe('nodes that both have added under one id', () => {
  it('are renamed on the side that says the greater, wherever that side names them', () => {
    const { document, renamed, clean } = checkMerge(
      base,
      edit([
        add('more', 'Z'),
        add('other', 'A'),
        connect('more', 'next', 'other'),
        connect('other', 'next', 'more'),
        connect('hello', 'on:error', 'more'),
        reconnect('count:next', 'lost'),
        { type: 'addNote', note: { id: 'n', node: 'more', text: '?' } },
        { type: 'changeNote', note: 'free', node: 'hello' },
        actions('menu', 'nodes.more.value'),
        setting(['duplicates', 'identifier'], 'nodes.more.value'),
      ]),
      edit([add('more', 'A'), connect('more', 'next', 'done'), connect('menu', 'on:error', 'more')]),
    )
    expect(renamed).toEqual([{ side: 'a', id: 'more', to: 'more_2' }])
    expect(nodeOf(document, 'more')?.config).toEqual({ prompt: 'A' })
    expect(nodeOf(document, 'more_2')?.config).toEqual({ prompt: 'Z' })
    expect(waysOf(document, 'more')).toEqual(['menu:on:error -> more', 'more:next -> done'])
    expect(waysOf(document, 'more_2').sort()).toEqual([
      'hello:on:error -> more_2',
      'more_2:next -> other',
      'other:next -> more_2',
    ])
    expect(document.notes).toEqual([
      base.notes[0],
      { ...base.notes[1], node: 'hello' },
      { id: 'n', node: 'more_2', text: '?' },
    ])
    expect(nodeOf(document, 'menu')?.onEnter).toEqual([{ set: 'name', to: 'nodes.more_2.value' }])
    expect(document.settings.duplicates).toEqual({ prevent: true, identifier: 'nodes.more_2.value' })
    expect(clean).toBe(true)
  })

  it('leave a connector that leads nowhere as it is', () => {
    const { document } = checkMerge(
      base,
      edit([add('more', 'Z'), { type: 'connect', from: { node: 'more', outcome: 'next' }, id: 'loose' }]),
      edit([add('more', 'A')]),
    )
    expect(document.connectors.filter(({ id }) => id === 'loose')).toEqual([
      { id: 'loose', from: { node: 'more_2', outcome: 'next' } },
    ])
  })

  it('are renamed one by one, past ids that are taken', () => {
    const { renamed, document } = checkMerge(
      base,
      edit([add('y', 'Z'), add('x', 'A'), add('x_2', 'A'), add('long'.repeat(16), 'A')]),
      edit([add('y', 'A'), add('x', 'Z'), add('x_3', 'A'), add('long'.repeat(16), 'Z')]),
    )
    expect(renamed).toEqual([
      { side: 'b', id: 'long'.repeat(16), to: 'long'.repeat(14) },
      { side: 'b', id: 'x', to: 'x_4' },
      { side: 'a', id: 'y', to: 'y_2' },
    ])
    expect(nodeOf(document, 'x_4')?.config).toEqual({ prompt: 'Z' })
  })

  it('stay one where they do the same, and their other members are merged', () => {
    const { renamed, conflicts, document } = checkMerge(
      base,
      edit([add('more', 'A', { label: 'A' })]),
      edit([add('more', 'A', { position: { x: 1, y: 1 } })]),
    )
    expect([renamed, conflicts]).toEqual([[], []])
    expect(nodeOf(document, 'more')).toEqual({
      id: 'more',
      type: 'send-message@1',
      label: 'A',
      position: { x: 1, y: 1 },
      config: { prompt: 'A' },
    })
  })

  it('stay one where they stand at one place, and what they say clashes', () => {
    const position = { x: 1, y: 1 }
    const { renamed, conflicts, document } = checkMerge(
      base,
      edit([add('more', 'B', { position })]),
      edit([add('more', 'A', { position })]),
    )
    expect(renamed).toEqual([])
    expect(conflicts.map(({ id, kind }) => [id, kind])).toEqual([['nodes/more/config/prompt', 'addedTwice']])
    expect(nodeOf(document, 'more')?.config).toEqual({ prompt: 'A' })
  })

  it.each<[string, object, object]>([
    ['one place and another', { position: { x: 1, y: 1 } }, { position: { x: 2, y: 1 } }],
    ['a place and none', { position: { x: 1, y: 1 } }, {}],
    ['no place', {}, {}],
  ])('are two at %s', (_, first, second) => {
    const { renamed } = checkMerge(base, edit([add('more', 'A', first)]), edit([add('more', 'B', second)]))
    expect(renamed.map(({ id, to }) => [id, to])).toEqual([['more', 'more_2']])
  })

  it('are two where their types differ, wherever they stand', () => {
    const position = { x: 1, y: 1 }
    const waiting = { id: 'more', type: 'delay@1', config: { prompt: 'A' }, position }
    const { renamed } = checkMerge(
      base,
      edit([add('more', 'A', { position })]),
      edit([{ type: 'add', node: waiting }]),
    )
    expect(renamed).toEqual([{ side: 'a', id: 'more', to: 'more_2' }])
  })

  it('leave sources that nobody here can read as they are', () => {
    const source = { language: 'liquid', source: 'nodes.more.value' }
    const { renamed, document } = checkMerge(
      base,
      edit([
        add('more', 'Z'),
        actions('menu', source),
        actions('count', 'nodes.more.value'),
        setting(['duplicates', 'identifier'], source),
      ]),
      edit([add('more', 'A')]),
    )
    expect(renamed).toEqual([{ side: 'a', id: 'more', to: 'more_2' }])
    expect(nodeOf(document, 'menu')?.onEnter).toEqual([{ set: 'name', to: source }])
    expect(nodeOf(document, 'count')?.onEnter).toEqual([{ set: 'name', to: 'nodes.more_2.value' }])
    expect(document.settings.duplicates?.identifier).toEqual(source)
  })

  it('are one start node, whatever they say', () => {
    const bare = { ...base, nodes: base.nodes.slice(1), connectors: base.connectors.slice(1) }
    const starting = (config: object) =>
      ({ ...bare, nodes: [...bare.nodes, { id: 'start', type: 'start@1', config }] }) as FlowDocument
    const { renamed, conflicts } = checkMerge(
      bare,
      starting({ data: [{ name: 'x', type: 'text' }] }),
      starting({ data: [{ name: 'x', type: 'number' }] }),
    )
    expect(renamed).toEqual([])
    expect(conflicts.map(({ id }) => id)).toEqual(['nodes/start/config/data'])
  })

  it('rename in what has no rule against duplicates', () => {
    const without = (document: FlowDocument) => {
      const { duplicates: _duplicates, ...settings } = document.settings
      return { ...document, settings }
    }
    const { document } = checkMerge(
      without(base),
      without(edit([add('more', 'Z')])),
      without(edit([add('more', 'A')])),
    )
    expect(document.settings).not.toHaveProperty('duplicates')
  })
})

describe('what one side has removed and the other has come to use', () => {
  const uses: [string, EditCommand, string][] = [
    [
      'a variable in a field',
      { type: 'configure', node: 'ask', path: ['variable'], value: 'spare' },
      'variables/spare',
    ],
    ['a variable in a template', set('hello', ['prompt'], 'Hi {{spare}}'), 'variables/spare'],
    ['a variable in an assignment', set('count', ['assignments', 0, 'variable'], 'spare'), 'variables/spare'],
    [
      'a variable in an expression',
      set('count', ['assignments', 0, 'value'], 'spare + 1'),
      'variables/spare',
    ],
    [
      'a variable that an action sets',
      { type: 'setActions', node: 'menu', onEnter: [{ set: 'spare', to: '1' }] },
      'variables/spare',
    ],
    ['a variable that an action reads', actions('menu', 'spare'), 'variables/spare'],
    [
      'a variable in a source of another language',
      actions('menu', { language: 'liquid', source: 'spare' }),
      'variables/spare',
    ],
    [
      'a variable that tells sessions apart',
      setting(['duplicates', 'identifier'], 'spare'),
      'variables/spare',
    ],
    ['a flow outcome of an end', set('done', ['outcome'], 'extra'), 'outcomes/extra'],
    [
      'a logbook of an action',
      { type: 'setActions', node: 'menu', onEnter: [{ log: 'errors', fields: { what: '1' } }] },
      'logbooks/errors',
    ],
    [
      'a logbook on the way out',
      { type: 'setActions', node: 'menu', onLeave: { 1: [{ log: 'errors', fields: { what: '1' } }] } },
      'logbooks/errors',
    ],
    [
      'a logbook of a node',
      {
        type: 'add',
        node: { id: 'note', type: 'log@1', config: { logbook: 'errors', fields: [] } },
      } as EditCommand,
      'logbooks/errors',
    ],
    ['a contact field', set('hello', ['prompt'], 'Hi {{contact.tier}}'), 'contact/tier'],
    [
      'a contact field that tells sessions apart',
      setting(['duplicates', 'identifier'], 'contact.tier'),
      'contact/tier',
    ],
  ]
  const removal: EditCommand[] = [
    { type: 'removeVariable', name: 'spare' },
    { type: 'removeFlowOutcome', code: 'extra' },
    setting(['logbooks', 1]),
    setting(['contact', 0]),
  ]

  it.each(uses)('stays: %s', (_, use, name) => {
    const { conflicts, document } = checkMerge(base, edit(removal), edit([use]))
    expect(conflicts.map(({ kind, id }) => [kind, id])).toEqual([['removedAndUsed', `settings/${name}`]])
    const [list] = name.split('/') as ['variables']
    expect(document.settings[list]).toEqual(base.settings[list])
  })

  it.each<[string, EditCommand]>([
    ['a text that says its name', set('hello', ['prompt'], 'Hi spare, extra, errors and tier')],
    ['another field of that name', set('hello', ['prompt'], '{{trigger.spare}}{{trigger.tier}}')],
    ['a longer name', actions('menu', 'spare_2')],
    ['a contact in one place and the name in another', set('hello', ['prompt'], '{{contacts.tier}}')],
    ['a source of another language without it', actions('menu', { language: 'liquid', source: 'other' })],
  ])('goes where the other has only %s', (_, use) => {
    const { conflicts, document } = checkMerge(base, edit(removal), edit([use]))
    expect(conflicts).toEqual([])
    expect(document.settings.variables?.map(({ name }) => name)).toEqual(['name', 'count'])
    expect(document.settings.contact?.map(({ name }) => name)).toEqual(['phone'])
    expect(document.settings.logbooks?.map(({ name }) => name)).toEqual(['calls'])
    expect(document.settings.outcomes?.map(({ code }) => code)).toEqual(['ok', 'lost'])
  })

  it('goes where the side that removed it names it itself', () => {
    const named = edit([actions('menu', 'spare')])
    const removed = edit([actions('menu', 'spare'), { type: 'removeVariable', name: 'spare' }])
    const { conflicts } = checkMerge(named, removed, {
      ...named,
      nodes: named.nodes.map((each) => (each.id === 'menu' ? { ...each, label: 'Menu' } : each)),
    })
    expect(conflicts).toEqual([])
  })

  it('goes where sessions were told apart by it all along', () => {
    const named = edit([setting(['duplicates', 'identifier'], 'spare')])
    const settings = { ...named.settings, variables: named.settings.variables!.slice(0, 2) }
    const { conflicts } = checkMerge(named, { ...named, settings }, { ...named, name: 'Other' })
    expect(conflicts).toEqual([])
  })

  it('comes back where it stood', () => {
    const { document, conflicts } = checkMerge(
      base,
      edit([
        { type: 'removeVariable', name: 'count' },
        { type: 'addVariable', variable: { name: 'x', type: 'text' } },
        set('count', ['assignments', 0], { variable: 'name', value: '1' }),
        { type: 'setActions', node: 'ask', onEnter: [], onLeave: {} },
      ]),
      edit([actions('menu', 'count')]),
    )
    expect(conflicts.map(({ id }) => id)).toEqual(['settings/variables/count'])
    expect(document.settings.variables?.map(({ name }) => name)).toEqual(['name', 'count', 'spare', 'x'])
  })

  it('comes back with all that it needs in turn', () => {
    const { conflicts } = checkMerge(
      base,
      edit([remove('hello'), remove('count'), { type: 'removeVariable', name: 'spare' }]),
      edit([set('hello', ['prompt'], 'Hello {{spare}} {{nodes.count.value}}'), reconnect('menu:2', 'done')]),
    )
    expect(conflicts.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'removedAndUsed nodes/count',
      'removedAndChanged nodes/hello',
      'removedAndUsed settings/variables/spare',
    ])
  })

  it('is each of several', () => {
    const { conflicts } = checkMerge(
      base,
      edit(removal),
      edit([
        actions('menu', 'spare + contact.tier'),
        set('done', ['outcome'], 'extra'),
        { type: 'setActions', node: 'hello', onEnter: [{ log: 'errors', fields: { what: 'spare' } }] },
      ]),
    )
    expect(conflicts.map(({ id }) => id)).toEqual([
      'settings/contact/tier',
      'settings/logbooks/errors',
      'settings/outcomes/extra',
      'settings/variables/spare',
    ])
  })

  it('is found in a name written with escapes', () => {
    const { conflicts } = checkMerge(
      base,
      edit([remove('ask')]),
      edit([actions('menu', 'nodes["\\u0061sk"].value')]),
    )
    expect(conflicts.map(({ kind, id }) => [kind, id])).toEqual([['removedAndUsed', 'nodes/ask']])
  })

  it('is left to validation where a name is declared twice', () => {
    const twice = {
      ...base,
      settings: { ...base.settings, logbooks: [...base.settings.logbooks!, base.settings.logbooks![0]!] },
    }
    const { conflicts, document } = checkMerge(
      twice,
      { ...twice, settings: { ...twice.settings, logbooks: [] } },
      {
        ...twice,
        nodes: edit([{ type: 'setActions', node: 'menu', onEnter: [{ log: 'calls', fields: { who: '1' } }] }])
          .nodes,
      },
    )
    expect(conflicts.map(({ id }) => id)).toEqual(['logbook.unknown/nodes/menu/onEnter/0/log'])
    expect(document.settings.logbooks).toEqual([])
  })
})

describe('a start node of its own from each side', () => {
  const [start, ...others] = base.nodes
  const bare = { ...base, nodes: others, connectors: base.connectors.slice(1) }
  const starting = (...ids: string[]) => ({
    ...bare,
    nodes: [...others, ...ids.map((id) => ({ ...start!, id }))],
  })
  const second = (a: FlowDocument, b: FlowDocument) =>
    checkMerge(bare, a, b).conflicts.map(({ error: _error, ...each }) => each)

  it('leaves the one that is chosen', () => {
    expect(second(starting('two'), starting('one'))).toEqual([
      {
        id: 'nodes',
        kind: 'secondStart',
        path: ['nodes'],
        a: ['two'],
        b: ['one'],
        message: 'Each side has a start node of its own (one and two), and a flow has one.',
        choices: {
          a: [{ type: 'remove', nodes: ['one'] }],
          b: [{ type: 'remove', nodes: ['two'] }],
        },
      },
    ])
  })

  it('says nothing of what errors the two starts bring', () => {
    const b = starting('one')
    const led = {
      ...b,
      connectors: [...b.connectors, { id: 'x', from: { node: 'one', outcome: 'next' }, to: 'ask' }],
    }
    expect(second(starting('two'), led).map(({ kind }) => kind)).toEqual(['secondStart'])
  })

  it('is left to validation where one side had two before', () => {
    expect(second(starting('one', 'two'), starting('three')).map(({ id }) => id)).toEqual([
      'flow.secondStart/nodes/three',
    ])
  })
})

describe('errors that only both sides together make', () => {
  const togetherOf = (a: readonly EditCommand[], b: readonly EditCommand[]) =>
    checkMerge(base, edit(a), edit(b)).conflicts.flatMap(linesOf)

  it('are settled by what one side has of the nodes and their ways', () => {
    expect(togetherOf([reconnect('ask:timeout', 'done')], [reconnect('menu:timeout', 'done')])).toEqual([
      'together node.unreachable/nodes/lost',
      'Neither side has this error alone: error lost: The start node does not lead here [node.unreachable].',
      'a nothing <- reconnect {"connector":"menu:timeout","to":"lost"}',
      'b nothing <- reconnect {"connector":"ask:timeout","to":"lost"}',
    ])
  })

  it('are settled together for a cycle', () => {
    expect(togetherOf([reconnect('hello:next', 'count')], [reconnect('count:next', 'hello')])).toEqual([
      'together cycle.endless/nodes/count',
      'Neither side has this error alone: error count: count, hello run in a circle without ever waiting [cycle.endless].',
      'a nothing <- reconnect {"connector":"count:next","to":"done"}',
      'b nothing <- reconnect {"connector":"hello:next","to":"done"}',
      'together node.noWayToEnd/nodes/count',
      'Neither side has this error alone: error count: No end can be reached from here [node.noWayToEnd].',
      'a nothing <- reconnect {"connector":"count:next","to":"done"}',
      'b nothing <- replace',
      'together node.noWayToEnd/nodes/hello',
      'Neither side has this error alone: error hello: No end can be reached from here [node.noWayToEnd].',
      'a nothing <- replace',
      'b nothing <- reconnect {"connector":"hello:next","to":"done"}',
    ])
  })

  it('are settled for a field that one uses and the other has changed', () => {
    expect(
      togetherOf(
        [{ type: 'changeVariable', name: 'spare', changes: { type: 'number' } }],
        [actions('menu', 'spare + "x"')],
      ),
    ).toEqual([
      'together expression.operand/nodes/menu/onEnter/0/to/0',
      'Neither side has this error alone: error menu, onEnter.0.to, at character 1: "+" works on number or text or list, not on number and text. Did you mean string(spare)? [expression.operand].',
      'a nothing <- setActions {"node":"menu","onEnter":[],"onLeave":{}}',
      'b nothing <- replace',
    ])
  })

  it('are settled by taking a new node away again', () => {
    expect(
      togetherOf(
        [{ type: 'changeVariable', name: 'spare', changes: { type: 'number' } }],
        [
          add('more', '{{spare + "x"}}'),
          connect('menu', 'on:error', 'more'),
          connect('more', 'next', 'done'),
        ],
      ),
    ).toEqual([
      'together expression.operand/nodes/more/config/prompt/2',
      'Neither side has this error alone: error more, config.prompt, at character 3: "+" works on number or text or list, not on number and text. Did you mean string(spare)? [expression.operand].',
      'a nothing <- disconnect {"connector":"menu:on:error"} <- disconnect {"connector":"more:next"} <- remove {"nodes":["more"]}',
      'b nothing <- replace',
    ])
  })

  it('are settled by a node with its ways as they were', () => {
    expect(
      togetherOf(
        [
          set('hello', ['prompt'], '{{spare + "x"}}'),
          { type: 'disconnect', connector: 'hello:next' },
          { ...connect('hello', 'on:error', 'lost'), label: 'A' } as EditCommand,
        ],
        [{ type: 'changeVariable', name: 'spare', changes: { type: 'number' } }],
      ),
    ).toEqual([
      'together expression.operand/nodes/hello/config/prompt/2',
      'Neither side has this error alone: error hello, config.prompt, at character 3: "+" works on number or text or list, not on number and text. Did you mean string(spare)? [expression.operand].',
      'a nothing <- replace',
      'b nothing <- configure {"node":"hello","config":{"prompt":"Hello {{name}}"}} <- setActions {"node":"hello","onEnter":[],"onLeave":{}} <- disconnect {"connector":"hello:on:error"} <- connect {"from":{"node":"hello","outcome":"next"},"to":"done","id":"hello:next"}',
    ])
  })

  it('are settled by a way that comes back with its id, its label and its data', () => {
    expect(
      togetherOf(
        [
          set('ask', ['prompt'], '{{spare + "x"}}'),
          { type: 'disconnect', connector: 'ask:valid' },
          { type: 'move', nodes: { ask: null } },
        ],
        [{ type: 'changeVariable', name: 'spare', changes: { type: 'number' } }],
      ),
    ).toEqual([
      'together expression.operand/nodes/ask/config/prompt/2',
      'Neither side has this error alone: error ask, config.prompt, at character 3: "+" works on number or text or list, not on number and text. Did you mean string(spare)? [expression.operand].',
      'a nothing <- replace',
      'b nothing <- configure {"node":"ask","config":{"prompt":"Name?","variable":"name","timeout":"10s"}} <- move {"nodes":{"ask":{"x":0,"y":0}}} <- setActions {"node":"ask","onEnter":[{"set":"count","to":"0"}],"onLeave":{"valid":[{"set":"count","to":"1"}],"timeout":[{"set":"count","to":"2"}]}} <- connect {"from":{"node":"ask","outcome":"valid"},"to":"menu","label":"yes","id":"ask:valid"} <- setMeta {"connector":"ask:valid","meta":{"weight":1,"style":"thin"}}',
    ])
  })

  it('are settled for options and the connectors that leave them', () => {
    expect(
      togetherOf(
        [set('menu', ['options'], [{ value: '1', label: 'One' }, { value: '2' }])],
        [
          { type: 'disconnect', connector: 'menu:3' },
          connect('menu', '3', 'lost', 'z'),
          { type: 'label', node: 'menu', label: 'B' },
        ],
      ),
    ).toEqual([
      'together connector.unknownOutcome/nodes/menu/3',
      'Neither side has this error alone: error menu, outcome 3: The connector leaves by 3, which this node does not have; did you mean 1? [connector.unknownOutcome].',
      'a nothing <- replace',
      'b nothing <- configure {"node":"menu","config":{"prompt":"?","options":[{"value":"1","label":"One"},{"value":"2"},{"value":"3"}],"timeout":"5s"}} <- setActions {"node":"menu","onEnter":[],"onLeave":{}}',
    ])
  })

  it('are not looked for without validation', () => {
    const a = edit([reconnect('ask:timeout', 'done')])
    const b = edit([reconnect('menu:timeout', 'done')])
    expect(mergeDocuments(base, a, b, { nodes: palette }).conflicts).toEqual([])
  })

  it('are no warnings, nothing that one side has, and each is told once', () => {
    const a = edit([reconnect('ask:timeout', 'done')])
    const b = edit([reconnect('menu:timeout', 'done')])
    const error = (code: string, severity: 'error' | 'warning' = 'error') =>
      ({ code, severity, message: 'm', location: { path: ['settings', 'variables', 0] } }) as const
    const validated = mergeDocuments(base, a, b, {
      nodes: palette,
      validate: (document) =>
        document === a || document === b
          ? [error('known')]
          : [error('known'), error('warned', 'warning'), error('new'), error('new'), error('also')],
    })
    expect(validated.conflicts.map(({ id, path, message }) => [id, path, message])).toEqual([
      [
        'also/settings/variables/name',
        ['settings', 'variables', 'name'],
        'Neither side has this error alone: error settings.variables.0: m [also].',
      ],
      [
        'new/settings/variables/name',
        ['settings', 'variables', 'name'],
        'Neither side has this error alone: error settings.variables.0: m [new].',
      ],
    ])
    expect(validated.conflicts[0]?.choices).toEqual({
      a: [{ type: 'replace', document: a }],
      b: [{ type: 'replace', document: b }],
    })
  })

  it.each<[string, Location, string, readonly (string | number)[]]>([
    ['a node', { node: 'menu' }, 'c/nodes/menu', ['nodes', 'menu']],
    ['an outcome', { node: 'menu', outcome: '1' }, 'c/nodes/menu/1', ['nodes', 'menu']],
    [
      'a place in a node',
      { node: 'menu', path: ['config', 'options', 1, 'value'] },
      'c/nodes/menu/config/options/2/value',
      ['nodes', 'menu', 'config', 'options', '2', 'value'],
    ],
    [
      'characters of a text',
      { node: 'hello', path: ['config', 'prompt'], range: { start: 3, end: 4 } },
      'c/nodes/hello/config/prompt/3',
      ['nodes', 'hello', 'config', 'prompt'],
    ],
    ['a connector', { connector: 'hello:next' }, 'c/connectors/hello:next', ['connectors', 'hello:next']],
    ['the flow', {}, 'c/', []],
    [
      'a node that is not there',
      { node: 'x', path: ['config', 0] },
      'c/nodes/x/config/0',
      ['nodes', 'x', 'config', 0],
    ],
    [
      'a list without names',
      { path: ['settings', 'stopWords', 1] },
      'c/settings/stopWords/1',
      ['settings', 'stopWords', 1],
    ],
    [
      'an entry that is not there',
      { path: ['settings', 'variables', 7, 'x/y~'] },
      'c/settings/variables/7/x~1y~0',
      ['settings', 'variables', 7, 'x/y~'],
    ],
  ])('have the place of %s in their ids', (_, location, id, path) => {
    const validated = mergeDocuments(base, edit([]), edit([{ type: 'describe', name: 'B' }]), {
      nodes: palette,
      validate: ({ name, remark }) =>
        name === 'B' && remark === 'A' ? [{ code: 'c', severity: 'error', message: 'm', location }] : [],
    })
    expect(validated.conflicts).toEqual([])
    const both = mergeDocuments(
      base,
      edit([{ type: 'describe', remark: 'A' }]),
      edit([{ type: 'describe', name: 'B' }]),
      {
        nodes: palette,
        validate: ({ name, remark }) =>
          name === 'B' && remark === 'A' ? [{ code: 'c', severity: 'error', message: 'm', location }] : [],
      },
    )
    expect(both.conflicts.map((each) => [each.id, each.path])).toEqual([[id, path]])
  })

  it.each<[string, Location, number]>([
    ['not at a node that has a conflict', { node: 'hello' }, 1],
    ['not at a connector that leads to such a node', { connector: 'menu:1' }, 1],
    ['not at a connector that leaves such a node', { connector: 'hello:next' }, 1],
    ['at another node', { node: 'menu' }, 2],
    ['at another connector', { connector: 'count:next' }, 2],
    ['at the flow', {}, 2],
  ])('are told %s', (_, location, conflicts) => {
    const validated = mergeDocuments(
      base,
      edit([set('hello', ['prompt'], 'A')]),
      edit([set('hello', ['prompt'], 'B'), { type: 'describe', name: 'B' }]),
      {
        nodes: palette,
        validate: (document) =>
          document.name === 'B' && nodeOf(document, 'hello')?.config.prompt === 'Hello {{name}}'
            ? [{ code: 'c', severity: 'error', message: 'm', location }]
            : [],
      },
    )
    expect(validated.conflicts).toHaveLength(conflicts)
  })
})

describe('a choice that no command makes', () => {
  /** The document in which one of two has been chosen. */
  const chosen = (a: FlowDocument, b: FlowDocument, id: string, choice: 'base' | 'a' | 'b' = 'a') => {
    const merged = checkMerge(base, a, b)
    const commands = merged.conflicts.find((each) => each.id === id)!.choices[choice]!
    const taken = applyCommand(openDraft(merged.document, { nodes: palette }), { type: 'batch', commands })
    if (!taken.ok) throw new Error(taken.reason)
    return { kinds: commands.map(({ type }) => type), merged: merged.document, after: taken.draft.document }
  }
  const by = <Item extends { readonly id: string }>(items: readonly Item[]) =>
    [...items].sort((x, y) => (x.id < y.id ? -1 : 1))

  it('takes away the only start node, with its connectors and notes', () => {
    const back = { id: 'back', from: { node: 'count', outcome: 'x' }, to: 'start' }
    const used: EditCommand[] = [
      alter({ connectors: [...base.connectors, back] }),
      set('start', ['data'], [{ name: 'x', type: 'text' }]),
      { type: 'addNote', note: { id: 'n', node: 'start', text: '!' } },
    ]
    const { kinds, merged, after } = chosen(
      alter({ nodes: base.nodes.slice(1), connectors: base.connectors.slice(1) }).document,
      edit(used),
      'nodes/start',
    )
    expect(kinds).toEqual(['replace'])
    expect(merged.connectors.map(({ id }) => id)).toContain('back')
    expect(after).toEqual({
      ...merged,
      nodes: merged.nodes.filter(({ id }) => id !== 'start'),
      connectors: by(base.connectors.slice(1)),
      notes: by(base.notes),
    })
  })

  it('makes a node one of a type that nobody here knows', () => {
    const { kinds, merged, after } = chosen(
      alterNode('hello', { type: 'unknown@1', config: { x: 1 } }).document,
      edit([set('hello', ['prompt'], 'Hi')]),
      'nodes/hello',
    )
    expect(kinds).toEqual(['replace'])
    const unknown = { id: 'hello', type: 'unknown@1', config: { x: 1 } }
    expect(after).toEqual({
      ...merged,
      nodes: merged.nodes.map((each) => (each.id === 'hello' ? unknown : each)),
    })
  })

  it('leads a connector to a node that is not there', () => {
    const { kinds, merged, after } = chosen(
      alterConnector('hello:next', { to: 'nowhere' }).document,
      edit([reconnect('hello:next', 'count')]),
      'connectors/hello:next/to',
    )
    expect(kinds).toEqual(['replace'])
    expect(after).toEqual({
      ...merged,
      connectors: merged.connectors.map((each) =>
        each.id === 'hello:next' ? { ...each, to: 'nowhere' } : each,
      ),
    })
  })

  it('lets a connector leave a node that is not there, in the place of another', () => {
    const from = { node: 'nowhere', outcome: 'next' }
    const leaving = alterConnector('hello:next', { from: { node: 'count', outcome: 'on:error' } }).document
    const { kinds, merged, after } = chosen(
      alterConnector('hello:next', { from }).document,
      { ...leaving, connectors: [...leaving.connectors, { id: 'z', from, to: 'lost' }] },
      'connectors/hello:next/from',
    )
    expect(kinds).toEqual(['replace'])
    expect(after).toEqual({
      ...merged,
      connectors: merged.connectors.flatMap((each) =>
        each.id === 'z' ? [] : each.id === 'hello:next' ? { ...each, from } : each,
      ),
    })
  })

  it('attaches a note to a node that is not there', () => {
    const { kinds, merged, after } = chosen(
      alter({ notes: [{ ...base.notes[0]!, node: 'nowhere' }, base.notes[1]!] }).document,
      edit([{ type: 'changeNote', note: 'first', node: 'ask' }]),
      'notes/first/node',
    )
    expect(kinds).toEqual(['replace'])
    expect(after).toEqual({ ...merged, notes: [{ ...merged.notes[0], node: 'nowhere' }, merged.notes[1]] })
  })

  it('is none where a connector makes room for another', () => {
    const { kinds, after } = chosen(
      edit([{ type: 'reconnect', connector: 'hello:next', from: { node: 'hello', outcome: 'on:error' } }]),
      edit([
        { type: 'reconnect', connector: 'hello:next', from: { node: 'count', outcome: 'on:error' } },
        connect('hello', 'on:error', 'lost', 'z'),
      ]),
      'connectors/hello:next/from',
    )
    expect(kinds).toEqual(['disconnect', 'reconnect'])
    expect(after.connectors.filter(({ from }) => from.node === 'hello')).toEqual([
      { id: 'hello:next', from: { node: 'hello', outcome: 'on:error' }, to: 'done' },
    ])
  })
})

describe('several conflicts', () => {
  it('are settled one after the other, places that are taken away and other types among them', () => {
    const a = edit([
      { type: 'move', nodes: { ask: null }, notes: { first: null } },
      { type: 'changeType', node: 'hello', to: 'delay@1' },
      { type: 'configure', node: 'hello', config: { duration: '1s' } },
      { type: 'describe', name: 'A' },
      { type: 'label', node: 'count', label: 'A' },
    ])
    const b = edit([
      { type: 'move', nodes: { ask: { x: 5, y: 5 } }, notes: { first: { x: 5, y: 5 } } },
      set('hello', ['prompt'], 'Hi'),
      { type: 'describe', name: 'B' },
      { type: 'label', node: 'count', label: 'B' },
    ])
    const { document, conflicts } = checkMerge(base, a, b)
    expect(conflicts).toHaveLength(5)
    for (const [side, wanted] of [
      ['a', a],
      ['b', b],
    ] as const) {
      for (const order of [conflicts, [...conflicts].reverse()]) {
        let draft = openDraft(document, { nodes: palette })
        for (const { choices } of order) {
          const settled = applyCommand(draft, { type: 'batch', commands: choices[side] })
          if (!settled.ok) throw new Error(settled.reason)
          draft = settled.draft
        }
        expect(serialiseDocument(draft.document)).toBe(serialiseDocument(wanted))
      }
    }
  })
})

describe('what each side has changed', () => {
  const counts = (...commands: EditCommand[]) => checkMerge(base, edit(commands), base).changes.a
  const NONE = { flow: 0, settings: 0, nodes: 0, connectors: 0, notes: 0 }

  it.each<[string, EditCommand[], object]>([
    ['nothing', [], {}],
    [
      'members of the flow',
      [{ type: 'describe', name: 'A', remark: null }, meta({ team: 'y' })],
      { flow: 3 },
    ],
    ['settings', [setting(['limits', 'maxSteps'], 1), setting(['mediaFolder'])], { settings: 2 }],
    ['a node more', [add('more', 'A')], { nodes: 1 }],
    [
      'a node changed twice',
      [set('ask', ['prompt'], 'A'), { type: 'label', node: 'ask', label: 'A' }],
      { nodes: 1 },
    ],
    ['a node less, with its connectors and note', [remove('hello')], { nodes: 1, connectors: 2, notes: 1 }],
    [
      'connectors',
      [reconnect('hello:next', 'lost'), connect('hello', 'on:error', 'lost')],
      { connectors: 2 },
    ],
    [
      'notes',
      [
        { type: 'changeNote', note: 'first', text: 'A' },
        { type: 'addNote', note: { id: 'n', text: 'A' } },
      ],
      { notes: 2 },
    ],
  ])('is counted: %s', (_, commands, expected) => {
    expect(counts(...commands)).toEqual({ ...NONE, ...expected })
  })
})

describe('a merge as text', () => {
  it('names what was changed, renamed and left open', () => {
    const merge = checkMerge(
      base,
      edit([
        add('more', 'Z'),
        { type: 'describe', name: 'A' },
        { type: 'label', node: 'menu', label: 'x'.repeat(118) },
        reconnect('hello:next', null),
      ]),
      edit([
        add('more', 'A'),
        { type: 'describe', name: 'B', remark: 'B' },
        { type: 'label', node: 'menu', label: 'x'.repeat(119) },
        reconnect('hello:next', 'lost'),
        { type: 'changeNote', note: 'first', text: 'B' },
        setting(['mediaFolder']),
      ]),
    )
    expect(describeMerge(merge, { base: 'old' }).split('\n')).toEqual([
      'a: 1 member of the flow, 2 nodes, 1 connector changed',
      'b: 2 members of the flow, 1 setting, 2 nodes, 1 connector, 1 note changed',
      'The node more of a is called more_2 now.',
      '! One side has removed connector hello:next to, the other has changed it.',
      '  old: "done"',
      '  a: nothing',
      '  b: "lost"',
      '! Both sides have changed flow name, and not in the same way.',
      '  old: "main"',
      '  a: "A"',
      '  b: "B"',
      '! Both sides have added node menu label, and not the same.',
      '  old: nothing',
      '  a: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
      '  b: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…',
      '3 conflicts',
    ])
  })

  it('leaves out a base that is no choice, and choices where an error speaks for itself', () => {
    const order = checkMerge(
      base,
      edit([set('menu', ['options', 3], { value: '4' })]),
      edit([set('menu', ['options', 3], { value: '5' })]),
    )
    expect(describeMerge(order, { a: 'mine' }).split('\n')).toEqual([
      'mine: 1 node changed',
      'b: 1 node changed',
      '! Both sides have put entries at the same place of node menu config.options; their order is open.',
      '  mine: [{"value":"1","label":"One"},{"value":"2"},{"value":"3"},{"value":"4"},{"value":"5"}]',
      '  b: [{"value":"1","label":"One"},{"value":"2"},{"value":"3"},{"value":"5"},{"value":"4"}]',
      '1 conflict',
    ])
    const both = checkMerge(
      base,
      edit([reconnect('ask:timeout', 'done')]),
      edit([reconnect('menu:timeout', 'done')]),
    )
    expect(describeMerge(both, { b: 'theirs' }).split('\n')).toEqual([
      'a: 1 connector changed',
      'theirs: 1 connector changed',
      '! Neither side has this error alone: error lost: The start node does not lead here [node.unreachable].',
      '1 conflict',
    ])
  })
})
