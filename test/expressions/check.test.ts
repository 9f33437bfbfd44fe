import { describe, expect, test } from 'vitest'
import { EXPRESSION_DIAGNOSTICS } from '../../src/diagnostics/expression-codes.ts'
import { ANY_OBJECT, cel, createCel, createScope, type ValueType } from '../../src/expressions/index.ts'
import { detailsOf, faultsOf, SCOPE } from './helpers.ts'

describe('[VAL-7] what does not parse is an error that marks the place', () => {
  test.each<[string, string, string]>([
    ['', 'expression.empty', ''],
    ['  \n ', 'expression.empty', '  \n '],
    ['1 +', 'expression.unfinished', ''],
    ['(1', 'expression.unfinished', ''],
    ['1 + ) 2', 'expression.syntax', ')'],
    ['1 ; 2', 'expression.syntax', ';'],
    ['retries = 1', 'expression.syntax', '='],
    ['vip & vip', 'expression.syntax', '&'],
    ['vip and vip', 'expression.syntax', 'and'],
    ['"abc', 'expression.unclosedText', '"abc'],
    ['"a\nb"', 'expression.unclosedText', '\n'],
    ['"""abc', 'expression.unclosedText', '"""abc'],
    ['"a\\qb"', 'expression.escape', '\\q'],
    ['"\\ud800"', 'expression.escape', '\\ud800'],
    ['1 + package', 'expression.reservedWord', 'package'],
    ['1e999', 'expression.numberRange', '1e999'],
    ['9007199254740993', 'expression.numberRange', '9007199254740993'],
    ['0x20000000000001', 'expression.numberRange', '0x20000000000001'],
    ['1 + 2u', 'expression.unsignedLiteral', '2u'],
    ['1 == b"a"', 'expression.bytesLiteral', 'b"a"'],
    ['tags.all(1, true)', 'expression.loopVariable', '1'],
    ['tags.map(x.y, true)', 'expression.loopVariable', 'x.y'],
    ['"ä" + ä', 'expression.syntax', 'ä'],
    ['a.?b', 'expression.syntax', '?'],
  ])('%j is %s at %j', (source, code, marked) => {
    expect(faultsOf(source)).toEqual([[code, marked]])
  })

  test('habits of other languages get the operator that CEL has', () => {
    expect(detailsOf('retries = 1')).toEqual({ found: '=', suggestion: '==' })
    expect(detailsOf('vip and vip')).toMatchObject({ suggestion: '&&' })
    expect(detailsOf('vip or vip')).toMatchObject({ suggestion: '||' })
    expect(detailsOf('vip | vip')).toMatchObject({ suggestion: '||' })
    expect(detailsOf('not vip')).toMatchObject({ suggestion: '!' })
    expect(detailsOf('vip vip')).toEqual({ found: 'vip' })
  })
})

