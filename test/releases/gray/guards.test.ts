import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkGuards, MAX_MIN_SESSIONS } from '../../../src/releases/gray/check-guards.ts'
import { GUARD_REASONS } from '../../../src/releases/gray/guard-reasons.ts'
import type { Guards } from '../../../src/releases/gray/guards.ts'
import { type GuardFigures, judgeGuards } from '../../../src/releases/gray/judge-guards.ts'

const DECLARED = ['resolved', 'abandoned', 'transferred']

function judged(guards: Guards, figures: Partial<GuardFigures>): [string, ...string[]] {
  const { verdict, reasons } = judgeGuards(guards, {
    running: 0,
    ended: 0,
    failed: 0,
    outcomes: {},
    ...figures,
  })
  for (const { code, reason } of reasons) {
    expect(Object.hasOwn(GUARD_REASONS, code)).toBe(true)
    expect(reason).not.toMatch(/undefined|NaN/)
  }
  return [verdict, ...reasons.map(({ code }) => code)]
}

/** Holds the figures at one instant against the bounds, one by one. */
function keeps(
  { maxErrorRate = 1, outcomes = [] }: Guards,
  { ended, failed, outcomes: counts }: GuardFigures,
) {
  return (
    failed / ended <= maxErrorRate &&
    outcomes.every(({ outcome, min = 0, max = 1 }) => {
      const share = (counts[outcome] ?? 0) / ended
      return share >= min && share <= max
    })
  )
}

/** All that the figures can have become once so many sessions have ended, where none of the missing ones fails. */
function* continuations(
  figures: GuardFigures,
  total: number,
  codes: readonly string[],
): Generator<GuardFigures> {
  const [code, ...others] = codes
  const missing = total - figures.ended
  if (code === undefined) {
    yield { ...figures, ended: total }
    return
  }
  for (let more = 0; more <= missing; more++) {
    const outcomes = { ...figures.outcomes, [code]: (figures.outcomes[code] ?? 0) + more }
    yield* continuations({ ...figures, outcomes, ended: figures.ended + more }, total, others)
  }
}

