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
