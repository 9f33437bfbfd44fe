import { describe, expect, test } from 'vitest'
import { isUnsafeKey } from '../../src/base/json.ts'
import { environment, evaluate } from './helpers.ts'

describe('literals', () => {
  test.each([
    ['1', 1],
    ['1.5', 1.5],
    ['1e3', 1000],
    ['0x1F', 31],
    ['-7', -7],
    ['9007199254740991', 9007199254740991],
    ['"a"', 'a'],
    ["'it is'", 'it is'],
    ['"\\n\\u00e4"', '\nä'],
    ['r"\\d"', '\\d'],
    ['"""two\nlines"""', 'two\nlines'],
    ['true', true],
    ['false', false],
    ['null', null],
    ['[]', []],
    ['[1, "a", null]', [1, 'a', null]],
    ['[1, [retries]]', [1, [3]]],
    ['{}', {}],
    ['{"a": 1, "b": [true]}', { a: 1, b: [true] }],
    ['{name: 1}', { Ada: 1 }],
    ['1 // the rest is a comment', 1],
  ])('%s is %j', (source, value) => {
    expect(evaluate(source, environment({ retries: 3, name: 'Ada' }))).toEqual(value)
  })
})

describe('arithmetic', () => {
  test.each([
    ['1 + 2', 3],
    ['7 / 2', 3.5],
    ['7 % 3', 1],
    ['-7 % 3', -1],
    ['2 * 3 - 1', 5],
    ['2 * (3 - 1)', 4],
    ['-(1 + 2)', -3],
    ['- -2', 2],
    ['0.5 + 1', 1.5],
    ['retries + 1', 4],
    ['"a" + "b"', 'ab'],
    ['[1] + [2, 3]', [1, 2, 3]],
    ['anything + other', 'evaluation.type'],
    ['1 / 0', 'evaluation.notFinite'],
    ['0 / 0', 'evaluation.notFinite'],
    ['1 % 0', 'evaluation.notFinite'],
    ['1e308 * 10', 'evaluation.notFinite'],
    ['1e308 + 1e308', 'evaluation.notFinite'],
    ['-1e308 - 1e308', 'evaluation.notFinite'],
    ['missing + 1', 'evaluation.type'],
    ['1 - missing', 'evaluation.type'],
    ['-missing', 'evaluation.type'],
    ['1 / 0 + missing', 'evaluation.notFinite'],
    ['missing * (1 / 0)', 'evaluation.notFinite'],
    ['-(1 / 0)', 'evaluation.notFinite'],
  ])('%s is %j', (source, value) => {
    const replaced = source.replaceAll('missing', 'contact.balance')
    const env = environment({ retries: 3, anything: 1, other: 'a' }, { contact: {} })
    expect(evaluate(replaced, env)).toEqual(value)
  })

  test.each([
    [1, 2, 3],
    ['a', 'b', 'ab'],
    [[1], ['a'], [1, 'a']],
    [1, 'a', 'evaluation.type'],
    ['a', 1, 'evaluation.type'],
    [[1], 1, 'evaluation.type'],
    [1, [1], 'evaluation.type'],
    [null, 1, 'evaluation.type'],
    [true, true, 'evaluation.type'],
    [{}, {}, 'evaluation.type'],
  ])('with values found at run time, %j + %j is %j', (a, b, value) => {
    expect(evaluate('anything + other', environment({ anything: a, other: b }))).toEqual(value)
  })

  test.each(['0 * -1', '-0', '-(0)', '-retries', '0 / -4', '-4 % 2', 'round(-0.4)', 'ceil(-0.5)', '[-0][0]'])(
    'there is one zero, as in JSON: %s',
    (source) => {
      expect(Object.is(evaluate(source, environment({ retries: 0 })), 0)).toBe(true)
    },
  )

  test('adding gives the fault of the operand that has one', () => {
    expect(evaluate('anything.gone + "x"', environment({ anything: {} }))).toBe('evaluation.noSuchMember')
    expect(evaluate('"x" + anything.gone', environment({ anything: {} }))).toBe('evaluation.noSuchMember')
  })
})

