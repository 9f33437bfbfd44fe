import { toValue } from 'liquidjs'
import { ARGUMENT, TIME_ZONE } from '../../expressions/fault.ts'
import { isInstant, toLocal } from '../../expressions/functions/time-zones.ts'
import { type FilterHandler, Halt, type Meter, meterOf } from './meter.ts'
import { parseInstant } from './parse-instant.ts'
import { type LocalTime, strftime } from './strftime.ts'
import { toText } from './to-text.ts'

const DEFAULT_FORMAT = '%A, %B %-e, %Y at %-l:%M %P %z'

/** Numbers from here on are milliseconds, as instants are here; below they are seconds, as Liquid has it. */
const FIRST_MS = 100_000_000_000

/** Time zones are dear to look up. */
const ZONE_COST = 20

/**
 * The filters of liquidjs read clock, zone and locale of the machine. Here `now` is the time of the evaluation, a text
 * without a zone is UTC, and names are English.
 */
export const DATE_FILTERS: { readonly [name: string]: FilterHandler } = {
  date(value, format, zone) {
    const meter = meterOf(this.context)
    return formatted(value, toText(format, meter) || DEFAULT_FORMAT, toValue(zone), meter)
  },
  date_to_xmlschema(value) {
    return formatted(value, '%Y-%m-%dT%H:%M:%S%:z', undefined, meterOf(this.context))
  },
  date_to_rfc822(value) {
    return formatted(value, '%a, %d %b %Y %H:%M:%S %z', undefined, meterOf(this.context))
  },
  date_to_string(value) {
    return formatted(value, '%d %b %Y', undefined, meterOf(this.context))
  },
  date_to_long_string(value) {
    return formatted(value, '%d %B %Y', undefined, meterOf(this.context))
  },
}

/** What names no instant comes out as it went in, as in Liquid. */
function formatted(value: unknown, format: string, zone: unknown, meter: Meter): unknown {
  const plain: unknown = toValue(value)
  const instant = instantOf(plain, meter.now)
  if (instant === undefined) return plain
  meter.use(format.length)
  const text = strftime(inZone(instant, zone, meter), format)
  meter.use(text.length)
  return text
}

function instantOf(value: unknown, now: number): number | undefined {
  if (value === 'now' || value === 'today') return now
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  const instant =
    typeof number === 'number'
      ? Math.abs(number) < FIRST_MS
        ? number * 1_000
        : number
      : typeof value === 'string'
        ? parseInstant(value)
        : undefined
  return instant !== undefined && isInstant(instant) ? instant : undefined
}

/** A zone by name, or the minutes that it is behind UTC, as liquidjs has it. */
function inZone(instant: number, zone: unknown, meter: Meter): LocalTime {
  if (zone === undefined || zone === null || zone === '')
    return { local: new Date(instant), ahead: 0, zone: 'UTC' }
  if (typeof zone === 'number') {
    if (!(Math.abs(zone) <= 1_440)) throw new Halt(ARGUMENT)
    return { local: new Date(instant - zone * 60_000), ahead: -zone, zone: '' }
  }
  meter.spend(ZONE_COST)
  try {
    const local = toLocal(instant, String(zone))
    return { local, ahead: Math.round((local.getTime() - instant) / 60_000), zone: String(zone) }
  } catch {
    throw new Halt(TIME_ZONE)
  }
}
