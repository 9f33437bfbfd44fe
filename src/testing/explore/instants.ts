import type { Json, JsonObject } from '../../base/json.ts'
import { fromLocal, isInstant, isTimeZone, toLocal } from '../../expressions/functions/time-zones.ts'
import type { Program } from '../../interpreter/program.ts'
import type { Demands } from './gather-demands.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const WEEK_DAYS = 7
/** Times of day and dates that are looked at, of those that a flow names. */
const MAX_TIMES = 12
const MAX_DATES = 100

/** True where it matters to a program when a session starts. */
export function looksAtTime({ programs }: Program, { readsTime }: Demands): boolean {
  return readsTime || [...programs.values()].some((each) => configsOf(each).some(hasZone))
}

/**
 * When sessions may start, where a program looks at the time: every hour of a day, every sixth of a week, the times of
 * day that it names on each day of a week, and the dates that it names with the days behind them.
 */
export function instantsOf(program: Program, demands: Demands, now: number): readonly number[] {
  if (!looksAtTime(program, demands)) return []
  const configs = [...program.programs.values()].flatMap(configsOf)
  const hours = Array.from({ length: 24 }, (_, index) => now + (index + 1) * HOUR_MS)
  const quarters = Array.from({ length: 4 * WEEK_DAYS }, (_, index) => now + (index + 1) * 6 * HOUR_MS)
  const all = [
    ...hours,
    ...quarters,
    ...configs.flatMap((each) => timesIn(each, now)),
    ...datesIn(program, now),
  ]
  return [...new Set(all)].filter(isInstant)
}

function configsOf({ executable }: Program): readonly JsonObject[] {
  return executable.nodes.map(({ config }) => config)
}

function hasZone({ timeZone }: JsonObject): boolean {
  return typeof timeZone === 'string' && isTimeZone(timeZone)
}

/** A minute after each time of day that a config names, on each day of a week, as clocks of its zone show it. */
function timesIn(config: JsonObject, now: number): readonly number[] {
  if (!hasZone(config)) return []
  const zone = config.timeZone as string
  const times = [...textOf(config).matchAll(/"([01]\d|2[0-3]):([0-5]\d)"/g)]
  const offsets = [
    ...new Set(times.map(([, hour, minute]) => Number(hour) * HOUR_MS + Number(minute) * MINUTE_MS)),
  ]
  const today = Math.floor(toLocal(now, zone).getTime() / DAY_MS) * DAY_MS
  return offsets
    .slice(0, MAX_TIMES)
    .flatMap((offset) =>
      Array.from({ length: WEEK_DAYS }, (_, day) =>
        fromLocal(today + (day + 1) * DAY_MS + offset + MINUTE_MS, zone),
      ),
    )
}

/** Noon, UTC, of every date, with or without a year, and of the day after. */
function datesIn({ programs }: Program, now: number): readonly number[] {
  const year = new Date(now).getUTCFullYear()
  const nodes = [...programs.values()].flatMap(({ executable }) => executable.nodes)
  const dates = [...textOf(nodes).matchAll(/\b(\d{4})-(\d\d)-(\d\d)(?!\d)|"(\d\d)-(\d\d)"/g)].map((match) =>
    match[1] === undefined
      ? Date.UTC(year, Number(match[4]) - 1, Number(match[5]), 12)
      : Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]), 12),
  )
  return [...new Set(dates)].slice(0, MAX_DATES).flatMap((date) => [date, date + DAY_MS])
}

function textOf(value: unknown): string {
  return JSON.stringify(value as Json)
}
