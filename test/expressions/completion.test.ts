import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { authoringCel, type Completion, createScope, SIGNATURES } from '../../src/expressions/index.ts'
import { SCOPE } from './helpers.ts'

/** Completes where `|` stands; the labels, and what is replaced. */
function complete(marked: string, kind: 'expression' | 'template' = 'expression') {
  const offset = marked.indexOf('|')
  const source = marked.slice(0, offset) + marked.slice(offset + 1)
  const { range, items } = authoringCel.complete(kind, source, offset, SCOPE)
  return { source, range, items, labels: items.map(({ label }) => label) }
}

const item = (items: readonly Completion[], label: string) => items.find((each) => each.label === label)

/** The kinds of a list without repetitions. */
const kinds = (items: readonly Completion[]) => [...new Set(items.map(({ kind }) => kind))]

describe('where a name can stand', () => {
  test('variables, roots, functions and constants are offered', () => {
    const { items, range } = complete('|')
    expect(range).toEqual({ start: 0, end: 0 })
    expect(kinds(items)).toEqual(['variable', 'root', 'function', 'keyword'])
    expect(item(items, 'retries')).toEqual({
      label: 'retries',
      kind: 'variable',
      type: 'number',
      insert: 'retries',
    })
    expect(item(items, 'vip')?.type).toBe('true or false')
    expect(item(items, 'contact')).toMatchObject({ kind: 'root', type: 'object' })
    expect(item(items, 'size')).toEqual({
      label: 'size',
      kind: 'function',
      type: 'number',
      detail: 'size(of)',
      doc: 'Characters of a text, entries of a list, members of an object.',
      insert: 'size(',
    })
    expect(item(items, 'has')).toMatchObject({ insert: 'has(', type: 'true or false' })
    expect(item(items, 'contains')).toBeUndefined()
    expect(item(items, 'true')).toMatchObject({ kind: 'keyword', insert: 'true' })
  })

  test.each([
    ['re|', ['retries']],
    ['RE|', ['retries']],
    ['na|', ['name']],
    ['vip && na|', ['name']],
    ['(na|', ['name']],
    ['[na|', ['name']],
    ['{na|', ['name']],
    ['{"a": na|', ['name']],
    ['vip ? na|', ['name']],
    ['-ret|', ['retries']],
    ['tags[ret|', ['retries']],
    ['size(na|', ['name']],
    ['size(na|)', ['name']],
    ['n|', ['name', 'numbers', 'nodes', 'now', 'number', 'null']],
    ['nothing|', []],
    ['retries |', ['in']],
    ['retries i|', ['in']],
    ['retries n|', []],
    ['tags.filter(|', []],
    ['tags.filter(re|', []],
    ['"na|', []],
    ['"na|"', []],
    ['"na"|', ['in']],
    ["r'na|'", []],
    ['"""na| """', []],
    ['1|', []],
    ['1.|', []],
    ['12e|', []],
    ['// na|', []],
    ['// na\nna|', ['name']],
    ['"contact." + na|', ['name']],
  ])('%s', (marked, labels) => {
    expect(complete(marked).labels).toEqual(labels)
  })

  test('what agrees letter by letter comes first', () => {
    const scope = createScope({ vars: { Size: 'number', sign: 'text', Sum: 'text', sIze: 'text' } })
    const labels = (source: string) =>
      authoringCel.complete('expression', source, source.length, scope).items.map(({ label }) => label)
    expect(labels('S')).toEqual(['Size', 'Sum', 'sign', 'sIze', 'session', 'size', 'string', 'sum'])
    expect(labels('si')).toEqual(['sign', 'size', 'Size', 'sIze'])
  })

  test('the whole name at the caret is replaced', () => {
    expect(complete('vip && re|tri > 1').range).toEqual({ start: 7, end: 12 })
    expect(complete('vip && |retri').range).toEqual({ start: 7, end: 7 })
  })

  test('brackets are not written twice', () => {
    expect(item(complete('siz|(name)').items, 'size')?.insert).toBe('size')
    expect(item(complete('name.tri|()').items, 'trim')?.insert).toBe('trim')
  })
})

