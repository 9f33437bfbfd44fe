import { expect, it } from 'vitest'
import { satisfactionSurvey } from '../../../src/editing/templates/satisfaction-survey.ts'
import { compile } from '../../../src/interpreter/compile.ts'
import { palette } from '../../../src/palette/index.ts'
import { simulate } from '../../../src/testing/index.ts'
import { flowOf, rehearse } from './rehearse.ts'

const QUESTION =
  'Hello Ada, Grace has closed your ticket T-17. How likely are you to recommend ACME, from 0 (not at all) to 10 (certainly)?'
const begin = { trigger: 'event', contact: { name: 'Ada' }, data: { ticket: 'T-17', agent: 'Grace' } }

rehearse(satisfactionSurvey, {
  begin,
  scripts: {
    answered: {
      'a happy customer is asked for a review': (begin) =>
        begin()
          .expectSaid()
          .wait('1h')
          .expectSaid(QUESTION)
          .say('10')
          .expectSaid(
            'Thank you, that makes our day! If you like, tell others about it: https://example.com/review',
          ),
      'a content one says what could be better': (begin) =>
        begin()
          .wait('1h')
          .say('8')
          .expectSaid('Thank you. What could we do better?')
          .say('Answer faster.')
          .expectSaid('Thank you for your time.'),
      'an unhappy one wants no call': (begin) =>
        begin()
          .wait('1h')
          .say('2')
          .expectSaid('We are sorry to hear that. What went wrong?')
          .say('Nothing works.')
          .expectSaid('Thank you for telling us. May we call you about it? Reply yes or no.')
          .say('no thanks')
          .expectSaid('Thank you for your time.'),
      'the score is all there is': (begin) => begin().wait('1h').say('7').timeout().timeout(),
    },
    callBack: {
      'an unhappy one wants to be called': (begin) =>
        begin()
          .wait('1h')
          .say('7.5')
          .expectSaid('Please reply with a whole number from 0 to 10.')
          .say('3')
          .say('It took weeks.')
          .say('Yes')
          .expectSaid('Thank you. We will call you within two working days.'),
    },
    noReply: {
      'nobody replies': (begin) =>
        begin()
          .wait('1h')
          .timeout()
          .expectSaid(/^We would still like to know/)
          .timeout()
          .timeout(),
    },
    declined: {
      'the contact wants no survey': (begin) => begin().wait('1h').say('Stop').expectSaid(),
    },
  },
})

it('tells the team and the logbook what was said', () => {
  const program = compile(flowOf(satisfactionSurvey), { nodes: palette })
  const { effects } = simulate(program, begin).wait('1h').say('3').say('It took weeks.').say('yes')
  expect(effects).toContainEqual(
    expect.objectContaining({ type: 'contact.update', fields: { lastScore: 3 } }),
  )
  const answer = { ticket: 'T-17', score: 3, comment: 'It took weeks.' }
  expect(effects).toContainEqual(
    expect.objectContaining({ type: 'event.emit', name: 'survey.callBack', data: answer }),
  )
  expect(effects).toContainEqual(
    expect.objectContaining({ type: 'log.write', logbook: 'survey', fields: answer }),
  )
})
