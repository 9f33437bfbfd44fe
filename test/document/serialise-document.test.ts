import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  behaviourHash,
  contentHash,
  type FlowDocument,
  parseDocument,
  serialiseDocument,
} from '../../src/document/index.ts'

function read(input: unknown): FlowDocument {
  const parsed = parseDocument(input)
  if (!parsed.ok) throw new Error(parsed.error[0]!.message)
  return parsed.value
}

const SUPPORT = read(readFileSync(new URL('../../examples/support/support.json', import.meta.url), 'utf8'))

const DOCUMENT = read({
  schema: 1,
  id: 'f',
  name: 'F',
  settings: {
    variables: [{ name: 'v', type: 'text', label: 'V' }],
    contact: [{ name: 'c', type: 'text', label: 'C' }],
    outcomes: [{ code: 'ok', kind: 'completed', label: 'OK' }],
  },
  nodes: [
    { id: 'b', type: 'end@1', config: { outcome: 'ok' } },
    { id: 'a', type: 'start@1', config: {}, position: { x: 1, y: 2 } },
  ],
  connectors: [{ id: 'c1', from: { node: 'a', outcome: 'next' }, to: 'b' }],
  notes: [{ id: 'n', text: 'Note' }],
})

/** The same document in another order: members of objects, nodes, connectors and notes. */
function shuffle<T>(value: T, order: () => number): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((each) => shuffle(each, order)) as T
  const members = Object.entries(value).map(
    ([key, member]) => [order(), key, shuffle(member, order)] as const,
  )
  return Object.fromEntries(members.sort((a, b) => a[0] - b[0]).map(([, key, member]) => [key, member])) as T
}

function inOtherOrder(document: FlowDocument, order: () => number): FlowDocument {
  const mix = <T>(items: readonly T[]) =>
    items
      .map((each) => [order(), each] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, each]) => each)
  const { nodes, connectors, notes } = document
  return shuffle({ ...document, nodes: mix(nodes), connectors: mix(connectors), notes: mix(notes) }, order)
}

describe('serialiseDocument', () => {
  it('writes members in order, and nodes, connectors and notes by id', () => {
    expect(serialiseDocument(DOCUMENT)).toBe(
      '{"audience":"interaction","connectors":[{"from":{"node":"a","outcome":"next"},"id":"c1","to":"b"}],"id":"f",' +
        '"medium":"any","name":"F","nodes":[{"config":{},"id":"a","position":{"x":1,"y":2},"type":"start@1"},' +
        '{"config":{"outcome":"ok"},"id":"b","type":"end@1"}],"notes":[{"id":"n","text":"Note"}],"role":"main","schema":1,' +
        '"settings":{"contact":[{"label":"C","name":"c","type":"text"}],"outcomes":[{"code":"ok","kind":"completed","label":"OK"}],' +
        '"variables":[{"label":"V","name":"v","type":"text"}]}}',
    )
  })

  it('gives equal bytes and hashes for equal documents in any order', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const other = inOtherOrder(SUPPORT, () => numbers.next().value as number)
        expect(serialiseDocument(other)).toBe(serialiseDocument(SUPPORT))
        expect(contentHash(other)).toBe(contentHash(SUPPORT))
        expect(behaviourHash(other)).toBe(behaviourHash(SUPPORT))
      }),
      { numRuns: 50 },
    )
  })

  it('reads back to a document that is written in the same way', () => {
    const text = serialiseDocument(SUPPORT)
    expect(serialiseDocument(read(text))).toBe(text)
    expect(read(text)).toEqual(inIdOrder(SUPPORT))
  })

  it('does not change the document', () => {
    const before = JSON.stringify(DOCUMENT)
    serialiseDocument(DOCUMENT)
    expect(JSON.stringify(DOCUMENT)).toBe(before)
  })
})

function inIdOrder(document: FlowDocument): FlowDocument {
  const sorted = <T extends { readonly id: string }>(items: readonly T[]) =>
    [...items].sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    ...document,
    nodes: sorted(document.nodes),
    connectors: sorted(document.connectors),
    notes: sorted(document.notes),
  }
}

