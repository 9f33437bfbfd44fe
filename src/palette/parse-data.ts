import { checkJson } from '../base/check-json.ts'
import { isJsonObject, isKey, type Json, type JsonObject } from '../base/json.ts'
import { normaliseJson } from '../base/normalise-json.ts'
import type { Expression } from '../expressions/types.ts'
import {
  type ConfigPath,
  type ConfigReport,
  defineNode,
  f,
  isNodeFault,
  type NodeContext,
  NodeFault,
} from '../nodes/index.ts'
import { isGiven } from './is-given.ts'
import { parseJsonPath, readJsonPath } from './json-path.ts'

/**
 * Takes values out of a payload: the text of a JSON document, or an object or a list. Each value is found by a path into
 * the payload, or computed by an expression that reads the payload as `nodes.<id>.payload` and the values before it.
 * Expressions read the values by their names, as `nodes.<id>.<name>`.
 *
 * @example
 * { "source": "nodes.lookup.body",
 *   "values": [{ "name": "first", "path": "$.orders[0].id", "variable": "order", "required": true },
 *              { "name": "count", "expression": "size(nodes.parse.payload.orders)" }] }
 */
export const parseData = defineNode({
  runtime: {
    type: 'parse-data',
    major: 1,
    outcomes: () => ['parsed', 'failed'],
    enter(context) {
      const { source, values } = context.config
      const payload = readPayload(context.evaluate(source), context.limits.maxPayloadBytes)
      if (payload === undefined) return 'failed'
      const set: { [variable: string]: Json } = {}
      const output: { [name: string]: Json } = { payload }
      for (const wanted of values) {
        const value = findValue(wanted, payload, output, context)
        if (value === undefined && wanted.required) return 'failed'
        output[wanted.name] = value ?? null
        if (wanted.variable !== undefined) set[wanted.variable] = value ?? null
      }
      return { set, output, then: 'parsed' }
    },
  },
  title: 'Parse data',
  category: 'data',
  icon: 'braces',
  help: 'Takes values out of JSON, by paths or expressions.',
  fields: {
    source: f.expression('any', {
      label: 'Payload',
      help: 'A text that is JSON, or an object or a list.',
    }),
    values: f.list(
      f.object({
        name: f.text({ label: 'Name', help: 'Read as nodes.<id>.<name>.', maxLength: 64 }),
        path: f.text({ label: 'Path', help: 'Such as $.orders[0].id.', maxLength: 1_000, optional: true }),
        expression: f.expression('any', {
          label: 'Expression',
          help: 'In place of a path; reads nodes.<id>.payload.',
          forVariable: 'variable',
          optional: true,
        }),
        variable: f.variable({ label: 'Keep in', optional: true }),
        required: f.boolean({ label: 'Must be there', default: false }),
      }),
      { label: 'Values', min: 1, max: 100 },
    ),
  },
  outputs: ({ values }) => ({
    ...Object.fromEntries(namesIn(values).map((name) => [name, 'any' as const])),
    payload: 'any',
  }),
  outputsFollowVariables: true,
  valuesFollowExpressions: true,
  setsVariablesOn: () => ['parsed'],
  check({ values }, report) {
    if (!Array.isArray(values)) return
    const names = new Set(['payload'])
    values.forEach((entry: Json, index) => {
      if (isJsonObject(entry)) checkValue(entry, names, ['values', index], report)
    })
  },
})

interface Wanted {
  readonly path: string | undefined
  readonly expression: Expression | undefined
}

/** The payload as JSON; `undefined` where it is none, or too large. */
function readPayload(source: Json, maxBytes: number): Json | undefined {
  const payload = typeof source === 'string' ? parseText(source, maxBytes) : source
  // Names that could reach a prototype, infinite numbers and endless nesting can all stand in a text.
  if (typeof payload !== 'object' || payload === null || checkJson(payload) !== undefined) return undefined
  return normaliseJson(payload)
}

function parseText(text: string, maxBytes: number): Json | undefined {
  if (text.length > maxBytes || new TextEncoder().encode(text).length > maxBytes) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** A value, or `undefined` where it is not there. */
function findValue(
  { path, expression }: Wanted,
  payload: Json,
  output: JsonObject,
  context: NodeContext<unknown>,
): Json | undefined {
  if (expression !== undefined) return evaluateOver(output, expression, context) ?? undefined
  const steps = parseJsonPath(path ?? '')
  if (steps === undefined) throw new NodeFault('data.badPath', 'A path into the payload cannot be read')
  return readJsonPath(payload, steps) ?? undefined
}

/** What faults say that only tell of data that is not as it should be. */
const ABSENT = new Set([
  'evaluation.noSuchMember',
  'evaluation.noSuchIndex',
  'evaluation.type',
  'evaluation.conversion',
])

function evaluateOver(output: JsonObject, expression: Expression, context: NodeContext<unknown>): Json {
  try {
    return context.evaluate(expression, output)
  } catch (thrown) {
    if (isNodeFault(thrown) && ABSENT.has(thrown.code)) return null
    throw thrown
  }
}

function checkValue(
  { name, path, expression }: { readonly [member: string]: Json | undefined },
  names: Set<string>,
  at: ConfigPath,
  report: ConfigReport,
): void {
  const wrong = (member: string, field: string, expected: string, got: string) =>
    report('config.wrongType', [...at, member], { field, expected, got })
  if (typeof name === 'string' && name !== '') {
    if (!isKey(name)) wrong('name', 'Name', 'a name as variables have them', name)
    else if (names.has(name)) wrong('name', 'Name', 'a name that no other value has, nor the payload', name)
    names.add(name)
  }
  if (!isGiven(path) && !isGiven(expression)) report('config.missing', [...at, 'path'], { field: 'Path' })
  if (isGiven(path) && isGiven(expression))
    wrong('expression', 'Expression', 'empty where a path is given', 'both')
  if (typeof path === 'string' && path !== '' && parseJsonPath(path) === undefined)
    wrong('path', 'Path', 'a path such as $.orders[0].id; anything more belongs into an expression', path)
}

function namesIn(values: Json | undefined): readonly string[] {
  if (!Array.isArray(values)) return []
  return values.flatMap((entry: Json) => {
    const name = isJsonObject(entry) ? entry.name : undefined
    return typeof name === 'string' && isKey(name) ? [name] : []
  })
}
