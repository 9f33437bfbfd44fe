import { describe, expect, it } from 'vitest'
import { type Calendar, nextOpening, standingAt, WEEKDAYS } from '../../src/palette/opening-hours.ts'

const EVERY_DAY = (from: string, to: string) => ({ days: WEEKDAYS, from, to })

const calendar = (timeZone: string, ...hours: Calendar['hours']): Calendar => ({
  timeZone,
  hours,
  holidays: [],
})

const at = (iso: string) => Date.parse(iso)
const isOpen = (iso: string, given: Calendar) => standingAt(at(iso), given).open
const opensAt = (iso: string, given: Calendar) => {
  const instant = nextOpening(at(iso), given)
  return instant === undefined ? undefined : new Date(instant).toISOString()
}

describe('hours of a day', () => {
  const berlin = calendar('Europe/Berlin', EVERY_DAY('09:00', '17:30'))

  it.each([
    ['2026-07-01T08:59:59.999+02:00', false],
    ['2026-07-01T09:00:00.000+02:00', true],
    ['2026-07-01T17:29:59.999+02:00', true],
    ['2026-07-01T17:30:00.000+02:00', false],
    ['2026-01-01T09:00:00.000+01:00', true],
    ['2026-01-01T08:30:00.000+01:00', false],
  ])('reach from the first instant up to the last: at %s %s', (iso, open) => {
    expect(isOpen(iso, berlin)).toBe(open)
  })

  it('are those of the zone', () => {
    const utc = calendar('UTC', EVERY_DAY('09:00', '17:30'))
    const newYork = calendar('America/New_York', EVERY_DAY('09:00', '17:30'))
    expect([berlin, utc, newYork].map((each) => isOpen('2026-07-01T08:00:00Z', each))).toEqual([
      true,
      false,
      false,
    ])
    expect([berlin, utc, newYork].map((each) => isOpen('2026-07-01T20:00:00Z', each))).toEqual([
      false,
      false,
      true,
    ])
  })

  it('may be the whole day, one after another without a gap', () => {
    const always = calendar('Europe/Berlin', EVERY_DAY('00:00', '24:00'))
    for (const iso of [
      '2026-07-01T00:00:00+02:00',
      '2026-07-01T23:59:59.999+02:00',
      '2026-03-29T02:00:00+01:00',
    ])
      expect(isOpen(iso, always)).toBe(true)
  })

  it('may go on past midnight, and belong to the day on which they begin', () => {
    const bar = calendar('Europe/Berlin', { days: ['saturday'], from: '20:00', to: '02:00' })
    expect(isOpen('2026-11-21T20:00:00+01:00', bar)).toBe(true)
    expect(isOpen('2026-11-22T01:59:59+01:00', bar)).toBe(true)
    expect(isOpen('2026-11-22T02:00:00+01:00', bar)).toBe(false)
    expect(isOpen('2026-11-21T01:00:00+01:00', bar)).toBe(false)
    expect(opensAt('2026-11-22T02:00:00+01:00', bar)).toBe('2026-11-28T19:00:00.000Z')
  })
})

