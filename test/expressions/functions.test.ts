import { describe, expect, test } from 'vitest'
import { IMPLEMENTATIONS } from '../../src/expressions/functions/functions.ts'
import { re2Engine, SIGNATURES } from '../../src/expressions/index.ts'
import { environment, evaluate } from './helpers.ts'

describe('the list of functions', () => {
  test('every entry has an implementation and every implementation an entry', () => {
    const names = SIGNATURES.map((signature) => signature.name)
    expect(new Set(names).size).toBe(names.length)
    expect([...Object.keys(IMPLEMENTATIONS), 'default', 'matches'].sort()).toEqual([...names].sort())
  })

  test('what an implementation needs agrees with the parameters of its entry', () => {
    for (const { name, parameters } of SIGNATURES) {
      const implementation = IMPLEMENTATIONS[name]
      if (implementation === undefined) continue
      const [required = '', optional = ''] = implementation.needs.replace('+', '').split('?')
      expect(required.length, name).toBe(parameters.filter((parameter) => !parameter.optional).length)
      expect(optional.length, name).toBe(parameters.filter((parameter) => parameter.optional).length)
    }
  })
})

const SMILE = '"a😀b"'

describe('text', () => {
  test.each([
    ['size("")', 0],
    ['size("äb")', 2],
    [`size(${SMILE})`, 3],
    ['"abc".size()', 3],
    ['"abc".contains("bc")', true],
    ['"abc".contains("cb")', false],
    ['"abc".contains("")', true],
    ['"abc".startsWith("ab")', true],
    ['"abc".startsWith("b")', false],
    ['"abc".endsWith("bc")', true],
    ['"abc".endsWith("b")', false],
    ['"aÄZ".lowerAscii()', 'aÄz'],
    ['"aäz".upperAscii()', 'AäZ'],
    ['"ÄB".lower()', 'äb'],
    ['"äb".upper()', 'ÄB'],
    ['" \\t a b\\n".trim()', 'a b'],
    ['"a,b,,c".split(",")', ['a', 'b', '', 'c']],
    [`${SMILE}.split("")`, ['a', '😀', 'b']],
    ['"".split(",")', ['']],
    ['["a", "b"].join()', 'ab'],
    ['["a", "b"].join(", ")', 'a, b'],
    ['[].join(",")', ''],
    ['anything.join()', 'evaluation.notText'],
    ['"abab".replace("b", "cc")', 'accacc'],
    ['"abab".replace("x", "y")', 'abab'],
    ['"ab".replace("", "-")', 'a-b'],
    ['"a$b".replace("$", "$&")', 'a$&b'],
    ['"abcd".substring(1)', 'bcd'],
    ['"abcd".substring(1, 3)', 'bc'],
    ['"abcd".substring(4)', ''],
    ['"abcd".substring(2, 2)', ''],
    [`${SMILE}.substring(1, 2)`, '😀'],
    [`${SMILE}.substring(2)`, 'b'],
    ['"abcd".substring(5)', 'evaluation.argument'],
    ['"abcd".substring(-1)', 'evaluation.argument'],
    ['"abcd".substring(2, 1)', 'evaluation.argument'],
    ['"abcd".substring(0, 5)', 'evaluation.argument'],
    ['"abcd".substring(0.5)', 'evaluation.argument'],
    ['"abcd".substring(0, 0.5)', 'evaluation.argument'],
    ['"abcabc".indexOf("c")', 2],
    ['"abc".indexOf("x")', -1],
    [`${SMILE}.indexOf("b")`, 2],
  ])('%s is %j', (source, value) => {
    expect(evaluate(source, environment({ anything: ['a', 1] }))).toEqual(value)
  })
})