describe('[VAL-7] unknown names are errors that mark the name', () => {
  test.each<[string, string, string]>([
    ['retires > 1', 'expression.unknownName', 'retires'],
    ['contact.nmae == "a"', 'expression.unknownMember', 'nmae'],
    ['contact["nmae"]', 'expression.unknownMember', '"nmae"'],
    ['contact.address.town', 'expression.unknownMember', 'town'],
    ['vars.toString', 'expression.unknownMember', 'toString'],
    ['contact.constructor', 'expression.unknownMember', 'constructor'],
    ['contact["__proto__"]', 'expression.unknownMember', '"__proto__"'],
    ['anything.constructor', 'expression.unknownMember', 'constructor'],
    ['trigger.prototype', 'expression.unknownMember', 'prototype'],
    ['name.length', 'expression.noMembers', 'length'],
    ['tags.length', 'expression.noMembers', 'length'],
    ['retries["a"]', 'expression.noMembers', '"a"'],
    ['name[0]', 'expression.noMembers', 'name'],
    ['{"a": 1}.b', 'expression.unknownMember', 'b'],
    ['people.map(p, p.nam)', 'expression.unknownMember', 'nam'],
    ['people.map(p, p.name) == p', 'expression.unknownName', 'p'],
    ['has(contact.nmae)', 'expression.unknownMember', 'nmae'],
    ['has(nmae.x)', 'expression.unknownName', 'nmae'],
    ['lenght(name)', 'expression.unknownFunction', 'lenght'],
    ['name.  trimm()', 'expression.unknownFunction', 'trimm'],
    ['name.length()', 'expression.unknownFunction', 'length'],
    ['contains(name, "a")', 'expression.functionForm', 'contains'],
    ['exists(tags, t, true)', 'expression.unknownName', 't'],
    ['retries.abs()', 'expression.functionForm', 'abs'],
    ['toString()', 'expression.unknownFunction', 'toString'],
    ['name.constructor()', 'expression.unknownFunction', 'constructor'],
  ])('%s: %s at %j', (source, code, marked) => {
    expect(faultsOf(source)[0]).toEqual([code, marked])
  })

  test.each([
    ['retires', { name: 'retires', suggestion: 'retries' }],
    ['xyzzy', { name: 'xyzzy' }],
    ['contact.nam', { name: 'nam', suggestion: 'name' }],
    ['contact.constructor', { name: 'constructor' }],
    ['name.length', { name: 'length', type: 'text' }],
    ['name[0]', { name: '[…]', type: 'text' }],
    ['sise(name)', { name: 'sise', suggestion: 'size' }],
    ['name.length()', { name: 'length', suggestion: 'size' }],
    ['tags.some(t, true)', { name: 'some', suggestion: 'exists' }],
    ['tags.exist(t, true)', { name: 't' }],
    ['contains(name, "a")', { name: 'contains', form: 'method' }],
    ['all(tags, vip)', { name: 'all', form: 'method' }],
    ['retries.abs()', { name: 'abs', form: 'function' }],
    ['tags.map(entry, entri)', { name: 'entri', suggestion: 'entry' }],
  ])('%s: %j', (source, details) => {
    const all = cel.checkExpression(source, SCOPE).faults.map((fault) => fault.details)
    expect(all).toContainEqual(details)
  })

  test('every fault of a source is reported, in reading order of the parts', () => {
    expect(faultsOf('retires > 1 && contact.nmae == "a" && name + 1 == "b"')).toEqual([
      ['expression.unknownName', 'retires'],
      ['expression.unknownMember', 'nmae'],
      ['expression.operand', 'name + 1'],
    ])
    expect(faultsOf('size(foo) + bar')).toEqual([
      ['expression.unknownName', 'foo'],
      ['expression.unknownName', 'bar'],
    ])
    expect(faultsOf('foo && has(1)')).toEqual([
      ['expression.unknownName', 'foo'],
      ['expression.hasArgument', '1'],
    ])
    expect(faultsOf('{"a": foo, 1: 2}')).toEqual([
      ['expression.unknownName', 'foo'],
      ['expression.objectKey', '1'],
    ])
  })
})

