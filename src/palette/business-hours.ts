import { isJsonObject, type Json } from '../base/json.ts'
import { isInstant, isTimeZone } from '../expressions/functions/time-zones.ts'
import { type ConfigPath, type ConfigReport, defineNode, f, NodeFault } from '../nodes/index.ts'
import { isGiven } from './is-given.ts'
import { type Calendar, nextOpening, standingAt, WEEKDAYS } from './opening-hours.ts'

const FROM = '^([01]\\d|2[0-3]):[0-5]\\d$'
const TO = '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$'

/**
 * Goes on by whether it is open just now: within a range of hours of the day, in a time zone. A range that ends before
 * it begins goes on past midnight. On a holiday only its own hours apply. Expressions read the name of the holiday as
 * `nodes.<id>.holiday`, and while it is not open the instant of the next opening as `nodes.<id>.opensAt`.
 *
 * @example
 * { "timeZone": "Europe/Berlin",
 *   "hours": [{ "days": ["monday", "friday"], "from": "09:00", "to": "17:30" }],
 *   "holidays": [{ "date": "12-25", "name": "Christmas" }] }
 */
export const businessHours = defineNode({
  runtime: {
    type: 'business-hours',
    major: 1,
    outcomes: () => ['open', 'closed', 'holiday'],
    enter({ config, now }) {
      const { timeZone, hours, holidays = [] } = config
      if (!isTimeZone(timeZone)) throw new NodeFault('evaluation.timeZone', 'The time zone is not known here')
      if (!isInstant(now))
        throw new NodeFault('evaluation.argument', 'The instant is beyond what a date can hold')
      const calendar: Calendar = { timeZone, hours, holidays }
      const { open, holiday } = standingAt(now, calendar)
      const opensAt = open ? undefined : nextOpening(now, calendar)
      return {
        output: { holiday: holiday?.name ?? null, opensAt: opensAt ?? null },
        then: open ? 'open' : holiday === undefined ? 'closed' : 'holiday',
      }
    },
  },
  title: 'Business hours',
  category: 'flow',
  icon: 'calendar-clock',
  help: 'Goes on by whether it is open, closed or a holiday just now.',
  fields: {
    timeZone: f.text({ label: 'Time zone', help: 'Such as Europe/Berlin.', maxLength: 64 }),
    hours: f.list(
      f.object({
        days: f.list(f.options(WEEKDAYS), { label: 'Days', min: 1, max: 7 }),
        from: f.text({ label: 'From', pattern: FROM }),
        to: f.text({
          label: 'To',
          help: 'Up to 24:00; a time before the beginning is one on the day after.',
          pattern: TO,
        }),
      }),
      { label: 'Hours', min: 1, max: 50 },
    ),
    holidays: f.list(
      f.object({
        date: f.text({
          label: 'Date',
          help: 'Such as 2026-12-25, or 12-25 for every year.',
          pattern: '^(\\d{4}-)?\\d{2}-\\d{2}$',
        }),
        name: f.text({ label: 'Name', maxLength: 200, optional: true }),
        from: f.text({ label: 'Open from', pattern: FROM, optional: true }),
        to: f.text({ label: 'Open to', pattern: TO, optional: true }),
      }),
      { label: 'Holidays', help: 'Closed all day unless hours are given.', max: 500, optional: true },
    ),
  },
  outputs: () => ({ holiday: 'text', opensAt: 'number' }),
  check({ timeZone, hours, holidays }, report) {
    if (typeof timeZone === 'string' && timeZone !== '' && !isTimeZone(timeZone)) {
      report('config.wrongType', ['timeZone'], {
        field: 'Time zone',
        expected: 'a time zone such as Europe/Berlin',
        got: timeZone,
      })
    }
    entriesOf(hours).forEach((entry, index) => {
      checkRange(entry, ['hours', index], report)
    })
    entriesOf(holidays).forEach((entry, index) => {
      checkHoliday(entry, ['holidays', index], report)
    })
  },
})

function checkHoliday(entry: Json, path: ConfigPath, report: ConfigReport): void {
  if (!isJsonObject(entry)) return
  const { date, from, to } = entry
  const dated = typeof date === 'string' && /^(\d{4}-)?\d{2}-\d{2}$/.test(date)
  if (dated && !isDate(date))
    report('config.wrongType', [...path, 'date'], {
      field: 'Date',
      expected: 'a day of the calendar',
      got: date,
    })
  if (isGiven(from) !== isGiven(to)) {
    const [name, field] = isGiven(from) ? ['to', 'Open to'] : ['from', 'Open from']
    report('config.missing', [...path, name!], { field: field! })
  }
  checkRange(entry, path, report)
}

/** A range from a time to the same time could be a whole day, or nothing. */
function checkRange(entry: Json, path: ConfigPath, report: ConfigReport): void {
  if (!isJsonObject(entry) || !isGiven(entry.from) || entry.from !== entry.to) return
  report('config.wrongType', [...path, 'to'], {
    field: 'To',
    expected: 'another time than the beginning; a whole day is 00:00 to 24:00',
    got: entry.to!,
  })
}

/** True for a day that some year has; a yearly one may be 29 February. */
function isDate(date: string): boolean {
  const full = date.length === 5 ? `2024-${date}` : date
  const instant = Date.parse(`${full}T00:00:00Z`)
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(full)
}

function entriesOf(list: Json | undefined): readonly Json[] {
  return Array.isArray(list) ? list : []
}
