import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/base/limits.ts'
import { cel, celLinker, re2Engine } from '../../src/expressions/index.ts'
import { environment, evaluate, fill, outcome, SCOPE } from './helpers.ts'

const COST = 'evaluation.cost'

/** The smallest budget under which a source does not run out. */
function costOf(source: string, env = environment()): number {
  const tree = cel.checkExpression(source, SCOPE).checked!.tree
  const fits = (maxCost: number) =>
    outcome(celLinker.linkExpression(tree, { maxCost, regex: re2Engine })(env)) !== COST
  let [low, high] = [-1, 10_000_000]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (fits(middle)) high = middle
    else low = middle
  }
  return high
}

describe('[RUN-15] what an evaluation may cost', () => {
  test('is 10,000 operations unless set', () => {
    const numbers = (length: number) => environment({ numbers: Array.from({ length }, () => 1) })
    const max = LIMITS.maxExpressionCost.default
    expect(evaluate('[1] + numbers', numbers(max - 1))).toHaveLength(max)
    expect(evaluate('[1] + numbers', numbers(max))).toBe(COST)
  })

  test('is taken at the limit and refused one above it', () => {
    const env = environment({ numbers: [1, 2, 3] })
    const source = 'numbers.all(n, n > 0)'
    const cost = costOf(source, env)
    expect(evaluate(source, env, { maxCost: cost })).toBe(true)
    expect(evaluate(source, env, { maxCost: cost - 1 })).toBe(COST)
  })

  test('starts anew with every evaluation', () => {
    const tree = cel.checkExpression('numbers.all(n, n > 0)', SCOPE).checked!.tree
    const run = celLinker.linkExpression(tree, { maxCost: 9 })
    const env = environment({ numbers: [1, 2, 3] })
    for (let i = 0; i < 5; i++) expect(run(env)).toBe(true)
    expect(outcome(run(environment({ numbers: [1, 2, 3, 4] })))).toBe(COST)
    expect(run(env)).toBe(true)
  })

  const text = 'x'.repeat(6_400)
  const list = Array.from({ length: 50 }, (_, i) => i)
  const env = environment({
    name: text,
    numbers: list,
    anything: { a: list, b: 1, c: 'yy' },
    other: { a: [...list], b: 1, c: 'yy' },
    tags: [text],
  })
  test.each<[string, number]>([
    ['1 + 1', 0],
    ['contact.balance > 100 && contact.tier == "gold"', 0],
    // A turn costs 1, and 1 for each operator, call and name in the body.
    ['numbers.all(n, n >= 0)', 50 * 3],
    ['numbers.map(n, n)', 50 * 2],
    ['numbers.map(n, true, n)', 50 * 2],
    ['numbers.filter(n, true)', 50],
    ['numbers.exists(n, n > 9)', 11 * 3],
    ['numbers.exists_one(n, n == 9)', 50 * 3],
    ['[1, 2].map(a, numbers.map(b, 1))', 2 * 4 + 2 * 50],
    ['numbers + numbers', 100],
    ['name + name', 200],
    ['1 in numbers', 50],
    ['[99] in [numbers, numbers]', 4],
    ['anything == other', 2],
    ['size(name)', 101],
    ['name.contains("y")', 101],
    ['name.matches("y")', 101],
    // 64 characters and 16 steps of a pattern together cost 1; counters are written out.
    [`name.matches("${'y'.repeat(15)}")`, 101],
    [`name.matches("${'y'.repeat(16)}")`, 201],
    ['name.matches("(y{1,10}){10}")', 1 + 100 * (1 + Math.floor(210 / 16))],
    ['"a".matches(anything.c)', 3],
    ['"b".matches(anything.c)', 3],
    ['name.matches(anything.c)', 102 + 1],
    ['formatNumber(1)', 21],
    ['formatCurrency(1, "EUR")', 21],
    ['formatDate(1)', 21],
    ['name.upper()', 201],
    ['sum(numbers)', 51],
    ['tags.join("-")', 1 + 1 + 100 + 100],
    ['name.split("x")', 101 + 6_401],
    ['name.split("")', 101 + 6_400],
    ['name.replace("x", "yy")', 101 + 6_401 + 300 + 200],
    ['default(name, "")', 0],
  ])('%s costs %i', (source, cost) => {
    expect(costOf(source, env)).toBe(cost)
  })

  test('looking for a long part in a long text costs their product', () => {
    expect(evaluate('name.contains(anything)', environment({ name: text, anything: text }))).toBe(COST)
    expect(evaluate('name.indexOf(anything)', environment({ name: text, anything: text }))).toBe(COST)
    expect(evaluate('name.split(anything)', environment({ name: text, anything: text }))).toBe(COST)
    expect(evaluate('name.replace(anything, "")', environment({ name: text, anything: text }))).toBe(COST)
  })

  test('bounds what grows, before it is made', () => {
    const doubled =
      '[name].map(a, a + a).map(b, b + b).map(c, c + c).map(d, d + d).map(e, e + e).map(f, f + f)'
    expect(evaluate(doubled, environment({ name: 'x'.repeat(60_000) }))).toBe(COST)
    expect(evaluate('name.replace("x", name)', environment({ name: 'x'.repeat(60_000) }))).toBe(COST)
    expect(
      evaluate('tags.join(name)', environment({ name: 'x'.repeat(60_000), tags: Array(1_000).fill('') })),
    ).toBe(COST)
    const nested = 'numbers.map(a, numbers.map(b, numbers.map(c, numbers)))'
    expect(evaluate(nested, env)).toBe(COST)
  })

  test('deep comparisons in loops are paid for', () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => [i])
    const both = environment({ anything: rows, other: rows.map((row) => [...row]), numbers: [1, 2, 3, 4] })
    expect(evaluate('anything == other', both)).toBe(true)
    expect(evaluate('numbers.all(n, anything == other)', both)).toBe(COST)
    expect(evaluate('numbers.all(n, anything != other)', both)).toBe(false)
    expect(
      evaluate(
        'anything in [other, other, other, other]',
        environment({ anything: [...rows, 1], other: rows }),
      ),
    ).toBe(false)
  })

  test('cannot be absorbed', () => {
    const long = environment({ numbers: Array(20_000).fill(1) })
    expect(evaluate('numbers.all(n, n > 0) || true', long)).toBe(COST)
    expect(evaluate('numbers.exists(n, n > 1) && false', long)).toBe(COST)
    expect(evaluate('default(numbers.map(n, n), 1)', long)).toBe(COST)
    expect(evaluate('[1].exists(a, numbers.all(n, true)) || true', long)).toBe(COST)
    expect(fill('{{ numbers.all(n, n > 0) || true }}', long)).toBe(COST)
  })

  test('of a template counts its length', () => {
    const hole = environment({ name: 'x'.repeat(6_400) })
    for (const holes of [1, 2, 3]) {
      const source = 'a{{name}}'.repeat(holes)
      expect(fill(source, hole, { maxCost: 100 * holes })).toHaveLength(6_401 * holes)
      expect(fill(source, hole, { maxCost: 100 * holes - 1 })).toBe(COST)
    }
    const tree = cel.checkTemplate('{{name}}', SCOPE).checked!.tree
    const template = celLinker.linkTemplate(tree, { maxCost: 150 })
    for (let i = 0; i < 3; i++) expect(template(hole)).toHaveLength(6_400)
  })
})