describe('after a dot', () => {
  test('members come with their types, then the methods that fit', () => {
    const { items, labels } = complete('contact.|')
    expect(labels.slice(0, 5)).toEqual(['address', 'balance', 'name', 'pin', 'tier'])
    expect(kinds(items)).toEqual(['member', 'method'])
    expect(labels).toContain('size')
    expect(labels).not.toContain('lower')
  })

  test.each([
    ['contact.na|', ['name']],
    ['size(tags) > 0 && contact.na|', ['name']],
    ['contact . n|', ['name']],
    ['contact.address.c|', ['city']],
    ['contact["address"].c|', ['city']],
    ['(contact).na|', ['name']],
    ['contact.address.zip.upp|', ['upper', 'upperAscii']],
    ['nodes.ht|', ['http']],
    ['nodes.http.st|', ['status']],
    ['nodes["http"].st|', ['status']],
    ['vars.re|', ['retries']],
    ['people[0].a|', ['age', 'all']],
    ['people[retries + 1].a|ge > 3', ['age', 'all']],
    ['first(people).ag|', ['age']],
    ['people.first().ag|', ['age']],
    ['people.filter(p, p.age > 3)[0].ag|', ['age']],
    ['people.map(p, p.name)[0].tri|', ['trim']],
    ['[contact][0].bal|', ['balance']],
    ['{"abc": 1}.ab|', ['abc']],
    ['(vip ? contact : contact).bal|', ['balance']],
    ['"abc".tr|', ['trim']],
    ['1 in [1].si|', ['size']],
    ['now.getH|', ['getHours']],
    ['vip.|', []],
    ['null.|', []],
    ['unknown.|', []],
    ['contact.unknown.|', []],
    ['retries.na|', []],
    ['.|', []],
    ['..|', []],
    [').|', []],
    ['+ .|', []],
    ['contact.na| && ((', ['name']],
    ['[(contact.na|', ['name']],
    ['contact.name. + contact.bal|', ['balance']],
  ])('%s', (marked, labels) => {
    expect(complete(marked).labels).toEqual(labels)
  })

  test('nodes are nodes, variables are variables', () => {
    expect(complete('nodes.|').items[0]).toMatchObject({ label: 'http', kind: 'node', type: 'object' })
    expect(complete('vars.ret|').items[0]).toMatchObject({ kind: 'variable', type: 'number' })
  })

  test('a method without arguments is written out', () => {
    expect(complete('name.tri|').items[0]).toMatchObject({ insert: 'trim()', detail: 'trim()', type: 'text' })
    expect(complete('name.cont|').items[0]).toMatchObject({ insert: 'contains(', detail: 'contains(part)' })
    expect(complete('people.firs|').items[0]).toMatchObject({ type: 'object' })
    expect(complete('now.getHo|').items[0]).toMatchObject({ insert: 'getHours(', detail: 'getHours([zone])' })
  })

  test('macros stand behind what they can go through', () => {
    expect(complete('tags.exi|').labels).toEqual(['exists', 'exists_one'])
    expect(complete('contact.exi|').labels).toEqual(['exists', 'exists_one'])
    expect(complete('name.exi|').labels).toEqual([])
  })

  test('whatever may be anything has every method', () => {
    const methods = SIGNATURES.filter(({ form }) => form !== 'function').map(({ name }) => name)
    expect(complete('anything.|').labels).toEqual(expect.arrayContaining(methods))
  })

  test('members that need brackets are left out, and so is what reaches a prototype', () => {
    const fields = JSON.parse('{"first name":"text","in":"text","ok":"text","__proto__":"text"}') as Record<
      string,
      'text'
    >
    const { items } = authoringCel.complete('expression', 'contact.', 8, createScope({ contact: { fields } }))
    expect(items.filter(({ kind }) => kind === 'member').map(({ label }) => label)).toEqual(['ok'])
  })
})

