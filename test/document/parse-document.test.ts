import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { MAX_DOCUMENT_LENGTH, parseDocument } from '../../src/document/index.ts'
import type { Json } from '../../src/index.ts'

const MINIMAL = { schema: 1, id: 'f', nodes: [] }

/** Code, path and message of every reason for which a document is refused. */
function refusals(input: unknown) {
  const read = parseDocument(input)
  if (read.ok) throw new Error('the document was read')
  return read.error.map(({ code, location, message }) => [code, location.path!.join('.'), message])
}

function read(input: unknown) {
  const parsed = parseDocument(input)
  if (!parsed.ok) throw new Error(parsed.error[0]!.message)
  return parsed.value
}

describe('parseDocument', () => {
  it('fills in what is left to defaults', () => {
    expect(read(MINIMAL)).toEqual({
      schema: 1,
      id: 'f',
      name: '',
      medium: 'any',
      role: 'main',
      audience: 'interaction',
      settings: {},
      nodes: [],
      connectors: [],
      notes: [],
    })
  })

  it('reads text and values alike', () => {
    expect(read(JSON.stringify(MINIMAL))).toEqual(read(MINIMAL))
  })

  it('reads text with a byte order mark', () => {
    expect(read(`\uFEFF${JSON.stringify(MINIMAL)}`)).toEqual(read(MINIMAL))
  })

  it('reads a document that is written out again', () => {
    const document = read(MINIMAL)
    expect(read(document)).toEqual(document)
    expect(read(JSON.stringify(document))).toEqual(document)
  })

  it('names connectors without an id after what they leave', () => {
    const connectors = [
      { from: { node: 'a', outcome: 'next' }, to: 'b' },
      { id: 'own', from: { node: 'b', outcome: 'next' } },
    ]
    expect(read({ ...MINIMAL, connectors }).connectors).toEqual([
      { id: 'a:next', from: { node: 'a', outcome: 'next' }, to: 'b' },
      { id: 'own', from: { node: 'b', outcome: 'next' } },
    ])
  })

  it('keeps the host’s own data', () => {
    const meta = { colour: 'red', deep: { list: [1, null, true] } }
    const document = { ...MINIMAL, meta, nodes: [{ id: 'a', type: 't@1', meta }] }
    expect(read(document)).toMatchObject({ meta, nodes: [{ meta, config: {} }] })
    const everywhere = {
      ...document,
      connectors: [{ from: { node: 'a', outcome: 'x' }, meta }],
      notes: [{ id: 'n', text: '', meta }],
      settings: { meta },
    }
    expect(read(everywhere)).toMatchObject(everywhere)
  })

  it('reads the media folder, and what callers may give and take back', () => {
    const settings = {
      mediaFolder: 'voices/support',
      variables: [{ name: 'v', type: 'text', input: true, output: false }],
    }
    expect(read({ ...MINIMAL, settings }).settings).toEqual(settings)
  })

  it('reads what a person can leave half done', () => {
    const half = {
      ...MINIMAL,
      nodes: [{ id: 'a', type: '', config: { prompt: null } }],
      connectors: [{ from: { node: '', outcome: '' } }],
      settings: { duplicates: { prevent: true } },
      notes: [{ id: 'n', node: 'gone', text: '' }],
    }
    expect(parseDocument(half).ok).toBe(true)
  })

  it.each<[string, object]>([
    ['a variable without a name', { variables: [{ name: '', type: 'any' }] }],
    ['a variable with a name that expressions cannot say', { variables: [{ name: 'a b', type: 'any' }] }],
    ['a contact field without a name', { contact: [{ name: '', type: 'any' }] }],
    ['a flow outcome without a code', { outcomes: [{ code: '', kind: 'error' }] }],
    ['a logbook without names', { logbooks: [{ name: '', fields: [''] }] }],
    ['a language that is not chosen yet', { languages: { default: '', others: [{ tag: '' }] } }],
    ['limits out of range', { limits: { maxSteps: 0, maxDepth: 65, maxVisits: 1.5 } }],
    ['a stop word that is not typed yet', { stopWords: [''] }],
    [
      'an expression in no language',
      { duplicates: { prevent: true, identifier: { language: '', source: '' } } },
    ],
  ])('keeps settings that are half done: %s', (_, settings) => {
    expect(read({ ...MINIMAL, settings }).settings).toEqual(settings)
  })

  it.each(['variables', 'contact', 'outcomes'])('keeps names that come twice among %s', (list) => {
    const entry = list === 'outcomes' ? { code: 'x', kind: 'error' } : { name: 'x', type: 'any' }
    const settings = { [list]: [entry, entry] }
    expect(read({ ...MINIMAL, settings }).settings).toEqual(settings)
  })

  it('keeps actions that name nothing yet', () => {
    const actions = { onEnter: [{ set: '', to: '' }], onLeave: { '': [{ log: '', fields: { '': '' } }] } }
    const nodes = [{ id: 'a', type: 't@1', ...actions }]
    expect(read({ ...MINIMAL, nodes }).nodes).toMatchObject([actions])
  })

  it('does not change what it reads', () => {
    const input = Object.freeze({ ...MINIMAL, nodes: Object.freeze([]) })
    expect(read(input)).not.toBe(input)
    expect(input).toEqual(MINIMAL)
  })

  it('reads objects without a prototype', () => {
    expect(read(Object.assign(Object.create(null), MINIMAL))).toEqual(read(MINIMAL))
  })

  it('reads objects of another realm', () => {
    expect(read(runInNewContext(`(${JSON.stringify(MINIMAL)})`))).toEqual(read(MINIMAL))
  })
})