describe('days on which clocks change', () => {
  const night = calendar('Europe/Berlin', EVERY_DAY('02:30', '03:30'))

  it('open when clocks skip the beginning', () => {
    // At 02:00 they go forward to 03:00, which is 01:00Z.
    expect(isOpen('2026-03-29T00:59:59.999Z', night)).toBe(false)
    expect(isOpen('2026-03-29T01:00:00Z', night)).toBe(true)
    expect(isOpen('2026-03-29T01:29:59.999Z', night)).toBe(true)
    expect(isOpen('2026-03-29T01:30:00Z', night)).toBe(false)
    expect(opensAt('2026-03-29T00:00:00Z', night)).toBe('2026-03-29T01:00:00.000Z')
  })

  it('close when clocks skip the end', () => {
    const early = calendar('Europe/Berlin', EVERY_DAY('01:00', '02:30'))
    expect(isOpen('2026-03-29T00:59:59.999Z', early)).toBe(true)
    expect(isOpen('2026-03-29T01:00:00Z', early)).toBe(false)
  })

  it('do not open for hours that clocks skip whole', () => {
    const skipped = calendar('Europe/Berlin', EVERY_DAY('02:00', '03:00'))
    expect(isOpen('2026-03-29T01:00:00Z', skipped)).toBe(false)
    expect(opensAt('2026-03-29T00:00:00Z', skipped)).toBe('2026-03-30T00:00:00.000Z')
  })

  it('are open from the first to the last time that clocks show the hours', () => {
    // At 03:00 they go back to 02:00, which is 01:00Z: 02:30 is shown at 00:30Z and at 01:30Z.
    expect(isOpen('2026-10-25T00:29:59.999Z', night)).toBe(false)
    expect(isOpen('2026-10-25T00:30:00Z', night)).toBe(true)
    expect(isOpen('2026-10-25T01:15:00Z', night)).toBe(true)
    expect(isOpen('2026-10-25T02:29:59.999Z', night)).toBe(true)
    expect(isOpen('2026-10-25T02:30:00Z', night)).toBe(false)
    expect(opensAt('2026-10-24T23:00:00Z', night)).toBe('2026-10-25T00:30:00.000Z')
    const early = calendar('Europe/Berlin', EVERY_DAY('01:00', '02:30'))
    expect(isOpen('2026-10-25T01:29:59.999Z', early)).toBe(true)
    expect(isOpen('2026-10-25T01:30:00Z', early)).toBe(false)
  })

  it.each([
    // Havana goes back at 05:00Z from 01:00 to midnight: the day before is over at the first midnight.
    ['America/Havana', '16:00', '24:00', '2026-11-01T04:00:00Z'],
    // London goes back at 01:00Z from 02:00 to 01:00.
    ['Europe/London', '00:00', '01:00', '2026-10-25T00:00:00Z'],
    // Berlin goes forward at 01:00Z from 02:00 to 03:00; ends before, in and behind what is skipped.
    ['Europe/Berlin', '00:00', '02:00', '2026-03-29T01:00:00Z'],
    ['Europe/Berlin', '00:00', '02:30', '2026-03-29T01:00:00Z'],
    ['Europe/Berlin', '00:00', '03:00', '2026-03-29T01:00:00Z'],
    // And back at 01:00Z from 03:00 to 02:00.
    ['Europe/Berlin', '00:00', '02:00', '2026-10-25T00:00:00Z'],
    ['Europe/Berlin', '00:00', '03:00', '2026-10-25T02:00:00Z'],
  ])('of %s, %s to %s, are over with the last moment before their end', (timeZone, from, to, iso) => {
    const given = calendar(timeZone, EVERY_DAY(from, to))
    expect(standingAt(at(iso) - 1, given).open).toBe(true)
    expect(standingAt(at(iso), given).open).toBe(false)
    for (let ms = 0; ms < 3_600_000; ms += 60_000) expect(standingAt(at(iso) + ms, given).open).toBe(false)
  })

  it('have other lengths in other zones', () => {
    // New York: forward on 8 March at 07:00Z, back on 1 November at 06:00Z.
    const newYork = calendar('America/New_York', EVERY_DAY('00:00', '04:00'))
    const hoursOpen = (from: string, count: number) =>
      Array.from({ length: count }, (_, i) => standingAt(at(from) + i * 3_600_000, newYork).open).filter(
        Boolean,
      ).length
    expect(hoursOpen('2026-03-08T04:30:00Z', 12)).toBe(3)
    expect(hoursOpen('2026-11-01T03:30:00Z', 12)).toBe(5)
    expect(hoursOpen('2026-11-03T03:30:00Z', 12)).toBe(4)
  })

  it('agree with a count by the minute', () => {
    for (const [from, days] of [
      ['2026-03-28T00:00:00Z', 3],
      ['2026-10-24T00:00:00Z', 3],
    ] as const) {
      for (let now = at(from); now < at(from) + days * 86_400_000; now += 60_000) {
        const next = nextOpening(now, night)!
        expect(standingAt(next, night).open).toBe(true)
        expect(standingAt(next - 1, night).open).toBe(false)
      }
    }
  })
})

describe('holidays', () => {
  const given: Calendar = {
    timeZone: 'Europe/Berlin',
    hours: [EVERY_DAY('09:00', '17:00'), { days: ['thursday'], from: '22:00', to: '03:00' }],
    holidays: [
      { date: '12-25', name: 'Christmas', from: undefined, to: undefined },
      { date: '2026-12-26', name: 'Boxing Day', from: '10:00', to: '11:00' },
      { date: '2026-12-26', name: 'Boxing Day', from: '15:00', to: '16:00' },
    ],
  }

  it('are closed all day, from the first instant to the last', () => {
    expect(standingAt(at('2026-12-25T09:00:00+01:00'), given)).toMatchObject({
      open: false,
      holiday: { name: 'Christmas' },
    })
    expect(standingAt(at('2026-12-24T23:59:59.999+01:00'), given).holiday).toBeUndefined()
    expect(standingAt(at('2026-12-25T00:00:00+01:00'), given).holiday?.name).toBe('Christmas')
    expect(standingAt(at('2027-12-25T23:59:59.999+01:00'), given).holiday?.name).toBe('Christmas')
    expect(standingAt(at('2027-12-26T00:00:00+01:00'), given).holiday).toBeUndefined()
  })

  it('leave the hours of the evening before to their end', () => {
    expect(isOpen('2026-12-25T02:59:59+01:00', given)).toBe(true)
    expect(isOpen('2026-12-25T03:00:00+01:00', given)).toBe(false)
  })

  it('may have hours of their own, several', () => {
    expect(isOpen('2026-12-26T09:30:00+01:00', given)).toBe(false)
    expect(isOpen('2026-12-26T10:00:00+01:00', given)).toBe(true)
    expect(isOpen('2026-12-26T15:30:00+01:00', given)).toBe(true)
    expect(opensAt('2026-12-26T11:00:00+01:00', given)).toBe('2026-12-26T14:00:00.000Z')
  })

  it('are passed over by the next opening', () => {
    expect(opensAt('2026-12-24T23:00:00+01:00', given)).toBe('2026-12-26T09:00:00.000Z')
  })
})

describe('the next opening', () => {
  it('is looked for within a year', () => {
    const leap: Calendar = {
      timeZone: 'UTC',
      hours: [],
      holidays: [{ date: '2027-11-22', name: undefined, from: '09:00', to: '10:00' }],
    }
    expect(opensAt('2026-11-21T12:00:00Z', leap)).toBe('2027-11-22T09:00:00.000Z')
    expect(opensAt('2026-11-20T12:00:00Z', leap)).toBeUndefined()
  })

  it('is later than now, even at the instant of an opening', () => {
    const daily = calendar('UTC', EVERY_DAY('09:00', '10:00'))
    expect(opensAt('2026-11-21T08:59:59.999Z', daily)).toBe('2026-11-21T09:00:00.000Z')
    expect(opensAt('2026-11-21T09:00:00Z', daily)).toBe('2026-11-22T09:00:00.000Z')
  })
})
