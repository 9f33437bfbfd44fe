import { EDITED_SIZES, EDITS } from './editing.ts'
import { growthExponent, median } from './measure.ts'
import type { Parked, ProcessResult } from './worker.ts'
import { CHAIN_LENGTHS } from './workloads.ts'

/** A figure over all processes. */
export interface Figure {
  /** Median of the pooled samples. */
  readonly value: number
  /** Smallest and largest median of one process. */
  readonly from: number
  readonly to: number
}

export interface PooledWorkload {
  readonly id: string
  readonly title: string
  readonly unit: 'ns' | 'µs'
  /** Nanoseconds an item, by contestant, in the order of the contest. */
  readonly figures: ReadonlyMap<string, Figure>
  readonly failures: ReadonlyMap<string, string>
}

export interface Pooled {
  readonly missing: ProcessResult['missing']
  readonly workloads: readonly PooledWorkload[]
  readonly parked: readonly Parked[]
  /** Exponent of time over chain length, 100 to the longest, by engine. */
  readonly growth: ReadonlyMap<string, Figure>
  /** Exponent of the time of an edit over the nodes of its flow, 100 to the most, by kind of edit. */
  readonly editGrowth: ReadonlyMap<string, Figure>
  /** Bytes of heap that one step to undo keeps alive. */
  readonly undoStepBytes: number | undefined
  /** How many times longer `a` takes than `b`; the spread is that of the ratios inside each process. */
  ratio(workload: string, a: string, b: string): Figure | undefined
  figure(workload: string, contestant: string): Figure | undefined
}

/** Chains shorter than this are mostly the cost of starting a session. */
const SHORTEST_FITTED = 100

export function pool(results: readonly ProcessResult[]): Pooled {
  const first = results[0]
  if (!first) throw new Error('no process has measured anything')
  const workloads = first.workloads.map((workload): PooledWorkload => {
    const figures = new Map<string, Figure>()
    const failures = new Map<string, string>()
    for (const { failures: failed } of results.map((result) => find(result, workload.id))) {
      for (const [name, why] of Object.entries(failed)) failures.set(name, why)
    }
    for (const name of Object.keys(workload.samples)) {
      const perProcess = samplesOf(results, workload.id, name)
      if (perProcess.length < results.length) continue
      figures.set(name, { value: median(perProcess.flat()), ...spread(perProcess.map(median)) })
    }
    return { id: workload.id, title: workload.title, unit: workload.unit, figures, failures }
  })
  const figure = (workload: string, contestant: string): Figure | undefined =>
    workloads.find(({ id }) => id === workload)?.figures.get(contestant)
  return {
    missing: first.missing,
    workloads,
    parked: first.parked.map((parked) => ({
      ...parked,
      heapBytes: median(
        results
          .flatMap((result) => result.parked.filter(({ name }) => name === parked.name))
          .map((p) => p.heapBytes),
      ),
    })),
    growth: poolGrowth(results),
    editGrowth: poolEditGrowth(results),
    undoStepBytes:
      first.undoStepBytes === undefined ? undefined : median(results.map((result) => result.undoStepBytes!)),
    figure,
    ratio(workload, a, b) {
      const [left, right] = [figure(workload, a), figure(workload, b)]
      if (!left || !right) return undefined
      const others = samplesOf(results, workload, b)
      const ratios = samplesOf(results, workload, a).map((samples, i) => median(samples) / median(others[i]!))
      return { value: left.value / right.value, ...spread(ratios) }
    },
  }
}

function poolGrowth(results: readonly ProcessResult[]): Map<string, Figure> {
  const lengths = CHAIN_LENGTHS.filter((n) => n >= SHORTEST_FITTED)
  const growth = new Map<string, Figure>()
  for (const { name } of results[0]?.parked ?? []) {
    const exponents = results.flatMap((result) => {
      const points = lengths.flatMap((n) => {
        const samples = find(result, `chain-${n}`).samples[name]
        return samples ? [{ n, time: median(samples) * n }] : []
      })
      return points.length === lengths.length ? [growthExponent(points)] : []
    })
    if (exponents.length > 0) growth.set(name, { value: median(exponents), ...spread(exponents) })
  }
  return growth
}

function poolEditGrowth(results: readonly ProcessResult[]): Map<string, Figure> {
  const sizes = EDITED_SIZES.filter((n) => n >= SHORTEST_FITTED)
  const growth = new Map<string, Figure>()
  for (const edit of [...EDITS.map((each) => `edit-${each}`), 'validate']) {
    const exponents = results.flatMap(({ workloads }) => {
      const points = sizes.flatMap((n) => {
        const samples = workloads.find(({ id }) => id === `${edit}-${n}`)?.samples.sluice
        return samples ? [{ n, time: median(samples) }] : []
      })
      return points.length === sizes.length ? [growthExponent(points)] : []
    })
    if (exponents.length > 0) growth.set(edit, { value: median(exponents), ...spread(exponents) })
  }
  return growth
}

function find(result: ProcessResult, id: string) {
  const workload = result.workloads.find((entry) => entry.id === id)
  if (!workload) throw new Error(`a process has not measured ${id}`)
  return workload
}

function samplesOf(results: readonly ProcessResult[], id: string, contestant: string): (readonly number[])[] {
  return results.flatMap((result) => {
    const samples = find(result, id).samples[contestant]
    return samples ? [samples] : []
  })
}

function spread(values: readonly number[]): { from: number; to: number } {
  return { from: Math.min(...values), to: Math.max(...values) }
}
