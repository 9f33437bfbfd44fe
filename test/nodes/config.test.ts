import { describe, expect, expectTypeOf, it } from 'vitest'
import type { Expression, Template } from '../../src/expressions/index.ts'
import type { Json, JsonObject } from '../../src/index.ts'
import {
  checkConfig,
  type Entry,
  type Field,
  type Fields,
  f,
  isOptional,
  type LinkedConfig,
  type Prompt,
  visitConfig,
  withDefaults,
} from '../../src/nodes/index.ts'

/** What is wrong with the value of one field that is called `x`. */
function faults(field: Field, value: Json | undefined) {
  return checkConfig({ x: field }, value === undefined ? {} : { x: value }).map(({ code, path, details }) =>
    code === 'config.wrongType' ? [path.join('.'), details.expected, details.got] : [path.join('.'), code],
  )
}

const SOURCE = { language: 'liquid', source: '{{ a }}' }
const LONG = 'x'.repeat(41)

describe('checkConfig', () => {
  it.each<[string, Field, Json]>([
    ['text', f.text(), 'a'],
    ['text as long as allowed', f.text({ maxLength: 2 }), 'ab'],
    ['text of a form', f.text({ pattern: '^a+$' }), 'aa'],
    ['number', f.number(), -1.5],
    ['number at its bounds', f.number({ min: 1, max: 1 }), 1],
    ['whole number', f.number({ integer: true }), 2],
    ['false', f.boolean(), false],
    ['option', f.options(['a', 'b']), 'b'],
    ['duration', f.duration(), '1h30m'],
    ['template', f.template(), '{{x}}'],
    ['template of another language', f.template(), SOURCE],
    ['expression', f.expression(), '1'],
    ['expression of another language', f.expression(), SOURCE],
    ['prompt', f.prompt(), 'Hello'],
    ['prompt in parts', f.prompt(), { text: 'Hello', speech: 'Hi' }],
    ['prompt in languages', f.prompt(), { text: { texts: { en: 'Hello', de: 'Hallo' } } }],
    ['prompt that is a recording alone', f.prompt(), { audio: 'hello' }],
    ['variable', f.variable(), 'v'],
    ['pattern', f.pattern(), 'x'.repeat(1_000)],
    ['flow', f.flowRef(), 'other'],
    ['JSON', f.json(), [1, { a: null }]],
    ['blank text as JSON', f.json(), ''],
    ['data fields', f.dataFields(), [{ name: 'a', type: 'text' }]],
    ['list', f.list(f.text(), { min: 1, max: 2 }), ['a', 'b']],
    ['object', f.object({ a: f.text() }), { a: 'x' }],
    ['record', f.record(f.text(), { max: 1 }), { a: 'x' }],
  ])('finds nothing wrong with %s', (_, field, value) => {
    expect(faults(field, value)).toEqual([])
  })

  it.each<[Field, Json, [string, string, string]]>([
    [f.text(), 1, ['x', 'a text', '1']],
    [f.text(), LONG.repeat(300), ['x', 'at most 10000 characters', 'a text of 12300 characters']],
    [f.text({ maxLength: 2 }), 'abc', ['x', 'at most 2 characters', '"abc"']],
    [f.text({ pattern: '^a+$' }), 'b', ['x', 'a text of the form ^a+$', '"b"']],
    [f.number(), true, ['x', 'a number', 'true']],
    [f.number({ integer: true }), 0.5, ['x', 'a whole number', '0.5']],
    [f.number({ min: 1 }), 0, ['x', 'at least 1', '0']],
    [f.number({ max: 1 }), 2, ['x', 'at most 1', '2']],
    [f.boolean(), 0, ['x', 'true or false', '0']],
    [f.options(['a', 'b']), 'c', ['x', 'one of a, b', '"c"']],
    [f.duration(), '10', ['x', 'a duration such as 10s, 5m or 1h30m, at most 366d', '"10"']],
    [f.template(), 1, ['x', 'a text', '1']],
    [f.expression(), { source: '1' }, ['x', 'an expression', 'an object']],
    [f.prompt(), {}, ['x', 'a text, or a prompt with text, speech, audio and media', 'an object']],
    [
      f.prompt(),
      { text: { texts: {} } },
      ['x', 'a text, or a prompt with text, speech, audio and media', 'an object'],
    ],
    [f.prompt(), { audio: '' }, ['x', 'a text, or a prompt with text, speech, audio and media', 'an object']],
    [f.variable(), [], ['x', 'the name of a variable', 'a list of 0']],
    [
      f.pattern(),
      'x'.repeat(1_001),
      ['x', 'a pattern of at most 1,000 characters', 'a text of 1001 characters'],
    ],
    [f.flowRef(), 1, ['x', 'the id of a flow', '1']],
    [
      f.dataFields(),
      [{ name: '1', type: 'text' }],
      ['x', 'a list of fields with name and type', 'a list of 1'],
    ],
    [
      f.dataFields(),
      [{ name: 'a', type: 'integer' }],
      ['x', 'a list of fields with name and type', 'a list of 1'],
    ],
    [f.dataFields(), ['a'], ['x', 'a list of fields with name and type', 'a list of 1']],
    [f.list(f.text()), 'a', ['x', 'a list', '"a"']],
    [f.list(f.text(), { min: 2 }), ['a'], ['x', 'at least 2 entries', 'a list of 1']],
    [f.list(f.text(), { max: 1 }), ['a', 'b'], ['x', 'at most 1 entries', 'a list of 2']],
    [f.list(f.text()), ['a', 1], ['x.1', 'a text', '1']],
    [f.object({ a: f.text() }), 'a', ['x', 'an object', '"a"']],
    [f.object({ a: f.text() }), { a: 1 }, ['x.a', 'a text', '1']],
    [f.record(f.text()), [], ['x', 'an object of named values', 'a list of 0']],
    [f.record(f.text(), { max: 1 }), { a: 'x', b: 'y' }, ['x', 'at most 1 entries', 'an object']],
    [f.record(f.text()), { a: 1 }, ['x.a', 'a text', '1']],
    [f.text(), LONG, ['', '', '']],
  ])('%# says what is wrong, and where', (field, value, fault) => {
    expect(faults(field, value)).toEqual(fault[0] === '' ? [] : [fault])
  })

  it.each<[Json | undefined]>([[undefined], [null], ['']])('misses a field that is needed: %j', (value) => {
    expect(faults(f.text(), value)).toEqual([['x', 'config.missing']])
    expect(faults(f.text({ optional: true }), value)).toEqual([])
    expect(faults(f.text({ default: 'a' }), value)).toEqual([])
  })

  it('misses entries of a list, and members of an object', () => {
    expect(faults(f.list(f.text()), [])).toEqual([['x', 'config.missing']])
    expect(faults(f.list(f.text()), ['a', ''])).toEqual([['x.1', 'config.missing']])
    expect(faults(f.list(f.object({ a: f.text() })), [{}])).toEqual([['x.0.a', 'config.missing']])
  })

  it('calls a field by its label, and one inside of another by its path', () => {
    const fields = {
      a: f.text({ label: 'First' }),
      b: f.text(),
      c: f.object({ d: f.text({ label: 'Inner' }) }),
    }
    expect(checkConfig(fields, { c: {} }).map(({ details }) => details)).toEqual([
      { field: 'First' },
      { field: 'b' },
      { field: 'c.d' },
    ])
  })

  it('finds members that are no fields, at every level', () => {
    const fields = { name: f.text({ optional: true }), inner: f.object({ name: f.text({ optional: true }) }) }
    expect(checkConfig(fields, { nmae: 1, inner: { zzzzz: 1 } })).toEqual([
      { code: 'config.unknownField', path: ['nmae'], details: { field: 'nmae', suggestion: 'name' } },
      { code: 'config.unknownField', path: ['inner', 'zzzzz'], details: { field: 'zzzzz' } },
    ])
  })
})

