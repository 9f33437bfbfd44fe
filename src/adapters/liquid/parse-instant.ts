const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?'
const TIME =
  '(?:(?:T|,?\\s+(?:at\\s+)?)(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s*([ap]m)?\\s*(z|utc|gmt|[+-]\\d{2}:?\\d{2})?)?'
const WEEKDAY = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\\s+)?'

/** What people and services write, each with the places of year, month and day. Always read as UTC without a zone. */
const SHAPES: readonly { readonly shape: RegExp; readonly order: readonly [number, number, number] }[] = [
  { shape: new RegExp(`^(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})${TIME}$`, 'i'), order: [0, 1, 2] },
  { shape: new RegExp(`^(\\d{1,2})/(\\d{1,2})/(\\d{4})${TIME}$`, 'i'), order: [2, 0, 1] },
  {
    shape: new RegExp(`^${WEEKDAY}(\\d{1,2})(?:st|nd|rd|th)?\\s+${MONTH}\\s+(\\d{4})${TIME}$`, 'i'),
    order: [2, 1, 0],
  },
  {
    shape: new RegExp(`^${WEEKDAY}${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${TIME}$`, 'i'),
    order: [2, 0, 1],
  },
]

/** Longer than any date. */
const MAX_LENGTH = 64

/**
 * The instant that a text names, in milliseconds since 1970; `undefined` for one that names none. `Date.parse` would
 * read what has no zone in that of the machine, and each engine reads words in a way of its own.
 */
export function parseInstant(text: string): number | undefined {
  const trimmed = text.trim()
  if (trimmed.length > MAX_LENGTH) return undefined
  for (const { shape, order } of SHAPES) {
    const found = shape.exec(trimmed)
    if (found === null) continue
    const [, ...parts] = found
    const [year, month, day] = order.map((place) => numberOf(parts[place]!)) as [number, number, number]
    return instantOf([year, month, day], parts.slice(3))
  }
  return undefined
}

/** Months may be words. */
function numberOf(part: string): number {
  const month = MONTHS.indexOf(part.slice(0, 3).toLowerCase())
  return month < 0 ? Number(part) : month + 1
}

function instantOf(
  [year, month, day]: readonly [number, number, number],
  [hours = '0', minutes = '0', seconds = '0', fraction = '', half, zone]: readonly (string | undefined)[],
): number | undefined {
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0)
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3))
  const midnight = new Date(Date.UTC(year, month - 1, day))
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return undefined
  if (hour > 24 || Number(minutes) > 59 || Number(seconds) > 60) return undefined
  const time = ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + ms
  return midnight.getTime() + time - offsetOf(zone)
}

/** Milliseconds that a zone such as `+05:30` is ahead of UTC. */
function offsetOf(zone = 'z'): number {
  if (!/^[+-]/.test(zone)) return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone[0] === '-' ? -minutes : minutes) * 60_000
}