describe('[VAL-7] wrong types are errors that mark the operand', () => {
  test.each<[string, string, string]>([
    ['1 + "a"', 'expression.operand', '1 + "a"'],
    ['name - 1', 'expression.operand', 'name - 1'],
    ['1 - name', 'expression.operand', '1 - name'],
    ['vip * 2', 'expression.operand', 'vip * 2'],
    ['tags / 2', 'expression.operand', 'tags / 2'],
    ['name % 2', 'expression.operand', 'name % 2'],
    ['null + 1', 'expression.operand', 'null + 1'],
    ['vip + vip', 'expression.operand', 'vip + vip'],
    ['anything + vip', 'expression.operand', 'anything + vip'],
    ['tags + name', 'expression.operand', 'tags + name'],
    ['address + address', 'expression.operand', 'address + address'],
    ['retries < name', 'expression.operand', 'retries < name'],
    ['vip < vip', 'expression.operand', 'vip < vip'],
    ['null <= 1', 'expression.operand', 'null <= 1'],
    ['tags > tags', 'expression.operand', 'tags > tags'],
    ['1 && vip', 'expression.operand', '1'],
    ['vip || name', 'expression.operand', 'name'],
    ['vip && null', 'expression.operand', 'null'],
    ['!retries', 'expression.operand', 'retries'],
    ['-name', 'expression.operand', 'name'],
    ['name ? 1 : 2', 'expression.operand', 'name'],
    ['tags.all(t, t)', 'expression.operand', 't'],
    ['tags.map(t, t, t)', 'expression.operand', 't'],
    ['retries == "3"', 'expression.comparison', 'retries == "3"'],
    ['vip != 1', 'expression.comparison', 'vip != 1'],
    ['tags == name', 'expression.comparison', 'tags == name'],
    ['tags == numbers', 'expression.comparison', 'tags == numbers'],
    ['address == tags', 'expression.comparison', 'address == tags'],
    ['1 in tags', 'expression.comparison', '1 in tags'],
    ['1 in contact', 'expression.operand', '1 in contact'],
    ['"a" in name', 'expression.operand', '"a" in name'],
    ['tags["a"]', 'expression.index', '"a"'],
    ['contact[0]', 'expression.index', '0'],
    ['anything[true]', 'expression.index', 'true'],
    ['{1: 2}', 'expression.objectKey', '1'],
    ['{"a": 1, "a": 2}', 'expression.objectKey', '"a"'],
    ['{"__proto__": 1}', 'expression.objectKey', '"__proto__"'],
    ['size(1)', 'expression.argumentType', '1'],
    ['size(null)', 'expression.argumentType', 'null'],
    ['name.contains(1)', 'expression.argumentType', '1'],
    ['retries.contains("a")', 'expression.argumentType', 'retries'],
    ['sum(tags)', 'expression.argumentType', 'tags'],
    ['max(1, "a")', 'expression.argumentType', '"a"'],
    ['size()', 'expression.argumentCount', 'size()'],
    ['1 + size(name, name)', 'expression.argumentCount', 'size(name, name)'],
    ['name.contains()', 'expression.argumentCount', 'name.contains()'],
    ['name.substring(1, 2, 3)', 'expression.argumentCount', 'name.substring(1, 2, 3)'],
    ['min()', 'expression.argumentCount', 'min()'],
    ['tags.all(t)', 'expression.argumentCount', 'tags.all(t)'],
    ['tags.map(t)', 'expression.argumentCount', 'tags.map(t)'],
    ['tags.map(t, true, t, t)', 'expression.argumentCount', 'tags.map(t, true, t, t)'],
    ['tags.filter(t, true, true)', 'expression.argumentCount', 'tags.filter(t, true, true)'],
    ['has()', 'expression.argumentCount', 'has()'],
    ['has(name, name)', 'expression.argumentCount', 'has(name, name)'],
    ['has(contact)', 'expression.hasArgument', 'contact'],
    ['has(tags[0])', 'expression.hasArgument', 'tags[0]'],
    ['has(1)', 'expression.hasArgument', '1'],
    ['name.all(c, true)', 'expression.argumentType', 'name'],
    ['tags.all(__proto__, true)', 'expression.reservedWord', '__proto__'],
    ['tags.all(constructor, true)', 'expression.loopVariable', 'constructor'],
    ['name.matches("(a")', 'expression.pattern', '"(a"'],
    ['matches(name, "(?=a)")', 'expression.pattern', '"(?=a)"'],
    ['name.matches(r"(a)\\1")', 'expression.pattern', 'r"(a)\\1"'],
  ])('%s: %s at %j', (source, code, marked) => {
    expect(faultsOf(source)).toEqual([[code, marked]])
  })

  test.each([
    [
      '"a" + 1',
      { operator: '+', wanted: ['number', 'text', 'list'], got: ['text', 'number'], suggestion: 'string(1)' },
    ],
    ['retries + name', expect.objectContaining({ suggestion: 'string(retries)' })],
    ['name + vip', expect.objectContaining({ suggestion: 'string(vip)' })],
    ['vip + name', expect.objectContaining({ suggestion: 'string(vip)' })],
    ['name - 1', { operator: '-', wanted: ['number'], got: ['text', 'number'] }],
    [
      '"a" in name',
      { operator: 'in', wanted: ['list', 'object'], got: ['text', 'text'], suggestion: 'name.contains("a")' },
    ],
    ['1 < name', { operator: '<', wanted: ['number', 'text'], got: ['number', 'text'] }],
    ['!retries', { operator: '!', wanted: ['true or false'], got: ['number'] }],
    ['vip && 1', { operator: '&&', wanted: ['true or false'], got: ['number'] }],
    ['vip || 1', { operator: '||', wanted: ['true or false'], got: ['number'] }],
    ['1 ? 1 : 1', { operator: '? :', wanted: ['true or false'], got: ['number'] }],
    ['tags.all(t, 1)', { operator: 'all', wanted: ['true or false'], got: ['number'] }],
    ['-name', { operator: '-', wanted: ['number'], got: ['text'] }],
    ['retries == "3"', { operator: '==', left: 'number', right: 'text' }],
    ['tags["a"]', { of: 'list', wanted: ['number'], got: 'text' }],
    ['contact[0]', { of: 'object', wanted: ['text'], got: 'number' }],
    ['anything[true]', { of: 'any value', wanted: ['number', 'text'], got: 'true or false' }],
    ['size(1)', { name: 'size', parameter: 'of', wanted: ['text', 'list', 'object'], got: 'number' }],
    ['size()', { name: 'size', least: 1, most: 1, got: 0 }],
    ['min()', { name: 'min', least: 1, most: null, got: 0 }],
    ['name.contains()', { name: 'contains', least: 1, most: 1, got: 0 }],
    ['name.substring()', { name: 'substring', least: 1, most: 2, got: 0 }],
    ['tags.map(t)', { name: 'map', least: 2, most: 3, got: 1 }],
    ['tags.all(t)', { name: 'all', least: 2, most: 2, got: 1 }],
    ['name.all(c, true)', { name: 'all', parameter: 'range', wanted: ['list', 'object'], got: 'text' }],
    ['name.matches("(a")', expect.objectContaining({ pattern: '(a' })],
    ['{"a": 1, "a": 2}', { name: 'a' }],
    ['{1: 2}', { name: 'number' }],
  ])('%s: %j', (source, details) => {
    expect(detailsOf(source)).toEqual(details)
  })

  test('the result must be of the type that is expected', () => {
    expect(faultsOf('retries + 1', 'boolean')).toEqual([['expression.wrongType', 'retries + 1']])
    expect(detailsOf('retries', 'boolean')).toEqual({ wanted: 'true or false', got: 'number' })
    expect(detailsOf('retries', 'text')).toEqual({ wanted: 'text', got: 'number' })
    expect(detailsOf('tags', { list: 'number' })).toEqual({ wanted: 'list', got: 'list' })
    expect(detailsOf('retries', { list: 'any' })).toEqual({ wanted: 'list', got: 'number' })
    expect(detailsOf('retries', ANY_OBJECT)).toEqual({ wanted: 'object', got: 'number' })
    for (const expected of ['any', 'number'] as const) expect(faultsOf('retries', expected)).toEqual([])
    expect(faultsOf('anything', 'boolean')).toEqual([])
    expect(faultsOf('null', 'number')).toEqual([])
    expect(faultsOf('tags', { list: 'text' })).toEqual([])
    expect(faultsOf('{"a": 1}', { fields: { a: 'number' } })).toEqual([])
    expect(faultsOf('{"a": 1}', { fields: { a: 'text' } })).toHaveLength(1)
  })
})

