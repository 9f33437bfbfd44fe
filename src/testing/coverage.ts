import type { Program } from '../interpreter/program.ts'
import type { TraceEntry } from '../interpreter/trace.ts'

/** One way out of one node. */
export interface CoveredOutcome {
  readonly flow: string
  readonly node: string
  readonly outcome: string
}

/** Which outcomes some runs took, over all the flows of a program. */
export interface Coverage {
  /** Adds what a run did: the entries of one or more traces. */
  add(entries: Iterable<TraceEntry>): void
  /** Outcomes that lead somewhere. */
  readonly total: number
  /** How many of them were taken at least once. */
  readonly taken: number
  /** Those that were not, in the order of the program's nodes. */
  readonly missed: readonly CoveredOutcome[]
  /** How often an outcome was taken. */
  count(flow: string, node: string, outcome: string): number
}

/**
 * Counts the outcomes taken by sessions of a program, its subflows and exception flow included. An outcome that
 * leads nowhere cannot be taken and is not counted.
 *
 * @example
 * const coverage = createCoverage(program)
 * simulate(program, { coverage }).say('1')
 * console.log(`${coverage.taken} of ${coverage.total}`, coverage.missed)
 */
export function createCoverage(program: Program): Coverage {
  const counts = new Map<string, CoveredOutcome & { count: number }>()
  for (const { flow, nodes } of program.programs.values()) {
    for (const { id, outcomes, targets } of nodes) {
      outcomes.forEach((outcome, index) => {
        if (targets[index]! >= 0) counts.set(keyOf(flow, id, outcome), { flow, node: id, outcome, count: 0 })
      })
    }
  }
  let taken = 0
  return {
    add(entries) {
      for (const entry of entries) {
        if (entry.type !== 'leave') continue
        const counted = counts.get(keyOf(entry.flow, entry.node, entry.outcome))
        if (counted === undefined) continue
        if (counted.count === 0) taken++
        counted.count++
      }
    },
    get total() {
      return counts.size
    },
    get taken() {
      return taken
    },
    get missed() {
      return [...counts.values()]
        .filter(({ count }) => count === 0)
        .map(({ flow, node, outcome }) => ({ flow, node, outcome }))
    },
    count: (flow, node, outcome) => counts.get(keyOf(flow, node, outcome))?.count ?? 0,
  }
}

function keyOf(flow: string, node: string, outcome: string): string {
  return JSON.stringify([flow, node, outcome])
}