describe('order', () => {
  test.each([
    ['1 < 2', true],
    ['2 < 2', false],
    ['2 <= 2', true],
    ['3 <= 2', false],
    ['3 > 2', true],
    ['2 > 2', false],
    ['2 >= 2', true],
    ['1 >= 2', false],
    ['1 < retries', true],
    ['3 < retries', false],
    ['3 <= retries', true],
    ['4 <= retries', false],
    ['4 > retries', true],
    ['3 > retries', false],
    ['3 >= retries', true],
    ['2 >= retries', false],
    ['"a" < "b"', true],
    ['"b" < "a"', false],
    ['"B" < "a"', true],
    ['"a" <= "a"', true],
    ['"b" > "a"', true],
    ['"a" >= "b"', false],
  ])('%s is %j', (source, value) => {
    expect(evaluate(source, environment({ retries: 3 }))).toBe(value)
  })

  test.each(['<', '<=', '>', '>='])('%s on values of two kinds, or on null, is a fault', (operator) => {
    expect(evaluate(`anything ${operator} other`, environment({ anything: 1, other: 'a' }))).toBe(
      'evaluation.type',
    )
    expect(evaluate(`anything ${operator} other`, environment({ anything: 'a', other: 1 }))).toBe(
      'evaluation.type',
    )
    expect(evaluate(`anything ${operator} 1`, environment({ anything: 'a' }))).toBe('evaluation.type')
    expect(evaluate(`retries ${operator} 1`, environment({}))).toBe('evaluation.type')
    expect(evaluate(`1 / 0 ${operator} 1`)).toBe('evaluation.notFinite')
    expect(evaluate(`retries ${operator} 1 / 0`, environment({ retries: 1 }))).toBe('evaluation.notFinite')
  })
})

describe('equality', () => {
  test.each([
    [1, 1, true],
    [1, 2, false],
    [0, -0, true],
    ['a', 'a', true],
    [1, '1', false],
    [true, 'true', false],
    [null, null, true],
    [null, 0, false],
    [null, false, false],
    [[1, [2]], [1, [2]], true],
    [[1], [1, 2], false],
    [[1, 2], [1], false],
    [[], {}, false],
    [{}, [], false],
    [[1], 1, false],
    [{ a: 1, b: { c: 2 } }, { b: { c: 2 }, a: 1 }, true],
    [{ a: 1 }, { a: 2 }, false],
    [{ a: 1 }, { b: 1 }, false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1, b: 2 }, { a: 1 }, false],
    [{}, null, false],
    [null, {}, false],
    [{ fault: true, code: 'a', message: 'b' }, { fault: true, code: 'a', message: 'b' }, true],
  ])('%j == %j is %j', (a, b, same) => {
    const env = environment({ anything: a, other: b })
    expect(evaluate('anything == other', env)).toBe(same)
    expect(evaluate('anything != other', env)).toBe(!same)
    expect(evaluate('anything in [other]', env)).toBe(same)
    expect(evaluate('anything in [other, 17]', env)).toBe(same)
    if (typeof b !== 'object' || b === null) {
      expect(evaluate(`anything == ${JSON.stringify(b)}`, env)).toBe(same)
      expect(evaluate(`anything != ${JSON.stringify(b)}`, env)).toBe(!same)
      expect(evaluate(`${JSON.stringify(b)} == anything`, env)).toBe(same)
    }
  })

  test('a member that is undefined counts as absent', () => {
    const env = environment({ anything: { a: 1, b: undefined } as never, other: { a: 1 } })
    expect(evaluate('anything == other', env)).toBe(true)
    expect(evaluate('other == anything', env)).toBe(true)
    expect(evaluate('"b" in anything', env)).toBe(false)
    expect(evaluate('size(anything)', env)).toBe(1)
    expect(evaluate('keys(anything)', env)).toEqual(['a'])
  })

  test.each(['==', '!='])('a fault on either side of %s is the result', (operator) => {
    expect(evaluate(`1 / 0 ${operator} retries`)).toBe('evaluation.notFinite')
    expect(evaluate(`retries ${operator} 1 / 0`)).toBe('evaluation.notFinite')
    expect(evaluate(`1 / 0 ${operator} 1`)).toBe('evaluation.notFinite')
    expect(evaluate(`1 ${operator} 1 / 0`)).toBe('evaluation.notFinite')
    expect(evaluate(`1 / 0 ${operator} null`)).toBe('evaluation.notFinite')
  })
})

