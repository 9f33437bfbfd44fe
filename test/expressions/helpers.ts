import { expect } from 'vitest'
import type { Json } from '../../src/base/json.ts'
import {
  cel,
  celLinker,
  createScope,
  type Environment,
  type EvaluationFault,
  isFault,
  type LinkOptions,
  re2Engine,
  type Scope,
  type ValueType,
} from '../../src/expressions/index.ts'

const ADDRESS: ValueType = { fields: { city: 'text', zip: 'text' } }

/** What most tests may read. */
export const SCOPE: Scope = createScope({
  vars: {
    retries: 'number',
    name: 'text',
    vip: 'boolean',
    tags: { list: 'text' },
    numbers: { list: 'number' },
    anything: 'any',
    other: 'any',
    address: ADDRESS,
    people: { list: { fields: { name: 'text', age: 'number' } } },
  },
  contact: { fields: { name: 'text', balance: 'number', tier: 'text', pin: 'text', address: ADDRESS } },
  nodes: { fields: { http: { fields: { status: 'number', body: 'any' } } } },
  sensitive: [['contact', 'pin']],
})

export function environment(vars: Record<string, Json> = {}, rest: Partial<Environment> = {}): Environment {
  return {
    vars,
    contact: { name: 'Ada', balance: 150, tier: 'gold', pin: '4711' },
    trigger: { type: 'manual' },
    nodes: {},
    session: {},
    now: 1_000,
    ...rest,
  }
}

/** Checks, stores the tree as JSON, links it and evaluates it; a fault comes back as its code. */
export function evaluate(
  source: string,
  env: Environment = environment(),
  options: LinkOptions = { regex: re2Engine },
): unknown {
  const { checked, faults } = cel.checkExpression(source, SCOPE)
  expect(faults, source).toEqual([])
  const tree = JSON.parse(JSON.stringify(checked!.tree)) as Json
  return outcome(celLinker.linkExpression(tree, options)(env))
}

/** The same for a template. */
export function fill(source: string, env: Environment = environment(), options: LinkOptions = {}): unknown {
  const { checked, faults } = cel.checkTemplate(source, SCOPE)
  expect(faults, source).toEqual([])
  const tree = JSON.parse(JSON.stringify(checked!.tree)) as Json
  return outcome(celLinker.linkTemplate(tree, options)(env))
}

export function outcome(value: Json | EvaluationFault): unknown {
  return isFault(value) ? value.code : value
}

/** The faults of a source as `[code, marked characters]`. */
export function faultsOf(source: string, expected?: ValueType, scope: Scope = SCOPE): [string, string][] {
  const { checked, faults } = cel.checkExpression(source, scope, expected)
  expect(checked === undefined).toBe(faults.length > 0)
  return faults.map(({ code, range }) => [code, source.slice(range.start, range.end)])
}

/** The details of the first fault of a source. */
export function detailsOf(source: string, expected?: ValueType): unknown {
  return cel.checkExpression(source, SCOPE, expected).faults[0]?.details
}