describe('types of results', () => {
  test.each<[string, ValueType]>([
    ['1', 'number'],
    ['1.5 + retries', 'number'],
    ['-retries', 'number'],
    ['name + "a"', 'text'],
    ['anything + "a"', 'text'],
    ['1 + anything', 'number'],
    ['anything + other', 'any'],
    ['anything + tags', { list: 'any' }],
    ['tags + numbers', { list: 'any' }],
    ['tags + ["a"]', { list: 'text' }],
    ['tags + []', { list: 'any' }],
    ['1 < 2', 'boolean'],
    ['anything == null', 'boolean'],
    ['tags == null', 'boolean'],
    ['address == {"city": "x"}', 'boolean'],
    ['1 in anything', 'boolean'],
    ['name in contact', 'boolean'],
    ['!vip', 'boolean'],
    ['null', 'null'],
    ['[]', { list: 'any' }],
    ['[1, null, 2]', { list: 'number' }],
    ['[null]', { list: 'null' }],
    ['[1, "a"]', { list: 'any' }],
    ['[[1], [2]]', { list: { list: 'number' } }],
    ['{"a": 1}', { fields: { a: 'number' } }],
    ['{"a": 1, name: 2}', { fields: { a: 'number' }, open: true }],
    ['vip ? 1 : 2', 'number'],
    ['vip ? null : 2', 'number'],
    ['vip ? 1 : null', 'number'],
    ['vip ? 1 : "a"', 'any'],
    ['vip ? {"a": 1} : {"a": 2}', { fields: { a: 'number' } }],
    ['vip ? {"a": 1} : {"a": 2, "b": 3}', { fields: { a: 'number' }, open: true }],
    ['vip ? {"a": 1, "b": 3} : {"a": 2}', { fields: { a: 'number' }, open: true }],
    ['vip ? address : trigger', { fields: {}, open: true }],
    ['contact.address', { fields: { city: 'text', zip: 'text' } }],
    ['address[name]', 'text'],
    ['trigger[name]', 'any'],
    ['tags[0]', 'text'],
    ['people[0].age', 'number'],
    ['anything[0].x', 'any'],
    ['trigger.x', 'any'],
    ['now', 'number'],
    ['nodes.http.status', 'number'],
    ['tags.filter(t, true)', { list: 'text' }],
    ['people.map(p, p.age)', { list: 'number' }],
    ['people.map(p, true, p.age)', { list: 'number' }],
    ['contact.map(key, key)', { list: 'text' }],
    ['anything.map(x, x)', { list: 'any' }],
    ['tags.exists_one(t, t == "a")', 'boolean'],
    ['has(contact.name)', 'boolean'],
    ['first(tags)', 'text'],
    ['last(anything)', 'any'],
    ['default(retries, 1)', 'number'],
    ['default(anything, 1)', 'any'],
    ['dyn(1)', 'any'],
    ['size(tags)', 'number'],
  ])('%s is %j', (source, type) => {
    const { checked, faults } = cel.checkExpression(source, SCOPE)
    expect(faults).toEqual([])
    expect(checked!.type).toEqual(type)
  })
})

