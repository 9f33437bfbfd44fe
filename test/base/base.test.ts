import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonicalJson,
  checkJson,
  equalJson,
  hashJson,
  isJsonObject,
  isKey,
  isUnsafeKey,
  type Json,
  LIMITS,
  MAX_DURATION_MS,
  nearest,
  parseDuration,
  randomIds,
  resolveLimits,
  SluiceError,
  seededRandom,
  systemClock,
} from '../../src/base/index.ts'

const json = fc.jsonValue({ depthSize: 'medium', stringUnit: 'binary' }) as fc.Arbitrary<Json>

/** The members of objects in order, by plain means. */
function inOrder(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(inOrder)
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.assign(
    Object.create(null),
    ...sorted.map(([key, member]) => own(key, inOrder(member as Json))),
  )
}

function own(key: string, value: Json): object {
  return Object.defineProperty({}, key, { value, enumerable: true, configurable: true, writable: true })
}

describe('canonicalJson', () => {
  it.each<[Json, string]>([
    [null, 'null'],
    [true, 'true'],
    [1.5, '1.5'],
    [-0, '0'],
    [1e21, '1e+21'],
    ['a"\\\n\u0000', '"a\\"\\\\\\n\\u0000"'],
    ['ä😀', '"ä😀"'],
    ['\ud800', '"\\ud800"'],
    [[], '[]'],
    [[1, [2], {}], '[1,[2],{}]'],
    [{}, '{}'],
    [{ b: 1, a: { d: 2, c: 3 } }, '{"a":{"c":3,"d":2},"b":1}'],
    [{ Z: 1, a: 2, é: 3, '10': 4, '9': 5 }, '{"10":4,"9":5,"Z":1,"a":2,"é":3}'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    [{ a: undefined }, '{}'],
  ])('writes %j as %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text)
  })

  it('is JSON.stringify with members in order', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(value)).toBe(
          integerKeysLast(value) ? canonicalJson(value) : JSON.stringify(inOrder(value)),
        )
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})

/** JSON.stringify puts keys that are whole numbers first, by value, so that it is no reference for those. */
function integerKeysLast(value: Json): boolean {
  return /"\d+":/.test(JSON.stringify(value))
}

describe('hashJson', () => {
  it.each<[Json, string]>(GOLDEN_HASHES())('of %j is %s', (value, hash) => {
    expect(hashJson(value)).toBe(hash)
  })

  it('is the beginning of SHA-256 over the canonical text', () => {
    fc.assert(
      fc.property(json, (value) => {
        const sha = createHash('sha256').update(canonicalJson(value), 'utf8').digest().subarray(0, 20)
        expect(hashJson(value)).toBe(sha.toString('base64url'))
      }),
    )
  })

  it('does not look at the order of members', () => {
    expect(hashJson({ a: 1, b: 2 })).toBe(hashJson({ b: 2, a: 1 }))
    expect(hashJson([1, 2])).not.toBe(hashJson([2, 1]))
  })
})

function GOLDEN_HASHES(): [Json, string][] {
  return [
    [null, 'dCNOmK_nSY-12vHzasLXiswzlGQ'],
    [{}, 'RBNvo1WzZ4oRRq0W9-hknpT7T8I'],
  ]
}