describe('logic absorbs faults', () => {
  const BROKEN = '(1 / 0 > 1)'
  test.each([
    ['true && true', true],
    ['true && false', false],
    ['false && true', false],
    ['false && false', false],
    ['true || false', true],
    ['false || true', true],
    ['true || true', true],
    ['false || false', false],
    [`${BROKEN} && false`, false],
    [`false && ${BROKEN}`, false],
    [`${BROKEN} && true`, 'evaluation.notFinite'],
    [`true && ${BROKEN}`, 'evaluation.notFinite'],
    [`${BROKEN} || true`, true],
    [`true || ${BROKEN}`, true],
    [`${BROKEN} || false`, 'evaluation.notFinite'],
    [`false || ${BROKEN}`, 'evaluation.notFinite'],
    [`${BROKEN} && contact.balance > 1`, 'evaluation.notFinite'],
    ['true && true && true', true],
    ['true && true && false', false],
    [`true && ${BROKEN} && false`, false],
    [`true && ${BROKEN} && true`, 'evaluation.notFinite'],
    ['false || false || false', false],
    ['false || false || true', true],
    [`false || ${BROKEN} || true`, true],
    [`false || ${BROKEN} || false`, 'evaluation.notFinite'],
    [`false || anything || ${BROKEN}`, 'evaluation.type'],
    ['anything && true', 'evaluation.type'],
    ['true && anything', 'evaluation.type'],
    ['anything && false', false],
    ['anything || false', 'evaluation.type'],
    ['false || anything', 'evaluation.type'],
    ['anything || true', true],
    ['!anything', 'evaluation.type'],
    ['!true', false],
    ['!!true', true],
    [`!${BROKEN}`, 'evaluation.notFinite'],
    ['true ? 1 : 1 / 0', 1],
    ['false ? 1 / 0 : 2', 2],
    ['anything ? 1 : 2', 'evaluation.type'],
    [`${BROKEN} ? 1 : 2`, 'evaluation.notFinite'],
    ['vip ? "a" : retries > 2 ? "b" : "c"', 'b'],
  ])('%s is %j', (source, value) => {
    expect(evaluate(source, environment({ anything: 1, vip: false, retries: 3 }))).toBe(value)
  })
})

describe('members', () => {
  test('each root and each variable reads its own part of the environment', () => {
    const env: Parameters<typeof evaluate>[1] = {
      vars: { retries: 1 },
      contact: { name: 'c' },
      trigger: { t: 2 },
      nodes: { http: { status: 200 } },
      session: { s: 3 },
      now: 4,
    }
    const all = '[retries, vars.retries, contact.name, trigger.t, nodes.http.status, session.s, now]'
    expect(evaluate(all, env)).toEqual([1, 1, 'c', 2, 200, 3, 4])
    expect(evaluate('[vars, contact, trigger, nodes, session]', env)).toEqual([
      env.vars,
      env.contact,
      env.trigger,
      env.nodes,
      env.session,
    ])
  })

  test('a declared member that is absent reads as null, through declared objects too', () => {
    expect(evaluate('retries')).toBe(null)
    expect(evaluate('contact.address')).toBe(null)
    expect(evaluate('contact.address.city')).toBe(null)
    expect(evaluate('nodes.http.body')).toBe(null)
    expect(evaluate('contact["address"]["city"]')).toBe(null)
    expect(evaluate('contact.name', environment({}, { contact: { name: undefined } }))).toBe(null)
  })

  test('a member that nobody declared is a fault where it is absent', () => {
    expect(evaluate('trigger.gone')).toBe('evaluation.noSuchMember')
    expect(evaluate('trigger["gone"]')).toBe('evaluation.noSuchMember')
    expect(evaluate('anything.gone', environment({ anything: {} }))).toBe('evaluation.noSuchMember')
    expect(evaluate('anything.gone')).toBe('evaluation.noSuchMember')
    expect(evaluate('anything.gone.further', environment({ anything: {} }))).toBe('evaluation.noSuchMember')
    expect(evaluate('anything.there', environment({ anything: { there: null } }))).toBe(null)
  })

  test('only objects have members', () => {
    for (const value of ['text', 1, true, [1, 2]]) {
      const env = environment({ anything: value, address: value })
      expect(evaluate('anything.length', env)).toBe('evaluation.noSuchMember')
      expect(evaluate('anything["length"]', env)).toBe('evaluation.noSuchMember')
      expect(evaluate('anything[name]', environment({ anything: value, name: 'length' }))).toBe(
        'evaluation.type',
      )
      expect(evaluate('address.city', env)).toBe('evaluation.type')
    }
  })

  test('a fault before a member is the result, whatever the fault is made of', () => {
    expect(evaluate('dyn(1 / 0).code')).toBe('evaluation.notFinite')
    expect(evaluate('dyn(1 / 0)["code"]')).toBe('evaluation.notFinite')
    expect(evaluate('dyn(1 / 0)[name]', environment({ name: 'code' }))).toBe('evaluation.notFinite')
    expect(evaluate('has(dyn(1 / 0).code)')).toBe('evaluation.notFinite')
    expect(evaluate('name in dyn(1 / 0)', environment({ name: 'code' }))).toBe('evaluation.notFinite')
  })

  test('data that looks like a fault is data', () => {
    const fake = { fault: true, code: 'evaluation.type', message: 'x' }
    expect(evaluate('anything.code', environment({ anything: fake }))).toBe('evaluation.type')
    expect(evaluate('[anything]', environment({ anything: fake }))).toEqual([fake])
  })

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])(
    'nothing is read from a prototype: %s',
    (key) => {
      const env = environment({ anything: {}, name: key })
      if (!isUnsafeKey(key)) expect(evaluate(`trigger.${key}`, env)).toBe('evaluation.noSuchMember')
      expect(evaluate('anything[name]', env)).toBe('evaluation.noSuchMember')
      expect(evaluate('name in anything', env)).toBe(false)
    },
  )

  test('unsafe keys stay unread even where data has them', () => {
    const hostile = JSON.parse('{"__proto__": 1, "constructor": 2, "prototype": 3}')
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      expect(evaluate('anything[name]', environment({ anything: hostile, name: key }))).toBe(
        'evaluation.noSuchMember',
      )
      expect(evaluate('name in anything', environment({ anything: hostile, name: key }))).toBe(false)
      expect(evaluate('{name: 1}', environment({ name: key }))).toBe('evaluation.objectKey')
    }
  })
})

