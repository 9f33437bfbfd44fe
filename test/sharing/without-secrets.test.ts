import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJsonObject, type Json, type JsonObject } from '../../src/base/json.ts'
import type { FlowDocument, FlowNode, Variable } from '../../src/document/flow-document.ts'
import { parseDocument } from '../../src/document/index.ts'
import { defineNode, f } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { withoutSecrets } from '../../src/sharing/without-secrets.ts'
import { deepFreeze } from '../support/deep-freeze.ts'

const vault = defineNode({
  runtime: { type: 'vault', major: 1, outcomes: () => ['next'], enter: () => 'next' },
  title: 'Vault',
  category: 'integration',
  help: 'Holds credentials.',
  icon: 'lock',
  fields: {
    password: f.text({ secret: true, optional: true }),
    certificate: f.json({ secret: true, optional: true }),
    greeting: f.prompt({ secret: true, optional: true }),
    keys: f.list(f.template({ secret: true }), { optional: true }),
    login: f.object({ user: f.text(), word: f.text({ secret: true }) }, { optional: true }),
    accounts: f.record(f.object({ code: f.expression('text', { secret: true }), at: f.text() }), {
      optional: true,
    }),
    plain: f.text({ optional: true }),
    extra: f.json({ optional: true }),
    list: f.list(f.object({ name: f.text(), value: f.template() }), { optional: true }),
  },
})

const NODES = [...palette, vault]

const VARIABLES: readonly Variable[] = [
  { name: 'pin', type: 'text', sensitive: true },
  { name: 'token', type: 'text' },
]

function flowOf(node: Partial<FlowNode>, variables = VARIABLES): FlowDocument {
  return deepFreeze({
    schema: 1,
    id: 'f',
    name: 'F',
    medium: 'any',
    role: 'main',
    audience: 'interaction',
    settings: { variables, contact: [{ name: 'iban', type: 'text', sensitive: true }] },
    nodes: [{ id: 'n', type: 'vault@1', config: {}, ...node }],
    connectors: [],
    notes: [],
  } satisfies FlowDocument) as FlowDocument
}

/** The config that is left of one, and the paths from which something was taken. */
function cleaned(type: string, config: JsonObject) {
  const { document, removed } = withoutSecrets(flowOf({ type, config }), NODES)
  return { config: document.nodes[0]!.config, paths: removed.map(({ path }) => path.join('.')) }
}

const request = (config: JsonObject) => cleaned('http-request@1', config)

