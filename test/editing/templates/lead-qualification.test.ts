import { expect, it } from 'vitest'
import { leadQualification } from '../../../src/editing/templates/lead-qualification.ts'
import { compile } from '../../../src/interpreter/compile.ts'
import { palette } from '../../../src/palette/index.ts'
import { simulate } from '../../../src/testing/index.ts'
import { type Begin, flowOf, rehearse } from './rehearse.ts'

const GUIDE = 'https://example.com/guide'

/** Somebody with 150 people and 12,000 euros who wants to begin this month. */
const goodLead = (begin: Begin) => begin().say('Our hotline').say('3').say('1').say('12000')

rehearse(leadQualification, {
  begin: { trigger: 'link', contact: { name: 'Ada' } },
  scripts: {
    qualified: {
      'a good lead goes to sales': (begin) =>
        begin()
          .expectSaid(/^Hello Ada, nice to meet you!/, 'What would you like to use ACME for?')
          .say('Our hotline')
          .expectSaid(/^How many people would work with it\?/)
          .press('3')
          .expectSaid(/^When would you like to begin\?/)
          .press('1')
          .expectSaid(/^What could you spend on it in a year/)
          .say('12000')
          .expectSaid(/^That fits well\. May one of our advisers write to you/)
          .say('yes')
          .expectSaid('Which e-mail address may we write to?')
          .say('ada at example')
          .expectSaid('That does not look like an e-mail address. Please try again.')
          .say('ada@example.com')
          .answer('store', { status: 201 })
          .expectSaid('Thank you! An adviser will write to you within one working day.'),
    },
    informed: {
      'somebody only looks': (begin) =>
        begin()
          .say('Hm, this and that')
          .say('1')
          .say('3')
          .say('0')
          .expectSaid(`Thank you! To begin with, our guide may help: ${GUIDE}. Come back whenever you like.`),
      'hardly anything is understood': (begin) =>
        begin()
          .say('x')
          .expectSaid('A sentence or two are enough.')
          .say('y')
          .say('many')
          .say('many')
          .say('many')
          .expectSaid(/^When would you like to begin\?/)
          .say('soon')
          .say('soon')
          .say('soon')
          .say('a lot')
          .say('a lot')
          .say('a lot'),
    },
    noConsent: {
      'a good lead does not want to be written to': (begin) =>
        goodLead(begin)
          .say('no')
          .expectSaid(`Of course. Your answers go no further. Our guide is here: ${GUIDE}`),
      'no address can be read': (begin) => goodLead(begin).say('yes').say('mine').say('mine').say('mine'),
    },
    abandoned: {
      'the visitor leaves': (begin) =>
        begin()
          .timeout()
          .expectSaid(/^Are you still there\?/)
          .timeout(),
    },
    notStored: {
      'the CRM is down': (begin) =>
        goodLead(begin)
          .say('yes')
          .say('ada@example.com')
          .answer('store', { error: 'timeout' })
          .expectSaid('Thank you! We have noted your wish and will get in touch with you.'),
    },
  },
})

it('hands over the answers with the points they make', () => {
  const program = compile(flowOf(leadQualification), { nodes: palette })
  const { awaited } = goodLead(() => simulate(program, { contact: { name: 'Ada' } }))
    .say('yes')
    .say('ada@example.com')
  expect(awaited).toMatchObject({
    type: 'http.request',
    method: 'POST',
    url: 'https://crm.example.com/leads',
    body: {
      name: 'Ada',
      email: 'ada@example.com',
      need: 'Our hotline',
      size: 'over 100',
      start: 'this month',
      budget: 12_000,
      score: 82,
    },
  })
})
