import * as z from 'zod'
import { isJsonObject, type Json } from '../base/json.ts'
import { nearest } from '../base/nearest.ts'
import { SluiceError } from '../base/sluice-error.ts'
import type { Program } from '../interpreter/program.ts'
import type { EffectMocks, EffectResult } from '../testing/effect-mocks.ts'

const json = z.custom<Json>((value) => value !== undefined, { error: 'a JSON value is needed' })
const result = z.strictObject({
  status: z.number().optional(),
  body: json.optional(),
  error: z.string().optional(),
})

/**
 * Reads a mock file: an object whose members, named after a node or a type of effect, hold a list of results, one
 * an invocation, the last repeating. Throws `mock.notAnObject`, `mock.empty` or `mock.result`.
 *
 * @example parseMocks({ lookup: [{ status: 503 }, { status: 200, body: { order: 7 } }] }, 'mock.json')
 */
export function parseMocks(value: Json, file: string): EffectMocks {
  if (!isJsonObject(value)) {
    throw fault(
      'mock.notAnObject',
      `${file} does not hold an object`,
      'Give an object such as {"http.request": [{"status": 200}]}',
    )
  }
  const mocks: { [name: string]: readonly EffectResult[] } = {}
  for (const [name, given] of Object.entries(value)) {
    const results = Array.isArray(given) ? given : [given]
    if (results.length === 0) {
      throw fault(
        'mock.empty',
        `${file} has no result for ${name}`,
        'Give at least one result, or take the name out',
      )
    }
    mocks[name] = results.map((each: Json | undefined, index) =>
      parseResult(each ?? null, `Result ${index + 1} of ${name} in ${file}`),
    )
  }
  return mocks
}

function parseResult(value: Json, where: string): EffectResult {
  const parsed = result.safeParse(value)
  if (parsed.success) return parsed.data as EffectResult
  const { path, message } = parsed.error.issues[0]!
  throw fault(
    'mock.result',
    `${where} is no result${path.length === 0 ? '' : ` at ${path.join('.')}`}: ${message.slice(0, 200)}`,
    'Write it as {"status": 200, "body": {}} or {"error": "timeout"}',
  )
}

/** One warning for each mocked name that no node and no usual type of effect has: it may be misspelt. */
export function suspectMocks(mocks: EffectMocks, program: Program): string[] {
  const nodes = [...program.programs.values()].flatMap((each) => each.nodes.map(({ id }) => id))
  const known = new Set([...nodes, ...EFFECT_TYPES])
  return Object.keys(mocks)
    .filter((name) => !known.has(name))
    .map((name) => {
      const suggestion = nearest(name, known)
      return `warning: no node is called ${name}, which is mocked${suggestion === undefined ? '' : `; did you mean ${suggestion}?`} [mock.unused]`
    })
}

const EFFECT_TYPES = ['http.request', 'message.send', 'transfer', 'flow.resolve']

function fault(code: string, problem: string, next: string): SluiceError {
  return new SluiceError({ code, problem, next })
}
