import { describe, expect, it } from 'vitest'
import type { DurableFigures } from '../../bench/durable.ts'
import { checkEngine } from '../../bench/engines/check.ts'
import { robot3 } from '../../bench/engines/robot3.ts'
import { xstateActor } from '../../bench/engines/xstate-actor.ts'
import { yardstick } from '../../bench/engines/yardstick.ts'
import { growthExponent, measureWorkload, median } from '../../bench/measure.ts'
import { pool } from '../../bench/pool.ts'
import { targetRows } from '../../bench/targets.ts'
import type { ProcessResult } from '../../bench/worker.ts'
import { CHAIN_LENGTHS } from '../../bench/workloads.ts'

describe('the engines of the bench', () => {
  it.each([yardstick, robot3, xstateActor])('$name tells the support flow', (engine) => {
    checkEngine(engine)
  })

  it('are told apart from one that slips', () => {
    const slipping = { ...yardstick, name: 'slipping', playThroughJson: () => ({ said: [], outcome: null }) }
    expect(() => checkEngine(slipping)).toThrow('slipping, inputs 1, 2, 9, 1, 3, AB-1234, through JSON')
  })
})

describe('the figures of the bench', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[7], 7],
  ])('the median of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected)
  })

  it.each([1, 1.5, 2])('finds the growth exponent %d', (exponent) => {
    const points = [100, 1_000, 10_000].map((n) => ({ n, time: 3 * n ** exponent }))
    expect(growthExponent(points)).toBeCloseTo(exponent, 10)
  })

  it('takes as many samples of each as there are rounds, and says who failed and why', () => {
    const effort = { rounds: 3, sampleMs: 0.01, warmUpMs: 0 }
    const contestants = [
      { name: 'works', run: () => 1 },
      {
        name: 'throws',
        run: () => {
          throw new Error('too deep')
        },
      },
    ]
    const measured = measureWorkload({ id: 'w', title: 'w', unit: 'ns', per: 1, contestants }, effort)
    expect(measured.samples.works).toHaveLength(3)
    expect(measured.samples.throws).toBeUndefined()
    expect(measured.failures).toEqual({ throws: 'too deep' })
  })

  /** A process in which the yardstick took 1,000 ns a session and Sluice `live`. */
  function processWith(live: number): ProcessResult {
    const chains = CHAIN_LENGTHS.map((n) => ({
      id: `chain-${n}`,
      title: '',
      unit: 'ns' as const,
      samples: { sluice: [25, 25], yardstick: [10, 10] },
      failures: {},
    }))
    const session = {
      id: 'live',
      title: '',
      unit: 'µs' as const,
      samples: { sluice: [live, live, live], yardstick: [1_000, 1_000, 1_000] },
      failures: {},
    }
    const parked = [{ name: 'sluice', snapshotBytes: 344, contactBytes: 44, heapBytes: 401 }]
    return { missing: [], workloads: [session, ...chains], parked }
  }

  it('pools processes: the ratio is that of the medians, the spread that of the processes', () => {
    const pooled = pool([processWith(1_500), processWith(1_800), processWith(2_400)])
    expect(pooled.ratio('live', 'sluice', 'yardstick')).toEqual({ value: 1.8, from: 1.5, to: 2.4 })
    expect(pooled.ratio('live', 'robot3', 'sluice')).toBeUndefined()
    expect(pooled.growth.get('sluice')?.value).toBeCloseTo(1, 10)
  })

  it('marks each target as met, missed or not measured', () => {
    const durable = { parked: 1_000, inputsPerSecond: 20_000, rowsPerSecond: 4_000 } as DurableFigures
    const rows = targetRows(pool([processWith(1_800)]), { missing: 'no build' }, [durable])
    const verdict = (what: string) => rows.find((row) => row.what === what)?.verdict
    expect(verdict('support session, trace on')).toBe('met')
    expect(verdict('chain, growth exponent to 10,000')).toBe('met, ambition too')
    expect(verdict('snapshot at the menu, without contact data')).toBe('met')
    expect(verdict('heap of a parked session')).toBe('missed')
    expect(verdict('cold import of the root')).toBe('not measured')
    expect(verdict('durable host on SQLite over parked sessions, inputs a second')).toBe('met')
  })
})