describe('text for other systems', () => {
  test.each([
    ['urlEncode("a/b?c=d&e#f g")', 'a%2Fb%3Fc%3Dd%26e%23f%20g'],
    ['urlEncode("größe😀")', 'gr%C3%B6%C3%9Fe%F0%9F%98%80'],
    ['urlEncode(-1.5)', '-1.5'],
    ['urlEncode("")', ''],
    ['urlEncode(anything.half)', 'a%EF%BF%BD'],
    ['urlEncode(anything)', 'evaluation.type'],
    ['urlEncode(anything.none)', 'evaluation.type'],
    ['json("a\\"b")', '"a\\"b"'],
    ['json(1.5)', '1.5'],
    ['json(null)', 'null'],
    ['json([1, true, {"a": null}])', '[1,true,{"a":null}]'],
    ['json(anything)', '{"half":"a\\ud83d","none":null}'],
  ])('%s is %j', (source, value) => {
    expect(evaluate(source, environment({ anything: { half: 'a\ud83d', none: null } }))).toEqual(value)
  })

  test('json is paid for entry by entry, before it is made', () => {
    const doubled = `[[1]]${Array.from({ length: 40 }, (_, i) => `.map(x${i}, [x${i}, x${i}])`).join('')}`
    expect(evaluate(`json(${doubled})`)).toBe('evaluation.cost')
    const rows = environment({ numbers: Array(100).fill(1), name: 'x'.repeat(6_400) })
    expect(evaluate('json([numbers])', rows, { maxCost: 100 })).toBe('evaluation.cost')
    expect(evaluate('json({"a": name})', rows, { maxCost: 100 })).toBe('evaluation.cost')
  })
})

describe('matches', () => {
  test.each([
    ['"ticket 123".matches("[0-9]+")', true],
    ['"ticket".matches("[0-9]+")', false],
    ['"ticket 123".matches("^[0-9]+$")', false],
    ['matches("123", r"^\\d{3}$")', true],
    ['name.matches(anything)', true],
    ['name.matches("a" + "(")', 'evaluation.pattern'],
    ['retries.matches(anything)', 'evaluation.type'],
    ['name.matches(dyn(1))', 'evaluation.type'],
    ['name.matches(trigger.gone)', 'evaluation.noSuchMember'],
    ['name.matches(string(1 / 0))', 'evaluation.notFinite'],
    ['string(1 / 0).matches("a")', 'evaluation.notFinite'],
  ])('%s is %j', (source, value) => {
    const env = environment({ name: 'Ada', anything: '^A', other: 1 })
    expect(evaluate(source.replace('retries.matches', 'dyn(1).matches'), env)).toBe(value)
  })

  test('without an engine it is a fault', () => {
    expect(evaluate('"a".matches("a")', environment(), {})).toBe('evaluation.noRegexEngine')
  })

  test('a constant pattern is compiled once, while linking; others once for each text', () => {
    const compiled: string[] = []
    const regex = {
      compile(pattern: string) {
        compiled.push(pattern)
        return re2Engine.compile(pattern)
      },
    }
    evaluate('numbers.map(n, string(n).matches("^1"))', environment({ numbers: [1, 2, 3] }), { regex })
    expect(compiled).toEqual(['^1'])
    compiled.length = 0
    evaluate('["a", "b", "a", "b"].map(p, "ab".matches(p))', environment(), { regex })
    expect(compiled).toEqual(['a', 'b'])
  })

  test('only a bounded number of patterns is kept', () => {
    const compiled: string[] = []
    const regex = {
      compile(pattern: string) {
        compiled.push(pattern)
        return () => true
      },
    }
    const numbers = [...Array.from({ length: 65 }, (_, i) => i), 64, 0]
    evaluate('numbers.map(n, "a".matches(string(n)))', environment({ numbers }), { regex })
    expect(compiled).toHaveLength(66)
    expect(compiled.at(-1)).toBe('0')
  })

  test('a pattern that the engine at hand cannot read is a fault, not an exception', () => {
    const regex = {
      compile(): never {
        throw new Error('no')
      },
    }
    expect(evaluate('"a".matches("a")', environment(), { regex })).toBe('evaluation.pattern')
    expect(evaluate('"a".matches(name)', environment({ name: 'a' }), { regex })).toBe('evaluation.pattern')
  })
})

