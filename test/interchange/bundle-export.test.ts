import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { type FlowDocument, serialiseDocument } from '../../src/document/index.ts'
import { BUNDLE_MIGRATIONS, migrateBundle } from '../../src/interchange/bundle/migrate-bundle.ts'
import {
  BUNDLE_SCHEMA,
  exportBundle,
  MAX_BUNDLE_FLOWS,
  readBundle,
  serialiseBundle,
} from '../../src/interchange/index.ts'
import { palette } from '../../src/palette/index.ts'
import { calling, changed, custom, exported, hello, nodes, rated, read, withoutIds } from './bundle-cases.ts'

const withId = (document: FlowDocument, id: string): FlowDocument => ({ ...document, id })

describe('exportBundle', () => {
  it('[IO-1] makes one JSON file of a flow', () => {
    const { bundle, text } = exported([hello()])
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(bundle)))
    expect(bundle).toMatchObject({ format: 'sluice-bundle', schema: 1, roots: ['hello'] })
    expect(bundle.flows.map(({ document }) => serialiseDocument(document))).toEqual([
      serialiseDocument(hello()),
    ])
    expect(serialiseBundle(bundle)).toBe(text)
  })

  it('[IO-1] takes subflows along where it is told where they are, each once', () => {
    const all = [calling('main', 'b', 'a'), calling('a', 'b', 'main'), hello('b'), hello('stray')]
    const { bundle } = exported([all[0]!], { all })
    expect(bundle.roots).toEqual(['main'])
    // In the order in which they are found, whatever they are called.
    expect(bundle.flows.map(({ document }) => document.id)).toEqual(['main', 'b', 'a'])
    expect(exported([all[0]!]).bundle.flows).toHaveLength(1)
  })

  it('[IO-1] takes many flows, in the order in which they are named', () => {
    const { bundle } = exported([hello('z'), hello('a')])
    expect(bundle.roots).toEqual(['z', 'a'])
  })

  it('[IO-1] gives the same bytes whatever the flows are called', () => {
    const one = [calling('main', 'b', 'a'), calling('a', 'main'), hello('b')]
    const other = [calling('x', 'y', 'z'), calling('z', 'x'), hello('y')]
    const texts = [one, other].map((all) => exported([all[0]!], { all }).text)
    expect(texts[0]).not.toBe(texts[1])
    expect(withoutIds(texts[0]!)).toBe(withoutIds(texts[1]!))
  })

  it('[IO-1] the hash of a flow stays where flows get other ids, and moves where it does something else', () => {
    const hashOf = (all: readonly FlowDocument[]) =>
      exported([all[0]!], { all }).bundle.flows[0]!.behaviourHash
    const hash = hashOf([calling('main', 'b'), hello('b')])
    expect(hashOf([calling('other', 'c'), hello('c')])).toBe(hash)
    expect(hashOf([calling('main', 'b')])).not.toBe(hash)
    expect(hashOf([calling('main', 'main'), hello('b')])).not.toBe(hash)
  })

  it('[IO-1] takes drafts with errors', () => {
    const broken = { ...hello(), nodes: [], connectors: [], notes: [] }
    expect(exported([broken]).bundle.flows[0]!.document).toEqual(broken)
  })

  it('[IO-7] names the versions of node types that will do', () => {
    const types = [...palette, custom('acme-rating', { integration: 'acme-crm', version: '1.4.2' })]
    expect(exported([rated()], { types }).bundle.nodeTypes).toEqual({
      'acme-rating@1': '^1.4.2',
      'end@1': '^1.0.0',
      'start@1': '^1.0.0',
    })
  })

  it('[IO-2] says which nodes belong to an integration and where that is at home', () => {
    expect(exported([rated()]).bundle.integrations).toEqual({
      tenant: 'acme',
      pins: { 'acme-rating@1': 'acme-crm' },
    })
  })

  it('[IO-2] says nothing of where flows without custom nodes come from', () => {
    expect(exported([hello()]).bundle).not.toHaveProperty('integrations')
    expect(exported([hello()]).text).not.toContain('acme')
  })

  it('keeps secrets back and tells which', () => {
    const settings = {
      variables: [
        { name: 'pin', type: 'text', default: 'hunter2', sensitive: true },
        { name: 'greeting', type: 'text', default: 'Hi' },
      ],
    } as const
    const { text, removed } = exported([{ ...hello(), settings }])
    expect(text).not.toContain('hunter2')
    expect(text).toContain('"Hi"')
    expect(removed).toEqual([
      { flow: 'hello', variable: 'pin', path: ['settings', 'variables', 0, 'default'] },
    ])
  })

  it('lists recordings, folders, languages and segments by name', () => {
    const document = hello()
    const { bundle } = exported([
      {
        ...document,
        settings: {
          ...document.settings,
          mediaFolder: 'ivr',
          languages: { default: 'en', others: [{ tag: 'de-AT' }] },
        },
        nodes: document.nodes.map((node) => {
          if (node.id === 'hi')
            return {
              ...node,
              config: { prompt: { text: { language: 'liquid', source: 'Hi' }, audio: 'hi' } },
            }
          return node.id === 'start' ? { ...node, config: { trigger: 'segment', segment: 'vip' } } : node
        }),
      },
    ])
    expect(bundle).toMatchObject({
      prompts: ['hi'],
      mediaFolders: ['ivr'],
      languages: ['de-AT', 'en'],
      expressions: ['liquid'],
      segments: ['vip'],
    })
  })

  it.each([
    ['export.noFlows', []],
    ['export.repeated', [hello(), hello()]],
    ['export.unreadable', [{ ...hello(), nodes: 'none' } as unknown as FlowDocument]],
    [
      'export.tooLarge',
      Array.from({ length: MAX_BUNDLE_FLOWS + 1 }, (_, index) => withId(hello(), `flow${index}`)),
    ],
  ])('refuses as %s', (code, flows) => {
    expect(exportBundle({ flows }, { nodes, tenant: 'acme' })).toMatchObject({ ok: false, code })
  })

  it('throws for a node type whose version is none of its major', () => {
    const types = [...palette, custom('acme-rating', { version: '2.0.0' })]
    expect(() => exported([rated()], { types })).toThrow(expect.objectContaining({ code: 'node.version' }))
  })
})

