import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EXPRESSION_DIAGNOSTICS } from '../../src/diagnostics/expression-codes.ts'
import {
  cel,
  celLinker,
  MAX_PATTERN_LENGTH,
  MAX_PATTERN_STEPS,
  MAX_SOURCE_LENGTH,
  re2Engine,
} from '../../src/expressions/index.ts'
import { environment, evaluate, faultsOf, SCOPE } from './helpers.ts'

/** Checks, and links and evaluates what passes; whatever happens, nothing is thrown. */
function survive(source: string): string[] {
  const codes: string[] = []
  for (const { checked, faults } of [
    cel.checkExpression(source, SCOPE),
    cel.checkTemplate(`{{${source}}}`, SCOPE),
  ]) {
    codes.push(...faults.map((fault) => fault.code))
    if (checked === undefined) continue
    const tree = checked.tree
    if (Array.isArray(tree) && tree[0] === 'text')
      celLinker.linkTemplate(tree, { regex: re2Engine })(environment())
    else celLinker.linkExpression(tree, { regex: re2Engine })(environment())
  }
  return codes
}

describe('[VAL-7] hostile sources are refused or read, and never throw', () => {
  test.each<[string, string]>([
    ['50,000 negations', `${'!'.repeat(50_000)}true`],
    ['3,990 negations', `${'!'.repeat(3_990)}true`],
    ['3,990 signs', `${'-'.repeat(3_990)}1`],
    ['signs with spaces', `${'- '.repeat(1_990)}1`],
    ['signs with comments between', `${'-//\n'.repeat(990)}1`],
    ['open parentheses', '('.repeat(3_999)],
    ['parentheses', `${'('.repeat(1_900)}1${')'.repeat(1_900)}`],
    ['lists', '['.repeat(1_900) + ']'.repeat(1_900)],
    ['objects', `${'{"a":'.repeat(600)}1${'}'.repeat(600)}`],
    ['ternaries', `${'vip?1:'.repeat(600)}1`],
    ['ternaries in the middle', `${'vip?'.repeat(500)}1${':1'.repeat(500)}`],
    ['members', `anything${'.a'.repeat(1_900)}`],
    ['indexes', `anything${'[0]'.repeat(1_200)}`],
    ['calls', `name${'.trim()'.repeat(500)}`],
    ['nested calls', `${'size('.repeat(700)}name${')'.repeat(700)}`],
    ['nested macros', `${'tags.map(t,'.repeat(300)}1${')'.repeat(300)}`],
    ['a sum', `1${'+1'.repeat(1_900)}`],
    ['a difference of texts', `"a"${'+"a"'.repeat(900)}`],
    ['many arguments', `min(${'1,'.repeat(1_900)}1)`],
    ['many entries', `[${'1,'.repeat(1_900)}1]`],
    ['many members', `{${'"a":1,'.repeat(550)}"b":1}`],
    ['a huge whole number', '9'.repeat(3_990)],
    ['a huge fraction', `0.${'9'.repeat(3_990)}`],
    ['a huge hexadecimal number', `0x${'f'.repeat(3_990)}`],
    ['a huge exponent', `1e${'9'.repeat(3_990)}`],
    ['a long name', 'a'.repeat(3_990)],
    ['quotation marks', '"'.repeat(3_999)],
    ['backslashes', `"${'\\'.repeat(3_990)}"`],
    ['an unclosed comment', `//${' '.repeat(3_900)}`],
    ['braces', '{'.repeat(3_999)],
    ['closing brackets', ')'.repeat(3_999)],
    ['no characters', '\u0000\ufeff\ud800'],
  ])('%s', (_, source) => {
    const started = performance.now()
    expect(() => survive(source)).not.toThrow()
    // Generous, for slow machines; each takes a few milliseconds.
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test('any soup of tokens', () => {
    const words = [
      'retries',
      'contact',
      '.',
      'name',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '\\',
      '{{',
      '}}',
      ',',
      ':',
      '?',
    ]
    words.push(
      '+',
      '-',
      '!',
      '&&',
      '||',
      '==',
      '<',
      'in',
      'has',
      'map',
      'x',
      '1',
      '1u',
      '1e9',
      'null',
      'true',
      ' ',
      '//',
      '\n',
      'r"',
      'b"',
    )
    words.push('.exists(x,', '.matches(', 'default(', 'size(', '__proto__', '\u0000', '\ud800', '😀')
    const soup = fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary', maxLength: 3 })), {
      maxLength: 25,
    })
    fc.assert(
      fc.property(soup, (tokens) => {
        const source = tokens.join('')
        for (const { faults } of [cel.checkExpression(source, SCOPE), cel.checkTemplate(source, SCOPE)]) {
          for (const { code, range, details } of faults) {
            expect(EXPRESSION_DIAGNOSTICS[code]!.message(details)).not.toContain('undefined')
            expect(0 <= range.start && range.start <= range.end && range.end <= source.length).toBe(true)
          }
        }
        survive(source)
      }),
      { numRuns: 2_000 },
    )
  })

  test('what is too deep is said to be so, at the first bracket or operator too many', () => {
    expect(faultsOf(`${'!'.repeat(60)}true`)).toEqual([])
    expect(faultsOf(`${'!'.repeat(61)}true`)).toEqual([['expression.tooDeep', '!']])
    expect(cel.checkExpression(`${'-'.repeat(100)}1`, SCOPE).faults[0]!.range).toEqual({ start: 60, end: 61 })
    expect(faultsOf(`${'('.repeat(60)}1${')'.repeat(60)}`)).toEqual([])
    expect(cel.checkExpression(`${'('.repeat(61)}1${')'.repeat(61)}`, SCOPE).faults).toEqual([
      { code: 'expression.tooDeep', range: { start: 60, end: 61 }, details: {} },
    ])
    expect(cel.checkExpression(`${'['.repeat(61)}${']'.repeat(61)}`, SCOPE).faults[0]!.code).toBe(
      'expression.tooDeep',
    )
    expect(cel.checkExpression(`${'{'.repeat(61)}${'}'.repeat(61)}`, SCOPE).faults[0]!.code).toBe(
      'expression.tooDeep',
    )
    expect(faultsOf(`1${'+1'.repeat(240)}`)).toEqual([])
    expect(cel.checkExpression(`1${'+1'.repeat(300)}`, SCOPE).faults[0]!.code).toBe('expression.tooDeep')
  })

  test('brackets and operators in texts and comments do not count', () => {
    expect(evaluate(`"${'('.repeat(100)}${'!'.repeat(100)}" != ''`)).toBe(true)
    expect(evaluate(`'${'['.repeat(100)}\\'${'['.repeat(100)}' != ""`)).toBe(true)
    expect(evaluate(`1 // ${'{'.repeat(100)}`)).toBe(1)
    expect(evaluate(`// ${'{'.repeat(100)}\n1`)).toBe(1)
    expect(evaluate(`${'(1) + '.repeat(70)}1`)).toBe(71)
    expect(evaluate(`${'1 - '.repeat(70)}1`)).toBe(-69)
  })

  test('a condition of many terms is no deep one', () => {
    const source = Array.from({ length: 200 }, (_, i) => `retries==${i}`).join('||')
    expect(evaluate(source, environment({ retries: 199 }))).toBe(true)
    expect(evaluate(source, environment({ retries: 200 }))).toBe(false)
  })

  test('a source has a largest length', () => {
    expect(faultsOf('1'.padEnd(MAX_SOURCE_LENGTH))).toEqual([])
    expect(cel.checkExpression('1'.padEnd(MAX_SOURCE_LENGTH + 1), SCOPE).faults).toEqual([
      {
        code: 'expression.tooLong',
        range: { start: 0, end: MAX_SOURCE_LENGTH + 1 },
        details: { length: MAX_SOURCE_LENGTH + 1, max: MAX_SOURCE_LENGTH },
      },
    ])
  })
})