describe('checkJson', () => {
  it('finds nothing wrong with JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        fc.pre(!/"(__proto__|constructor|prototype)":/.test(JSON.stringify(value)))
        expect(checkJson(value)).toBeUndefined()
      }),
    )
  })

  it('takes undefined members for absent, and holes in lists for null', () => {
    expect(checkJson({ a: undefined })).toBeUndefined()
    expect(checkJson(Object.assign([], { 2: 1 }))).toBeUndefined()
  })

  it('allows as many levels as its limit, and not one more', () => {
    expect(checkJson([[1]], { maxDepth: 2 })).toBeUndefined()
    expect(checkJson([[{}]], { maxDepth: 2 })).toEqual({
      code: 'json.tooDeep',
      path: [0, 0],
      got: 'more than 2 levels',
    })
  })

  it('allows as many values as its limit, and not one more', () => {
    expect(checkJson([1, 2], { maxValues: 3 })).toBeUndefined()
    expect(checkJson([1, 2], { maxValues: 2 })).toEqual({
      code: 'json.tooLarge',
      path: [1],
      got: 'more than 2 values',
    })
    expect(checkJson([1, 2, 3], { maxValues: 2 })).toEqual({
      code: 'json.tooLarge',
      path: [],
      got: '3 entries',
    })
  })

  it('allows texts and keys as long as its limit, and not longer', () => {
    expect(checkJson({ abc: 'abc' }, { maxStringLength: 3 })).toBeUndefined()
    expect(checkJson(['abcd'], { maxStringLength: 3 })).toEqual({
      code: 'json.stringTooLong',
      path: [0],
      got: '4 characters',
    })
    expect(checkJson({ abcd: 1 }, { maxStringLength: 3 })).toEqual({
      code: 'json.stringTooLong',
      path: ['abcd'],
      got: 'a key',
    })
  })

  it('lets a value stand twice, but not inside of itself', () => {
    const shared = { a: 1 }
    expect(checkJson([shared, shared])).toBeUndefined()
    const own: { list?: unknown } = {}
    own.list = [own]
    expect(checkJson(own)).toEqual({
      code: 'json.cyclic',
      path: ['list', 0],
      got: 'a value that contains itself',
    })
  })

  it.each([
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
    [undefined, 'undefined'],
    [1n, 'bigint'],
    [() => 1, 'function'],
    [new Date(0), 'an instance of a class'],
  ])('refuses %s', (value, got) => {
    expect(checkJson(value)).toEqual({ code: 'json.notPlain', path: [], got })
  })
})

describe('equalJson', () => {
  it.each<[Json | undefined, Json | undefined, boolean]>([
    [1, 1, true],
    [1, '1', false],
    [null, undefined, false],
    [undefined, undefined, true],
    [null, {}, false],
    [[], {}, false],
    [[1, 2], [1, 2], true],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
    [{ a: 1 }, { b: 1 }, false],
    [{ a: 1 }, { a: 1, b: 1 }, false],
    [{ a: 1 }, { a: 2 }, false],
  ])('%j and %j: %s', (a, b, equal) => {
    expect(equalJson(a, b)).toBe(equal)
    expect(equalJson(b, a)).toBe(equal)
  })

  it('is equality of canonical texts', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(equalJson(a, b)).toBe(canonicalJson(a) === canonicalJson(b))
        expect(equalJson(a, JSON.parse(canonicalJson(a)) as Json)).toBe(true)
      }),
    )
  })
})

describe('names', () => {
  it.each(['a', '_', 'A1', 'order_17', 'x'.repeat(64)])('%s is a key', (name) => {
    expect(isKey(name)).toBe(true)
  })

  it.each(['', '1a', 'a-b', 'a b', 'ä', 'x'.repeat(65), 'toString', 'constructor', '__proto__', 'a\n'])(
    '%j is no key',
    (name) => {
      expect(isKey(name)).toBe(false)
    },
  )

  it.each([
    ['__proto__', true],
    ['constructor', true],
    ['prototype', true],
    ['proto', false],
  ])('%s is unsafe: %s', (name, unsafe) => {
    expect(isUnsafeKey(name)).toBe(unsafe)
  })

  it.each([
    [{}, true],
    [[], false],
    [null, false],
    ['x', false],
  ])('%j is an object: %s', (value, object) => {
    expect(isJsonObject(value)).toBe(object)
  })
})

describe('parseDuration', () => {
  it.each([
    ['0s', 0],
    ['250ms', 250],
    ['10s', 10_000],
    ['1m30s', 90_000],
    ['1.5h', 5_400_000],
    ['2d', 172_800_000],
    ['1w', 604_800_000],
    ['1h1h', 7_200_000],
    ['0.0004s', 0],
    ['0.0005s', 1],
    ['366d', MAX_DURATION_MS],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds)
  })

  it.each(['', '10', 's', '-1s', '1 s', '1S', '.5s', '1.s', '1y', '366d1ms', '10s ', `${'1s'.repeat(17)}`])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeUndefined()
    },
  )
})

