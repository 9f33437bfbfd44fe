import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareNumbers,
  firstNumber,
  type LabelPolicy,
  labelOf,
  nextNumber,
} from '../../src/releases/version-number.ts'

const POLICIES: readonly LabelPolicy[] = ['minor', 'decimal', 'integer']

/** Numbers that a flow gives one after another, each under the policy that holds by then. */
function numbersOf([, ...others]: readonly LabelPolicy[]): readonly string[] {
  const numbers = [firstNumber()]
  for (const policy of others) numbers.push(nextNumber(numbers.at(-1)!, policy))
  return numbers
}

const labelsOf = (policy: LabelPolicy, count: number) =>
  numbersOf(Array.from({ length: count }, () => policy)).map((number) => labelOf(number, policy))

describe('version numbers', () => {
  it.each([
    ['minor', 'V1.0'],
    ['decimal', 'V1.0'],
    ['integer', '1'],
  ] as const)('[VER-1] [VER-4] begin under the policy %s with %s', (policy, label) => {
    expect(labelOf(firstNumber(), policy)).toBe(label)
  })

  it.each([
    ['minor', 'V1.10', 'V1.11'],
    ['decimal', 'V2.0', 'V2.1'],
  ] as const)('[VER-1] go on after V1.9 under the policy %s with %s', (policy, tenth, eleventh) => {
    expect(labelsOf(policy, 12).slice(8)).toEqual(['V1.8', 'V1.9', tenth, eleventh])
  })

  it('[VER-1] have a next major after V2.9 too, where they are decimal', () => {
    expect(labelsOf('decimal', 21).slice(-2)).toEqual(['V2.9', 'V3.0'])
  })

  it('[VER-4] read 1, 2, 3 under the policy integer', () => {
    expect(labelsOf('integer', 3)).toEqual(['1', '2', '3'])
  })

  it.each([
    ['1.0.0', 'minor', '1.1.0'],
    ['1.9.0', 'minor', '1.10.0'],
    ['1.9.0', 'decimal', '2.0.0'],
    ['1.12.0', 'decimal', '2.0.0'],
    ['1.3.0', 'integer', '2.0.0'],
  ] as const)('[VER-1] go on after %s under the policy %s with %s', (highest, policy, next) => {
    expect(nextNumber(highest, policy)).toBe(next)
  })

  it('[VER-4] keep a minor part under the policy integer where another policy gave it', () => {
    expect(labelOf('1.3.0', 'integer')).toBe('1.3')
    expect(labelOf(nextNumber('1.3.0', 'integer'), 'integer')).toBe('2')
  })

  it('are in the order of their parts, not of their letters', () => {
    expect(compareNumbers('1.10.0', '1.9.0')).toBeGreaterThan(0)
    expect(compareNumbers('1.9.0', '1.10.0')).toBeLessThan(0)
    expect(compareNumbers('2.0.0', '2.0.0')).toBe(0)
  })
})

describe('whichever policies a workspace has had', () => {
  const policies = fc.array(fc.constantFrom(...POLICIES), { minLength: 1, maxLength: 60 })

  it('[VER-1] each number is higher than all before it', () => {
    fc.assert(
      fc.property(policies, (held) => {
        const numbers = numbersOf(held)
        numbers.slice(1).forEach((number, index) => {
          expect(compareNumbers(number, numbers[index]!)).toBe(1)
        })
      }),
    )
  })

  it('[VER-1] no label stands twice, under any policy that they are shown by', () => {
    fc.assert(
      fc.property(policies, (held) => {
        const numbers = numbersOf(held)
        const labels = POLICIES.flatMap((policy) => {
          const shown = numbers.map((number) => labelOf(number, policy))
          expect(new Set(shown).size).toBe(shown.length)
          return shown
        })
        // Nor across policies, but that `minor` and `decimal` read alike.
        expect(new Set(labels).size).toBe(2 * numbers.length)
      }),
    )
  })
})
