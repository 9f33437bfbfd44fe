import { describe, expect, test } from 'vitest'
import { environment, evaluate } from './helpers.ts'

const at = (iso: string) => Date.parse(iso)

describe('timestamp', () => {
  test.each([
    ['timestamp("1970-01-01T00:00:00Z")', 0],
    ['timestamp("2026-12-24T18:00:00Z")', at('2026-12-24T18:00:00Z')],
    ['timestamp("2026-12-24T18:00:30.1239Z")', at('2026-12-24T18:00:30.123Z')],
    ['timestamp("2026-12-24T18:00:00+01:30")', at('2026-12-24T16:30:00Z')],
    ['timestamp("2026-12-24T18:00:00-01:00")', at('2026-12-24T19:00:00Z')],
    ['timestamp("2026-12-24T18:00:00-01:00", "Europe/Berlin")', at('2026-12-24T19:00:00Z')],
    ['timestamp("2026-12-24")', at('2026-12-24T00:00:00Z')],
    ['timestamp("2026-12-24 18:00")', at('2026-12-24T18:00:00Z')],
    ['timestamp("2026-12-24T18:00", "UTC")', at('2026-12-24T18:00:00Z')],
    ['timestamp("2026-12-24T18:00", "Europe/Berlin")', at('2026-12-24T17:00:00Z')],
    ['timestamp("2026-07-01T18:00", "Europe/Berlin")', at('2026-07-01T16:00:00Z')],
    ['timestamp("2026-07-01", "Asia/Kolkata")', at('2026-06-30T18:30:00Z')],
    // Clocks go forward at 02:00: a skipped time is read with the offset from before.
    ['timestamp("2026-03-29T02:30", "Europe/Berlin")', at('2026-03-29T01:30:00Z')],
    ['timestamp("2026-03-29T01:59", "Europe/Berlin")', at('2026-03-29T00:59:00Z')],
    ['timestamp("2026-03-29T03:00", "Europe/Berlin")', at('2026-03-29T01:00:00Z')],
    ['timestamp("2026-03-08T02:30", "America/New_York")', at('2026-03-08T07:30:00Z')],
    // Clocks go back at 03:00: a time shown twice is the first of the two.
    ['timestamp("2026-10-25T02:30", "Europe/Berlin")', at('2026-10-25T00:30:00Z')],
    ['timestamp("2026-10-25T03:00", "Europe/Berlin")', at('2026-10-25T02:00:00Z')],
    ['timestamp("2026-10-25T01:59", "Europe/Berlin")', at('2026-10-24T23:59:00Z')],
    ['timestamp("2026-11-01T01:30", "America/New_York")', at('2026-11-01T05:30:00Z')],
    ['timestamp("2028-02-29")', at('2028-02-29T00:00:00Z')],
    ['timestamp("2026-02-29")', 'evaluation.conversion'],
    ['timestamp("2026-13-01")', 'evaluation.conversion'],
    ['timestamp("2026-00-01")', 'evaluation.conversion'],
    ['timestamp("0050-01-01")', 'evaluation.conversion'],
    ['timestamp("2026-12-24T24:00Z")', 'evaluation.conversion'],
    ['timestamp("2026-12-24T23:60Z")', 'evaluation.conversion'],
    ['timestamp("2026-12-24T23:59:60Z")', 'evaluation.conversion'],
    ['timestamp("2026-12-24T18:00+24:00")', 'evaluation.conversion'],
    ['timestamp("2026-12-24T18:00+01:60")', 'evaluation.conversion'],
    ['timestamp("2026-12-24T18")', 'evaluation.conversion'],
    ['timestamp("2026-12-24Z")', 'evaluation.conversion'],
    ['timestamp("tomorrow")', 'evaluation.conversion'],
    ['timestamp("2026-12-24", "Mars/Base")', 'evaluation.timeZone'],
  ])('%s', (source, value) => {
    expect(evaluate(source)).toBe(value)
  })
})

test.each([
  ['duration("1h30m")', 5_400_000],
  ['duration("10s")', 10_000],
  ['duration("soon")', 'evaluation.conversion'],
  ['now + duration("1s")', 2_000],
  ['timestamp("2026-01-02") - timestamp("2026-01-01") == duration("24h")', true],
])('%s is %j', (source, value) => {
  expect(evaluate(source)).toBe(value)
})