describe('what is no document', () => {
  it.each([
    ['', 'The text is not JSON: Unexpected end of JSON input'],
    ['{"schema": 1', /^The text is not JSON: Expected .*/],
    ['schema: 1', /^The text is not JSON: .*not valid JSON$/],
  ])('is refused as text: %j', (text, message) => {
    const [[code, path, said]] = refusals(text) as [[string, string, string]]
    expect([code, path]).toEqual(['document.notJson', ''])
    expect(said).toMatch(message)
    expect(said).not.toContain('\n')
  })

  it.each<[unknown, string]>([
    [[], 'a list'],
    [null, 'null'],
    [7, '7'],
    [true, 'true'],
    ['"text"', '"text"'],
  ])('is refused as a value: %j', (value, got) => {
    expect(refusals(value)).toEqual([
      ['document.notAnObject', '', `A flow document is an object, this is ${got}`],
    ])
  })

  it.each<[Json | undefined]>([[undefined], ['1'], [0], [-1], [1.5], [null]])(
    '[DOC-15] is refused without a schema version: %j',
    (schema) => {
      expect(refusals({ ...MINIMAL, schema })).toEqual([
        ['document.noSchema', 'schema', 'The document has no schema version; this release reads up to 1'],
      ])
    },
  )

  it('[DOC-15] is refused with a newer schema', () => {
    expect(refusals({ ...MINIMAL, schema: 2 })).toEqual([
      ['document.newerSchema', 'schema', 'The document has schema 2, this release reads up to 1'],
    ])
  })
})