describe('hostile patterns', () => {
  test('take time linear to the text', () => {
    const env = environment({ name: `${'a'.repeat(30_000)}!` })
    const started = performance.now()
    expect(evaluate('name.matches("(a+)+$")', env)).toBe(false)
    expect(evaluate('name.matches("(a|aa)+$")', env)).toBe(false)
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  test.each([
    '(a',
    '[',
    '*',
    'a{2000}',
    '(?<=a)b',
    '(a)\\1',
    '(((a{100}){100}){100})',
    '((a{1,30}){1,30})$',
    '(a{1,15}){1,15}'.repeat(60),
  ])('%s is refused', (pattern) => {
    expect(() => re2Engine.compile(pattern)).toThrow()
    expect(evaluate('"a".matches(name)', environment({ name: pattern }))).toBe('evaluation.pattern')
  })

  test('have a largest number of steps, which the message names', () => {
    const largest = 'a{100}'.repeat(MAX_PATTERN_STEPS / 100)
    expect(re2Engine.compile(largest)('a'.repeat(MAX_PATTERN_STEPS))).toBe(true)
    expect(() => re2Engine.compile(`${largest}a`)).toThrow(
      'at most 1200 steps when its counters are written out, this one has 1201',
    )
    expect(faultsOf('name.matches("((a{1,30}){1,30})$")')).toEqual([
      ['expression.pattern', '"((a{1,30}){1,30})$"'],
    ])
  })

  test('that are large run out of their budget on a long text', () => {
    const large = '[a-z]{1,500}$'
    expect(evaluate(`name.matches("${large}")`, environment({ name: 'a'.repeat(65_000) }))).toBe(
      'evaluation.cost',
    )
    expect(
      evaluate('name.matches(anything)', environment({ name: 'a'.repeat(65_000), anything: large })),
    ).toBe('evaluation.cost')
    expect(evaluate(`name.matches("${large}")`, environment({ name: 'a'.repeat(2_000) }))).toBe(true)
  })

  test('have a largest length', () => {
    expect(re2Engine.compile('a'.repeat(MAX_PATTERN_LENGTH))('a'.repeat(MAX_PATTERN_LENGTH))).toBe(true)
    expect(() => re2Engine.compile('a'.repeat(MAX_PATTERN_LENGTH + 1))).toThrow(
      /1000 characters, this one has 1001/,
    )
  })
})
