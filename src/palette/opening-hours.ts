import { shownFrom, toLocal } from '../expressions/functions/time-zones.ts'

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** A range of hours on some days of the week. One that ends before it begins ends on the day after. */
export interface Hours {
  readonly days: readonly Weekday[]
  readonly from: string
  readonly to: string
}

/** A day on which other hours apply, or none. */
export interface Holiday {
  /** `2026-12-25`, or for every year `12-25`. */
  readonly date: string
  readonly name: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
}

export interface Calendar {
  readonly timeZone: string
  readonly hours: readonly Hours[]
  readonly holidays: readonly Holiday[]
}

/** How things stand at an instant. */
export interface Standing {
  readonly open: boolean
  /** Today, where it is one. */
  readonly holiday: Holiday | undefined
}

const DAY_MS = 86_400_000

/** How far ahead the next opening is looked for. */
const MAX_DAYS_AHEAD = 366

/** Whether it is open at an instant. A range reaches from its first minute up to but not including its end. */
export function standingAt(now: number, calendar: Calendar): Standing {
  const today = localDay(now, calendar)
  const ranges = [today - DAY_MS, today].flatMap((day) => rangesOf(day, calendar))
  return {
    open: ranges.some(({ from, to }) => from <= now && now < to),
    holiday: holidaysOn(today, calendar)[0],
  }
}

/** The next instant after `now` at which it opens, in milliseconds since 1970; `undefined` for none within 366 days. */
export function nextOpening(now: number, calendar: Calendar): number | undefined {
  const today = localDay(now, calendar)
  for (let ahead = 0; ahead <= MAX_DAYS_AHEAD; ahead++) {
    const openings = rangesOf(today + ahead * DAY_MS, calendar)
      .map(({ from }) => from)
      .filter((from) => from > now)
    if (openings.length > 0) return Math.min(...openings)
  }
  return undefined
}

/** Midnight of the calendar day in the zone, as if it were UTC. */
function localDay(instant: number, { timeZone }: Calendar): number {
  return Math.floor(toLocal(instant, timeZone).getTime() / DAY_MS) * DAY_MS
}

/** The ranges that begin on a day, as instants; one that clocks skip whole is none. */
function rangesOf(
  day: number,
  calendar: Calendar,
): readonly { readonly from: number; readonly to: number }[] {
  const { timeZone } = calendar
  return hoursOn(day, calendar)
    .map(({ from, to }) => {
      const begins = day + minutesOf(from) * 60_000
      const ends = day + minutesOf(to) * 60_000
      return {
        from: shownFrom(begins, timeZone).first,
        to: endOf(ends <= begins ? ends + DAY_MS : ends, timeZone),
      }
    })
    .filter(({ from, to }) => from < to)
}

/**
 * The first instant after clocks have shown the last moment before a local time. That moment may be shown once though
 * the time itself is shown twice: what ends at midnight is over when clocks go back to midnight an hour later.
 */
function endOf(local: number, timeZone: string): number {
  return Math.min(shownFrom(local, timeZone).last, shownFrom(local - 1, timeZone).last + 1)
}

function hoursOn(day: number, calendar: Calendar): readonly Pick<Hours, 'from' | 'to'>[] {
  const holidays = holidaysOn(day, calendar)
  if (holidays.length === 0) {
    // Days of the week are counted from Sunday there, and from Monday here.
    const weekday = WEEKDAYS[(new Date(day).getUTCDay() + 6) % 7]!
    return calendar.hours.filter(({ days }) => days.includes(weekday))
  }
  return holidays.flatMap(({ from, to }) => (from === undefined || to === undefined ? [] : [{ from, to }]))
}

function holidaysOn(day: number, { holidays }: Calendar): readonly Holiday[] {
  const date = new Date(day).toISOString().slice(0, 10)
  return holidays.filter((holiday) => holiday.date === date || holiday.date === date.slice(5))
}

/** Minutes since midnight of `09:30`; `24:00` is the midnight that ends the day. */
function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}
