import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, test } from 'vitest'
import { patternWeight } from '../../src/expressions/pattern-weight.ts'

/** The engine's own count, without the two steps that every program begins and ends with; none for no pattern. */
function stepsOf(pattern: string): number | undefined {
  try {
    return RE2JS.compile(pattern).programSize() - 2
  } catch {
    return undefined
  }
}

const PIECES = [
  'a',
  '.',
  '[a-z]',
  '[^\\]]',
  '[]a]',
  '[[:alpha:]_]',
  '\\d',
  '\\p{L}',
  '\\pN',
  '\\x{41}',
  '\\Q',
  '\\E',
]
const SIGNS = [
  '(',
  '(?:',
  '(?P<n>',
  '(?i)',
  ')',
  '|',
  '*',
  '+',
  '?',
  '{2}',
  '{1,5}',
  '{3,}',
  '{0}',
  '{0,3}',
  '^',
  '$',
]

describe('the weight of a pattern', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['^[A-Z]{2}-\\d{4}$', 9],
    ['a{1,30}', 59],
    ['a{3,}', 4],
    ['a{0}', 0],
    ['(?:abc){100}', 300],
    ['(abc){100}', 500],
    ['\\p{Greek}{2}', 2],
    ['\\x{1000}', 1],
    ['\\Qa{9}\\E', 4],
    ['[a{9}]', 1],
    ['a{b}', 4],
    ['((a{1,30}){1,30})$', 1862],
    // No patterns: the engine refuses them, whatever they weigh.
    ['(a', 1],
    ['a)', 1],
    ['[a', 1],
    ['a\\', 2],
    ['{9}', 0],
    ['a{5,1}', 0],
  ])('%s weighs %i', (pattern, weight) => {
    expect(patternWeight(pattern)).toBe(weight)
  })

  test('is never far below what the engine makes of it', () => {
    const pattern = fc
      .array(fc.constantFrom(...PIECES, ...SIGNS), { maxLength: 12 })
      .map((all) => all.join(''))
    fc.assert(
      fc.property(pattern, (source) => {
        const steps = stepsOf(source)
        // Empty groups and alternatives are steps of the engine that have no character.
        if (steps !== undefined) expect(steps).toBeLessThanOrEqual(3 * patternWeight(source) + 2)
      }),
      { numRuns: 5_000 },
    )
  })

  test('is found in time linear to the pattern', () => {
    for (const piece of ['(', '[', '\\p{', '\\Q', '{1', '(?P<', '[[:', '{9}', 'a{9}', '(a'])
      expect(patternWeight(piece.repeat(100_000))).toBeGreaterThanOrEqual(0)
  })
})