describe('withoutSecrets', () => {
  it('takes the defaults of sensitive variables alone', () => {
    const { document, removed } = withoutSecrets(
      flowOf({}, [
        { name: 'pin', type: 'text', sensitive: true, default: '1234', label: 'PIN' },
        { name: 'tries', type: 'number', default: 3 },
      ]),
      NODES,
    )
    expect(document.settings.variables).toEqual([
      { name: 'pin', type: 'text', sensitive: true, label: 'PIN' },
      { name: 'tries', type: 'number', default: 3 },
    ])
    expect(removed).toEqual([{ variable: 'pin', path: ['settings', 'variables', 0, 'default'] }])
  })

  it('takes the fields that their node type declares secret, however deep', () => {
    const config = {
      password: 'x',
      certificate: { pem: 'x' },
      greeting: { text: 'x' },
      keys: ['{{token}}', 'x'],
      login: { user: 'ada', word: 'x' },
      accounts: { main: { code: '"x"', at: 'bank' } },
      plain: 'stays',
    }
    const result = cleaned('vault@1', config)
    expect(result.config).toEqual({
      keys: [],
      login: { user: 'ada' },
      accounts: { main: { at: 'bank' } },
      plain: 'stays',
    })
    expect(result.paths).toEqual([
      'config.password',
      'config.certificate',
      'config.greeting',
      'config.keys.0',
      'config.keys.1',
      'config.login.word',
      'config.accounts.main.code',
    ])
  })

  it.each([
    ['Bearer {{ vars.token }}'],
    ['{{token}}'],
    ['Basic {{ token + ":" + token }}'],
    ['{{ "Bearer " + token }}'],
    ['Token token="{{token}}"'],
    ['session={{token}}; id={{token}}'],
    ['Bearer'],
    [''],
    [{ language: 'liquid', source: 'Bearer {{ token }}' }],
    [null],
  ])('keeps a header that tells nothing: %j', (authorization: Json) => {
    const config = { url: 'https://api.example.com', headers: { authorization } }
    expect(request(config).config).toBe(config)
  })

  it.each([
    ['Bearer abc123'],
    ['Bearer abc{{token}}'],
    ['Bearer {{ "abc123" }}'],
    ['Bearer {{ default(token, "abc123") }}'],
    ['Bearer {{ "abc" + token }}'],
    ['Bearer {{ abc123'],
    ['Bearer {{ abc 123 }}'],
    [{ language: 'liquid', source: 'Bearer abc123' }],
    [{ language: 'liquid', source: "Bearer {{ 'abc123' | upcase }}" }],
    [{ language: 'liquid', source: "Bearer {{ token | default: 'abc123' }}" }],
    [{ language: 'liquid', source: "{% assign key = 'abc123' %}{{ key }}" }],
    [123],
    [['abc123']],
  ])('takes a header that tells a credential: %j', (authorization: Json) => {
    const { config, paths } = request({ headers: { authorization, accept: 'text/html' } })
    expect(config).toEqual({ headers: { accept: 'text/html' } })
    expect(paths).toEqual(['config.headers.authorization'])
  })

  it.each(
    'Proxy-Authorization,Cookie,X-API-Key,api_key,apikey,access token,client_secret,PASSWORD,X-Hub-Signature,Ocp-Apim-Subscription-Key,sig,key,PHP_AUTH_PASSWORD'.split(
      ',',
    ),
  )('knows %s for the name of a credential', (name) => {
    for (const where of ['headers', 'query', 'form'])
      expect(request({ [where]: { [name]: 'abc123' } }).config).toEqual({ [where]: {} })
  })

  it.each(
    'Accept,Content-Type,max_tokens,token_type,monkey,Idempotency-Key,author,passengers,pinned,X-Request-Id'.split(
      ',',
    ),
  )('takes %s for no credential', (name) => {
    const config = { headers: { [name]: 'abc123' } }
    expect(request(config).config).toBe(config)
  })

  it.each([
    ['https://ada:abc@example.com/a', 'https://example.com/a'],
    ['https://abc@example.com', 'https://example.com'],
    ['https://ada:{{token}}@example.com', 'https://example.com'],
    ['HTTP://ada:a/b?c@example.com/x', 'HTTP://example.com/x'],
    ['https://example.com/?api_key=abc', 'https://example.com/'],
    ['https://example.com/?a=1&api_key=abc&b={{token}}#top', 'https://example.com/?a=1&b={{token}}#top'],
    ['https://example.com/?api%5Fkey=abc&a=1', 'https://example.com/?a=1'],
    ['https://example.com/?a=1;key=abc;b=2&c=3', 'https://example.com/?a=1&c=3'],
    ['https://example.com/#access_token=abc&x=1', 'https://example.com/#x=1'],
    ['{{"https"}}://ada:abc@example.com', '{{"https"}}://ada:abc@example.com'],
    ['https://{{token}}:{{token}}@example.com', 'https://{{token}}:{{token}}@example.com'],
    ['https://example.com/?token={{token}}', 'https://example.com/?token={{token}}'],
    [
      'https://example.com:8080/@ada?q={{a == "&key=1"}}',
      'https://example.com:8080/@ada?q={{a == "&key=1"}}',
    ],
  ])('cleans the address %s', (url, expected) => {
    expect(request({ url }).config).toEqual({ url: expected })
  })

  it('cleans addresses in prompts, lists and other languages', () => {
    const media = { language: 'liquid', source: 'https://a:abc@example.com/{{ token }}' }
    expect(cleaned('send-message@1', { prompt: { text: 'Look', media } }).config).toEqual({
      prompt: { text: 'Look', media: { language: 'liquid', source: 'https://example.com/{{ token }}' } },
    })
  })

  it('blanks credentials in objects and addresses that an expression writes out', () => {
    const body =
      '{"id": id, "client_secret": "abc", "auth": {"Password": "a" + "bc"}, "to": "https://a:abc@b.c/x"}'
    expect(request({ body }).config).toEqual({
      body: '{"id": id, "client_secret": "", "auth": {"Password": "" + ""}, "to": "https://b.c/x"}',
    })
  })

  it.each([
    ['{"client_secret": "abc",'],
    ['"https://a:abc@example.com/" +'],
    ['"https://example.com/?api_key=abc" +'],
    ["{'token':'abc'"],
  ])('empties %s, which is half typed', (body) => {
    expect(request({ body }).config).toEqual({ body: '' })
  })

  it.each([['{"order": "abc",'], ['status == "'], ['"a" "b"']])('keeps %s, half typed as it is', (body) => {
    const config = { body }
    expect(request(config).config).toBe(config)
  })

  it('finds its way through texts of every script', () => {
    const body = `{"é😀": "ü", 'token': '''a"b''', "x": ("y"), "pin": 12, "key": r"a\\b" + id}`
    expect(request({ body }).config).toEqual({
      body: `{"é😀": "ü", 'token': "", "x": ("y"), "pin": "", "key": "" + id}`,
    })
  })

  it('takes milliseconds, whatever the text', () => {
    const long = 50_000
    const texts = [
      `https://${'a:'.repeat(long)}`,
      `https://h/?${'token={{pin}};'.repeat(long)}`,
      `https://h/?${'&;=?#@'.repeat(long)}`,
      { language: 'liquid', source: `https://${'{{'.repeat(long)}` },
      { language: 'liquid', source: `Bearer ${'{%{{'.repeat(long)}` },
      `Bearer ${'a '.repeat(long)}`,
      'a= '.repeat(long),
    ]
    const began = performance.now()
    for (const text of texts) request({ url: text, headers: { authorization: text }, body: text })
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  it.each([
    ['"1234"'],
    ['1200 + 34'],
    ['[1, 2].map(x, x * 2)'],
    ['true ? "1234" : token'],
    ['default(token, "1234")'],
    ['"1234'],
    ['pin ='],
    [{ language: 'liquid', source: '1234' }],
    [{ language: 'liquid', source: '{{ 1234 }}' }],
    [1234],
  ])('takes the constant %j that a sensitive variable is set to', (value: Json) => {
    const assignments = [
      { variable: 'pin', value },
      { variable: 'token', value },
    ]
    expect(cleaned('set-variables@1', { assignments }).config).toEqual({
      assignments: [{ variable: 'pin' }, { variable: 'token', value }],
    })
    expect(cleaned('evaluate@1', { expression: value, variable: 'pin' }).config).toEqual({ variable: 'pin' })
    expect(cleaned('call-subflow@1', { inputs: { pin: value, a: value } }).config).toEqual({
      inputs: { a: value },
    })
    expect(cleaned('update-contact@1', { fields: { iban: value, a: value } }).config).toEqual({
      fields: { a: value },
    })
  })

  it.each([
    ['trigger.text'],
    ['null'],
    ['""'],
    [''],
    ['nodes.ask.value + "0"'],
    [{ language: 'liquid', source: '{{ trigger.text }}' }],
  ])('keeps %j, which tells nothing of it', (value: Json) => {
    const config = { assignments: [{ variable: 'pin', value }] }
    expect(cleaned('set-variables@1', config).config).toBe(config)
  })

  it('leaves an empty text in a transition that sets a sensitive variable to a constant', () => {
    const to = '"1234"'
    const { document, removed } = withoutSecrets(
      flowOf({
        onEnter: [
          { set: 'pin', to },
          { set: 'token', to },
        ],
        onLeave: {
          next: [{ set: 'pin', to: 'token' }],
          failed: [
            { set: 'pin', to },
            { log: 'book', fields: { pin: 'pin', password: '"abc"', a: '1' } },
          ],
        },
      }),
      NODES,
    )
    expect(document.nodes[0]!.onEnter).toEqual([
      { set: 'pin', to: '' },
      { set: 'token', to },
    ])
    expect(document.nodes[0]!.onLeave).toEqual({
      next: [{ set: 'pin', to: 'token' }],
      failed: [
        { set: 'pin', to: '' },
        { log: 'book', fields: { pin: 'pin', a: '1' } },
      ],
    })
    expect(removed.map(({ node, path }) => `${node} ${path.join('.')}`)).toEqual([
      'n onEnter.0.to',
      'n onLeave.failed.0.to',
      'n onLeave.failed.1.fields.password',
    ])
  })

  it('goes by names alone where no declaration tells: in plain JSON and in nodes of unknown types', () => {
    const thing = {
      apiKey: 'abc',
      nested: [{ 'X-Token': 'Bearer {{token}}', password: 'abc' }],
      pairs: [
        { name: 'Authorization', value: 'Bearer abc' },
        { name: 'Accept', value: 'abc' },
      ],
      link: 'https://a:abc@example.com',
    }
    const left = {
      nested: [{ 'X-Token': 'Bearer {{token}}' }],
      pairs: [{ name: 'Authorization' }, { name: 'Accept', value: 'abc' }],
      link: 'https://example.com',
    }
    expect(cleaned('vault@1', { extra: thing, list: thing.pairs }).config).toEqual({
      extra: left,
      list: left.pairs,
    })
    expect(cleaned('nobody-knows@7', thing).config).toEqual(left)
  })

  it('shares what it does not touch, and returns the document itself where there is nothing to take', () => {
    const clean = flowOf({ config: { plain: 'a' } })
    expect(withoutSecrets(clean, NODES)).toEqual({ document: clean, removed: [] })
    expect(withoutSecrets(clean, NODES).document).toBe(clean)
    const other: FlowNode = { id: 'o', type: 'vault@1', config: { login: { user: 'a' } } }
    const login = { user: 'a' }
    const document = deepFreeze({
      ...clean,
      nodes: [other, { id: 'n', type: 'vault@1', config: { login, password: 'x' } }],
    }) as FlowDocument
    const result = withoutSecrets(document, NODES).document
    expect(result.nodes[0]).toBe(other)
    expect(result.nodes[1]!.config.login).toBe(login)
    expect(result.settings).toBe(document.settings)
  })

  it('takes names of prototypes for names', () => {
    const config = JSON.parse('{"headers":{"__proto__":"a","constructor":"b","token":"abc"}}')
    expect(JSON.stringify(request(config).config)).toBe('{"headers":{"__proto__":"a","constructor":"b"}}')
  })
})

const MARK = 'S3cr3tMark'

/** A marker, planted where it must not stay. */
const PLANTS: readonly ((mark: string) => Partial<FlowNode>)[] = [
  (mark) => ({ type: 'vault@1', config: { password: mark } }),
  (mark) => ({ type: 'vault@1', config: { login: { word: mark }, accounts: { a: { code: mark } } } }),
  (mark) => ({ type: 'vault@1', config: { keys: [mark, [mark]], greeting: { texts: { en: mark } } } }),
  (mark) => ({ type: 'http-request@1', config: { headers: { Authorization: `Bearer ${mark}` } } }),
  (mark) => ({
    type: 'http-request@1',
    config: { query: { api_key: `{{"${mark}"}}` }, form: { pwd: mark } },
  }),
  (mark) => ({ type: 'http-request@1', config: { url: `https://a:${mark}@example.com/?sig=${mark}` } }),
  (mark) => ({ type: 'http-request@1', config: { body: `{"token": "${mark}", "a": [{"key": "${mark}"}]}` } }),
  (mark) => ({
    type: 'set-variables@1',
    config: { assignments: [{ variable: 'pin', value: `"${mark}"` }] },
  }),
  (mark) => ({ type: 'evaluate@1', config: { variable: 'pin', expression: mark.repeat(500) } }),
  (mark) => ({ type: 'update-contact@1', config: { fields: { iban: `'${mark}'` } } }),
  (mark) => ({ type: 'custom-effect@1', config: { fields: { apiKey: `'${mark}' + pin` } } }),
  (mark) => ({ config: {}, onEnter: [{ set: 'pin', to: `upper("${mark}")` }] }),
  (mark) => ({ config: {}, onLeave: { next: [{ set: 'pin', to: { language: 'liquid', source: mark } }] } }),
  (mark) => ({ type: 'gone@1', config: { deep: [{ secret: mark }] } }),
]

describe('withoutSecrets, whatever the draft', () => {
  const junk = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>
  const names = fc.constantFrom(
    ...NODES.flatMap(({ fields }) => Object.keys(fields)),
    'authorization',
    'token',
    'pin',
    'variable',
    'value',
    'source',
    'language',
    '__proto__',
  )
  const sources = fc.constantFrom(
    '"a"',
    'pin',
    '{{pin}}',
    '{{',
    'https://a:b@c.d@e/?token=f&token=g;pin=h#key=1?key=2',
    '{"token": "a", "b": {"pin": ("c")}}',
    '("a" + "b").upper()',
    'cel.bind(x, 1, x)',
  )
  const config = fc.dictionary(
    names,
    fc.oneof(
      junk,
      sources,
      fc.dictionary(names, fc.oneof(sources, junk)),
      fc.array(fc.dictionary(names, sources)),
    ),
  ) as fc.Arbitrary<JsonObject>
  const drafts = fc
    .record({
      type: fc.constantFrom(...NODES.map(({ runtime }) => `${runtime.type}@${runtime.major}`), 'gone@1'),
      config,
      onEnter: fc.array(
        fc.oneof(
          fc.record({ set: fc.constantFrom('pin', 'token', ''), to: sources }),
          fc.record({
            log: fc.string(),
            fields: fc.dictionary(fc.constantFrom('pin', 'a', 'token'), sources),
          }),
        ),
      ),
    })
    .map((node) => flowOf(node))

  it('never throws, changes nothing it is given, takes all at once, and leaves a document', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const { document, removed } = withoutSecrets(draft, NODES)
        expect(withoutSecrets(document, NODES)).toEqual({ document, removed: [] })
        expect(document === draft).toBe(removed.length === 0)
        expect(removed.every(({ path }) => path.length > 0)).toBe(true)
        // Drafts of names that no document may have are not documents before either.
        const reads = (each: FlowDocument) => parseDocument(JSON.stringify(each)).ok
        expect(reads(document) || !reads(draft)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('leaves no secret that was planted, wherever in a draft it was', () => {
    fc.assert(
      fc.property(drafts, fc.constantFrom(...PLANTS), (draft, plant) => {
        const planted = plant(MARK)
        const node = { ...draft.nodes[0]!, ...planted, id: 'planted' } as FlowNode
        const merged = isJsonObject(planted.config) ? { ...draft.nodes[0]!.config, ...planted.config } : {}
        const document: FlowDocument = {
          ...draft,
          settings: {
            ...draft.settings,
            variables: [...VARIABLES, { name: 'code', type: 'text', sensitive: true, default: MARK }],
          },
          nodes: [...draft.nodes, { ...node, config: merged }],
        }
        expect(JSON.stringify(document)).toContain(MARK)
        expect(JSON.stringify(withoutSecrets(document, NODES).document)).not.toContain(MARK)
      }),
      { numRuns: 500 },
    )
  })
})
