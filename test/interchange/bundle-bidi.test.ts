import { describe, expect, it } from 'vitest'
import { misleads, withoutBidiTricks } from '../../src/interchange/bundle/bidi.ts'
import { hello } from './bundle-cases.ts'

const [LRE, RLE, PDF, LRO, RLO] = ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e']
const [LRI, RLI, FSI, PDI] = ['\u2066', '\u2067', '\u2068', '\u2069']

describe('texts that show something else than they say', () => {
  it.each([
    ['an override to the left', `a${RLO}b${PDF}`],
    ['an override to the right', `a${LRO}b${PDF}`],
    ['an embedding that is not closed', `a${LRE}b`],
    ['an isolate that is not closed', `a${FSI}b`],
    ['an end of nothing', `a${PDF}b`],
    ['an end of no isolate', `a${PDI}b`],
    ['an isolate that is closed as an embedding', `${RLI}a${PDF}`],
    ['an embedding that is closed as an isolate', `${RLE}a${PDI}`],
    ['ends that cross', `${RLI}a${RLE}b${PDI}c${PDF}`],
    ['one that is closed twice', `${LRI}a${PDI}b${PDI}`],
  ])('[IO-6] %s', (_what, text) => {
    expect(misleads(text)).toBe(true)
  })

  it.each([
    ['plain', 'Hello'],
    ['right to left by itself', 'שלום Hello'],
    ['embeddings', `${LRE}a${PDF}${RLE}b${PDF}`],
    ['isolates', `${LRI}a${PDI}${RLI}b${PDI}${FSI}c${PDI}`],
    ['one in another', `${RLI}a${LRE}b${PDF}c${PDI}`],
  ])('[IO-6] are none where directions are well nested: %s', (_what, text) => {
    expect(misleads(text)).toBe(false)
  })
})

describe('withoutBidiTricks', () => {
  const sly = (text: string) => `${text}${RLO}`
  const document = hello()

  it('[IO-6] cleans each name and label, and says where it stood and what it says', () => {
    const { document: cleaned, warnings } = withoutBidiTricks({
      ...document,
      name: sly('name'),
      remark: sly('remark'),
      settings: {
        variables: [
          { name: 'a', type: 'text', label: 'fine' },
          { name: 'b', type: 'text', label: sly('variable') },
        ],
        contact: [{ name: 'c', type: 'text', label: sly('contact') }],
        outcomes: [{ code: 'ok', kind: 'completed', label: sly('outcome') }],
      },
      nodes: document.nodes.map((each) => (each.id === 'hi' ? { ...each, label: sly('node') } : each)),
      connectors: document.connectors.map((each, index) =>
        index === 1 ? { ...each, label: sly('connector') } : each,
      ),
    })
    const flow = 'hello'
    expect(warnings.map(({ code, location, details }) => ({ code, location, ...details }))).toEqual(
      [
        { location: { flow, path: ['name'] }, what: 'name', text: 'name' },
        { location: { flow, path: ['remark'] }, what: 'remark', text: 'remark' },
        {
          location: { flow, path: ['settings', 'variables', 1, 'label'] },
          what: 'label',
          text: 'variable',
        },
        { location: { flow, path: ['settings', 'contact', 0, 'label'] }, what: 'label', text: 'contact' },
        { location: { flow, path: ['settings', 'outcomes', 0, 'label'] }, what: 'label', text: 'outcome' },
        { location: { flow, node: 'hi', path: ['label'] }, what: 'label', text: 'node' },
        {
          location: { flow, connector: document.connectors[1]!.id, path: ['label'] },
          what: 'label',
          text: 'connector',
        },
      ].map((each) => ({ code: 'bundle.bidi', ...each })),
    )
    expect(JSON.stringify(cleaned)).not.toContain(RLO)
    expect(cleaned.settings.variables).toEqual([
      { name: 'a', type: 'text', label: 'fine' },
      { name: 'b', type: 'text', label: 'variable' },
    ])
  })

  it('[IO-6] tells the beginning of a long text', () => {
    const { warnings } = withoutBidiTricks({ ...document, name: sly('x'.repeat(1_000)) })
    expect(warnings[0]!.details).toEqual({ what: 'name', text: 'x'.repeat(80) })
  })

  it('[IO-1] leaves a document without them as it is, and adds nothing to one with', () => {
    expect(withoutBidiTricks(document).document).toBe(document)
    const { remark: _none, ...bare } = document
    const { document: cleaned } = withoutBidiTricks({ ...bare, name: sly('name'), settings: {} })
    expect(cleaned).toStrictEqual({ ...bare, name: 'name', settings: {} })
  })
})
