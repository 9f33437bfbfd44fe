import type { Json } from '../../base/json.ts'

type Details = { readonly [name: string]: Json }

export type GuardReasonCode = keyof typeof GUARD_REASONS

const percent = (share: Json | undefined): string => `${Number((Number(share) * 100).toFixed(2))} %`

/** What a verdict rests on. Wording lives here alone, so that hosts can translate it. */
export const GUARD_REASONS = {
  'guard.figures': () => 'The figures do not add up, so that they say nothing.',
  'guard.tooFew': (d) => `${d.ended} of ${d.minSessions} sessions have ended, and ${d.running} are running.`,
  'guard.kept': (d) => `All bounds are kept by ${d.ended} sessions.`,
  'guard.errors': (d) =>
    `${d.failed} of ${d.ended} sessions have failed, which is more than ${percent(d.maxErrorRate)}.`,
  'guard.errorsToCome': (d) =>
    `${d.failed} sessions have failed already, which is more than ${percent(d.maxErrorRate)} of the first ${d.minSessions}.`,
  'guard.outcomeAbove': (d) =>
    `${d.count} of ${d.ended} sessions ended as ${d.outcome}, which is more than ${percent(d.max)}.`,
  'guard.outcomeAboveToCome': (d) =>
    `${d.count} sessions ended as ${d.outcome} already, which is more than ${percent(d.max)} of the first ${d.minSessions}.`,
  'guard.outcomeBelow': (d) =>
    `${d.count} of ${d.ended} sessions ended as ${d.outcome}, which is less than ${percent(d.min)}.`,
  'guard.outcomeBelowToCome': (d) =>
    `${d.count} sessions ended as ${d.outcome}; even all that are missing of ${d.minSessions} would not make it ${percent(d.min)}.`,
  'guard.outcomesBelowToCome': (d) =>
    `The outcomes need ${d.needed} more sessions to come to their least shares, and only ${d.remaining} are missing of ${d.minSessions}.`,
} as const satisfies Readonly<Record<string, (details: Details) => string>>

/** One thing that a verdict rests on. */
export interface GuardReason {
  readonly code: GuardReasonCode
  /** One sentence for people. */
  readonly reason: string
  /** The values that the reason speaks of, for hosts that word it themselves. */
  readonly details: Details
}

/** The reason of a code, in words. */
export function guardReason(code: GuardReasonCode, details: Details = {}): GuardReason {
  return { code, reason: GUARD_REASONS[code](details), details }
}