describe('hashes', () => {
  const withNode = (more: object) => ({
    ...DOCUMENT,
    nodes: DOCUMENT.nodes.map((each) => (each.id === 'a' ? { ...each, ...more } : each)),
  })
  const withConnector = (more: object) => ({
    ...DOCUMENT,
    connectors: [{ ...DOCUMENT.connectors[0]!, ...more }],
  })
  const withSettings = (more: object) => ({ ...DOCUMENT, settings: { ...DOCUMENT.settings, ...more } })

  it('are 27 characters that can stand in an address, and stay what they are', () => {
    expect(contentHash(DOCUMENT)).toMatch(/^[\w-]{27}$/)
    expect(behaviourHash(DOCUMENT)).toMatch(/^[\w-]{27}$/)
    expect([contentHash(DOCUMENT), behaviourHash(DOCUMENT)]).toEqual(GOLDEN)
  })

  it.each<[string, object]>([
    ['the id of the flow', { ...DOCUMENT, id: 'g' }],
    ['the name', { ...DOCUMENT, name: 'G' }],
    ['the remark', { ...DOCUMENT, remark: 'R' }],
    ['the host’s own data', { ...DOCUMENT, meta: { x: 1 } }],
    ['a note', { ...DOCUMENT, notes: [] }],
    ['the position of a node', withNode({ position: { x: 2, y: 2 } })],
    ['the label of a node', withNode({ label: 'A' })],
    ['the data of a node that the host keeps', withNode({ meta: { x: 1 } })],
    ['the data of a connector that the host keeps', withConnector({ meta: { x: 1 } })],
    ['the data of a note that the host keeps', { ...DOCUMENT, notes: [{ id: 'n', text: 'Note', meta: {} }] }],
    ['the data of the settings that the host keeps', withSettings({ meta: { x: 1 } })],
    ['the id of a connector', withConnector({ id: 'c2' })],
    ['the label of a connector', withConnector({ label: 'C' })],
    ['the label of a variable', withSettings({ variables: [{ name: 'v', type: 'text' }] })],
    ['the label of a contact field', withSettings({ contact: [{ name: 'c', type: 'text' }] })],
    ['the label of a flow outcome', withSettings({ outcomes: [{ code: 'ok', kind: 'completed' }] })],
  ])('of behaviour do not look at %s, those of content do', (_, changed) => {
    expect(behaviourHash(changed as FlowDocument)).toBe(behaviourHash(DOCUMENT))
    expect(contentHash(changed as FlowDocument)).not.toBe(contentHash(DOCUMENT))
  })

  it.each<[string, object]>([
    ['the medium', { ...DOCUMENT, medium: 'voice' }],
    ['the role', { ...DOCUMENT, role: 'subflow' }],
    ['the audience', { ...DOCUMENT, audience: 'internal' }],
    ['the id of a node', withNode({ id: 'z' })],
    ['the type of a node', withNode({ type: 'start@2' })],
    ['the config of a node', withNode({ config: { trigger: 'manual' } })],
    ['an action on the way in', withNode({ onEnter: [{ set: 'v', to: '1' }] })],
    ['an action on the way out', withNode({ onLeave: { next: [{ set: 'v', to: '1' }] } })],
    ['a node', { ...DOCUMENT, nodes: DOCUMENT.nodes.slice(1) }],
    ['where a connector leads', withConnector({ to: 'a' })],
    ['the outcome that a connector leaves', withConnector({ from: { node: 'a', outcome: 'on:error' } })],
    ['a connector', { ...DOCUMENT, connectors: [] }],
    ['the type of a variable', withSettings({ variables: [{ name: 'v', type: 'number' }] })],
    ['the default of a variable', withSettings({ variables: [{ name: 'v', type: 'text', default: '' }] })],
    ['what is sensitive', withSettings({ contact: [{ name: 'c', type: 'text', sensitive: true }] })],
    ['the kind of a flow outcome', withSettings({ outcomes: [{ code: 'ok', kind: 'error' }] })],
    ['what a caller may give', withSettings({ variables: [{ name: 'v', type: 'text', input: true }] })],
    ['what a caller may take back', withSettings({ variables: [{ name: 'v', type: 'text', output: true }] })],
    ['the media folder', withSettings({ mediaFolder: 'voices' })],
    ['a limit', withSettings({ limits: { maxSteps: 5 } })],
    ['a stop word', withSettings({ stopWords: ['stop'] })],
    ['the language', withSettings({ languages: { default: 'de' } })],
    ['a logbook', withSettings({ logbooks: [{ name: 'l', fields: [] }] })],
    ['the duplicate rule', withSettings({ duplicates: { prevent: true } })],
  ])('both look at %s', (_, changed) => {
    expect(behaviourHash(changed as FlowDocument)).not.toBe(behaviourHash(DOCUMENT))
    expect(contentHash(changed as FlowDocument)).not.toBe(contentHash(DOCUMENT))
  })
})

/** Content and behaviour of DOCUMENT. Stored sessions name such hashes: they never change. */
const GOLDEN = ['PXAHfiJFibmaaao4-oK1Y5j2ppc', 'A0jGl-Dg6_y0Mh2jKXgog6PR2mc']