describe('reads', () => {
  const readsOf = (source: string) =>
    cel
      .checkExpression(source, SCOPE)
      .checked!.reads.map(({ path, range }) => [path.join('.'), source.slice(range.start, range.end)])

  test.each<[string, [string, string][]]>([
    ['1 + 1', []],
    ['retries', [['vars.retries', 'retries']]],
    ['vars.retries', [['vars.retries', 'vars.retries']]],
    ['contact', [['contact', 'contact']]],
    ['contact.address.city', [['contact.address.city', 'contact.address.city']]],
    ['contact["address"]["city"]', [['contact.address.city', 'contact["address"]["city"]']]],
    ['nodes.http.body.items[0].x', [['nodes.http.body.items', 'nodes.http.body.items']]],
    [
      'contact[name]',
      [
        ['contact', 'contact'],
        ['vars.name', 'name'],
      ],
    ],
    [
      'tags[retries]',
      [
        ['vars.tags', 'tags'],
        ['vars.retries', 'retries'],
      ],
    ],
    [
      'now > retries',
      [
        ['now', 'now'],
        ['vars.retries', 'retries'],
      ],
    ],
    [
      'people.exists(p, p.age > retries)',
      [
        ['vars.people', 'people'],
        ['vars.retries', 'retries'],
      ],
    ],
    ['tags.exists(name, name == "a")', [['vars.tags', 'tags']]],
    ['has(contact.address.city)', [['contact.address.city', 'contact.address.city']]],
    [
      'size(tags) + name.size()',
      [
        ['vars.tags', 'tags'],
        ['vars.name', 'name'],
      ],
    ],
    [
      'default(trigger.a.b, retries)',
      [
        ['trigger.a.b', 'trigger.a.b'],
        ['vars.retries', 'retries'],
      ],
    ],
    [
      'retries + retries',
      [
        ['vars.retries', 'retries'],
        ['vars.retries', 'retries'],
      ],
    ],
    ['{"a": now}["a"]', [['now', 'now']]],
  ])('%s reads %j', (source, reads) => {
    expect(readsOf(source)).toEqual(reads)
  })

  test('reading a secret, something in it, or what it is in, is sensitive', () => {
    const sensitive = (source: string) => cel.checkExpression(source, SCOPE).checked!.sensitive
    expect(sensitive('contact.pin == "1"')).toBe(true)
    expect(sensitive('contact == null')).toBe(true)
    expect(sensitive('contact[name]')).toBe(true)
    expect(sensitive('has(contact.pin)')).toBe(true)
    expect(sensitive('contact.name')).toBe(false)
    expect(sensitive('1')).toBe(false)
    const open = createScope({ sensitive: [['trigger', 'card']] })
    expect(cel.checkExpression('trigger.card.number', open).checked!.sensitive).toBe(true)
    expect(cel.checkExpression('trigger.cards', open).checked!.sensitive).toBe(false)
  })
})

