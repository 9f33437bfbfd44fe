import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BUCKETS, bucketOf } from '../../../src/releases/gray/bucket.ts'
import golden from './buckets.golden.json' with { type: 'json' }

/** The description of `bucketOf` word by word, in numbers that never overflow. */
function described(seed: string, contact: string): number {
  const encoder = new TextEncoder()
  let h = 0x811c9dc5n
  const times = (factor: bigint) => (h * factor) & 0xffffffffn
  for (const byte of [...encoder.encode(seed), 0xff, ...encoder.encode(contact)]) {
    h ^= BigInt(byte)
    h = times(0x01000193n)
  }
  h ^= h >> 16n
  h = times(0x85ebca6bn)
  h ^= h >> 13n
  h = times(0xc2b2ae35n)
  h ^= h >> 16n
  return Number(h % 10_000n)
}

/** How far counts are from what is expected, in standard deviations of a chi-square of so many degrees. */
function deviation(counts: readonly number[], expected: number): number {
  const chi = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  const degrees = counts.length - 1
  return (chi - degrees) / Math.sqrt(2 * degrees)
}

/** Ids as hosts give them: they differ in their last digits only. */
const KINDS: readonly (readonly [string, (i: number) => string])[] = [
  ['counted ids', (i) => String(i)],
  ['numbers in a row', (i) => String(4_915_112_000_000 + i)],
  ['long ids', (i) => `f47ac10b-58cc-4372-a567-${i.toString(16).padStart(12, '0')}`],
]
const MANY = 200_000

describe('buckets', () => {
  it('[GRY-4] are what they always were', () => {
    for (const [seed, contact, bucket] of golden.buckets as [string, string, number][]) {
      expect(bucketOf(seed, contact), `seed ${seed}, contact ${contact}`).toBe(bucket)
    }
  })

  it('[GRY-4] can be computed elsewhere from their description, whatever the texts hold', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 })
    // Halves of surrogate pairs among them.
    const units = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes))
    const either = fc.oneof(text, units)
    fc.assert(
      fc.property(either, either, (seed, contact) => bucketOf(seed, contact) === described(seed, contact)),
    )
  })

  it('[GRY-4] keep seed and contact apart', () => {
    expect(bucketOf('ab', 'c')).not.toBe(bucketOf('a', 'bc'))
  })

  it.each(KINDS)('[GRY-4] are equally full: %s', (_, idOf) => {
    const counts = new Array<number>(BUCKETS).fill(0)
    for (let i = 0; i < MANY; i++) counts[bucketOf('pilot', idOf(i))]!++
    expect(Math.abs(deviation(counts, MANY / BUCKETS))).toBeLessThan(5)
  })

  it.each(KINDS)('[GRY-4] of two seeds have nothing to do with each other: %s', (_, idOf) => {
    const seeds = ['pilot', 'pilot2', 'pilotb', 'rule-1', 'rule-2', 'rule-3']
    for (const [a, one] of seeds.entries()) {
      for (const other of seeds.slice(a + 1)) {
        const counts = new Array<number>(100).fill(0)
        for (let i = 0; i < 50_000; i++) {
          const tenths = [bucketOf(one, idOf(i)), bucketOf(other, idOf(i))].map((bucket) =>
            Math.floor(bucket / 1_000),
          )
          counts[tenths[0]! * 10 + tenths[1]!]!++
        }
        expect(Math.abs(deviation(counts, 500)), `${one} and ${other}`).toBeLessThan(5)
      }
    }
  })
})
