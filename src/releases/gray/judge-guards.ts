import { type GuardReason, guardReason } from './guard-reasons.ts'
import type { Guards } from './guards.ts'
import { leastCount, meetsMax, meetsMin } from './shares.ts'

/** What has become of the sessions on a gray version, counted by the host. */
export interface GuardFigures {
  /** Sessions that have not ended. */
  readonly running: number
  /** Sessions that have ended, the failed ones among them. */
  readonly ended: number
  readonly failed: number
  /** Ended sessions by the code of their flow outcome; no session has more than one. What is left out is 0. */
  readonly outcomes: { readonly [code: string]: number }
}

export interface GuardVerdict {
  /**
   * `abort` where a bound is broken, `hold` where it is too early to say, `promote` where enough sessions have ended
   * and all bounds are kept.
   */
  readonly verdict: 'promote' | 'hold' | 'abort'
  /** What it rests on; at least one. */
  readonly reasons: readonly GuardReason[]
}

/**
 * Judges a gray release by its guards. From `minSessions` ended sessions on, every bound is held against all of them.
 * Before that, a bound is broken only where nothing that the missing sessions could come to would still keep it, so
 * that bad luck of the first few ends nothing, and a version that cannot make it any more is stopped at once. Pure: it
 * changes nothing, and whoever asks decides what to do.
 *
 * @example
 * judgeGuards({ minSessions: 100, maxErrorRate: 0.05 }, { running: 4, ended: 20, failed: 6, outcomes: {} }).verdict // 'abort'
 */
export function judgeGuards(guards: Guards, figures: GuardFigures): GuardVerdict {
  const { running, ended } = figures
  const { minSessions } = guards
  if (!addsUp(figures)) return { verdict: 'hold', reasons: [guardReason('guard.figures')] }
  const early = ended < minSessions
  const broken = early ? beyondReach(guards, figures) : brokenBounds(guards, figures)
  if (broken.length > 0) return { verdict: 'abort', reasons: broken }
  return early
    ? { verdict: 'hold', reasons: [guardReason('guard.tooFew', { ended, minSessions, running })] }
    : { verdict: 'promote', reasons: [guardReason('guard.kept', { ended })] }
}

/** Counters that are read while sessions end can be apart for a moment; no verdict rests on those. */
function addsUp({ running, ended, failed, outcomes }: GuardFigures): boolean {
  const counts = Object.values(outcomes)
  const isCount = (n: number) => Number.isSafeInteger(n) && n >= 0
  return (
    [running, ended, failed, ...counts].every(isCount) &&
    failed <= ended &&
    counts.reduce((sum, count) => sum + count, 0) <= ended
  )
}

function brokenBounds({ maxErrorRate, outcomes = [] }: Guards, figures: GuardFigures): GuardReason[] {
  const { ended, failed } = figures
  const broken: GuardReason[] = []
  if (!meetsMax(failed, ended, maxErrorRate)) {
    broken.push(guardReason('guard.errors', { failed, ended, maxErrorRate: maxErrorRate! }))
  }
  for (const { outcome, min, max } of outcomes) {
    const count = countOf(figures, outcome)
    if (!meetsMax(count, ended, max)) {
      broken.push(guardReason('guard.outcomeAbove', { outcome, count, ended, max: max! }))
    }
    if (!meetsMin(count, ended, min)) {
      broken.push(guardReason('guard.outcomeBelow', { outcome, count, ended, min: min! }))
    }
  }
  return broken
}

/** What cannot be kept any more, whatever becomes of the sessions that are missing of `minSessions`. */
function beyondReach(guards: Guards, figures: GuardFigures): GuardReason[] {
  const { minSessions, maxErrorRate, outcomes = [] } = guards
  const { ended, failed } = figures
  const remaining = minSessions - ended
  const broken: GuardReason[] = []
  if (!meetsMax(failed, minSessions, maxErrorRate)) {
    broken.push(guardReason('guard.errorsToCome', { failed, minSessions, maxErrorRate: maxErrorRate! }))
  }
  let needed = 0
  for (const { outcome, min, max } of outcomes) {
    const count = countOf(figures, outcome)
    if (!meetsMax(count, minSessions, max)) {
      broken.push(guardReason('guard.outcomeAboveToCome', { outcome, count, minSessions, max: max! }))
    }
    if (!meetsMin(count + remaining, minSessions, min)) {
      broken.push(guardReason('guard.outcomeBelowToCome', { outcome, count, minSessions, min: min! }))
    }
    needed += Math.max(0, leastCount(min ?? 0, minSessions) - count)
  }
  if (broken.length === 0 && needed > remaining) {
    broken.push(guardReason('guard.outcomesBelowToCome', { needed, remaining, minSessions }))
  }
  return broken
}

function countOf({ outcomes }: GuardFigures, code: string): number {
  return Object.hasOwn(outcomes, code) ? outcomes[code]! : 0
}