test('a pattern is proved only where an engine was given', () => {
  expect(createCel().checkExpression('name.matches("(a")', SCOPE).faults).toEqual([])
  expect(createCel().id).toBe('cel')
  const regex = {
    compile(): never {
      throw 'not an error'
    },
  }
  expect(createCel({ regex }).checkExpression('name.matches("a")', SCOPE).faults[0]?.details).toEqual({
    pattern: 'a',
    problem: 'not an error',
  })
})

test('checking the same source twice gives the same, and the tree is plain JSON', () => {
  const source = 'people.filter(p, p.age > retries).map(p, {"n": p.name, "x": [1, null]})'
  const once = cel.checkExpression(source, SCOPE)
  expect(cel.checkExpression(source, SCOPE)).toEqual(once)
  expect(JSON.parse(JSON.stringify(once.checked))).toEqual(once.checked)
})

test('every code that a check can give has wording, and the wording quotes the details', () => {
  const sources = [
    '',
    '1 +',
    ')',
    'a = 1',
    '"a',
    '"\\q"',
    'if',
    '1e999',
    '1u',
    'b""',
    'retires',
    'contact.nmae',
  ]
  sources.push(
    'name.x',
    'tags["a"]',
    '1 + "a"',
    '1 == "a"',
    'foo()',
    'contains(name)',
    'abs()',
    'min()',
    'size(1)',
  )
  sources.push(
    '{1: 1}',
    'tags.all(1, true)',
    'has(1)',
    'name.matches("(")',
    '('.repeat(99),
    'x'.repeat(5000),
    'name.trim(1)',
    'name.substring()',
  )
  const seen = new Set<string>()
  for (const source of sources) {
    for (const { code, details } of cel.checkExpression(source, SCOPE, 'boolean').faults) {
      seen.add(code)
      const entry = EXPRESSION_DIAGNOSTICS[code]
      expect(entry, code).toBeDefined()
      const message = entry!.message(details)
      expect(message, code).not.toMatch(/undefined|\[object/)
      if (typeof details.suggestion === 'string')
        expect(message).toContain(`Did you mean ${details.suggestion}?`)
    }
  }
  for (const [code] of faultsOf('1', 'boolean')) seen.add(code)
  for (const source of ['{{', '{{}}', '{{tags}}'])
    for (const { code } of cel.checkTemplate(source, SCOPE).faults) seen.add(code)
  expect([...seen].sort()).toEqual(Object.keys(EXPRESSION_DIAGNOSTICS).sort())
})

test.each([
  ['retires', 'There is no variable "retires". Did you mean retries?'],
  ['contact.nam', 'There is no member "nam" here. Did you mean name?'],
  ['"a" + 1', '"+" works on number or text or list, not on text and number. Did you mean string(1)?'],
  ['!1', '"!" works on true or false, not on number.'],
  ['retries == "a"', 'A value of kind number never equals one of kind text.'],
  ['size()', '"size" takes 1 argument, not 0.'],
  ['min()', '"min" takes at least 1 argument, not 0.'],
  ['tags.map(t)', '"map" takes 2 to 3 arguments, not 1.'],
  ['tags.all(t)', '"all" takes 2 arguments, not 1.'],
  ['contains("a", "b")', '"contains" is called as value.contains(…).'],
  ['retries.abs()', '"abs" is called as abs(…).'],
  ['size(1)', '"size" takes text or list or object as "of", not number.'],
])('%s says: %s', (source, message) => {
  const fault = cel.checkExpression(source, SCOPE).faults[0]!
  expect(EXPRESSION_DIAGNOSTICS[fault.code]!.message(fault.details)).toBe(message)
})