describe('a document of the wrong shape', () => {
  const node = (more: object) => ({ ...MINIMAL, nodes: [{ id: 'a', type: 't@1', ...more }] })
  const settings = (more: object) => ({ ...MINIMAL, settings: more })
  const KEY = 'a name of letters, digits and _, not starting with a digit, at most 64 long'
  const SOURCE = 'a text, or an object of a form that the documentation shows'

  it.each<[object, string, string]>([
    [{ ...MINIMAL, id: 7 }, 'id', 'id should be a text, and is 7'],
    [{ ...MINIMAL, id: '' }, 'id', 'id should be at least 1 characters long, and is ""'],
    [
      { ...MINIMAL, id: 'x'.repeat(257) },
      'id',
      'id should be at most 256 characters long, and is a long text',
    ],
    [{ schema: 1, id: 'f' }, 'nodes', 'nodes should be a list, and is nothing'],
    [{ ...MINIMAL, nodes: {} }, 'nodes', 'nodes should be a list, and is an object'],
    [{ ...MINIMAL, nodes: [null] }, 'nodes.0', 'nodes.0 should be an object, and is null'],
    [
      { ...MINIMAL, medium: 'fax' },
      'medium',
      'medium should be one of "voice", "messaging", "any", and is "fax"',
    ],
    [
      { ...MINIMAL, role: 'boss' },
      'role',
      'role should be one of "main", "subflow", "exception", and is "boss"',
    ],
    [node({ id: '1a' }), 'nodes.0.id', `nodes.0.id should be ${KEY}, and is "1a"`],
    [node({ id: 'a-b' }), 'nodes.0.id', `nodes.0.id should be ${KEY}, and is "a-b"`],
    [node({ id: 'toString' }), 'nodes.0.id', `nodes.0.id should be ${KEY}, and is "toString"`],
    [node({ id: 'x'.repeat(65) }), 'nodes.0.id', `nodes.0.id should be ${KEY}, and is a long text`],
    [node({ config: [] }), 'nodes.0.config', 'nodes.0.config should be an object, and is a list'],
    [
      node({ position: { x: 1 } }),
      'nodes.0.position.y',
      'nodes.0.position.y should be a number, and is nothing',
    ],
    [
      node({ onEnter: [{ set: 'v' }] }),
      'nodes.0.onEnter.0.to',
      `nodes.0.onEnter.0.to should be ${SOURCE}, and is nothing`,
    ],
    [
      node({ onEnter: [{ log: 'calls' }] }),
      'nodes.0.onEnter.0.fields',
      'nodes.0.onEnter.0.fields should be an object, and is nothing',
    ],
    [node({ onEnter: [7] }), 'nodes.0.onEnter.0', `nodes.0.onEnter.0 should be ${SOURCE}, and is 7`],
    [
      settings({ limits: { maxSteps: 'many' } }),
      'settings.limits.maxSteps',
      'settings.limits.maxSteps should be a number, and is "many"',
    ],
    [
      { ...MINIMAL, id: '__proto__' },
      'id',
      'id should be a name other than __proto__, constructor and prototype, and is "__proto__"',
    ],
    [
      settings({ variables: [{ name: 'constructor', type: 'any' }] }),
      'settings.variables.0.name',
      'settings.variables.0.name should be a name other than __proto__, constructor and prototype, and is "constructor"',
    ],
    [
      settings({ outcomes: [{ code: 'prototype', kind: 'error' }] }),
      'settings.outcomes.0.code',
      'settings.outcomes.0.code should be a name other than __proto__, constructor and prototype, and is "prototype"',
    ],
    [
      { ...MINIMAL, notes: [{ id: 'n', text: '', meta: [] }] },
      'notes.0.meta',
      'notes.0.meta should be an object, and is a list',
    ],
    [
      settings({ variables: [{ name: 'v', type: 'integer' }] }),
      'settings.variables.0.type',
      'settings.variables.0.type should be one of "text", "number", "boolean", "date", "list", "object", "any", and is "integer"',
    ],
    [
      settings({ duplicates: { prevent: 'yes' } }),
      'settings.duplicates.prevent',
      'settings.duplicates.prevent should be true or false, and is "yes"',
    ],
  ])('%# is refused with its path', (document, path, message) => {
    expect(refusals(document)).toEqual([['document.shape', path, message]])
  })

  it('is refused for a member that no document has, with the one that was meant', () => {
    expect(refusals(node({ lable: 'A' }))).toEqual([
      ['document.unknownMember', 'nodes.0', 'nodes.0 has an unknown member: lable (did you mean label?)'],
    ])
  })

  it.each<[string, object, string, string | undefined]>([
    ['a connector', { connectors: [{ from: { node: 'a', outcome: 'b' }, remark: '' }] }, 'remark', undefined],
    ['a connector', { connectors: [{ from: { node: 'a', outcome: 'b' }, lbel: '' }] }, 'lbel', 'label'],
    ['a source', { connectors: [{ from: { node: 'a', outcome: 'b', outcom: 'c' } }] }, 'outcom', 'outcome'],
    ['the settings', { settings: { stopWord: [] } }, 'stopWord', 'stopWords'],
    ['a limit', { settings: { limits: { maxStep: 1 } } }, 'maxStep', 'maxSteps'],
    ['an action', node({ onLeave: { x: [{ set: 'v', to: '1', too: '2' }] } }), 'too', 'to'],
    ['the document', { config: {}, metadata: {} }, 'config', undefined],
  ])('is refused with what was meant among the members of %s', (_, more, name, suggestion) => {
    const parsed = parseDocument({ ...MINIMAL, ...more })
    expect(parsed.ok ? [] : parsed.error.map(({ details }) => details)).toContainEqual(
      expect.objectContaining(suggestion === undefined ? { name } : { name, suggestion }),
    )
    const suggested = parsed.ok ? [] : parsed.error.filter(({ details }) => details!.name === name)
    expect(suggested.map(({ details }) => details!.suggestion)).toEqual([suggestion])
  })

  it('is refused with every fault that it has', () => {
    const document = { ...MINIMAL, id: 1, zzzzzz: 1, yyyyyy: 2, nodes: [{ id: 'a', type: 5 }] }
    expect(refusals(document).map(([code, path]) => [code, path])).toEqual([
      ['document.shape', 'id'],
      ['document.shape', 'nodes.0.type'],
      ['document.unknownMember', ''],
      ['document.unknownMember', ''],
    ])
  })

  it('is refused with twenty faults at most', () => {
    const nodes = Array.from({ length: 50 }, () => ({}))
    expect(refusals({ ...MINIMAL, nodes })).toHaveLength(20)
  })

  const many = (entry: unknown) => Array(200_000).fill(entry)
  const manyMembers = (value: unknown) =>
    Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`m${i}`, value]))

  it.each<[string, object]>([
    ['connectors', { connectors: many({ bad: 1 }) }],
    ['nodes', { nodes: many({ bad: 1 }) }],
    ['configs', { nodes: many({ id: 'a', type: '', config: [] }) }],
    ['notes', { notes: many({ bad: 1 }) }],
    ['variables', settings({ variables: many({ bad: 1 }) })],
    ['contact fields', settings({ contact: many({ bad: 1 }) })],
    ['flow outcomes', settings({ outcomes: many({ bad: 1 }) })],
    ['logbooks', settings({ logbooks: many({ bad: 1 }) })],
    ['fields of a logbook', settings({ logbooks: [{ name: 'l', fields: many(1) }] })],
    ['languages', settings({ languages: { default: 'en', others: many({ bad: 1 }) } })],
    ['stop words', settings({ stopWords: many(1) })],
    ['actions', node({ onEnter: many({ bad: 1 }) })],
    ['outcomes with actions', node({ onLeave: manyMembers(7) })],
    ['fields to log', node({ onEnter: [{ log: 'l', fields: manyMembers(7) }] })],
    ['members', manyMembers(1)],
    ['repeated connectors', { connectors: many({ from: { node: 'a', outcome: 'b' } }) }],
  ])('is refused, and nothing is thrown, with 200,000 bad %s', (_, more) => {
    const found = refusals({ ...MINIMAL, ...more })
    expect(found.length).toBeGreaterThan(0)
    expect(found.length).toBeLessThanOrEqual(20)
  })
})

