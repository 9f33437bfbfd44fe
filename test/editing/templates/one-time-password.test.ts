import { describe, expect, it } from 'vitest'
import { oneTimePassword } from '../../../src/editing/templates/one-time-password.ts'
import { compile } from '../../../src/interpreter/compile.ts'
import { palette } from '../../../src/palette/index.ts'
import { simulate } from '../../../src/testing/index.ts'
import { flowOf, rehearse } from './rehearse.ts'

const ASK = 'We have sent you a code of six digits. Please enter it here. We never ask for it anywhere else.'
const PHONE = '+4915112345678'

const issued = { status: 201, body: { id: 'V-1' } }
const right = { status: 200, body: { valid: true } }
const wrong = { status: 200, body: { valid: false } }

const flow = flowOf(oneTimePassword)
const program = compile(flow, { nodes: palette })

/** A flow that has a number checked, or for once forgets to give one. */
const caller = compile(
  {
    schema: 1,
    id: 'caller',
    settings: {
      contact: [{ name: 'phone', type: 'text', sensitive: true }],
      variables: [{ name: 'known', type: 'boolean', default: false }],
      outcomes: [
        { code: 'known', kind: 'completed' },
        { code: 'unknown', kind: 'incomplete' },
      ],
    },
    nodes: [
      { id: 'start', type: 'start@1' },
      {
        id: 'hasNumber',
        type: 'branch@1',
        config: { rules: [{ outcome: 'yes', condition: `contact.phone == "${PHONE}"` }], default: 'no' },
      },
      {
        id: 'verify',
        type: 'call-subflow@1',
        config: {
          flow: flow.id,
          inputs: { phone: 'contact.phone' },
          outputs: [{ variable: 'known', from: 'verified' }],
          outcomes: ['verified'],
        },
      },
      { id: 'forget', type: 'call-subflow@1', config: { flow: flow.id } },
      { id: 'known', type: 'end@1', config: { outcome: 'known' } },
      { id: 'unknown', type: 'end@1', config: { outcome: 'unknown' } },
    ],
    connectors: [
      { from: { node: 'start', outcome: 'next' }, to: 'hasNumber' },
      { from: { node: 'hasNumber', outcome: 'yes' }, to: 'verify' },
      { from: { node: 'hasNumber', outcome: 'no' }, to: 'forget' },
      { from: { node: 'verify', outcome: 'verified' }, to: 'known' },
      { from: { node: 'verify', outcome: 'done' }, to: 'unknown' },
      { from: { node: 'forget', outcome: 'done' }, to: 'unknown' },
    ],
  },
  { nodes: palette, subflows: [program] },
)

rehearse(oneTimePassword, {
  begin: { variables: { phone: PHONE } },
  explored: caller,
  scripts: {
    verified: {
      'the code is right': (begin) =>
        begin()
          .answer('issue', issued)
          .expectSaid(ASK)
          .digits('123456')
          .answer('check', right)
          .expectSaid('Thank you, your number is confirmed.'),
      'the third code is right': (begin) =>
        begin()
          .answer('issue', issued)
          .say('111111')
          .answer('check', wrong)
          .expectSaid('That was not the right code. You have two more tries.', ASK)
          .say('222222')
          .answer('check', wrong)
          .expectSaid('That was not the right code. You have one more try.', ASK)
          .say('123456')
          .answer('check', right),
      'the code has expired and another one is sent': (begin) =>
        begin()
          .answer('issue', issued)
          .say('123456')
          .answer('check', { status: 410 })
          .expectSaid('This code is no longer valid.', /^Shall we send you a new code/)
          .say('yes')
          .answer('issue', { status: 201, body: { id: 'V-2' } })
          .say('654321')
          .answer('check', right),
    },
    wrongCode: {
      'three codes are wrong': (begin) =>
        begin()
          .answer('issue', issued)
          .say('111111')
          .answer('check', wrong)
          .say('222222')
          .answer('check', wrong)
          .say('333333')
          .answer('check', wrong)
          .expectSaid('That was not the right code either. For your safety we stop here.'),
    },
    abandoned: {
      'no code comes, and none is wanted': (begin) =>
        begin()
          .answer('issue', issued)
          .timeout()
          .expectSaid('Please enter the code of six digits that we have sent you.')
          .timeout()
          .timeout()
          .expectSaid(/^Shall we send you a new code/)
          .say('2'),
      'what is keyed in is no code': (begin) =>
        begin().answer('issue', issued).say('1').say('12').say('code').say('no'),
      'the caller hangs up': (begin) => begin().answer('issue', issued).signal('hangup'),
      'two codes have been sent, and a third is wanted': (begin) =>
        begin()
          .answer('issue', issued)
          .say('123456')
          .answer('check', { status: 410 })
          .say('1')
          .answer('issue', issued)
          .say('123456')
          .answer('check', { status: 410 })
          .say('1')
          .expectSaid('We cannot send you another code now. Please try again later.'),
    },
    noNumber: {
      'the caller gives no number': (begin) => begin({ variables: {} }).expectSaid(),
    },
    unavailable: {
      'no code can be sent': (begin) =>
        begin()
          .answer('issue', { error: 'no line' })
          .expectSaid('We cannot check your number just now. Please try again later.'),
      'the service answers nonsense': (begin) => begin().answer('issue', { status: 200, body: 'ok' }),
      'no code can be checked': (begin) =>
        begin().answer('issue', issued).say('123456').answer('check', { status: 500 }),
    },
  },
})

describe('the code', () => {
  it('is in no session that goes on, once it has been checked', () => {
    const asked = simulate(program, { variables: { phone: PHONE } })
      .answer('issue', issued)
      .say('314159')
    expect(asked.awaited).toMatchObject({ type: 'http.request', body: { code: '314159' } })
    expect(JSON.stringify(asked.answer('check', wrong).session)).not.toContain('314159')
  })

  it('and the number are in no trace and no log', () => {
    const { entries, effects } = simulate(program, { variables: { phone: PHONE } })
      .answer('issue', issued)
      .say('314159')
      .answer('check', right)
    const logged = JSON.stringify([entries, effects.filter(({ type }) => type === 'log.write')])
    expect(logged).not.toContain('314159')
    expect(logged).not.toContain(PHONE)
  })

  it('is checked for whoever calls the flow', () => {
    simulate(caller, { contact: { phone: PHONE } })
      .answer('issue', issued)
      .say('314159')
      .answer('check', right)
      .expectEnd('known')
  })
})
