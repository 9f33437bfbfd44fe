import { expect, it } from 'vitest'
import { callBack } from '../../../src/editing/templates/out-of-hours-call-back.ts'
import { compile } from '../../../src/interpreter/compile.ts'
import { palette } from '../../../src/palette/index.ts'
import { simulate } from '../../../src/testing/index.ts'
import { flowOf, rehearse } from './rehearse.ts'

const OPEN = Date.parse('2026-03-03T10:00:00+01:00')
const LATE = Date.parse('2026-03-03T22:00:00+01:00')
const OFFER = 'To be called back, press 1. To leave a message, press 2. Or just hang up.'
const MESSAGE = /after the tone/
const begin = { trigger: 'call', contact: { name: 'Ada', phone: '+4915112345678' }, now: LATE }

rehearse(callBack, {
  begin,
  scripts: {
    connected: {
      'the team is there': (begin) =>
        begin({ now: OPEN })
          .expectSaid('Hello Ada, this is ACME. One moment please.')
          .answer('transfer', { body: { result: 'connected' } }),
    },
    arranged: {
      'it is closed and the caller is called back in the morning': (begin) =>
        begin()
          .expectSaid(
            'Hello Ada, this is ACME. We are closed just now and open again on Wednesday at 9:00.',
            OFFER,
          )
          .digits('1')
          .expectSaid(/^Shall we call the number that you are calling from\?/)
          .digits('1')
          .expectSaid(/^When shall we call\?/)
          .digits('1')
          .answer('arrange', { status: 201 })
          .expectSaid('Thank you. We will call you in the morning of the next working day. Goodbye.'),
      'another number is to be called': (begin) =>
        begin()
          .digits('1')
          .digits('2')
          .expectSaid('Please key in the number with its area code.')
          .digits('123')
          .expectSaid(/^That was not a number that we can call/)
          .digits('030123456')
          .digits('2')
          .answer('arrange', { status: 201 })
          .expectSaid(/in the afternoon of the next working day/),
      'the number is withheld': (begin) =>
        begin({ contact: {} })
          .digits('1')
          .expectSaid('Please key in the number with its area code.')
          .digits('030123456')
          .digits('3')
          .answer('arrange', { status: 201 })
          .expectSaid('Thank you. We will call you as soon as we can. Goodbye.'),
      'nobody is free': (begin) =>
        begin({ now: OPEN })
          .answer('transfer', { body: { result: 'busy' } })
          .expectSaid('I am sorry, nobody is free just now.', OFFER)
          .say('call me')
          .say('yes')
          .timeout()
          .timeout()
          .answer('arrange', { status: 201 }),
    },
    messageLeft: {
      'the caller would rather leave a message': (begin) =>
        begin()
          .digits('2')
          .expectSaid(MESSAGE)
          .answer('record', { body: { url: 'https://media.example.com/7.wav' } })
          .expectSaid('Thank you. We will listen to it as soon as we are open. Goodbye.'),
      'no call back can be arranged': (begin) =>
        begin()
          .digits('1')
          .digits('1')
          .digits('3')
          .answer('arrange', { status: 503 })
          .expectSaid('I am sorry, I cannot arrange a call back just now, but I can take a message.', MESSAGE)
          .answer('record', { body: { url: 'https://media.example.com/8.wav' } }),
    },
    hungUp: {
      'the caller hangs up': (begin) => begin().signal('hangup'),
    },
    nothingWanted: {
      'nothing is pressed': (begin) =>
        begin().timeout().timeout().timeout().expectSaid('Thank you for calling ACME. Goodbye.'),
      'nothing is said after the tone': (begin) => begin().digits('2').answer('record', { body: {} }),
    },
    failed: {
      'neither call back nor message works': (begin) =>
        begin()
          .digits('1')
          .digits('1')
          .digits('1')
          .answer('arrange', { error: 'no line' })
          .answer('record', { error: 'no disk' })
          .expectSaid('I am sorry, that did not work either. Please call again later. Goodbye.'),
    },
  },
})

it('tells the service when to call, and the logbook nothing of the number', () => {
  const program = compile(flowOf(callBack), { nodes: palette })
  const waiting = simulate(program, begin).digits('1').digits('1').digits('1')
  expect(waiting.awaited).toMatchObject({
    body: {
      number: '+4915112345678',
      slot: 'morning',
      name: 'Ada',
      notBefore: Date.parse('2026-03-04T09:00:00+01:00'),
    },
  })
  const logged = waiting.answer('arrange', { status: 201 }).effects.filter(({ type }) => type === 'log.write')
  expect(logged).toMatchObject([{ fields: { result: 'arranged', slot: 'morning', number: '***' } }])
})
