import { ARGUMENT } from '../../expressions/fault.ts'
import { Halt } from './meter.ts'

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** A date whose UTC fields read as the clocks do that it is shown by. */
export interface LocalTime {
  readonly local: Date
  /** Minutes that those clocks are ahead of UTC. */
  readonly ahead: number
  /** Name of the zone, where one was given. */
  readonly zone: string
}

/** A directive: what it writes, and how wide it is padded by itself; with zeros unless `blank`. */
interface Directive {
  write(time: LocalTime, colon: boolean): string | number
  readonly width?: number
  readonly blank?: true
}

const DAY_MS = 86_400_000

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS) + 1
}

/** Days before the first of the given weekday belong to week 0. */
function weekOfYear(date: Date, firstWeekday: number): number {
  const sinceFirst = (date.getUTCDay() - firstWeekday + 7) % 7
  return Math.floor((dayOfYear(date) - 1 - sinceFirst + 7) / 7)
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return 'th'
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th'
}

function offset({ ahead }: LocalTime, colon: boolean): string {
  const minutes = Math.abs(ahead)
  const [h, m] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'))
  return `${ahead < 0 ? '-' : '+'}${h}${colon ? ':' : ''}${m}`
}

const half = (date: Date) => date.getUTCHours() % 12 || 12

/** As Ruby writes them, in English; `%q` is the ending of a day's number. */
const DIRECTIVES: { readonly [letter: string]: Directive } = {
  a: { write: ({ local }) => WEEKDAYS[local.getUTCDay()]!.slice(0, 3), blank: true },
  A: { write: ({ local }) => WEEKDAYS[local.getUTCDay()]!, blank: true },
  b: { write: ({ local }) => MONTHS[local.getUTCMonth()]!.slice(0, 3), blank: true },
  B: { write: ({ local }) => MONTHS[local.getUTCMonth()]!, blank: true },
  C: { write: ({ local }) => Math.floor(local.getUTCFullYear() / 100), width: 2 },
  d: { write: ({ local }) => local.getUTCDate(), width: 2 },
  e: { write: ({ local }) => local.getUTCDate(), width: 2, blank: true },
  H: { write: ({ local }) => local.getUTCHours(), width: 2 },
  I: { write: ({ local }) => half(local), width: 2 },
  j: { write: ({ local }) => dayOfYear(local), width: 3 },
  k: { write: ({ local }) => local.getUTCHours(), width: 2, blank: true },
  l: { write: ({ local }) => half(local), width: 2, blank: true },
  L: { write: ({ local }) => local.getUTCMilliseconds(), width: 3 },
  m: { write: ({ local }) => local.getUTCMonth() + 1, width: 2 },
  M: { write: ({ local }) => local.getUTCMinutes(), width: 2 },
  N: { write: ({ local }) => `${String(local.getUTCMilliseconds()).padStart(3, '0')}000000` },
  p: { write: ({ local }) => (local.getUTCHours() < 12 ? 'AM' : 'PM'), blank: true },
  P: { write: ({ local }) => (local.getUTCHours() < 12 ? 'am' : 'pm'), blank: true },
  q: { write: ({ local }) => ordinal(local.getUTCDate()), blank: true },
  s: { write: ({ local, ahead }) => Math.floor((local.getTime() - ahead * 60_000) / 1_000) },
  S: { write: ({ local }) => local.getUTCSeconds(), width: 2 },
  u: { write: ({ local }) => local.getUTCDay() || 7 },
  U: { write: ({ local }) => weekOfYear(local, 0), width: 2 },
  w: { write: ({ local }) => local.getUTCDay() },
  W: { write: ({ local }) => weekOfYear(local, 1), width: 2 },
  y: { write: ({ local }) => ((local.getUTCFullYear() % 100) + 100) % 100, width: 2 },
  Y: { write: ({ local }) => local.getUTCFullYear(), width: 4 },
  z: { write: offset },
  Z: { write: (time, colon) => time.zone || offset(time, colon), blank: true },
  t: { write: () => '\t' },
  n: { write: () => '\n' },
  '%': { write: () => '%' },
}

/** Directives that stand for several others. */
const SHORT: { readonly [letter: string]: string } = {
  h: '%b',
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  R: '%H:%M',
  r: '%I:%M:%S %p',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
}

/** Wider than any date; more is a way to fill the memory. */
const MAX_WIDTH = 100

/** Writes an instant by a format such as `%Y-%m-%d`; what is no directive stays as it is. */
export function strftime(time: LocalTime, format: string): string {
  return format.replace(
    /%([-_0^#:]*)(\d*)[EO]?([A-Za-z%])/g,
    (whole: string, flags: string, width: string, letter: string) => {
      if (Number(width) > MAX_WIDTH) throw new Halt(ARGUMENT)
      if (Object.hasOwn(SHORT, letter)) return strftime(time, SHORT[letter]!)
      const directive = Object.hasOwn(DIRECTIVES, letter) ? DIRECTIVES[letter]! : undefined
      if (directive === undefined) return whole
      return padded(directive, cased(String(directive.write(time, flags.includes(':'))), flags), flags, width)
    },
  )
}

function cased(text: string, flags: string): string {
  if (flags.includes('^')) return text.toUpperCase()
  if (!flags.includes('#')) return text
  return /[a-z]/.test(text) ? text.toUpperCase() : text.toLowerCase()
}

function padded({ width: own = 0, blank }: Directive, text: string, flags: string, width: string): string {
  if (flags.includes('-')) return text
  const fill = flags.includes('_') || (blank && !flags.includes('0')) ? ' ' : '0'
  const wide = Number(width) || own
  return fill === '0' && text.startsWith('-')
    ? `-${text.slice(1).padStart(wide - 1, fill)}`
    : text.padStart(wide, fill)
}