describe('indexes', () => {
  const env = environment({ numbers: [10, 20], anything: { a: 1 }, other: 'a', tags: [null as never] })
  test.each([
    ['numbers[0]', 10],
    ['numbers[1]', 20],
    ['numbers[2]', 'evaluation.noSuchIndex'],
    ['numbers[-1]', 'evaluation.noSuchIndex'],
    ['numbers[0.5]', 'evaluation.noSuchIndex'],
    ['numbers[1.0]', 20],
    ['tags[0]', null],
    ['anything[other]', 1],
    ['anything["b"]', 'evaluation.noSuchMember'],
    ['anything[other + "b"]', 'evaluation.noSuchMember'],
    ['anything[0]', 'evaluation.type'],
    ['numbers[dyn("a")]', 'evaluation.type'],
    ['numbers[dyn(null)]', 'evaluation.type'],
    ['other[0]', 'evaluation.type'],
    ['numbers[1 / 0]', 'evaluation.notFinite'],
    ['anything[0][1 / 0]', 'evaluation.type'],
    ['people[0]', 'evaluation.noSuchMember'],
    ['[1, 2][1]', 2],
    ['{"a": 5}["a"]', 5],
    ['{"a": 5}[other]', 5],
  ])('%s is %j', (source, value) => {
    expect(evaluate(source, env)).toEqual(value)
  })
})

describe('in', () => {
  const env = environment({ tags: ['a', 'b'], anything: { a: 1 }, numbers: [1], name: 'a' })
  test.each([
    ['"a" in tags', true],
    ['"c" in tags', false],
    ['1 in numbers', true],
    ['null in numbers', false],
    ['[1] in [[1], [2]]', true],
    ['[3] in [[1], [2]]', false],
    ['name in anything', true],
    ['"b" in anything', false],
    ['1 in anything', 'evaluation.type'],
    ['1 in anything.a', 'evaluation.type'],
    ['1 / 0 in numbers', 'evaluation.notFinite'],
    ['1 in [1 / 0]', 'evaluation.notFinite'],
    ['{"name": "a"} in people', 'evaluation.type'],
  ])('%s is %j', (source, value) => {
    expect(evaluate(source, env)).toBe(value)
  })
})

describe('has', () => {
  const env = environment({ anything: { there: 1, empty: null, deep: { down: false } }, numbers: [] })
  test.each([
    ['has(contact.name)', true],
    ['has(contact.address)', false],
    ['has(contact.address.city)', false],
    ['has(retries)', false],
    ['has(numbers)', true],
    ['has(vars.retries)', false],
    ['has(anything.there)', true],
    ['has(anything["there"])', true],
    ['has(anything.empty)', false],
    ['has(anything.gone)', false],
    ['has(anything.gone.further)', false],
    ['has(anything.deep.down)', true],
    ['has(anything.list[3].name)', false],
    ['has(anything.there.further)', false],
    ['has(trigger.type)', true],
    ['has({"a": 1 / 0}.a)', 'evaluation.notFinite'],
  ])('%s is %j', (source, value) => {
    expect(evaluate(source, env)).toBe(value)
  })
})

