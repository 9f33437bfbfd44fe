import { do_not_optimize } from 'mitata'

/** Something to be timed. What it returns is kept from the optimiser. */
export interface Contestant {
  readonly name: string
  run(): unknown
}

/** One thing to do, and all who do it. A figure is the time of one run divided by `per`. */
export interface Workload {
  readonly id: string
  readonly title: string
  readonly unit: 'ns' | 'µs'
  /** How many items one run handles; nodes of a chain, for instance. */
  readonly per: number
  readonly contestants: readonly Contestant[]
}

export interface Effort {
  /** Samples of each contestant; they are taken in turn, so that a slow moment of the machine hits all. */
  readonly rounds: number
  /** How long one sample lasts, at least. */
  readonly sampleMs: number
  /** How long each contestant runs before the first sample. */
  readonly warmUpMs: number
}

/** Nanoseconds an item, one entry a round, by contestant. A contestant that threw has its message instead. */
export interface Measured {
  readonly samples: { readonly [contestant: string]: readonly number[] }
  readonly failures: { readonly [contestant: string]: string }
}

export function measureWorkload(workload: Workload, effort: Effort): Measured {
  const samples: Record<string, number[]> = {}
  const failures: Record<string, string> = {}
  const field: { contestant: Contestant; runs: number; taken: number[] }[] = []
  for (const contestant of workload.contestants) {
    try {
      const taken: number[] = []
      field.push({ contestant, runs: warmUp(contestant, effort), taken })
      samples[contestant.name] = taken
    } catch (error) {
      failures[contestant.name] = error instanceof Error ? error.message : String(error)
    }
  }
  for (let round = 0; round < effort.rounds; round++) {
    for (const { contestant, runs, taken } of field) {
      taken.push(nanosecondsARun(contestant, runs) / workload.per)
    }
  }
  return { samples, failures }
}

/** Runs until the time is up, and answers how many runs fill one sample. */
function warmUp(contestant: Contestant, effort: Effort): number {
  const until = performance.now() + effort.warmUpMs
  let fastest = Number.POSITIVE_INFINITY
  let runs = 1
  do {
    const took = nanosecondsARun(contestant, runs)
    fastest = Math.min(fastest, took)
    if (took * runs < 1e6) runs *= 2
  } while (performance.now() < until)
  return Math.max(1, Math.ceil((effort.sampleMs * 1e6) / fastest))
}

function nanosecondsARun(contestant: Contestant, runs: number): number {
  const begin = process.hrtime.bigint()
  for (let i = 0; i < runs; i++) do_not_optimize(contestant.run())
  return Number(process.hrtime.bigint() - begin) / runs
}

/** Bytes of heap that one value keeps alive, as the median of three counts over many copies. Needs --expose-gc. */
export function measureHeap(make: () => unknown, copies: number): number {
  const collect = globalThis.gc
  if (!collect) throw new Error('heap figures need node --expose-gc')
  const counts: number[] = []
  for (let i = 0; i < 3; i++) {
    const kept: unknown[] = new Array(copies).fill(null)
    collect()
    const before = process.memoryUsage().heapUsed
    for (let copy = 0; copy < copies; copy++) kept[copy] = make()
    collect()
    counts.push((process.memoryUsage().heapUsed - before) / copies)
    do_not_optimize(kept)
  }
  return median(counts)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The exponent k of time ~ n^k, by least squares over the logarithms. 1 is linear. */
export function growthExponent(points: readonly { readonly n: number; readonly time: number }[]): number {
  const xs = points.map(({ n }) => Math.log(n))
  const ys = points.map(({ time }) => Math.log(time))
  const meanX = xs.reduce((sum, x) => sum + x, 0) / xs.length
  const meanY = ys.reduce((sum, y) => sum + y, 0) / ys.length
  let covariance = 0
  let variance = 0
  xs.forEach((x, i) => {
    covariance += (x - meanX) * (ys[i]! - meanY)
    variance += (x - meanX) ** 2
  })
  return covariance / variance
}
