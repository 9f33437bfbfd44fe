import { ARGUMENT, type Value } from '../fault.ts'
import { type Meter, spend } from '../meter.ts'
import { define } from './implementation.ts'
import { memo } from './memo.ts'
import { isInstant, toLocal } from './time-zones.ts'

/** Never the locale of the machine, so that a session reads the same wherever it runs. */
const DEFAULT_LOCALE = 'en'

/** Formatters are dear to make. */
const FORMAT_COST = 20

const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  short: { dateStyle: 'short' },
  medium: { dateStyle: 'medium' },
  long: { dateStyle: 'long' },
  full: { dateStyle: 'full' },
  time: { timeStyle: 'short' },
  dateTime: { dateStyle: 'medium', timeStyle: 'short' },
}

type Options = Intl.DateTimeFormatOptions & Intl.NumberFormatOptions

const dateFormat = memo((key) => new Intl.DateTimeFormat(...(JSON.parse(key) as [string, Options])))
const numberFormat = memo((key) => new Intl.NumberFormat(...(JSON.parse(key) as [string, Options])))

/** Runs what throws a RangeError for a zone, a locale, a currency or an instant that does not exist. */
function formatted(meter: Meter, work: () => string): Value {
  const broke = spend(meter, FORMAT_COST)
  if (broke) return broke
  try {
    return work()
  } catch {
    return ARGUMENT
  }
}

const digits = (value: number, times: number): string => String(value).padStart(Math.min(times, 2), '0')

/** The name of a month or a weekday. */
function named(local: Date, locale: string, options: Options): string {
  return dateFormat(JSON.stringify([locale, { ...options, timeZone: 'UTC' }])).format(local)
}

/** What each letter of a pattern writes, by how often it is repeated. */
const LETTERS: Readonly<Record<string, (local: Date, times: number, locale: string) => string>> = {
  y: (local, times) =>
    String(local.getUTCFullYear())
      .padStart(4, '0')
      .slice(times === 2 ? -2 : 0),
  M: (local, times, locale) =>
    times > 2
      ? named(local, locale, { month: times > 3 ? 'long' : 'short' })
      : digits(local.getUTCMonth() + 1, times),
  d: (local, times) => digits(local.getUTCDate(), times),
  E: (local, times, locale) => named(local, locale, { weekday: times > 3 ? 'long' : 'short' }),
  H: (local, times) => digits(local.getUTCHours(), times),
  h: (local, times) => digits(local.getUTCHours() % 12 || 12, times),
  m: (local, times) => digits(local.getUTCMinutes(), times),
  s: (local, times) => digits(local.getUTCSeconds(), times),
  a: (local) => (local.getUTCHours() < 12 ? 'AM' : 'PM'),
}

function byPattern(local: Date, pattern: string, locale: string): string {
  return pattern.replace(
    /'([^']*)'|([yMdEHhmsa])\2*/g,
    (letters, literal: string | undefined, letter: string) =>
      literal === undefined ? LETTERS[letter]!(local, letters.length, locale) : literal || "'",
  )
}

export const formatFunctions = {
  formatDate: define(
    'n?ttt',
    (meter, instant: number, style = 'medium', zone = 'UTC', locale = DEFAULT_LOCALE) =>
      formatted(meter, () => {
        if (!isInstant(instant)) throw new RangeError()
        const options = Object.hasOwn(STYLES, style as string) ? STYLES[style as string] : undefined
        return options === undefined
          ? byPattern(toLocal(instant, zone as string), style as string, locale as string)
          : dateFormat(JSON.stringify([locale, { ...options, timeZone: zone }])).format(instant)
      }),
  ),
  formatNumber: define('n?tn', (meter, x: number, locale = DEFAULT_LOCALE, decimals?: number) =>
    formatted(meter, () => {
      const options =
        decimals === undefined ? {} : { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
      return numberFormat(JSON.stringify([locale, options])).format(x)
    }),
  ),
  formatCurrency: define('nt?t', (meter, x: number, currency: string, locale = DEFAULT_LOCALE) =>
    formatted(meter, () => numberFormat(JSON.stringify([locale, { style: 'currency', currency }])).format(x)),
  ),
}
