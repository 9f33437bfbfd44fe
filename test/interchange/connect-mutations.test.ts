import { expect, it } from 'vitest'
import type { Json } from '../../src/base/json.ts'
import { parseDocument } from '../../src/document/index.ts'
import { ACTIONS } from '../../src/interchange/importers/amazon-connect/actions.ts'
import { detectFormat, importFlow } from '../../src/interchange/index.ts'
import { palette } from '../../src/palette/index.ts'
import { validate } from '../../src/validation/index.ts'
import { action, connect } from './connect.ts'

/** A flow in which every action leads to the next one. */
const chain = [
  'Compare',
  'GetParticipantInput',
  'InvokeLambdaFunction',
  'UpdateContactAttributes',
  'Wait',
  'CheckMetricData',
  'TransferParticipantToThirdParty',
  'MessageParticipantIteratively',
  'Loop',
  'TransferToFlow',
]
const parameters = {
  Text: 'Hi $.External.a',
  ComparisonValue: '$.Attributes.a',
  StoreInput: 'False',
  Attributes: { a: '$.StoredCustomerInput' },
  TimeLimitSeconds: '5',
  Messages: [{ SSML: '<speak>$.Lex.a</speak>' }],
  LoopCount: '2',
  ContactFlowId: 'f',
}
const [first, ...others] = chain.map((type, index) => {
  const next = chain[index + 1] ?? chain[0]!
  return action(type, type, parameters, {
    next,
    when: [['Equals', '1', next]],
    errors: { NoMatchingError: chain[0]! },
  })
})
const FLOW = {
  ...connect(first!, ...others),
  Metadata: { name: 'n', type: 'customerQueue', ActionMetadata: { Loop: { position: { x: 1, y: 1 } } } },
}

/** What stands in place of each value in turn. */
const INTRUDERS: readonly Json[] = [
  null,
  7,
  -0.5,
  true,
  '',
  '__proto__',
  'on:error',
  'failed',
  '$.',
  '{{',
  '$.External',
  '$.a[0]["b\u2028"].c',
  [],
  [null],
  {},
  'x'.repeat(300),
]

function* paths(value: Json, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (path.length > 0) yield path
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value))
    if (member !== undefined)
      yield* paths(member as Json, [...path, Array.isArray(value) ? Number(key) : key])
}

function replaced(path: readonly (string | number)[], by: Json): Json {
  const copy = structuredClone(FLOW) as unknown as Record<string | number, unknown>
  let at = copy
  for (const part of path.slice(0, -1)) at = at[part] as typeof copy
  at[path.at(-1)!] = by
  return copy as Json
}

let brought = 0

function bringIn(value: unknown, where: string): boolean {
  detectFormat(value)
  const imported = importFlow(value, { from: 'amazon-connect' })
  if (!imported.ok) {
    expect(imported.error.length, where).toBeGreaterThan(0)
    return false
  }
  const read = parseDocument(JSON.stringify(imported.value.flow))
  expect(read.ok ? [] : read.error, where).toEqual([])
  // Most of the time goes into it, and it is not what is looked at here.
  if (++brought % 5 === 0) validate(imported.value.flow, { nodes: palette })
  return true
}

it('reads a flow with any one value replaced: never throws, and what comes out is a document', {
  timeout: 60_000,
}, () => {
  let good = 0
  let refused = 0
  // Half of them for one value, the other half for the next.
  for (const [index, path] of [...paths(JSON.parse(JSON.stringify(FLOW)) as Json)].entries())
    for (const by of INTRUDERS.filter((_, at) => (at + index) % 2 === 0))
      if (bringIn(replaced(path, by), `${path.join('.')} = ${JSON.stringify(by)}`)) good++
      else refused++
  expect(good).toBeGreaterThan(500)
  expect(refused).toBeGreaterThan(100)
})

it('reads an action of every type with nothing in it, and with the strangest parameters', () => {
  for (const type of [...Object.keys(ACTIONS), 'constructor', '__proto__', 'toString', ''])
    for (const by of INTRUDERS) {
      const given = Object.fromEntries(Object.keys(parameters).map((key) => [key, by]))
      expect(bringIn(connect(action('a', type, given, { next: 'a' })), `${type} ${JSON.stringify(by)}`)).toBe(
        true,
      )
      expect(
        bringIn(connect(action('a', type, { ...given, Events: by, QueueId: by, FlowAttributes: by })), type),
      ).toBe(true)
    }
})

it('reads hostile documents', () => {
  const evil = JSON.parse(
    '{"Actions":[{"Identifier":"__proto__","Type":"Wait","Parameters":{"__proto__":{"a":1}}}],"StartAction":"__proto__"}',
  )
  expect(bringIn(evil, 'prototype keys')).toBe(false)
  const named = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map((name) =>
    action(
      name,
      'MessageParticipant',
      { Text: '$.Attributes.constructor $.toString.x' },
      {
        next: 'constructor',
        when: [['Equals', '__proto__', '__proto__']],
        errors: { __proto__: 'toString', constructor: 'toString' },
      },
    ),
  )
  expect(bringIn(connect(named[0]!, ...named.slice(1)), 'names of prototypes')).toBe(true)
  let deep: Json = 'x'
  for (let i = 0; i < 5_000; i++) deep = [deep]
  expect(bringIn(connect(action('a', 'CreateTask', { deep })), 'deep')).toBe(false)
  const cyclic: { Actions: unknown[]; StartAction: string; self?: unknown } = {
    Actions: [],
    StartAction: 'a',
  }
  cyclic.self = cyclic
  expect(bringIn(cyclic, 'cyclic')).toBe(false)
  for (const value of [undefined, null, 1, 'x', [], () => 1, new Map(), { Content: '{"Actions":' }])
    expect(bringIn(value, 'nothing')).toBe(false)
})

it('reads a truncated export', () => {
  const text = JSON.stringify(FLOW)
  for (let at = 0; at < text.length; at += 97)
    expect(bringIn({ Content: text.slice(0, at) }, String(at))).toBe(false)
})

it('reads a very large flow at once', { timeout: 30_000 }, () => {
  const types = ['Compare', 'MessageParticipant', 'InvokeLambdaFunction']
  const many = Array.from({ length: 3_000 }, (_, i) =>
    action(
      `a${i}`,
      types[i % 3]!,
      { ...parameters, Text: `$.External.x${i}` },
      { next: `a${(i * 7 + 1) % 3_000}`, when: [['Equals', '1', `a${i + 1}`]] },
    ),
  )
  const begun = performance.now()
  const imported = importFlow(connect(many[0]!, ...many.slice(1)), { from: 'amazon-connect' })
  expect(imported.ok).toBe(true)
  expect(performance.now() - begun).toBeLessThan(8_000)
})