describe('a verdict', () => {
  const guards: Guards = {
    minSessions: 100,
    maxErrorRate: 0.07,
    outcomes: [
      { outcome: 'resolved', min: 0.6 },
      { outcome: 'abandoned', max: 0.2 },
    ],
  }
  const good = { ended: 100, failed: 7, outcomes: { resolved: 60, abandoned: 20 } }

  it('[GRY-5] is promote where enough sessions have ended and every bound is just kept', () => {
    expect(judged(guards, good)).toEqual(['promote', 'guard.kept'])
  })

  it('[GRY-5] is hold while fewer have ended, however good they are', () => {
    expect(judged(guards, { running: 3, ended: 99, outcomes: { resolved: 99 } })).toEqual([
      'hold',
      'guard.tooFew',
    ])
    expect(judged(guards, {})).toEqual(['hold', 'guard.tooFew'])
  })

  it.each([
    [{ failed: 8 }, 'guard.errors'],
    [{ outcomes: { resolved: 59 } }, 'guard.outcomeBelow'],
    [{ outcomes: {} }, 'guard.outcomeBelow'],
    [{ outcomes: { resolved: 60, abandoned: 21 } }, 'guard.outcomeAbove'],
  ])('[GRY-5] is abort where enough have ended and a bound is broken: %j', (change, code) => {
    expect(judged(guards, { ...good, ...change })).toEqual(['abort', code])
  })

  it.each([
    [{ ended: 8, failed: 7 }, 'hold', 'guard.tooFew'],
    [{ ended: 8, failed: 8 }, 'abort', 'guard.errorsToCome'],
    [{ ended: 20, outcomes: { abandoned: 20 } }, 'hold', 'guard.tooFew'],
    [{ ended: 21, outcomes: { abandoned: 21 } }, 'abort', 'guard.outcomeAboveToCome'],
    [{ ended: 40, outcomes: {} }, 'hold', 'guard.tooFew'],
    [{ ended: 41, outcomes: {} }, 'abort', 'guard.outcomeBelowToCome'],
  ])('[GRY-5] is abort early only where a bound cannot be kept any more: %j', (figures, verdict, code) => {
    expect(judged(guards, figures)).toEqual([verdict, code])
  })

  it('[GRY-5] is abort where two outcomes cannot both come to their shares any more', () => {
    const both = {
      minSessions: 10,
      outcomes: [
        { outcome: 'resolved', min: 0.5 },
        { outcome: 'transferred', min: 0.5 },
      ],
    }
    expect(judged(both, { ended: 1, outcomes: { resolved: 1 } })).toEqual(['hold', 'guard.tooFew'])
    expect(judged(both, { ended: 1, outcomes: {} })).toEqual(['abort', 'guard.outcomesBelowToCome'])
  })

  it('[GRY-5] names every bound that is broken', () => {
    expect(judged(guards, { ended: 100, failed: 50, outcomes: { abandoned: 30 } })).toEqual([
      'abort',
      'guard.errors',
      'guard.outcomeBelow',
      'guard.outcomeAbove',
    ])
  })

  it('[GRY-5] says it in words, with the figures', () => {
    const { reasons } = judgeGuards(guards, { running: 0, ...good, failed: 8 })
    expect(reasons).toEqual([
      {
        code: 'guard.errors',
        reason: '8 of 100 sessions have failed, which is more than 7 %.',
        details: { failed: 8, ended: 100, maxErrorRate: 0.07 },
      },
    ])
  })

  it('[GRY-5] without bounds waits for the sessions alone', () => {
    expect(judged({ minSessions: 2 }, { ended: 1, failed: 1 })).toEqual(['hold', 'guard.tooFew'])
    expect(judged({ minSessions: 2 }, { ended: 2, failed: 2 })).toEqual(['promote', 'guard.kept'])
  })

  it.each([
    { ended: 100, failed: 101 },
    { ended: 100, failed: -1 },
    { ended: 100, failed: Number.NaN },
    { ended: 100.5, failed: 1 },
    { ended: 100, outcomes: { resolved: 60, other: 41 } },
    { ended: 100, running: Number.POSITIVE_INFINITY },
  ])('[GRY-5] is hold where the figures do not add up: %j', (figures) => {
    expect(judged(guards, figures)).toEqual(['hold', 'guard.figures'])
  })

  it('[GRY-5] reads no outcome that an object inherits', () => {
    const inherited = { minSessions: 1, outcomes: [{ outcome: 'toString', max: 0.5 }] }
    expect(judged(inherited, { ended: 1 })).toEqual(['promote', 'guard.kept'])
  })

  it('[GRY-5] is abort exactly where no course of the missing sessions keeps the bounds', () => {
    const share = fc.integer({ min: 0, max: 10 }).map((n) => n / 10)
    const guarded = fc
      .record({
        minSessions: fc.integer({ min: 1, max: 7 }),
        maxErrorRate: share,
        outcomes: fc.tuple(
          fc.record({ outcome: fc.constant('resolved'), min: share }),
          fc.record({ outcome: fc.constant('abandoned'), min: share, max: share }),
        ),
      })
      .filter((each) => checkGuards(each, DECLARED).ok)
    const few = fc.integer({ min: 0, max: 5 })
    const figures = fc
      .record({ resolved: few, abandoned: few, other: few, failed: few })
      .map(({ resolved, abandoned, other, failed }): GuardFigures => {
        const ended = resolved + abandoned + other
        return { running: 1, ended, failed: Math.min(failed, ended), outcomes: { resolved, abandoned } }
      })
    const verdicts = new Set<string>()
    fc.assert(
      fc.property(guarded, figures, (guards_, given) => {
        const { verdict } = judgeGuards(guards_, given)
        verdicts.add(verdict)
        if (given.ended >= guards_.minSessions) {
          expect(verdict).toBe(keeps(guards_, given) ? 'promote' : 'abort')
          return
        }
        const some = [...continuations(given, guards_.minSessions, ['resolved', 'abandoned'])].some((each) =>
          keeps(guards_, each),
        )
        expect(verdict).toBe(some ? 'hold' : 'abort')
      }),
      { numRuns: 3_000 },
    )
    expect([...verdicts].sort()).toEqual(['abort', 'hold', 'promote'])
  })

  it('[GRY-5] of 7 in 100 is the share 0.07, and so for every share of a hundred', () => {
    for (let n = 0; n <= 100; n++) {
      const exact = {
        minSessions: 100,
        maxErrorRate: n / 100,
        outcomes: [{ outcome: 'resolved', min: n / 100 }],
      }
      expect(judged(exact, { ended: 100, failed: n, outcomes: { resolved: n } })[0]).toBe('promote')
      expect(judged(exact, { ended: 100 - n, failed: 0 })[0]).toBe(n === 0 ? 'promote' : 'hold')
      expect(checkGuards(exact, DECLARED).ok).toBe(true)
    }
  })
})