describe('readBundle', () => {
  it('[IO-1] reads what was exported, as text and as a value', () => {
    const { bundle, text } = exported([calling('main', 'b')], { all: [hello('b')] })
    expect(read(text)).toEqual({ bundle, warnings: [] })
    expect(read(JSON.parse(text)).bundle).toEqual(bundle)
    expect(read(`\ufeff${text}`).bundle).toEqual(bundle)
  })

  it('[IO-1] reads whatever recordings are called, and as many as flows may play', () => {
    const document = hello()
    const named = ['constructor', 'toString', 'Grüße.wav']
    const playing = named.map((audio, index) => ({
      id: `play${index}`,
      type: 'send-message@1',
      config: { prompt: { text: 'Hi', audio } },
    }))
    const { text } = exported([{ ...document, nodes: [...document.nodes, ...playing] }])
    expect(read(text).bundle.prompts).toEqual([...named].sort())
    const many = changed(exported([document]).bundle, (copy) => {
      copy.prompts = Array.from({ length: 10_001 }, (_, index) => `p${index}`)
    })
    expect(read(many).bundle.prompts).toHaveLength(10_001)
  })

  it('[IO-1] reads as many calls as a flow may hold', () => {
    const many = changed(exported([calling('main', 'main')]).bundle, (copy) => {
      copy.flows[0].references = Array.from({ length: 50_001 }, () => copy.flows[0].references[0])
    })
    expect(read(many).bundle.flows[0]!.references).toHaveLength(50_001)
  })

  it('[IO-6] tells the first 20 faults and the first 200 warnings', () => {
    const { bundle } = exported([hello()])
    const wrong = changed(bundle, (copy) => {
      copy.roots = Array.from({ length: 30 }, (_, index) => `r${index}`)
    })
    const refused = readBundle(wrong)
    expect(refused).toHaveProperty('error.length', 20)
    const noted = Array.from({ length: 201 }, (_, index) => ({ id: `n${index}`, text: '<script>' }))
    expect(read(exported([{ ...hello(), notes: noted }]).text).warnings).toHaveLength(200)
  })

  it('[IO-6] shares nothing with the value that was read', () => {
    const value = changed(exported([hello()]).bundle, () => {})
    const { bundle } = read(value)
    const before = JSON.stringify(bundle)
    for (const flow of value.flows as unknown as { document: { nodes: unknown[] } }[])
      flow.document.nodes = []
    expect(JSON.stringify(bundle)).toBe(before)
  })
})

describe('bundles of other schemas', () => {
  const bundle = changed(exported([hello()]).bundle, () => {})

  it('are brought to the schema of today one step at a time', () => {
    const migrations = new Map([
      [1, (old: JsonObject) => ({ ...old, steps: ['one'] })],
      [2, (old: JsonObject) => ({ ...old, steps: [...(old.steps as string[]), 'two'] })],
    ])
    expect(migrateBundle(bundle, 1, { target: 3, migrations })).toMatchObject({
      schema: 3,
      steps: ['one', 'two'],
    })
    expect(migrateBundle(bundle, 1, { target: 4, migrations })).toBeUndefined()
    expect(migrateBundle(bundle, 1)).toBe(bundle)
  })

  it('there is a migration from every schema that was published', () => {
    for (let schema = 1; schema < BUNDLE_SCHEMA; schema++) expect(BUNDLE_MIGRATIONS.has(schema)).toBe(true)
  })
})