describe('inside of a macro', () => {
  test.each([
    ['people.all(p, p|', ['p', 'people']],
    ['people.all(p, p.|age', ['age', 'name']],
    ['people.all(p, p.n|', ['name']],
    ['people.filter(p, p.age > 1).map(q, q.na|', ['name']],
    ['people.all(p, tags.exists(t, t == p.na|', ['name']],
    ['people.all(p, tags.exists(t, t.tri|', ['trim']],
    ['people.map(name, name.ag|', ['age']],
    ['people.map(p, 1)[0].getH|', ['getHours']],
    ['people.map(p, p.age) + [p.|', []],
    ['size(people.map(p, p.na|', ['name']],
    ['contact.all(key, key.tri|', ['trim']],
  ])('%s', (marked, labels) => {
    expect(complete(marked).labels.slice(0, 2)).toEqual(labels)
  })

  test('its variable hides one of the flow', () => {
    expect(item(complete('people.map(retries, |').items, 'retries')?.type).toBe('object')
  })
})

describe('templates', () => {
  test.each([
    ['na|', []],
    ['Hello {|{', []],
    ['Hello {{na|', ['name']],
    ['Hello {{ contact.na| }}, na', ['name']],
    ['Hello {{ contact.| and {{ name }}', ['address', 'balance', 'name', 'pin', 'tier']],
    ['{{ name }} na|', []],
    ['{{ name }}{{ na|', ['name']],
    ['{{ "na|" }}', []],
  ])('%s', (marked, labels) => {
    expect(
      complete(marked, 'template')
        .labels.slice(0, labels.length + 1)
        .filter((label) => label !== 'all'),
    ).toEqual(labels)
  })

  test('the range speaks of the whole template', () => {
    const { source, range } = complete('Hello {{ contact.na| }}', 'template')
    expect(source.slice(range.start, range.end)).toBe('na')
  })
})

describe('hover', () => {
  const hover = (marked: string, kind: 'expression' | 'template' = 'expression') => {
    const offset = marked.indexOf('|')
    const source = marked.slice(0, offset) + marked.slice(offset + 1)
    const found = authoringCel.hover(kind, source, offset, SCOPE)
    if (found === undefined) return undefined
    const { range, name, kind: what, type, sensitive } = found
    expect(source.slice(range.start, range.end)).toBe(name)
    return `${what} ${name}: ${type}${sensitive ? ', sensitive' : ''}`
  }

  test.each([
    ['ret|ries > 3', 'variable retries: number'],
    ['|retries > 3', 'variable retries: number'],
    ['retries| > 3', 'variable retries: number'],
    ['vars.ret|ries', 'variable retries: number'],
    ['cont|act.name', 'root contact: object, sensitive'],
    ['contact.na|me', 'member name: text'],
    ['contact.pi|n', 'member pin: text, sensitive'],
    ['contact.address.ci|ty', 'member city: text'],
    ['nodes.ht|tp.status', 'node http: object'],
    ['nodes.http.sta|tus', 'member status: number'],
    ['people[0].a|ge', 'member age: number'],
    ['si|ze(tags)', 'function size: number'],
    ['si|ze(contact.pin)', 'function size: number, sensitive'],
    ['si|ze(', 'function size: number'],
    ['ha|s(contact.name)', 'function has: true or false'],
    ['name.tr|im()', 'method trim: text'],
    ['contact.pin.low|er().trim()', 'method lower: text, sensitive'],
    ['people.fi|rst()', 'method first: object'],
    ['people.fi|rst(', 'method first: any value'],
    ['people.ma|p(p, p.age)', 'method map: list'],
    ['people.map(p, p.a|ge)', 'member age: number'],
    ['people.map(|p, p.age)', 'variable p: object'],
    ['people.map(p, |p.age)', 'variable p: object'],
    ['tags.map(name, na|me)', 'variable name: text'],
    ['[contact.pin].map(p, |p)', 'variable p: text, sensitive'],
    ['[contact.pin].map(p, p.lo|wer())', 'method lower: text, sensitive'],
    ['anything.what|ever', 'member whatever: any value'],
    ['contact.na|me ==', 'member name: text'],
    ['unkn|own', undefined],
    ['contact.unkn|own', undefined],
    ['"na|me"', undefined],
    ['tr|ue', undefined],
    ['1 i|n [1]', undefined],
    ['1 +| 2', undefined],
    ['len|gth(name)', undefined],
    ['lo|wer(name)', undefined],
    ['|', undefined],
  ])('%s', (marked, expected) => {
    expect(hover(marked)).toBe(expected)
  })

  test('templates: only inside of holes', () => {
    expect(hover('name {{ contact.pi|n }}', 'template')).toBe('member pin: text, sensitive')
    expect(hover('na|me {{ name }}', 'template')).toBeUndefined()
  })

  test('functions come with their call and their line', () => {
    expect(authoringCel.hover('expression', 'name.trim()', 6, SCOPE)).toMatchObject({
      detail: 'trim()',
      doc: 'Without white space at both ends.',
    })
  })
})

