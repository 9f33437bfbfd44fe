import { parseDuration } from '../../base/duration.ts'
import { ARGUMENT, CONVERSION, TIME_ZONE, type Value } from '../fault.ts'
import { define } from './implementation.ts'
import { fromLocal, isInstant, toLocal } from './time-zones.ts'

const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(\d\d):(\d\d))?)?$/

/** Runs what throws a RangeError for a zone that is not known. */
function inZone(work: () => Value): Value {
  try {
    return work()
  } catch {
    return TIME_ZONE
  }
}

const field = (read: (local: Date) => number) =>
  define('n?t', (_, instant: number, zone?: string) => {
    return isInstant(instant) ? inZone(() => read(toLocal(instant, zone))) : ARGUMENT
  })

export const dateFunctions = {
  timestamp: define('t?t', (_, text: string, zone?: string) => {
    const match = DATE_TIME.exec(text)
    if (match === null) return CONVERSION
    const [year, month, day, hour, minute, second] = match.slice(1, 7).map((digits) => Number(digits ?? 0))
    const fraction = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000)
    const local = Date.UTC(year!, month! - 1, day, hour, minute, second, fraction)
    // Out of range fields roll over, so that the text has to come back as it was; so do the years 0 to 99.
    const exists = !Number.isNaN(local) && new Date(local).toISOString().slice(0, 10) === text.slice(0, 10)
    if (!exists || hour! > 23 || minute! > 59 || second! > 59) return CONVERSION
    if (match[8]) return local
    if (match[9]) {
      const [hours, minutes] = [Number(match[10]), Number(match[11])]
      if (hours > 23 || minutes > 59) return CONVERSION
      return local - (match[9] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000
    }
    return inZone(() => fromLocal(local, zone))
  }),
  duration: define('t', (_, text: string) => parseDuration(text) ?? CONVERSION),
  getFullYear: field((local) => local.getUTCFullYear()),
  getMonth: field((local) => local.getUTCMonth()),
  getDate: field((local) => local.getUTCDate()),
  getDayOfMonth: field((local) => local.getUTCDate() - 1),
  getDayOfWeek: field((local) => local.getUTCDay()),
  getHours: field((local) => local.getUTCHours()),
  getMinutes: field((local) => local.getUTCMinutes()),
  getSeconds: field((local) => local.getUTCSeconds()),
  getMilliseconds: field((local) => local.getUTCMilliseconds()),
}
