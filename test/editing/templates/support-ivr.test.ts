import { supportIvr } from '../../../src/editing/templates/support-ivr.ts'
import { rehearse } from './rehearse.ts'

const MENU =
  'For orders and deliveries, press 1. For invoices and payments, press 2. For technical help, press 3. To hear this again, press 9.'
const CONNECTING = 'One moment please, I am connecting you.'
const BUSY = 'I am sorry, all our agents are in other calls.'
const LATE = Date.parse('2026-03-03T22:00:00+01:00')

rehearse(supportIvr, {
  begin: {
    trigger: 'call',
    contact: { name: 'Ada', phone: '+4915112345678' },
    now: Date.parse('2026-03-03T10:00:00+01:00'),
  },
  scripts: {
    connected: {
      'a caller chooses orders and is put through': (begin) =>
        begin()
          .expectSaid('Hello Ada, and welcome to ACME support.', MENU)
          .digits('1')
          .expectSaid(CONNECTING)
          .answer('transfer', { body: { result: 'connected' } }),
      'technical help asks for the customer number first': (begin) =>
        begin()
          .digits('3')
          .expectSaid(/key in your six-digit customer number/)
          .digits('12')
          .expectSaid('That was not a six-digit number. Please try once more.')
          .digits('123456')
          .expectSaid(CONNECTING)
          .answer('transfer', { body: { result: 'connected' } }),
      'a caller who is not understood is put through all the same': (begin) =>
        begin()
          .say('what?')
          .expectSaid(/^That is not one of the choices/)
          .digits('7')
          .digits('8')
          .expectSaid(CONNECTING)
          .answer('transfer', { body: { result: 'connected' } }),
      'the menu has been heard often enough': (begin) =>
        begin()
          .digits('9')
          .expectSaid(MENU)
          .digits('9')
          .digits('9')
          .expectSaid(MENU)
          .digits('9')
          .expectSaid(CONNECTING)
          .answer('transfer', { body: { result: 'connected' } }),
    },
    messageLeft: {
      'nobody answers and the caller leaves a message': (begin) =>
        begin()
          .digits('2')
          .answer('transfer', { body: { result: 'noAnswer' } })
          .expectSaid(BUSY, /after the tone/)
          .answer('voicemail', { body: { url: 'https://media.example.com/7.wav', durationMs: 8_200 } })
          .expectSaid('Thank you. We will get back to you on the next working day. Goodbye.'),
      'it is closed': (begin) =>
        begin({ now: LATE })
          .expectSaid(
            'Thank you for calling ACME. Our support is closed just now and opens again on Wednesday at 8:00.',
            /after the tone/,
          )
          .answer('voicemail', { body: { url: 'https://media.example.com/8.wav' } }),
    },
    hungUp: {
      'the caller hangs up in the menu': (begin) => begin().signal('hangup'),
      'the caller does not wait for an agent': (begin) => begin().digits('1').signal('hangup'),
    },
    noMessage: {
      'nothing is said after the tone': (begin) =>
        begin({ now: LATE }).answer('voicemail', { body: { durationMs: 0 } }),
      'nobody presses anything, and nobody speaks': (begin) =>
        begin()
          .timeout()
          .expectSaid(/^Are you still there\?/)
          .timeout()
          .timeout()
          .expectSaid(CONNECTING)
          .answer('transfer', { body: { result: 'busy' } })
          .expectSaid(BUSY)
          .answer('voicemail', { body: {} }),
    },
    failed: {
      'the recording fails': (begin) =>
        begin({ now: LATE })
          .answer('voicemail', { error: 'no disk' })
          .expectSaid(/could not be recorded/),
    },
  },
})