describe('visitConfig', () => {
  const fields = {
    list: f.list(f.object({ a: f.text(), b: f.number({ optional: true }) })),
    record: f.record(f.template()),
    gone: f.text({ optional: true }),
  }

  it('comes by outer fields before inner ones, and by fields that are left out', () => {
    const visited: [string, string, Json | undefined][] = []
    const config = { list: [{ a: 'x' }], record: { k: 't' }, other: 1 }
    visitConfig(fields, config, (field, value, path) => visited.push([path.join('.'), field.kind, value]))
    expect(visited).toEqual([
      ['list', 'list', [{ a: 'x' }]],
      ['list.0', 'object', { a: 'x' }],
      ['list.0.a', 'text', 'x'],
      ['list.0.b', 'number', undefined],
      ['record', 'record', { k: 't' }],
      ['record.k', 'template', 't'],
      ['gone', 'text', undefined],
    ])
  })

  it('goes into nothing that has not the shape of its field', () => {
    const paths: string[] = []
    visitConfig(fields, { list: { a: 1 }, record: ['x'], gone: null }, (_field, _value, path) =>
      paths.push(path.join('.')),
    )
    expect(paths).toEqual(['list', 'record', 'gone'])
  })

  it('takes members of the prototype for nothing', () => {
    const values: unknown[] = []
    visitConfig({ toString: f.text() }, {}, (_field, value) => values.push(value))
    expect(values).toEqual([undefined])
  })
})

