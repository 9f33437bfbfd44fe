import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/base/json.ts'
import { EVALUATION_CODES } from '../../src/diagnostics/expression-codes.ts'
import * as faults from '../../src/expressions/fault.ts'
import { cel, celLinker, isFault } from '../../src/expressions/index.ts'
import { environment, SCOPE } from './helpers.ts'

describe('linking', () => {
  test.each<[Json]>([
    [['nonsense', 1]],
    [[]],
    [{ a: 1 }],
    [['call', 'nonsense']],
    [['call', 'toString']],
    [['root', 'nonsense']],
    [['get', ['root', 'now'], 'x']],
    [['text', 'a']],
    [['not', ['nonsense']]],
  ])('refuses what is no tree: %j', (tree) => {
    expect(() => celLinker.linkExpression(tree)).toThrow(
      expect.objectContaining({ code: 'expression.unknownTree' }),
    )
  })

  test.each<[Json]>([[null], ['a'], [['root', 'contact']], [{}]])(
    'refuses what is no template: %j',
    (tree) => {
      expect(() => celLinker.linkTemplate(tree)).toThrow(
        expect.objectContaining({ code: 'expression.unknownTree' }),
      )
    },
  )

  test('a stored tree with an unsafe name reads nothing', () => {
    const hostile = environment({}, { contact: JSON.parse('{"__proto__": 1, "constructor": 2}') })
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      expect(celLinker.linkExpression(['get', ['root', 'contact'], name])(hostile)).toBe(null)
      expect(celLinker.linkExpression(['need', ['root', 'contact'], name])(hostile)).toMatchObject({
        code: 'evaluation.noSuchMember',
      })
    }
  })

  test('the languages of both halves have the same id', () => {
    expect(celLinker.id).toBe(cel.id)
  })
})

describe('faults', () => {
  test('name the member that the author asked for, and no value', () => {
    const tree = cel.checkExpression('trigger.gone', SCOPE).checked!.tree
    expect(celLinker.linkExpression(tree)(environment())).toMatchObject({
      fault: true,
      code: 'evaluation.noSuchMember',
      message: 'There is no member "gone".',
    })
  })

  test('are told from data by identity, not by looks', () => {
    expect(isFault(faults.TYPE)).toBe(true)
    expect(isFault({ ...JSON.parse(JSON.stringify(faults.TYPE)) })).toBe(false)
    for (const value of [null, undefined, 1, 'a', [], {}]) expect(isFault(value)).toBe(false)
  })

  test('each has a code of the table and a sentence, and the table has no other codes', () => {
    const made = Object.values(faults).filter(isFault)
    for (const { message } of made) expect(message).toMatch(/^[A-Z].*\.$/)
    expect(made.map((fault) => fault.code).sort()).toEqual(Object.keys(EVALUATION_CODES).sort())
    expect(made.every(Object.isFrozen)).toBe(true)
  })
})

describe('evaluating is pure', () => {
  const deepFreeze = <T>(value: T): T => {
    if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze)
    return value
  }

  test.each([
    'numbers + [4]',
    'numbers.map(n, n * 2)',
    'people.filter(p, p.age > 1).map(p, {"n": p.name})',
    'anything == other',
    'keys(anything)',
    'tags.join("-").split("-")',
    '[min(numbers), max(numbers), sum(numbers)]',
    'default(anything.gone, numbers)',
  ])('%s changes nothing and gives the same twice', (source) => {
    const env = deepFreeze(
      environment({
        numbers: [3, 1],
        people: [{ name: 'a', age: 2 }],
        anything: { a: [1] },
        other: { a: [1] },
        tags: ['x'],
      }),
    )
    const run = celLinker.linkExpression(cel.checkExpression(source, SCOPE).checked!.tree)
    const first = run(env)
    expect(isFault(first)).toBe(false)
    expect(run(env)).toEqual(first)
  })

  test('linked twice from one tree, two expressions share nothing', () => {
    const tree = cel.checkExpression('numbers.map(n, n + retries)', SCOPE).checked!.tree
    const [one, two] = [celLinker.linkExpression(tree), celLinker.linkExpression(tree)]
    const list = one(environment({ numbers: [1], retries: 1 })) as number[]
    expect(two(environment({ numbers: [1], retries: 2 }))).toEqual([3])
    expect(list).toEqual([2])
    expect(one(environment({ numbers: [1], retries: 1 }))).not.toBe(list)
  })

  test('a constant list is one frozen value', () => {
    const run = celLinker.linkExpression(['list', 1, 2])
    expect(run(environment())).toBe(run(environment()))
    expect(Object.isFrozen(run(environment()))).toBe(true)
  })
})
