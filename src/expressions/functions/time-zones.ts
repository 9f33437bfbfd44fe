import { memo } from './memo.ts'

/** The farthest that a JavaScript date reaches from 1970, less a day, so that the local time exists as well. */
const MAX_INSTANT = 8.64e15 - 86_400_000

export function isInstant(instant: number): boolean {
  return Math.abs(instant) <= MAX_INSTANT
}

const partsOf = memo((zone: string) => {
  // `hourCycle` h23, because some engines write midnight as 24.
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (instant: number) => {
    const fields: Record<string, number> = {}
    for (const { type, value } of format.formatToParts(instant)) fields[type] = Number(value)
    return fields
  }
})

/** Milliseconds that clocks of the zone are ahead of UTC at an instant. Throws for a zone that nobody knows. */
function offsetAt(instant: number, zone: string): number {
  const { year, month, day, hour, minute, second } = partsOf(zone)(instant)
  const whole = Math.floor(instant / 1000) * 1000
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - whole
}

/**
 * The instant whose UTC fields read as the clocks of the zone do at `instant`. Throws a RangeError for a zone
 * that is not known.
 */
export function toLocal(instant: number, zone: string | undefined): Date {
  return new Date(zone === undefined || zone === 'UTC' ? instant : instant + offsetAt(instant, zone))
}

/**
 * The instant at which clocks of the zone show a local time, given as if it were UTC. A time that is shown
 * twice, when clocks go back, is the first of the two. A time that is skipped, when clocks go forward, is read
 * with the offset from before, so that 02:30 becomes 03:30.
 */
export function fromLocal(local: number, zone: string | undefined): number {
  if (zone === undefined || zone === 'UTC') return local
  const before = local - offsetAt(local - 86_400_000, zone)
  const after = local - offsetAt(local + 86_400_000, zone)
  const shownBefore = before + offsetAt(before, zone) === local
  return shownBefore || after + offsetAt(after, zone) !== local ? before : after
}

/** True for a zone that the engine knows, such as `Europe/Berlin`. */
export function isTimeZone(zone: string): boolean {
  try {
    partsOf(zone)
    return true
  } catch {
    return false
  }
}

/**
 * When clocks of the zone show a local time, given as if it were UTC: the first and the last instant, which differ
 * where clocks go back. For a time that is skipped it is the instant at which they skip it.
 */
export function shownFrom(local: number, zone: string): { readonly first: number; readonly last: number } {
  // Read with the offset of the day before and of the day after; clocks change once in between, if at all.
  const guesses = [local - 86_400_000, local + 86_400_000].map((near) => local - offsetAt(near, zone))
  const shown = guesses.filter((instant) => instant + offsetAt(instant, zone) === local)
  if (shown.length > 0) return { first: Math.min(...shown), last: Math.max(...shown) }
  // The clocks are behind the time at the earlier guess and past it at the later one.
  let before = Math.min(...guesses)
  let after = Math.max(...guesses)
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (middle + offsetAt(middle, zone) < local) before = middle
    else after = middle
  }
  return { first: after, last: after }
}
