import { expect } from 'vitest'
import { liquid } from '../../src/adapters/liquid/index.ts'
import type { Json } from '../../src/base/json.ts'
import {
  createScope,
  type Environment,
  isFault,
  type LinkOptions,
  re2Engine,
  type Scope,
  type ValueType,
} from '../../src/expressions/index.ts'

/** What most tests may read. */
export const SCOPE: Scope = createScope({
  vars: {
    retries: 'number',
    name: 'text',
    vip: 'boolean',
    tags: { list: 'text' },
    anything: 'any',
    address: { fields: { city: 'text' } },
    people: { list: { fields: { name: 'text', age: 'number' } } },
  },
  contact: { fields: { name: 'text', pin: 'text' } },
  nodes: { fields: { http: { fields: { status: 'number', body: 'any' } } } },
  sensitive: [['contact', 'pin']],
})

export const NOW = Date.UTC(2026, 10, 21, 9, 5, 7)

export function environment(vars: Record<string, Json> = {}, rest: Partial<Environment> = {}): Environment {
  return {
    vars,
    contact: { name: 'Ada', pin: '4711' },
    trigger: { type: 'manual' },
    nodes: {},
    session: { id: 's1' },
    now: NOW,
    ...rest,
  }
}

/** Checks, stores the tree as JSON, links it and fills it; a fault comes back as its code. */
export function fill(
  source: string,
  env: Environment = environment(),
  options: LinkOptions = { regex: re2Engine },
): unknown {
  const { checked, faults } = liquid.checkTemplate(source, SCOPE)
  expect(faults, source).toEqual([])
  const text = liquid.linkTemplate(JSON.parse(JSON.stringify(checked!.tree)) as Json, options)(env)
  return isFault(text) ? text.code : text
}

/** The same for an expression. */
export function evaluate(source: string, expected?: ValueType, env: Environment = environment()): unknown {
  const { checked, faults } = liquid.checkExpression(source, SCOPE, expected)
  expect(faults, source).toEqual([])
  const value = liquid.linkExpression(JSON.parse(JSON.stringify(checked!.tree)) as Json, {
    regex: re2Engine,
  })(env)
  return isFault(value) ? value.code : value
}

/** The faults of a source as `[code, marked characters, suggestion]`. */
export function faultsOf(source: string): unknown[] {
  const { checked, faults } = liquid.checkTemplate(source, SCOPE)
  expect(checked === undefined).toBe(faults.length > 0)
  return faults.map(({ code, range, details }) => [
    code,
    source.slice(range.start, range.end),
    ...(details.suggestion === undefined ? [] : [details.suggestion]),
  ])
}

export function readsOf(source: string): string[] {
  const { checked, faults } = liquid.checkTemplate(source, SCOPE)
  expect(faults, source).toEqual([])
  return checked!.reads.map(({ path }) => path.join('.'))
}
