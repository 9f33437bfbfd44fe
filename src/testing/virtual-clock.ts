import { parseDuration } from '../base/duration.ts'
import type { Clock, Timers } from '../base/ports.ts'
import { SluiceError } from '../base/sluice-error.ts'

/** A clock that stands still until it is moved, and then calls what is due. Milliseconds since 1970-01-01T00:00:00Z throughout. */
export interface VirtualClock extends Clock, Timers {
  /** Moves on by milliseconds, or by a duration such as `10s`; returns the new instant. Never goes back. */
  advance(by: number | string): number
  /** Moves on to an instant; one that has passed leaves the clock where it is. Returns the new instant. */
  advanceTo(instant: number): number
}

/** Where virtual time begins unless told otherwise: 2026-01-01T00:00:00Z. */
export const EPOCH = Date.UTC(2026, 0, 1)

/**
 * Makes a clock for tests. Throws `testing.duration` where it is told to move by what is no duration.
 *
 * @example
 * const clock = virtualClock()
 * clock.advance('1h30m')
 */
export function virtualClock(start: number = EPOCH): VirtualClock {
  let now = start
  const timers = new Set<{ readonly at: number; readonly call: () => void }>()
  const advanceTo = (instant: number) => {
    for (;;) {
      const [next] = [...timers].filter(({ at }) => at <= instant).sort((a, b) => a.at - b.at)
      if (next === undefined) break
      timers.delete(next)
      now = Math.max(now, next.at)
      next.call()
    }
    if (instant > now) now = instant
    return now
  }
  return {
    now: () => now,
    advance: (by) => advanceTo(now + toMilliseconds(by)),
    advanceTo,
    setTimer(delayMs, call) {
      const timer = { at: now + delayMs, call }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
  }
}

/** Milliseconds of a span of time that a test names. */
export function toMilliseconds(span: number | string): number {
  const milliseconds = typeof span === 'number' ? span : parseDuration(span)
  if (milliseconds !== undefined && Number.isFinite(milliseconds) && milliseconds >= 0) return milliseconds
  throw new SluiceError({
    code: 'testing.duration',
    problem: `${JSON.stringify(span)} is no span of time`,
    next: 'Pass milliseconds, or a duration such as "10s" or "1h30m"',
  })
}
