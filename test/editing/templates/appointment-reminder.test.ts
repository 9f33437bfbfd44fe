import { expect, it } from 'vitest'
import { appointmentReminder } from '../../../src/editing/templates/appointment-reminder.ts'
import { compile } from '../../../src/interpreter/compile.ts'
import { palette } from '../../../src/palette/index.ts'
import { simulate } from '../../../src/testing/index.ts'
import { flowOf, rehearse } from './rehearse.ts'

const REMINDER =
  'Hello Ada, this is ACME. Your appointment is on Friday, 6 March, at 10:00, 5 Main Street. Reply 1 to confirm or 2 to cancel.'
const appointment = { appointment: 'A-7', startsAt: '2026-03-06T10:00:00+01:00', place: '5 Main Street' }

const begin = { contact: { name: 'Ada' }, data: appointment, now: Date.parse('2026-03-02T09:00:00+01:00') }

rehearse(appointmentReminder, {
  begin,
  scripts: {
    confirmed: {
      'the contact confirms': (begin) =>
        begin()
          .expectSaid()
          .timeout()
          .expectSaid(REMINDER)
          .press('1')
          .expectSaid('Thank you, we look forward to seeing you. If anything changes, call +49 30 123456.'),
      'the contact would rather keep it after all': (begin) =>
        begin()
          .timeout()
          .say('Cancel')
          .expectSaid('Shall we cancel the appointment? Reply yes to cancel it, or no to keep it.')
          .say('no')
          .expectSaid(/^Thank you, we look forward/),
      'the second reminder helps': (begin) =>
        begin()
          .timeout()
          .timeout()
          .expectSaid(/^Please tell us whether you will come/)
          .say('Yes'),
    },
    cancelled: {
      'the contact cancels': (begin) =>
        begin()
          .timeout()
          .say('2')
          .say('yes')
          .answer('cancel', { status: 204 })
          .expectSaid('Your appointment is cancelled. To make a new one, call +49 30 123456.'),
    },
    noReply: {
      'nobody replies': (begin) => begin().timeout().timeout().timeout(),
      'somebody would cancel and does not confirm it, and is told that it stands': (begin) =>
        begin()
          .timeout()
          .say('2')
          .timeout()
          .timeout()
          .expectSaid(/so your appointment stands/),
    },
    unclear: {
      'the replies make no sense': (begin) =>
        begin()
          .timeout()
          .say('Who are you?')
          .expectSaid(/^Sorry, we did not understand that/)
          .say('???')
          .expectSaid(/your appointment stands/),
    },
    tooLate: {
      'the appointment has passed already': (begin) =>
        begin({ now: Date.parse('2026-03-06T10:30:00+01:00') }).expectSaid(),
    },
    stopped: {
      'the contact wants no messages': (begin) => begin().timeout().say('STOP').expectSaid(),
    },
    notCancelled: {
      'the booking system is down': (begin) =>
        begin()
          .timeout()
          .say('2')
          .say('yes')
          .answer('cancel', { status: 503 })
          .expectSaid('We could not cancel your appointment just now. Please call us: +49 30 123456.'),
    },
    badAppointment: {
      'the time cannot be read': (begin) =>
        begin({ data: { ...appointment, startsAt: 'Friday at ten' } }).expectSaid(),
    },
  },
})

it('waits until the day before, and no longer', () => {
  const program = compile(flowOf(appointmentReminder), { nodes: palette })
  const reminded = simulate(program, begin).timeout()
  expect(new Date(reminded.now).toISOString()).toBe('2026-03-05T09:00:00.000Z')
  simulate(program, { ...begin, now: Date.parse('2026-03-05T20:00:00+01:00') }).expectSaid(REMINDER)
})
