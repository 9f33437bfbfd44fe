import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/base/random.ts'
import {
  compareDocuments,
  describeComparison,
  type FlowDocument,
  parseDocument,
} from '../../src/document/index.ts'
import { Dice, generateFlow } from '../fuzz/generate-flow.ts'

function document(changes: object = {}): FlowDocument {
  const parsed = parseDocument({
    schema: 1,
    id: 'flow',
    name: 'Flow',
    settings: {
      variables: [
        { name: 'a', type: 'text' },
        { name: 'b', type: 'number', default: 1 },
      ],
      stopWords: ['stop'],
    },
    nodes: [
      { id: 'start', type: 'start@1' },
      { id: 'say', type: 'send-message@1', config: { prompt: 'Hello' }, position: { x: 0, y: 0 } },
      { id: 'end', type: 'end@1', config: { outcome: 'done' } },
    ],
    connectors: [
      { id: 'c1', from: { node: 'start', outcome: 'next' }, to: 'say' },
      { id: 'c2', from: { node: 'say', outcome: 'next' }, to: 'end' },
    ],
    notes: [{ id: 'n1', text: 'Look' }],
    ...changes,
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

const base = document()
const nodes = (change: (node: FlowDocument['nodes'][number]) => object) =>
  compareDocuments(base, document({ nodes: base.nodes.map(change) }))

describe('compareDocuments', () => {
  it('finds nothing where only the order differs, or the id of the flow', () => {
    const other = document({
      id: 'copy',
      nodes: [...base.nodes].reverse(),
      connectors: [...base.connectors].reverse(),
    })
    expect(compareDocuments(base, other)).toEqual({
      equal: true,
      behaviour: false,
      flow: [],
      settings: [],
      nodes: { added: [], removed: [], changed: [] },
      connectors: { added: [], removed: [], changed: [] },
      notes: { added: [], removed: [], changed: [] },
    })
  })

  it('knows rules by their outcomes and assignments by their variables', () => {
    const config = (rules: object[], value: string) =>
      document({
        nodes: [
          { id: 'branch', type: 'branch@1', config: { rules } },
          { id: 'set', type: 'set-variables@1', config: { assignments: [{ variable: 'b', value }] } },
        ],
        connectors: [],
      })
    const [a, b] = [
      { outcome: 'a', condition: 'b == 1' },
      { outcome: 'b', condition: 'b == 2' },
    ]
    const { nodes: found } = compareDocuments(config([b], 'b + 1'), config([a, b], 'b + 2'))
    expect(found.changed).toEqual([
      { id: 'branch', changes: [{ path: ['config', 'rules', 'a'], after: a }] },
      {
        id: 'set',
        changes: [{ path: ['config', 'assignments', 'b', 'value'], before: 'b + 1', after: 'b + 2' }],
      },
    ])
  })

  it('names what of a node has changed', () => {
    const {
      equal,
      behaviour,
      nodes: found,
    } = nodes((node) => (node.id === 'say' ? { ...node, config: { prompt: 'Hi', await: 'accepted' } } : node))
    expect({ equal, behaviour }).toEqual({ equal: false, behaviour: true })
    expect(found.changed).toEqual([
      {
        id: 'say',
        changes: [
          { path: ['config', 'await'], after: 'accepted' },
          { path: ['config', 'prompt'], before: 'Hello', after: 'Hi' },
        ],
      },
    ])
  })

  it.each<[string, (node: FlowDocument['nodes'][number]) => object]>([
    ['a box has been moved', (node) => ({ ...node, position: { x: 9, y: 9 } })],
    ['a label has changed', (node) => ({ ...node, label: 'Greeting' })],
  ])('tells what a flow does from how it is drawn: %s', (_, change) => {
    const { equal, behaviour } = nodes((node) => (node.id === 'say' ? change(node) : node))
    expect({ equal, behaviour }).toEqual({ equal: false, behaviour: false })
  })

  it('finds nodes, connectors and notes that were added and removed', () => {
    const other = document({
      nodes: [...base.nodes.filter(({ id }) => id !== 'say'), { id: 'wait', type: 'delay@1' }],
      connectors: [{ id: 'c1', from: { node: 'start', outcome: 'next' }, to: 'wait' }],
      notes: [],
    })
    const found = compareDocuments(base, other)
    expect(found.nodes.added.map(({ id }) => id)).toEqual(['wait'])
    expect(found.nodes.removed.map(({ id }) => id)).toEqual(['say'])
    expect(found.connectors.removed.map(({ id }) => id)).toEqual(['c2'])
    expect(found.connectors.changed).toEqual([
      { id: 'c1', changes: [{ path: ['to'], before: 'say', after: 'wait' }] },
    ])
    expect(found.notes.removed).toEqual([{ id: 'n1', text: 'Look' }])
  })

  it('takes a connector with a new id for the one that left the same outcome', () => {
    const redrawn = base.connectors.map((each) =>
      each.id === 'c2' ? { ...each, id: 'new', to: 'say' } : each,
    )
    expect(compareDocuments(base, document({ connectors: redrawn })).connectors).toEqual({
      added: [],
      removed: [],
      changed: [{ id: 'c2', changes: [{ path: ['to'], before: 'end', after: 'say' }] }],
    })
  })

  it('compares settings by name', () => {
    const settings = {
      variables: [
        { name: 'new', type: 'text' },
        { name: 'a', type: 'text' },
        { name: 'b', type: 'number', default: 2 },
      ],
      stopWords: ['stop', 'halt'],
    }
    expect(compareDocuments(base, document({ settings })).settings).toEqual([
      { path: ['stopWords', 1], after: 'halt' },
      { path: ['variables', 'b', 'default'], before: 1, after: 2 },
      { path: ['variables', 'new'], after: { name: 'new', type: 'text' } },
    ])
  })

  it('[REL-8] says that a secret default has changed, and not what it is', () => {
    const with_ = (...variables: object[]) => document({ settings: { variables } })
    const token = (value: string) => ({ name: 'token', type: 'text', sensitive: true, default: value })
    const told = [
      [with_(token('hunter2')), with_(token('swordfish'))],
      [with_(), with_(token('hunter2'))],
      [with_(token('hunter2')), with_()],
      [
        with_({ name: 'a', type: 'text' }, token('hunter2')),
        with_(token('hunter2'), { name: 'a', type: 'text' }),
      ],
      [with_(token('hunter2'), token('x')), with_(token('swordfish'), token('x'))],
      [with_({ name: 'token', type: 'text', sensitive: true }), with_(token('hunter2'))],
    ].map(([from, to]) => describeComparison(compareDocuments(from!, to!)))
    expect(told.join('\n')).not.toMatch(/hunter2|swordfish/)
    expect(told[0]).toContain('~ settings variables.token.default\n')
    expect(told[1]).toContain('+ settings variables.token: {"name":"token","type":"text","sensitive":true}')
    expect(told[4]).toContain('~ settings variables.0.default\n')
    expect(told[5]).toContain('+ settings variables.token.default\n')
  })

  it('says so where entries with names have changed places', () => {
    const [a, b] = base.settings.variables!
    const { settings } = compareDocuments(
      base,
      document({ settings: { ...base.settings, variables: [b, a] } }),
    )
    expect(settings).toEqual([{ path: ['variables'], before: [a, b], after: [b, a] }])
  })

  it('loses no new order where an entry has changed too', () => {
    const options = (values: object[]) =>
      document({ nodes: [{ id: 'menu', type: 'menu@1', config: { prompt: '?', options: values } }] })
    const [before, after] = [
      [{ value: '1' }, { value: '2', label: 'x' }],
      [{ value: '2', label: 'y' }, { value: '1' }],
    ]
    expect(compareDocuments(options(before), options(after)).nodes.changed).toEqual([
      { id: 'menu', changes: [{ path: ['config', 'options'], before, after }] },
    ])
  })

  it('compares the members of the flow itself', () => {
    expect(compareDocuments(base, document({ name: 'Other', medium: 'voice' })).flow).toEqual([
      { path: ['medium'], before: 'any', after: 'voice' },
      { path: ['name'], before: 'Flow', after: 'Other' },
    ])
  })
})

describe('two versions are compared by stable id', () => {
  const say = base.nodes.find(({ id }) => id === 'say')!
  const wait = { id: 'wait', type: 'delay@1', config: {} }
  const c3 = { id: 'c3', from: { node: 'say', outcome: 'failed' }, to: 'end' }
  const without = <Item extends { id: string }>(items: readonly Item[], id: string) =>
    items.filter((each) => each.id !== id)
  const settings = (change: object) => document({ settings: { ...base.settings, ...change } })
  const [a, b] = base.settings.variables!

  it.each<[string, FlowDocument, string]>([
    ['a node was added', document({ nodes: [wait, ...base.nodes] }), '+ node wait (delay@1)'],
    ['a node was removed', document({ nodes: without(base.nodes, 'end') }), '- node end (end@1)'],
    [
      'a node has changed',
      document({ nodes: [...without(base.nodes, 'say'), { ...say, config: { prompt: 'Hi' } }] }),
      '~ node say config.prompt: "Hello" -> "Hi"',
    ],
    [
      'a connector was added',
      document({ connectors: [c3, ...base.connectors] }),
      '+ connector say, failed -> end',
    ],
    [
      'a connector was removed',
      document({ connectors: without(base.connectors, 'c1') }),
      '- connector start, next -> say',
    ],
    [
      'a connector has changed',
      document({
        connectors: base.connectors.map((each) => (each.id === 'c2' ? { ...each, to: 'say' } : each)),
      }),
      '~ connector c2 to: "end" -> "say"',
    ],
    [
      'a setting was added',
      settings({ variables: [{ name: 'c', type: 'date' }, a, b] }),
      '+ settings variables.c: {"name":"c","type":"date"}',
    ],
    [
      'a setting was removed',
      settings({ variables: [b] }),
      '- settings variables.a: {"name":"a","type":"text"}',
    ],
    [
      'a setting has changed',
      settings({ variables: [a, { ...b, default: 2 }] }),
      '~ settings variables.b.default: 1 -> 2',
    ],
  ])('[VER-9] finds that %s', (_, after, line) => {
    const [found, ...rest] = describeComparison(compareDocuments(base, after)).split('\n')
    expect(found).toBe(line)
    expect(rest).toHaveLength(1)
  })

  it('[VER-9] finds nothing where the order alone differs', () => {
    const turned = document({
      nodes: [...base.nodes].reverse(),
      connectors: [...base.connectors].reverse(),
    })
    expect(describeComparison(compareDocuments(base, turned))).toBe('no difference')
  })

  it('[VER-9] goes by the id: another label is no other node, another id is', () => {
    const labelled = compareDocuments(
      base,
      document({ nodes: [...without(base.nodes, 'say'), { ...say, label: 'Greeting' }] }),
    )
    expect(labelled.nodes).toMatchObject({ added: [], removed: [] })
    expect(describeComparison(labelled)).toBe(
      '+ node say label: "Greeting"\nThe flows do the same; only how they are drawn and named differs.',
    )
    const other = { ...say, id: 'tell' }
    const { nodes: found } = compareDocuments(
      base,
      document({ nodes: [...without(base.nodes, 'say'), other] }),
    )
    expect(found).toEqual({ added: [other], removed: [say], changed: [] })
  })
})

describe('comparisons of generated flows', () => {
  const flows = Array.from(
    { length: 40 },
    (_, seed) => generateFlow(new Dice(seededRandom(`compare:${seed}`))).main,
  )

  it('find nothing between a flow and itself', () => {
    for (const flow of flows) expect(compareDocuments(flow, flow).equal).toBe(true)
  })

  it('are the mirror image when read the other way', () => {
    for (let i = 1; i < flows.length; i++) {
      const [there, back] = [
        compareDocuments(flows[i - 1]!, flows[i]!),
        compareDocuments(flows[i]!, flows[i - 1]!),
      ]
      expect(back.nodes.added).toEqual(there.nodes.removed)
      expect(back.behaviour).toBe(there.behaviour)
      const turned = there.settings.map(({ path, before, after }) => ({
        path,
        ...(after === undefined ? {} : { before: after }),
        ...(before === undefined ? {} : { after: before }),
      }))
      const order = (changes: readonly object[]) => changes.map((each) => JSON.stringify(each)).sort()
      expect(order(back.settings)).toEqual(order(turned))
    }
  })
})
