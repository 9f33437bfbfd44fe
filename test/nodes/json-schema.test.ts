import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/index.ts'
import { configSchema, f } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { nodesOf, paletteType, readFixture } from '../palette/node-fixtures.ts'

const KEYWORDS = new Set([
  ...['$schema', 'type', 'properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties'],
  ...[
    'items',
    'minItems',
    'maxItems',
    'minLength',
    'maxLength',
    'pattern',
    'minimum',
    'maximum',
    'enum',
    'anyOf',
  ],
  ...['title', 'description', 'default', 'x-kind'],
])
const TYPES: readonly unknown[] = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']

/** What is wrong with a schema, as far as the draft's own schema would say so of the keywords in use. */
function schemaFaults(schema: JsonObject, path = '#'): string[] {
  const faults = Object.keys(schema).flatMap((key) => (KEYWORDS.has(key) ? [] : [`${path}: ${key}`]))
  const need = (fine: boolean, what: string) => {
    if (!fine) faults.push(`${path}: ${what}`)
  }
  const {
    type,
    properties,
    required,
    additionalProperties: rest,
    items,
    anyOf,
    enum: words,
    pattern,
  } = schema
  need(type === undefined || TYPES.includes(type), 'type')
  need(words === undefined || (Array.isArray(words) && words.length > 0), 'enum')
  need(
    required === undefined || (Array.isArray(required) && new Set(required).size === required.length),
    'required',
  )
  if (typeof pattern === 'string') need(isPattern(pattern), 'pattern')
  for (const bound of ['minItems', 'maxItems', 'minLength', 'maxLength', 'minProperties', 'maxProperties']) {
    const value = schema[bound]
    need(value === undefined || (Number.isInteger(value) && (value as number) >= 0), bound)
  }
  const inner: [string, Json | undefined][] = [
    ...Object.entries((properties ?? {}) as JsonObject),
    ...((anyOf ?? []) as Json[]).map((each, index): [string, Json] => [`anyOf/${index}`, each]),
    ['items', items],
    ['additionalProperties', typeof rest === 'boolean' ? undefined : rest],
  ]
  return [
    ...faults,
    ...inner.flatMap(([key, each]) =>
      each === undefined ? [] : schemaFaults(each as JsonObject, `${path}/${key}`),
    ),
  ]
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').source !== ''
  } catch {
    return false
  }
}

/** Where a value does not fit a schema of these keywords. */
function misfits(schema: JsonObject, value: Json, path = ''): string[] {
  const at = (key: string | number) => `${path}/${key}`
  if (Array.isArray(schema.anyOf)) {
    return schema.anyOf.some((each: Json) => misfits(each as JsonObject, value).length === 0)
      ? []
      : [`${path} anyOf`]
  }
  if (Array.isArray(schema.enum)) return schema.enum.includes(value) ? [] : [`${path} enum`]
  if (schema.type === undefined) return []
  if (!isOfType(value, schema.type as string)) return [`${path} type`]
  if (typeof value === 'string') {
    const fits =
      value.length <= Number(schema.maxLength ?? Number.POSITIVE_INFINITY) &&
      new RegExp(String(schema.pattern ?? ''), 'u').test(value)
    return fits ? [] : [`${path} text`]
  }
  if (typeof value === 'number') {
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema
    return value >= Number(minimum) && value <= Number(maximum) ? [] : [`${path} bounds`]
  }
  if (Array.isArray(value)) {
    const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, items } = schema
    const size = value.length >= Number(minItems) && value.length <= Number(maxItems) ? [] : [`${path} size`]
    return [...size, ...value.flatMap((each: Json, index) => misfits(items as JsonObject, each, at(index)))]
  }
  if (typeof value !== 'object' || value === null) return []
  const { properties = {}, required = [], additionalProperties: rest, minProperties = 0 } = schema
  const known = properties as JsonObject
  return [
    ...(Object.keys(value).length < Number(minProperties) ? [`${path} size`] : []),
    ...(required as string[]).filter((name) => !(name in value)).map((name) => `${at(name)} required`),
    ...Object.entries(value).flatMap(([name, member]) => {
      const below = Object.hasOwn(known, name) ? known[name] : rest
      if (below === false) return [`${at(name)} unknown`]
      return typeof below === 'object' ? misfits(below as JsonObject, member as Json, at(name)) : []
    }),
  ]
}

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}

describe('configSchema', () => {
  it('says everything that fields say', () => {
    const fields = {
      name: f.text({ label: 'Name', help: 'Who it is.', maxLength: 5, pattern: '^a' }),
      count: f.number({ min: 1, max: 2, integer: true, default: 1 }),
      ratio: f.number({ optional: true }),
      on: f.boolean({ optional: true }),
      word: f.options(['a', 'b']),
      span: f.duration(),
      list: f.list(f.flowRef(), { min: 1, max: 2 }),
      record: f.record(f.variable(), { max: 3, optional: true }),
      any: f.json(),
    }
    expect(JSON.parse(JSON.stringify(configSchema(fields)))).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        name: {
          type: 'string',
          maxLength: 5,
          pattern: '^a',
          'x-kind': 'text',
          title: 'Name',
          description: 'Who it is.',
        },
        count: { type: 'integer', minimum: 1, maximum: 2, 'x-kind': 'number', default: 1 },
        ratio: { type: 'number', 'x-kind': 'number' },
        on: { type: 'boolean', 'x-kind': 'boolean' },
        word: { enum: ['a', 'b'], 'x-kind': 'options' },
        span: { type: 'string', pattern: '^(\\d+(\\.\\d+)?(ms|s|m|h|d|w))+$', 'x-kind': 'duration' },
        list: {
          type: 'array',
          items: { type: 'string', 'x-kind': 'flowRef' },
          minItems: 1,
          maxItems: 2,
          'x-kind': 'list',
        },
        record: {
          type: 'object',
          additionalProperties: { type: 'string', 'x-kind': 'variable' },
          maxProperties: 3,
          'x-kind': 'record',
        },
        any: { 'x-kind': 'json' },
      },
      required: ['name', 'word', 'span', 'list', 'any'],
      additionalProperties: false,
    })
  })

  it.each<[Json, boolean]>([
    ['Hello', true],
    [{ language: 'liquid', source: 'x' }, true],
    [{ text: 'Hello', speech: { texts: { en: 'Hi' } }, audio: 'a', media: 'b' }, true],
    [{ audio: 'hello' }, true],
    [{}, false],
    [{ txt: 'Hello' }, false],
    [7, false],
  ])('of a prompt accepts %j: %s', (prompt, fits) => {
    const schema = configSchema({ prompt: f.prompt() })
    expect(misfits(schema, { prompt })).toEqual(fits ? [] : ['/prompt anyOf'])
  })

  it.each(palette.map(({ runtime }) => runtime.type))('of %s is of the draft, and plain JSON', (type) => {
    const schema = configSchema(paletteType(type).fields)
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(schemaFaults(JSON.parse(JSON.stringify(schema)) as JsonObject)).toEqual([])
  })

  it.each(palette.map(({ runtime }) => runtime.type))('of %s accepts the configs of its fixture', (type) => {
    const schema = configSchema(paletteType(type).fields)
    const configs = readFixture(type)!.flows.flatMap(({ flow }) =>
      nodesOf(flow, type).map(({ config }) => config),
    )
    expect(configs.length).toBeGreaterThan(0)
    for (const config of configs) expect(misfits(schema, config)).toEqual([])
    expect(misfits(schema, { ...configs[0], zzz: 1 })).toEqual(['/zzz unknown'])
  })
})