describe('default', () => {
  const env = environment({ anything: { there: 1, empty: null }, numbers: [1] })
  test.each([
    ['default(contact.name, "x")', 'Ada'],
    ['default(contact.address.city, "x")', 'x'],
    ['default(anything.gone, 2)', 2],
    ['default(anything.empty, 2)', 2],
    ['default(anything.there, 2)', 1],
    ['default(numbers[4], 2)', 2],
    ['default(false, true)', false],
    ['default(0, 1)', 0],
    ['default(null, null)', null],
    ['default(1 / 0, 2)', 'evaluation.notFinite'],
    ['default(anything.gone, 1 / 0)', 'evaluation.notFinite'],
    ['default(anything.there, 1 / 0)', 1],
  ])('%s is %j', (source, value) => {
    expect(evaluate(source, env)).toBe(value)
  })
})

describe('macros', () => {
  const env = environment({
    numbers: [1, 2, 3],
    anything: { a: 1, b: 2 },
    other: [1, 'x', 3],
    people: [
      { name: 'Ada', age: 36 },
      { name: 'Alan', age: 41 },
    ],
  })
  test.each([
    ['numbers.all(n, n > 0)', true],
    ['numbers.all(n, n > 1)', false],
    ['[].all(n, n)', true],
    ['numbers.exists(n, n > 2)', true],
    ['numbers.exists(n, n > 3)', false],
    ['[].exists(n, n)', false],
    ['numbers.exists_one(n, n > 2)', true],
    ['numbers.exists_one(n, n > 1)', false],
    ['numbers.exists_one(n, n > 3)', false],
    ['numbers.filter(n, n != 2)', [1, 3]],
    ['numbers.map(n, n * 2)', [2, 4, 6]],
    ['numbers.map(n, n > 1, n * 2)', [4, 6]],
    ['people.map(p, p.name)', ['Ada', 'Alan']],
    ['people.filter(p, p.age > 40)[0].name', 'Alan'],
    ['anything.map(key, key)', ['a', 'b']],
    ['anything.filter(key, anything[key] > 1)', ['b']],
    ['{"x": 1}.exists(key, key == "x")', true],
    [
      'numbers.map(a, numbers.map(b, a * b))',
      [
        [1, 2, 3],
        [2, 4, 6],
        [3, 6, 9],
      ],
    ],
    ['numbers.map(n, n + 1).filter(n, n > 2).map(n, n * 10)', [30, 40]],
    [
      'numbers.map(n, [n, 2].map(n, n + 1))',
      [
        [2, 3],
        [3, 3],
        [4, 3],
      ],
    ],
    ['numbers.exists(name, name == 2) && name == null', true],
    ['numbers.map(n, null)', [null, null, null]],
    // A decisive entry settles all and exists, even after a fault.
    ['other.exists(n, n > 2)', true],
    ['other.exists(n, n > 5)', 'evaluation.type'],
    ['other.all(n, n < 3)', false],
    ['other.all(n, n > 0)', 'evaluation.type'],
    ['other.exists_one(n, n > 2)', 'evaluation.type'],
    ['other.filter(n, n > 2)', 'evaluation.type'],
    ['other.map(n, n > 2)', 'evaluation.type'],
    ['other.map(n, n > 2, n)', 'evaluation.type'],
    ['other.map(n, isNumber(n), n / 0)', 'evaluation.notFinite'],
    ['other.map(n, isText(n), n)', ['x']],
    ['numbers.map(n, 1 / 0 > 1, n)', 'evaluation.notFinite'],
    ['other.all(n, n)', 'evaluation.type'],
    ['other.filter(n, n)', 'evaluation.type'],
    ['other.exists_one(n, n)', 'evaluation.type'],
    ['contact.address.all(k, true)', 'evaluation.type'],
    ['dyn(1).all(k, true)', 'evaluation.type'],
    ['dyn(1 / 0).all(k, true)', 'evaluation.notFinite'],
  ])('%s is %j', (source, value) => {
    expect(evaluate(source, env)).toEqual(value)
  })
})