describe('withDefaults', () => {
  const inner = { on: f.boolean({ default: true }), text: f.text({ optional: true }) }

  it.each<[string, Fields, JsonObject, JsonObject]>([
    ['fills in what is left out', { a: f.number({ default: 3 }) }, {}, { a: 3 }],
    [
      'fills in what is left blank',
      { a: f.number({ default: 3 }), b: f.number({ default: 4 }) },
      { a: '', b: null },
      { a: 3, b: 4 },
    ],
    [
      'keeps what is given',
      { a: f.boolean({ default: true }), b: f.number({ default: 4 }) },
      { a: false, b: 0 },
      { a: false, b: 0 },
    ],
    [
      'takes out what is blank and has no default',
      { a: f.text(), b: f.duration({ optional: true }) },
      { a: '', b: null },
      {},
    ],
    ['keeps blank JSON', { a: f.json({ default: 1 }), b: f.json() }, { a: '', b: null }, { a: '', b: null }],
    ['keeps members that are no fields', {}, { other: '' }, { other: '' }],
    ['goes into objects', { o: f.object(inner) }, { o: { text: '' } }, { o: { on: true } }],
    ['makes no object of nothing', { o: f.object(inner) }, {}, {}],
    [
      'goes into lists',
      { l: f.list(f.object(inner)) },
      { l: [{ text: 'x' }, 7] },
      { l: [{ text: 'x', on: true }, 7] },
    ],
    ['goes into records', { r: f.record(f.object(inner)) }, { r: { a: {} } }, { r: { a: { on: true } } }],
    ['keeps blank entries, which have a place', { l: f.list(f.text()) }, { l: ['', 'a'] }, { l: ['', 'a'] }],
  ])('%s', (_, fields, config, filled) => {
    const before = JSON.stringify(config)
    expect(withDefaults(fields, config)).toEqual(filled)
    expect(JSON.stringify(config)).toBe(before)
  })
})

describe('fields', () => {
  it('are optional where they say so or have a default', () => {
    expect(isOptional(f.text())).toBe(false)
    expect(isOptional(f.text({ optional: false }))).toBe(false)
    expect(isOptional(f.text({ optional: true }))).toBe(true)
    expect(isOptional(f.boolean({ default: false }))).toBe(true)
  })

  it('tell a node which type it sees', () => {
    const fields = {
      text: f.text(),
      number: f.number({ default: 1 }),
      flag: f.boolean(),
      word: f.options(['a', 'b'], { label: 'Word' }),
      span: f.duration({ optional: true }),
      template: f.template(),
      expression: f.expression('number'),
      prompt: f.prompt({ optional: true }),
      variable: f.variable(),
      pattern: f.pattern(),
      flow: f.flowRef(),
      json: f.json(),
      list: f.list(f.object({ a: f.text(), b: f.number({ optional: true }) })),
      record: f.record(f.template(), { optional: true }),
    }
    type Config = LinkedConfig<typeof fields>
    expectTypeOf<Config['text']>().toEqualTypeOf<string>()
    expectTypeOf<Config['number']>().toEqualTypeOf<number>()
    expectTypeOf<Config['flag']>().toEqualTypeOf<boolean>()
    expectTypeOf<Config['word']>().toEqualTypeOf<'a' | 'b'>()
    expectTypeOf<Config['span']>().toEqualTypeOf<number | undefined>()
    expectTypeOf<Config['template']>().toEqualTypeOf<Template>()
    expectTypeOf<Config['expression']>().toEqualTypeOf<Expression>()
    expectTypeOf<Config['prompt']>().toEqualTypeOf<Prompt | undefined>()
    expectTypeOf<Config['variable']>().toEqualTypeOf<string>()
    expectTypeOf<Config['pattern']>().toEqualTypeOf<(text: string) => boolean>()
    expectTypeOf<Config['flow']>().toEqualTypeOf<string>()
    expectTypeOf<Config['json']>().toEqualTypeOf<Json>()
    expectTypeOf<Config['list'][number]['a']>().toEqualTypeOf<string>()
    expectTypeOf<Config['list'][number]['b']>().toEqualTypeOf<number | undefined>()
    expectTypeOf<Config['record']>().toEqualTypeOf<readonly Entry<Template>[] | undefined>()
  })
})
