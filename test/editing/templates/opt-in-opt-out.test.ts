import { expect, it } from 'vitest'
import { optInOut } from '../../../src/editing/templates/opt-in-opt-out.ts'
import { compile } from '../../../src/interpreter/compile.ts'
import { palette } from '../../../src/palette/index.ts'
import { simulate } from '../../../src/testing/index.ts'
import { flowOf, rehearse } from './rehearse.ts'

const CONFIRM = /^You have asked for ACME offers\. Reply YES to confirm/
const GOODBYE = 'You will get no more messages of ACME offers. Reply JOIN to come back.'
const now = Date.parse('2026-03-03T10:00:00Z')

rehearse(optInOut, {
  begin: { trigger: 'message', contact: { phone: '+4915112345678' }, data: { text: 'Join' }, now },
  scripts: {
    optedIn: {
      'the contact joins and confirms': (begin) =>
        begin()
          .expectSaid(CONFIRM)
          .say('yes')
          .expectSaid('Welcome to ACME offers! Reply STOP at any time to end.'),
      'the contact is in already': (begin) =>
        begin({ contact: { consent: 'granted' } }).expectSaid(
          'You get ACME offers already. Reply STOP to end.',
        ),
      'the second reminder helps': (begin) =>
        begin()
          .timeout()
          .expectSaid(/^Do you still want ACME offers/)
          .say('YES'),
    },
    optedOut: {
      'the contact writes STOP': (begin) => begin({ data: { text: ' STOP ' } }).expectSaid(GOODBYE),
      'the contact thinks better of it': (begin) => begin().say('Stop').expectSaid(GOODBYE),
    },
    helped: {
      'the contact asks for help': (begin) =>
        begin({ data: { text: 'help' } }).expectSaid(
          'ACME offers: reply JOIN to subscribe or STOP to end. Questions: help@example.com',
        ),
    },
    unconfirmed: {
      'the contact never confirms': (begin) => begin().timeout().timeout().expectSaid(),
      'the contact says no': (begin) =>
        begin()
          .say('No')
          .expectSaid(/^You are not subscribed/),
      'the answer is neither yes nor no': (begin) =>
        begin()
          .say('Who is this?')
          .expectSaid('Reply YES to get ACME offers, or NO if you would rather not.')
          .say('Hm')
          .expectSaid(/^You are not subscribed/),
    },
    notUnderstood: {
      'the contact writes something else': (begin) =>
        begin({ data: { text: 'What do you cost?' } }).expectSaid(/^Sorry, we know JOIN, STOP and HELP only/),
    },
  },
})

it('keeps proof of both', () => {
  const program = compile(flowOf(optInOut), { nodes: palette })
  const written = (text: string, ...answers: string[]) => {
    const simulation = simulate(program, { data: { text }, now })
    for (const answer of answers) simulation.say(answer)
    return simulation.effects
  }
  const joined = { change: 'granted', programme: 'ACME offers', at: now, words: 'yes' }
  expect(written('JOIN', 'Y')).toMatchObject([
    { type: 'message.send' },
    { type: 'contact.update', fields: { consent: 'granted', consentAt: now } },
    { type: 'log.write', logbook: 'consent', fields: joined },
    { type: 'message.send' },
  ])
  expect(written('stop')).toMatchObject([
    { type: 'contact.update', fields: { consent: 'withdrawn', consentAt: now } },
    { type: 'log.write', logbook: 'consent', fields: { change: 'withdrawn', words: 'stop' } },
    { type: 'message.send' },
  ])
})
