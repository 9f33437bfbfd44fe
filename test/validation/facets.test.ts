import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalJson, type Json } from '../../src/base/index.ts'
import type { ValueType } from '../../src/expressions/index.ts'
import type { FlowDocument } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { type Analysis, analyse, type Facet, RULES, type Rule } from '../../src/validation/index.ts'
import { ask, assign, end, type FlowSpec, flow, node, say } from '../support/flow.ts'

/*
 * A rule says what it reads, and an editor runs it again only where that has changed. So whatever an edit does: a rule
 * for which nothing that it reads has changed must find the same as before.
 */

const BASE: FlowSpec = {
  nodes: {
    ask: ask('Name?', { variable: 'name', timeout: '10s' }),
    pick: node('branch', { rules: [{ outcome: 'a', condition: 'count < 3' }], default: 'b' }),
    count: assign({ count: 'count + 1', copy: 'name' }),
    hello: {
      ...say('Hello {{name}}, {{nodes.ask.value}}'),
      onEnter: [{ log: 'calls', fields: { who: 'name' } }],
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
  data: [{ name: 'order', type: 'text' }],
  settings: { logbooks: [{ name: 'calls', fields: ['who'] }] },
}

const IDS = ['start', 'ask', 'pick', 'count', 'hello', 'done', 'lost', 'gone']
const CONFIGS: readonly Json[] = [
  { prompt: 'Hello {{name}}' },
  { prompt: 'Hello {{nobody}}', prmpt: 1 },
  { prompt: '?', variable: 'name', timeout: '10s' },
  { prompt: '?', variable: 'copy', accept: 'number' },
  { prompt: '?', variable: 'gone' },
  { assignments: [{ variable: 'copy', value: 'name' }] },
  { assignments: [{ variable: 'count', value: 'nodes.ask.value' }] },
  { rules: [{ outcome: 'a', condition: 'count == 1' }], default: 'a' },
  { rules: [{ outcome: 'on:x', condition: 'trigger.data.order == name' }], default: 'b' },
  { expression: 'name', variable: 'copy' },
  { expression: 'nodes.ask.value + nodes.pick.value' },
  { times: 'count', index: 'count' },
  { flow: 'other', inputs: { name: 'name' } },
  { logbook: 'calls', fields: { who: 'nodes.count.value', gone: '1' } },
  { fields: { 'a b': 'name' } },
  { outcome: 'ok' },
  { outcome: 'none' },
  { data: [{ name: 'order', type: 'number' }] },
  {},
]
const TYPES = [
  'start@1',
  'send-message@1',
  'collect-input@1',
  'set-variables@1',
  'branch@1',
  'evaluate@1',
  'loop@1',
  'jump@1',
  'log@1',
  'update-contact@1',
  'end@1',
  'odd@1',
]
const OUTCOMES = [
  ...['next', 'valid', 'timeout', 'invalid', 'a', 'b', 'each', 'done', 'jump', 'exceeded'],
  ...['on:error', 'on:hangpu'],
]
const SETTINGS: readonly FlowDocument['settings'][] = [
  {},
  { outcomes: [{ code: 'ok', kind: 'completed' }] },
  {
    variables: [
      { name: 'name', type: 'number', default: 'x' },
      { name: 'copy', type: 'text', sensitive: true },
    ],
  },
  {
    variables: [
      { name: 'name', type: 'text', sensitive: true },
      { name: 'copy', type: 'text' },
      { name: 'now', type: 'text' },
    ],
    outcomes: [{ code: 'lost', kind: 'error' }],
    duplicates: { prevent: true, identifier: 'contact.phone' },
  },
  {
    variables: [
      { name: 'name', type: 'text' },
      { name: 'name', type: 'number', sensitive: true },
      { name: '', type: 'any' },
    ],
    contact: [{ name: 'a b', type: 'text' }],
    outcomes: [
      { code: '', kind: 'error' },
      { code: 'ok', kind: 'error' },
      { code: 'ok', kind: 'completed' },
    ],
    limits: { maxSteps: 0 },
    stopWords: [''],
  },
]

type Edit = (document: FlowDocument) => FlowDocument

const id = fc.constantFrom(...IDS)
const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(id, fc.constantFrom(...CONFIGS)).map(
    ([at, config]): Edit =>
      (document) => ({
        ...document,
        nodes: document.nodes.map((each) => (each.id === at ? { ...each, config: config as never } : each)),
      }),
  ),
  fc.tuple(id, fc.constantFrom(...TYPES)).map(
    ([at, type]): Edit =>
      (document) => ({
        ...document,
        nodes: document.nodes.map((each) => (each.id === at ? { ...each, type } : each)),
      }),
  ),
  id.map(
    (at): Edit =>
      (document) => ({ ...document, nodes: document.nodes.filter((each) => each.id !== at) }),
  ),
  fc.tuple(id, fc.constantFrom(...OUTCOMES), fc.option(id, { nil: undefined })).map(
    ([from, outcome, to]): Edit =>
      (document) => ({
        ...document,
        connectors: [
          ...document.connectors.filter((each) => each.id !== `${from}:${outcome}`),
          { id: `${from}:${outcome}`, from: { node: from, outcome }, ...(to === undefined ? {} : { to }) },
        ],
      }),
  ),
  fc.tuple(fc.nat(20), fc.constantFrom(...OUTCOMES)).map(
    ([at, outcome]): Edit =>
      (document) => ({
        ...document,
        connectors: document.connectors.map((each, index) =>
          index === at ? { ...each, from: { ...each.from, outcome } } : each,
        ),
      }),
  ),
  fc.nat(20).map(
    (at): Edit =>
      (document) => ({ ...document, connectors: document.connectors.filter((_, index) => index !== at) }),
  ),
  fc.constantFrom(...SETTINGS).map(
    (settings): Edit =>
      (document) => ({ ...document, settings }),
  ),
  fc.constantFrom('main', 'subflow', 'exception').map(
    (role): Edit =>
      (document) => ({ ...document, role: role as FlowDocument['role'] }),
  ),
  fc.tuple(fc.string(), fc.integer()).map(
    ([text, x]): Edit =>
      (document) => ({
        ...document,
        name: text,
        remark: text,
        notes: [{ id: 'n', text, position: { x, y: x } }],
      }),
  ),
)

/** What a facet is of a flow: of the whole of it, or as seen from one node. */
function facetOf(facet: Facet, analysis: Analysis, nodeId?: string): Json {
  const { graph, nodes, scope, byId, definite, reach } = analysis
  const seen = nodeId === undefined ? nodes : nodes.filter(({ node: { id } }) => id === nodeId)
  const connectors = seen.flatMap((facts) => [...facts.connectors.values()])
  switch (facet) {
    case 'node':
      return seen.map(({ node: each }) => each) as unknown as Json
    case 'sources':
      return seen.map(({ sources }) =>
        sources.map(({ recheck: _recheck, ...source }) => source as unknown as Json),
      )
    case 'connectors':
      return connectors as unknown as Json
    case 'targets':
      return [...connectors, ...analysis.strays].map(({ to = '' }) => byId.get(to)?.node.type ?? null)
    case 'definite':
      return seen.map(({ index }) => [
        [...definite.tracked],
        definite.reaches(index),
        [...definite.atEntry(index)],
      ])
    case 'reach':
      return seen.map(({ index }) => [
        reach.startless,
        reach.isReached(index),
        reach.reachesEnd(index),
        [...new Set(graph.previous[index]!)].map((from) => nodes[from]!.node.id).sort(),
      ])
    case 'types':
      return nodes.map(({ node: { id, type } }) => [id, type])
    case 'outcomes':
      return nodes.map(({ outcomes }) => outcomes)
    case 'waits':
      return nodes.map(({ waits, bounded }) => [waits, bounded])
    case 'ends':
      return nodes.map(({ ends }) => ends)
    case 'tags':
      return nodes.map(({ tags }) => tags as unknown as Json)
    case 'graph':
      return graph.next
    case 'strays':
      return analysis.strays as unknown as Json
    case 'settings':
      return [analysis.settings as unknown as Json, analysis.flow.role]
    case 'ids':
      return analysis.ids
    case 'wayOut':
      return (analysis.wayOut ?? null) as unknown as Json
    case 'scope':
      return [...scope.names()].map(
        (name): Json => [name, describeType(scope.resolve(name)!.type, [name], scope)],
      )
  }
}

/** A type with all its members, and which of them are sensitive. */
function describeType(type: ValueType, path: readonly string[], scope: Analysis['scope']): Json {
  const sensitive = scope.isSensitive(path.length === 1 ? scope.resolve(path[0]!)!.path : path)
  if (typeof type !== 'object' || !('fields' in type)) return [type as Json, sensitive]
  const members = Object.entries(type.fields)
  return [
    type.open === true,
    sensitive,
    ...members.map(([name, each]): Json => [name, describeType(each, [...path, name], scope)]),
  ]
}

/** The findings of one rule, by the node that they were made for; those of a flow rule stand under `''`. */
function findingsBy(rule: Rule, analysis: Analysis): Map<string, Json> {
  const found = new Map<string, Json[]>()
  const into = (key: string) => {
    const list: Json[] = []
    found.set(key, list)
    return (...finding: unknown[]) => {
      list.push(JSON.parse(JSON.stringify(finding)) as Json)
    }
  }
  if (rule.scope === 'flow') rule.check(analysis, into(''), {})
  else for (const facts of analysis.nodes) rule.check(facts, analysis, into(facts.node.id), {})
  return found
}

const chains = fc.array(edits, { minLength: 0, maxLength: 5 })

function facetsOf(rule: Rule): readonly Facet[] {
  return rule.scope === 'flow' ? rule.reads : [...rule.reads, ...(rule.words ?? [])]
}

describe.each(RULES.map((rule) => [rule.name, rule] as const))('what %s reads', (_, rule) => {
  it(`is ${facetsOf(rule).join(', ')} and nothing else`, () => {
    fc.assert(
      fc.property(chains, edits, (before, edit) => {
        const first = before.reduce((document, each) => each(document), flow(BASE))
        const second = edit(first)
        const [was, is] = [first, second].map((document) => analyse(document, { nodes: palette })) as [
          Analysis,
          Analysis,
        ]
        const unchanged = (nodeId?: string) =>
          facetsOf(rule).every((facet) => equalJson(facetOf(facet, was, nodeId), facetOf(facet, is, nodeId)))
        const after = findingsBy(rule, is)
        for (const [key, findings] of findingsBy(rule, was)) {
          if (!after.has(key) || !unchanged(key === '' ? undefined : key)) continue
          expect(after.get(key)).toEqual(findings)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('typing', () => {
  /** Rules that what somebody writes into a prompt can concern. */
  const concerned = (text: string) => {
    const typed = (prompt: string) => flow({ ...BASE, nodes: { ...BASE.nodes, hello: say(prompt) } })
    const [was, is] = [typed('Hello'), typed(text)].map((document) =>
      analyse(document, { nodes: palette }),
    ) as [Analysis, Analysis]
    const changed = (facet: Facet) => !equalJson(facetOf(facet, was), facetOf(facet, is))
    return RULES.filter(({ scope, reads }) => scope === 'flow' && reads.some(changed)).map(({ name }) => name)
  }

  it('in one node concerns no rule of the flow', () => {
    expect(concerned('Hello!')).toEqual([])
    expect(concerned('Hello {{name}}')).toEqual([])
  })
})

describe('the edits', () => {
  it('change what every rule finds at some time', () => {
    const silent = new Set(RULES.map(({ name }) => name))
    for (const chain of fc.sample(chains, { numRuns: 300, seed: 7 })) {
      const analysis = analyse(
        chain.reduce((document, each) => each(document), flow(BASE)),
        { nodes: palette },
      )
      for (const rule of RULES) {
        const found = [...findingsBy(rule, analysis).values()] as Json[][]
        if (found.some((list) => list.length > 0)) silent.delete(rule.name)
      }
    }
    expect([...silent]).toEqual([])
  })
})
