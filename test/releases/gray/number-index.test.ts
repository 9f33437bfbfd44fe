import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NumberMatch } from '../../../src/releases/gray/gray-rule.ts'
import { createNumberIndex } from '../../../src/releases/gray/number-index.ts'
import { numberValue } from '../../../src/releases/gray/phone-number.ts'

/** Looks at every entry, and at numbers as texts. */
function listed({ ranges = [], prefixes = [], numbers = [] }: NumberMatch, number: string): boolean {
  return (
    ranges.some(({ begin, end }) => number.length === begin.length && begin <= number && number <= end) ||
    prefixes.some((prefix) => number.startsWith(prefix)) ||
    numbers.includes(number)
  )
}

const has = (match: Omit<NumberMatch, 'kind'>, number: string): boolean =>
  createNumberIndex({ kind: 'numbers', ...match })(numberValue(number))

// Few digits, so that ranges, prefixes and numbers meet.
const number = fc
  .tuple(fc.constantFrom('1', '2', '9'), fc.string({ unit: fc.constantFrom('0', '1', '9'), maxLength: 4 }))
  .map(([first, rest]) => first + rest)
const long = fc
  .tuple(
    fc.constantFrom('1', '9'),
    fc.string({ unit: fc.constantFrom('0', '9'), minLength: 12, maxLength: 14 }),
  )
  .map(([first, rest]) => first + rest)
const any = fc.oneof(number, long)
const range = fc
  .tuple(any, any)
  .filter(([a, b]) => a.length === b.length)
  .map(([a, b]) => (a <= b ? { begin: a, end: b } : { begin: b, end: a }))
const match = fc.record({
  kind: fc.constant('numbers' as const),
  ranges: fc.array(range, { maxLength: 8 }),
  prefixes: fc.array(any, { maxLength: 4 }),
  numbers: fc.array(any, { maxLength: 8 }),
})

describe('an index of numbers', () => {
  it('[GRY-3] a range has both its ends and what lies between, and nothing else', () => {
    const ranges = [{ begin: '+49151000', end: '+49151999' }]
    for (const inside of ['49151000', '49151500', '49151999']) expect(has({ ranges }, inside)).toBe(true)
    for (const outside of ['49150999', '49152000', '4915150', '491515000'])
      expect(has({ ranges }, outside)).toBe(false)
  })

  it('[GRY-3] a prefix has itself and everything longer, up to 15 digits', () => {
    const prefixes = ['+4910']
    for (const inside of ['4910', '49100', '49109', `4910${'9'.repeat(11)}`])
      expect(has({ prefixes }, inside)).toBe(true)
    for (const outside of ['491', '4911', '49', `4911${'0'.repeat(11)}`])
      expect(has({ prefixes }, outside)).toBe(false)
  })

  it('[GRY-3] a list has its numbers', () => {
    expect(has({ numbers: ['+491', '+493'] }, '491')).toBe(true)
    expect(has({ numbers: ['+491', '+493'] }, '492')).toBe(false)
  })

  it('ranges that touch or overlap are one', () => {
    const ranges = [
      { begin: '30', end: '39' },
      { begin: '20', end: '29' },
      { begin: '35', end: '45' },
    ]
    for (let n = 10; n < 100; n++) expect(has({ ranges }, String(n))).toBe(n >= 20 && n <= 45)
  })

  it('an index of nothing has no number', () => {
    expect(has({}, '491')).toBe(false)
  })

  it('[GRY-3] finds what looking at every entry finds', () => {
    fc.assert(
      fc.property(match, fc.array(any, { minLength: 1, maxLength: 20 }), (of, asked) => {
        const index = createNumberIndex(of)
        const ends = of.ranges.flatMap(({ begin, end }) => [begin, end])
        for (const each of [...asked, ...of.numbers, ...of.prefixes, ...ends]) {
          expect(index(numberValue(each)), each).toBe(listed(of, each))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('[GRY-3] holds 100,000 ranges and takes 19 steps at most for one number', () => {
    let reads = 0
    const ranges = Array.from({ length: 100_000 }, (_, i) => ({
      begin: `+49${1_000_000 + 4 * i}`,
      end: `+49${1_000_001 + 4 * i}`,
    }))
    const index = createNumberIndex({ kind: 'numbers', ranges })
    for (let value = 491_000_000 - 50; value < 491_400_050; value += value % 1_000 === 7 ? 13 : 1) {
      const offset = value - 491_000_000
      if (index(value) !== (offset >= 0 && offset < 400_000 && offset % 4 < 2)) expect.unreachable(`${value}`)
    }
    // An object in the place of the number counts how often it is compared.
    const counted = (value: number) =>
      ({
        valueOf() {
          reads++
          return value
        },
      }) as unknown as number
    expect(index(counted(491_000_005))).toBe(true)
    expect(reads).toBeLessThanOrEqual(19)
  })
})