describe('calendar fields', () => {
  // A Saturday; in Berlin it is already Sunday.
  const env = environment({}, { now: at('2026-10-24T22:05:06.007Z') })
  test.each([
    ['now.getFullYear()', 2026],
    ['now.getMonth()', 9],
    ['now.getDate()', 24],
    ['now.getDayOfMonth()', 23],
    ['now.getDayOfWeek()', 6],
    ['now.getHours()', 22],
    ['now.getMinutes()', 5],
    ['now.getSeconds()', 6],
    ['now.getMilliseconds()', 7],
    ['now.getDate("Europe/Berlin")', 25],
    ['now.getDayOfMonth("Europe/Berlin")', 24],
    ['now.getDayOfWeek("Europe/Berlin")', 0],
    ['now.getHours("Europe/Berlin")', 0],
    ['now.getHours("UTC")', 22],
    ['now.getMinutes("Asia/Kolkata")', 35],
    ['now.getMilliseconds("Asia/Kolkata")', 7],
    ['(now + duration("1d")).getHours("Europe/Berlin")', 23],
    ['now.getHours("Mars/Base")', 'evaluation.timeZone'],
    ['(0 - 1).getMilliseconds("Europe/Berlin")', 999],
    ['1e17.getHours()', 'evaluation.argument'],
    ['1e17.getHours("Europe/Berlin")', 'evaluation.argument'],
    ['dyn("a").getHours()', 'evaluation.type'],
    ['now.getHours(dyn(1))', 'evaluation.type'],
  ])('%s is %j', (source, value) => {
    expect(evaluate(source, env)).toBe(value)
  })
})

describe('formatting', () => {
  const env = environment({}, { now: at('2026-03-07T15:04:09Z') })
  // Newer versions of the locale data write a narrow space before AM and PM.
  const spaced = (value: unknown) =>
    typeof value === 'string' ? value.replace(/[\u00a0\u202f]/g, ' ') : value
  test.each([
    ['formatDate(now)', 'Mar 7, 2026'],
    ['formatDate(now, "short")', '3/7/26'],
    ['formatDate(now, "medium", "UTC", "de")', '07.03.2026'],
    ['formatDate(now, "long", "UTC", "de")', '7. März 2026'],
    ['formatDate(now, "full", "UTC", "de")', 'Samstag, 7. März 2026'],
    ['formatDate(now, "time", "Europe/Berlin", "de")', '16:04'],
    ['formatDate(now, "time")', '3:04 PM'],
    ['formatDate(now, "dateTime")', 'Mar 7, 2026, 3:04 PM'],
    ['formatDate(now, "yyyy-MM-dd HH:mm:ss")', '2026-03-07 15:04:09'],
    ['formatDate(now, "d.M.yy H:m:s")', '7.3.26 15:4:9'],
    ['formatDate(now, "hh:mm a, h")', '03:04 PM, 3'],
    ['formatDate(timestamp("2026-03-07"), "hh a h a HH")', '12 AM 12 AM 00'],
    ['formatDate(timestamp("2026-03-07T12:00"), "h a")', '12 PM'],
    ['formatDate(timestamp("2026-03-07T11:00"), "h a")', '11 AM'],
    ['formatDate(now, "EEEE, d. MMMM", "UTC", "de")', 'Samstag, 7. März'],
    ['formatDate(now, "EEE MMM")', 'Sat Mar'],
    ['formatDate(now, "HH:mm", "Europe/Berlin")', '16:04'],
    ["formatDate(now, \"H 'o''clock, day' d\")", '15 oclock, day 7'],
    ['formatDate(now, "h \'\' a")', "3 ' PM"],
    ['formatDate(now, "")', ''],
    ['formatDate(now, "short", "Mars/Base")', 'evaluation.argument'],
    ['formatDate(now, "HH", "Mars/Base")', 'evaluation.argument'],
    ['formatDate(now, "short", "UTC", "not a locale")', 'evaluation.argument'],
    ['formatDate(1e17, "short")', 'evaluation.argument'],
    ['formatDate(1e17, "yyyy")', 'evaluation.argument'],
    ['formatNumber(1234.5)', '1,234.5'],
    ['formatNumber(1234.5, "de")', '1.234,5'],
    ['formatNumber(1234.5, "de", 2)', '1.234,50'],
    ['formatNumber(0.125, "en", 2)', '0.13'],
    ['formatNumber(1, "en", -1)', 'evaluation.argument'],
    ['formatNumber(1, "not a locale")', 'evaluation.argument'],
    ['formatCurrency(12.5, "EUR", "de")', '12,50 €'],
    ['formatCurrency(12.5, "USD")', '$12.50'],
    ['formatCurrency(12.5, "money")', 'evaluation.argument'],
  ])('%s is %j', (source, value) => {
    expect(spaced(evaluate(source, env))).toBe(value)
  })
})
