import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearest } from '../../src/base/index.ts'

/** The distance by its definition, without any short cut. */
function slips(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      row[j] = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1)
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}

function plainNearest(name: string, candidates: readonly string[]): string | undefined {
  const allowed = Math.min(Math.max(Math.floor(name.length / 3), 1), 4)
  const distances = candidates.map((candidate) => slips(name, candidate))
  const least = Math.min(...distances)
  return least <= allowed ? candidates[distances.indexOf(least)] : undefined
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 18 })

describe('nearest', () => {
  it('finds what a comparison without short cuts finds', () => {
    fc.assert(
      fc.property(word, fc.array(word, { minLength: 1, maxLength: 6 }), (name, candidates) => {
        expect(nearest(name, candidates)).toBe(plainNearest(name, candidates))
      }),
      { numRuns: 2_000 },
    )
  })

  it('allows four slips in a name, however long', () => {
    const id = 'appointment_reminder_for_customers_abroad'
    expect(nearest(id.replaceAll('e', ''), [id])).toBe(id)
    expect(nearest(`${id.replaceAll('e', '')}_x`, [id])).toBeUndefined()
  })

  it('looks at the first 200 candidates of similar length, and passes over all others', () => {
    const others = Array.from({ length: 199 }, (_, i) => `zz${1_000 + i}`)
    const short = Array.from({ length: 1_000 }, (_, i) => `${i % 10}`)
    expect(nearest('lookpu', [...short, ...others, 'lookup'])).toBe('lookup')
    expect(nearest('lookpu', [...others, 'zz9999', 'lookup'])).toBeUndefined()
  })

  it('takes no time to speak of, however many long names there are', () => {
    const stem = 'node_of_a_very_long_flow_'.repeat(2)
    const candidates = Array.from({ length: 5_000 }, (_, i) => `${stem}${i + 1_000}xx`)
    for (let i = 0; i < 1_000; i++) {
      expect(nearest(`${stem}${i + 1_000}yyyyy`, candidates)).toBeUndefined()
      expect(nearest(`missing_${'x'.repeat(44)}${i + 1_000}`, candidates)).toBeUndefined()
    }
  })
})