describe('names that come twice', () => {
  const connector = (id: string, node: string) => ({ id, from: { node, outcome: 'next' } })

  it.each<[string, object, string, string]>([
    [
      'nodes',
      {
        nodes: [
          { id: 'a', type: 't' },
          { id: 'a', type: 't' },
        ],
      },
      'nodes.1',
      'the node id a',
    ],
    [
      'connectors',
      { connectors: [connector('c', 'a'), connector('c', 'b')] },
      'connectors.1',
      'the connector id c',
    ],
    [
      'connectors of one outcome',
      { connectors: [connector('c', 'a'), connector('d', 'a')] },
      'connectors.1',
      'the connector of an outcome a:next',
    ],
    [
      'notes',
      {
        notes: [
          { id: 'n', text: '' },
          { id: 'n', text: '' },
        ],
      },
      'notes.1',
      'the note id n',
    ],
  ])('are refused: %s', (_, more, path, what) => {
    expect(refusals({ ...MINIMAL, ...more })).toEqual([
      ['document.repeated', path, `${path} repeats ${what}`],
    ])
  })
})

describe('hostile input', () => {
  const inConfig = (config: unknown) => ({ ...MINIMAL, nodes: [{ id: 'a', type: 't@1', config }] })

  it('of 100,000 lists inside lists is refused, as text and as a value', () => {
    const text = `{"schema":1,"id":"f","nodes":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const expected = [
      [
        'document.json',
        expect.stringMatching(/^nodes(\.0){63}$/),
        expect.stringContaining('it is nested too deeply (more than 64 levels)'),
      ],
    ]
    expect(refusals(text)).toEqual(expected)
    let nested: unknown = []
    for (let i = 0; i < 100_000; i++) nested = [nested]
    expect(refusals({ ...MINIMAL, nodes: nested })).toEqual(expected)
  })

  it('that contains itself is refused', () => {
    const config: { self?: unknown } = {}
    config.self = { config }
    expect(refusals(inConfig(config))).toEqual([
      [
        'document.json',
        'nodes.0.config.self.config',
        'Not acceptable as JSON data at nodes.0.config.self.config: it contains itself (a value that contains itself)',
      ],
    ])
  })

  it.each<[string, () => unknown, string]>([
    [
      'an accessor',
      () => Object.defineProperty({}, 'x', { enumerable: true, get: () => fail() }),
      'nodes.0.config.x',
    ],
    [
      'an accessor in a list',
      () => Object.defineProperty([], 0, { enumerable: true, get: () => fail() }),
      'nodes.0.config.0',
    ],
    ['a date', () => new Date(0), 'nodes.0.config'],
    ['a map', () => new Map(), 'nodes.0.config'],
    ['a class', () => new (class Config {})(), 'nodes.0.config'],
    ['a prototype of its own', () => Object.create(Object.create(null)), 'nodes.0.config'],
    [
      'a prototype with a made-up maker',
      () => Object.create(Object.assign(Object.create(null), { constructor: 'Object' })),
      'nodes.0.config',
    ],
    [
      'a prototype whose maker is another',
      () => Object.create(Object.assign(Object.create(null), { constructor: fail })),
      'nodes.0.config',
    ],
    [
      'a prototype whose maker is an accessor',
      () => Object.create(Object.defineProperty(Object.create(null), 'constructor', { get: fail })),
      'nodes.0.config',
    ],
    ['a function', () => ({ x: () => fail() }), 'nodes.0.config.x'],
    ['a symbol', () => ({ x: Symbol('x') }), 'nodes.0.config.x'],
    ['a bigint', () => ({ x: 1n }), 'nodes.0.config.x'],
    ['a number that is none', () => ({ x: Number.NaN }), 'nodes.0.config.x'],
    ['an infinite number', () => ({ x: Number.POSITIVE_INFINITY }), 'nodes.0.config.x'],
  ])('with %s is refused, and none of its code runs', (_, make, path) => {
    const [[code, at, message]] = refusals(inConfig(make())) as [[string, string, string]]
    expect([code, at]).toEqual(['document.json', path])
    expect(message).toContain('it is not plain data')
  })

  it.each(['__proto__', 'constructor', 'prototype'])('with the key %s is refused', (key) => {
    const text = `{"schema":1,"id":"f","nodes":[{"id":"a","type":"t","config":{"x":{"${key}":{"polluted":1}}}}]}`
    expect(refusals(text)).toEqual([
      [
        'document.json',
        `nodes.0.config.x.${key}`,
        `Not acceptable as JSON data at nodes.0.config.x.${key}: a key could reach a prototype (${key})`,
      ],
    ])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('with a text of more than a million characters is refused, and one of a million is not', () => {
    expect(refusals(inConfig({ x: 'x'.repeat(1_000_001) }))[0]!.slice(0, 2)).toEqual([
      'document.json',
      'nodes.0.config.x',
    ])
    expect(parseDocument(inConfig({ x: 'x'.repeat(1_000_000) })).ok).toBe(true)
  })

  it('of more text than is read at all is refused before it is read', () => {
    const text = ' '.repeat(MAX_DOCUMENT_LENGTH + 1)
    expect(refusals(text)).toEqual([
      [
        'document.json',
        '',
        `Not acceptable as JSON data at the document: it is too large (${MAX_DOCUMENT_LENGTH + 1} characters)`,
      ],
    ])
  })

  it('of more nodes than a flow can have is refused', () => {
    const nodes = Array.from({ length: 50_001 }, (_, i) => ({ id: `n${i}`, type: 't@1' }))
    expect(refusals({ ...MINIMAL, nodes })).toEqual([
      ['document.shape', 'nodes', 'nodes should be at most 50000 entries long, and is a list'],
    ])
  })

  it('never throws, whatever it is', () => {
    for (const input of [undefined, Symbol('x'), 1n, () => 1, new Proxy({}, {}), new Date(0), Number.NaN]) {
      expect(parseDocument(input).ok).toBe(false)
    }
  })
})

function fail(): never {
  throw new Error('code of the value ran')
}