describe('guards', () => {
  const codes = (value: unknown): string[] => {
    const result = checkGuards(value, DECLARED)
    if (result.ok) throw new Error('They have passed')
    return result.error.map(({ code, path }) => [code, ...path].join(' '))
  }

  it.each([
    { minSessions: 1 },
    { minSessions: MAX_MIN_SESSIONS, maxErrorRate: 0 },
    { minSessions: 10, outcomes: [{ outcome: 'resolved', min: 0.5, max: 0.5 }] },
    {
      minSessions: 10,
      outcomes: [
        { outcome: 'resolved', min: 0.4 },
        { outcome: 'abandoned', min: 0.6 },
      ],
    },
  ])('[GRY-5] pass: %j', (value) => {
    expect(checkGuards(value, DECLARED)).toEqual({ ok: true, value })
  })

  it.each([
    [{}, ['guards.shape minSessions']],
    [null, ['guards.shape']],
    [{ minSessions: 1, maxErrors: 0.1 }, ['guards.shape']],
    [{ minSessions: 1, maxErrorRate: '0.1' }, ['guards.shape maxErrorRate']],
    [
      { minSessions: 1, outcomes: new Array(101).fill({ outcome: 'resolved', min: 0 }) },
      ['guards.shape outcomes'],
    ],
    [{ minSessions: 0 }, ['guards.minSessions minSessions']],
    [{ minSessions: 1.5 }, ['guards.minSessions minSessions']],
    [{ minSessions: MAX_MIN_SESSIONS + 1 }, ['guards.minSessions minSessions']],
    [{ minSessions: 1, maxErrorRate: 1.01 }, ['guards.rate maxErrorRate']],
    [{ minSessions: 1, maxErrorRate: -0.01 }, ['guards.rate maxErrorRate']],
    [{ minSessions: 1, outcomes: [{ outcome: 'resolved', min: 2 }] }, ['guards.rate outcomes 0 min']],
    [{ minSessions: 1, outcomes: [{ outcome: 'resolved' }] }, ['guards.noBound outcomes 0']],
    [
      { minSessions: 1, outcomes: [{ outcome: 'resolved', min: 0.2, max: 0.1 }] },
      ['guards.order outcomes 0'],
    ],
    [
      { minSessions: 1, outcomes: [{ outcome: 'solved', min: 0 }] },
      ['guards.unknownOutcome outcomes 0 outcome'],
    ],
    [
      { minSessions: 1, outcomes: [{ outcome: 'toString', min: 0 }] },
      ['guards.unknownOutcome outcomes 0 outcome'],
    ],
    [
      {
        minSessions: 1,
        outcomes: [
          { outcome: 'resolved', min: 0 },
          { outcome: 'resolved', max: 1 },
        ],
      },
      ['guards.repeated outcomes 1 outcome'],
    ],
    [
      {
        minSessions: 10,
        outcomes: [
          { outcome: 'resolved', min: 0.5 },
          { outcome: 'abandoned', min: 0.51 },
        ],
      },
      ['guards.unreachable outcomes'],
    ],
    [
      { minSessions: 5, outcomes: [{ outcome: 'resolved', min: 0.5, max: 0.5 }] },
      ['guards.unreachable outcomes'],
    ],
  ])('[GRY-5] do not pass: %j', (value, expected) => {
    expect(codes(value)).toEqual(expected)
  })

  it('[GRY-5] are told the outcome that was meant', () => {
    const result = checkGuards({ minSessions: 1, outcomes: [{ outcome: 'resolve', min: 0 }] }, DECLARED)
    expect(!result.ok && result.error[0]?.message).toBe(
      'The flow declares no outcome resolve. Did you mean resolved?',
    )
  })
})
