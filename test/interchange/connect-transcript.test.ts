import { expect, it } from 'vitest'
import { action, bye, connect, play, say } from './connect.ts'

/** A call to a repair shop, written for this test. */
const shop = connect(
  say('hello', 'Welcome to the repair shop.', 'menu'),
  action(
    'menu',
    'GetParticipantInput',
    {
      Text: 'Press 1 for the state of a repair, 2 for a person.',
      StoreInput: 'False',
      InputTimeLimitSeconds: '8',
    },
    {
      when: [
        ['Equals', '1', 'number'],
        ['Equals', '2', 'queue'],
      ],
      errors: { InputTimeLimitExceeded: 'menu', NoMatchingCondition: 'menu', NoMatchingError: 'sorry' },
    },
  ),
  action(
    'number',
    'GetParticipantInput',
    {
      SSML: '<speak>Your <emphasis>repair</emphasis> number?</speak>',
      StoreInput: 'True',
      InputTimeLimitSeconds: '8',
      InputValidation: { CustomValidation: { MaximumLength: '6' } },
    },
    { next: 'look', errors: { NoMatchingError: 'sorry' } },
  ),
  action(
    'look',
    'InvokeLambdaFunction',
    {
      LambdaFunctionARN: 'arn:aws:lambda:eu-central-1:1:function:repairs',
      InvocationTimeLimitSeconds: '4',
      LambdaInvocationAttributes: { number: '$.StoredCustomerInput', caller: '$.CustomerEndpoint.Address' },
    },
    { next: 'state', errors: { NoMatchingError: 'sorry' } },
  ),
  action(
    'state',
    'Compare',
    { ComparisonValue: '$.External.state' },
    { when: [['Equals', 'ready', 'ready']], errors: { NoMatchingCondition: 'wait' } },
  ),
  say('ready', 'Your $.External.thing is ready.'),
  say('wait', 'Your $.External.thing takes $.External.days more days.'),
  action('queue', 'UpdateContactTargetQueue', { QueueId: 'repairs' }, { next: 'transfer' }),
  action(
    'transfer',
    'TransferContactToQueue',
    {},
    { errors: { QueueAtCapacity: 'sorry', NoMatchingError: 'sorry' } },
  ),
  say('sorry', 'That does not work today.'),
  bye,
)

it('a caller asks for a repair', () => {
  const session = play(shop, { trigger: { type: 'call', from: '+15550100' } })
    .expectSaid('Welcome to the repair shop.', 'Press 1 for the state of a repair, 2 for a person.')
    .digits('7')
    .expectSaid('Press 1 for the state of a repair, 2 for a person.')
    .digits('1')
    .expectSaid('Your repair number?')
    .digits('4711')
  expect(session.awaited).toMatchObject({
    type: 'connect.invoke-lambda-function',
    fields: { LambdaInvocationAttributes: { number: '4711', caller: '+15550100' } },
  })
  session
    .answer({ body: { outcome: 'done', state: 'open', thing: 'bicycle', days: 2 } })
    .expectSaid('Your bicycle takes 2 more days.')
    .expectEnd('disconnected')
})

it('a caller wants a person', () => {
  const session = play(shop, { trigger: { type: 'call', from: '+15550100' } }).digits('2')
  expect(session.awaited).toMatchObject({ type: 'transfer', kind: 'queue', to: 'repairs' })
  session.answer({ body: { result: 'busy' } })
  session.expectEnd('disconnected')
})

it('the service is down', () => {
  play(shop, { trigger: { type: 'call', from: '+1' } })
    .digits('1')
    .digits('1')
    .answer({ error: 'timeout' })
    .expectEnd('disconnected')
})