describe('nearest', () => {
  const names = ['name', 'balance', 'tier', 'Status']

  it.each([
    ['name', 'name'],
    ['nmae', 'name'],
    ['nam', 'name'],
    ['names', 'name'],
    ['nave', 'name'],
    ['NAME', 'name'],
    ['status', 'Status'],
    ['balnace', 'balance'],
    ['baalnace', 'balance'],
    ['teir', 'tier'],
    ['xyz', undefined],
    ['nxmy', undefined],
    ['', undefined],
    ['balance'.repeat(10), undefined],
  ])('to %j is %j', (name, meant) => {
    expect(nearest(name, names)).toBe(meant)
  })

  it('is the first of those that are equally near', () => {
    expect(nearest('cat', ['bat', 'rat'])).toBe('bat')
  })

  it('takes swapped letters for one slip, and two pairs of them for two', () => {
    expect(nearest('ba', ['ab'])).toBe('ab')
    expect(nearest('badc', ['abcd'])).toBeUndefined()
    expect(nearest('badcef', ['abcdef'])).toBe('abcdef')
  })
})

describe('seededRandom', () => {
  it('gives the same numbers for the same seed, for ever', () => {
    const { next } = seededRandom('demo')
    expect([next(), next(), next()]).toEqual(GOLDEN_RANDOM)
  })

  it('gives other numbers for another seed', () => {
    expect(seededRandom('a').next()).not.toBe(seededRandom('b').next())
  })

  it('spreads them over [0, 1)', () => {
    const { next } = seededRandom('')
    const numbers = Array.from({ length: 10_000 }, next)
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers)).toBeLessThan(1)
    const tenths = Array.from(
      { length: 10 },
      (_, i) => numbers.filter((n) => Math.floor(n * 10) === i).length,
    )
    expect(Math.min(...tenths)).toBeGreaterThan(900)
    expect(Math.max(...tenths)).toBeLessThan(1_100)
  })
})

const GOLDEN_RANDOM = [0.8388890530914068, 0.13535357755608857, 0.055482710245996714]

describe('limits', () => {
  it('are the defaults, replaced where a flow says so', () => {
    const defaults = Object.fromEntries(Object.entries(LIMITS).map(([name, limit]) => [name, limit.default]))
    expect(resolveLimits()).toEqual(defaults)
    expect(resolveLimits({ maxSteps: 5, maxDepth: undefined })).toEqual({ ...defaults, maxSteps: 5 })
  })

  it.each(Object.entries(LIMITS))('%s has a default below its maximum, and a code', (_, limit) => {
    expect(limit.default).toBeLessThanOrEqual(limit.max)
    expect(limit.code).toMatch(/^limit\.[a-zA-Z]+$/)
  })

  it('have a code each', () => {
    const codes = Object.values(LIMITS).map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
  })
})

describe('SluiceError', () => {
  const cause = new Error('inner')
  const error = new SluiceError({ code: 'a.b', problem: 'It broke', next: 'Mend it', cause })

  it('says problem, code and next step in one line', () => {
    expect(error.message).toBe('It broke [a.b]. Mend it.')
    expect(error).toMatchObject({
      name: 'SluiceError',
      code: 'a.b',
      problem: 'It broke',
      next: 'Mend it',
      cause,
    })
  })

  it('is an error, and names no cause where it has none', () => {
    expect(error).toBeInstanceOf(Error)
    expect('cause' in new SluiceError({ code: 'a', problem: 'b', next: 'c' })).toBe(false)
  })
})

describe('ports', () => {
  it('ids are 21 characters that can stand in an address, and differ', () => {
    const ids = Array.from({ length: 100 }, () => randomIds.next())
    expect(ids.filter((id) => !/^[\w-]{21}$/.test(id))).toEqual([])
    expect(new Set(ids).size).toBe(100)
  })

  it('the clock of the machine tells milliseconds since 1970', () => {
    const before = Date.now()
    expect(systemClock.now()).toBeGreaterThanOrEqual(before)
    expect(systemClock.now()).toBeLessThanOrEqual(Date.now())
  })
})