describe('lists, objects and numbers', () => {
  const env = environment({ numbers: [3, 1, 2], anything: [1, 'a'], other: { a: 1, b: null }, tags: [] })
  test.each([
    ['size(numbers)', 3],
    ['numbers.size()', 3],
    ['size(other)', 2],
    ['size(dyn(1))', 'evaluation.type'],
    ['size(dyn(null))', 'evaluation.type'],
    ['first(numbers)', 3],
    ['numbers.last()', 2],
    ['first(tags)', null],
    ['last(tags)', null],
    ['sum(numbers)', 6],
    ['sum([])', 0],
    ['sum([1e308, 1e308])', 'evaluation.notFinite'],
    ['sum(anything)', 'evaluation.type'],
    ['keys(other)', ['a', 'b']],
    ['keys(dyn([1]))', 'evaluation.type'],
    ['min(3, 1, 2)', 1],
    ['max(3, 1, 2)', 3],
    ['max(1, 3, 2)', 3],
    ['min(numbers)', 1],
    ['max(numbers)', 3],
    ['min(5)', 5],
    ['max([])', null],
    ['min(anything)', 'evaluation.type'],
    ['min(1, dyn("a"))', 'evaluation.type'],
    ['min(dyn([1]), 2)', 'evaluation.type'],
    ['abs(-2)', 2],
    ['abs(2)', 2],
    ['ceil(1.2)', 2],
    ['floor(-1.2)', -2],
    ['round(1.5)', 2],
    ['round(-1.5)', -2],
    ['round(1.4)', 1],
    ['round(1.005, 2)', 1.01],
    ['round(2.345, 1)', 2.3],
    ['round(-2.345, 2)', -2.35],
    ['round(1e-7, 3)', 0],
    ['round(1e300, 15)', 1e300],
    ['round(123456789.12345679, 15)', 123456789.12345679],
    ['round(0.5, 0)', 1],
    ['round(1, -1)', 'evaluation.argument'],
    ['round(1, 16)', 'evaluation.argument'],
    ['round(1, 15)', 1],
    ['round(1, 0.5)', 'evaluation.argument'],
    ['abs(dyn("a"))', 'evaluation.type'],
    ['abs(contact.balance)', 150],
    ['abs(retries)', 'evaluation.type'],
    ['abs(1 / 0)', 'evaluation.notFinite'],
  ])('%s is %j', (source, value) => {
    expect(evaluate(source, env)).toEqual(value)
  })
})

describe('conversion', () => {
  test.each([
    ['string(1)', '1'],
    ['string(1.50)', '1.5'],
    ['string(1e21)', '1e+21'],
    ['string(true)', 'true'],
    ['string("a")', 'a'],
    ['string(dyn(null))', ''],
    ['string(dyn([1]))', 'evaluation.notText'],
    ['string(1 / 0)', 'evaluation.notFinite'],
    ['number("0042")', 42],
    ['number("-1.5e2")', -150],
    ['number("+.5")', 0.5],
    ['number("5.")', 5],
    ['number(7)', 7],
    ['number("")', 'evaluation.conversion'],
    ['number(" 1")', 'evaluation.conversion'],
    ['number("1a")', 'evaluation.conversion'],
    ['number("0x10")', 'evaluation.conversion'],
    ['number("Infinity")', 'evaluation.conversion'],
    ['number("1e999")', 'evaluation.notFinite'],
    ['number(dyn(true))', 'evaluation.type'],
    ['number("abc", 0)', 0],
    ['number("12", 0)', 12],
    ['number(name, -1)', -1],
    ['double("1.5")', 1.5],
    ['double("x")', 'evaluation.conversion'],
    ['int("12")', 12],
    ['int("-12")', -12],
    ['int("1.5")', 'evaluation.conversion'],
    ['int("1e3")', 'evaluation.conversion'],
    ['int(1.9)', 1],
    ['int(-1.9)', -1],
    ['int(dyn(true))', 'evaluation.type'],
    ['bool("true")', true],
    ['bool("false")', false],
    ['bool(true)', true],
    ['bool("yes")', 'evaluation.conversion'],
    ['bool(dyn(1))', 'evaluation.type'],
    ['dyn(1)', 1],
  ])('%s is %j', (source, value) => {
    expect(evaluate(source)).toBe(value)
  })

  test.each([
    [1, 'isNumber'],
    ['a', 'isText'],
    [true, 'isBoolean'],
    [[], 'isList'],
    [{}, 'isObject'],
    [null, 'none'],
  ])('the kind of %j is told by %s alone', (value, name) => {
    for (const test of ['isNumber', 'isText', 'isBoolean', 'isList', 'isObject']) {
      expect(evaluate(`${test}(anything)`, environment({ anything: value }))).toBe(test === name)
    }
  })
})