describe('hostile and half-typed sources', () => {
  test.each([
    'tags.map(t, ',
    'people.filter(p, p.',
    '[{"a":x,"b":x}].map(x, ',
    '(',
    '[',
    '{"a":',
    'contact.',
    'contact["',
    "r'",
    '.',
    'name.trim().',
    'size(',
    '!',
    '-',
    '1+',
    'a?b:',
    '{{',
    '}}',
    '\\',
    '//',
    'people[0].',
  ])('%s, until 4,000 characters are full', (part) => {
    const source = part.repeat(Math.ceil(4_000 / part.length)).slice(0, 4_000)
    const started = performance.now()
    for (const offset of [0, 1, 2_000, 3_999, 4_000]) {
      for (const kind of ['expression', 'template'] as const) {
        authoringCel.complete(kind, source, offset, SCOPE)
        authoringCel.hover(kind, source, offset, SCOPE)
      }
    }
    // Generous, for slow machines; twenty calls take some milliseconds.
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test('any soup of tokens, at any offset', () => {
    const words = [
      'retries',
      'contact',
      'people',
      '.',
      'name',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '"',
      ',',
      ' ',
      'map',
      'p',
      '0',
      '+',
      'in',
      '{{',
      '}}',
      '\n',
    ]
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...words), { maxLength: 40 }),
        fc.integer({ min: -5 }),
        (parts, at) => {
          const source = parts.join('')
          for (const kind of ['expression', 'template'] as const) {
            const offset = at % (source.length + 3)
            const { range, items } = authoringCel.complete(kind, source, offset, SCOPE)
            expect(range.start).toBeGreaterThanOrEqual(0)
            expect(range.start).toBeLessThanOrEqual(range.end)
            expect(range.end).toBeLessThanOrEqual(source.length)
            expect(new Set(items.map(({ label, kind: of }) => `${of} ${label}`)).size).toBe(items.length)
            authoringCel.hover(kind, source, offset, SCOPE)
          }
        },
      ),
      { numRuns: 1_000 },
    )
  })

  test('offsets that are none', () => {
    for (const offset of [Number.NaN, -1, 1e9, 0.5]) {
      expect(() => authoringCel.complete('expression', 'contact.', offset, SCOPE)).not.toThrow()
      expect(() => authoringCel.hover('expression', 'contact', offset, SCOPE)).not.toThrow()
    }
    expect(authoringCel.complete('expression', 'a'.repeat(4_001), 10, SCOPE).items).toEqual([])
  })

  test('whatever is offered passes the check, once its call is closed', () => {
    for (const marked of ['contact.|', 'people.|', 'name.|', 'tags[0].|', '|']) {
      const { source, range, items } = complete(marked)
      for (const { kind, insert, label } of items) {
        if (insert.endsWith('(')) continue
        const whole = source.slice(0, range.start) + insert + source.slice(range.end)
        expect(authoringCel.checkExpression(whole, SCOPE).faults, `${kind} ${label}`).toEqual([])
      }
    }
  })
})
