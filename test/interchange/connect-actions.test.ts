import { describe, expect, it, test } from 'vitest'
import { ACTIONS } from '../../src/interchange/importers/amazon-connect/actions.ts'
import { EFFECT_ACTIONS, effectOf } from '../../src/interchange/importers/amazon-connect/effect-actions.ts'
import { action, bring, bye, connect, play, say } from './connect.ts'

const sorry = say('sorry', 'Sorry')
const late = say('late', 'Late')

describe('every action that is known', () => {
  test.each(Object.keys(ACTIONS))('%s comes in without a placeholder', (type) => {
    const parameters = { Text: 'Hi', ThirdPartyPhoneNumber: '+1', QueueId: 'q', Attributes: { a: 'b' } }
    const more = {
      FlowAttributes: { a: { Value: 'b' } },
      TimeLimitSeconds: '5',
      ContactFlowId: 'f',
      FlowModuleId: 'm',
    }
    const ways = { next: 'bye', errors: { NoMatchingError: 'sorry' } }
    const {
      errors,
      loss,
      type: typeOf,
    } = bring(
      connect(
        action('a', type, { ...parameters, ...more, LoopCount: '2', Messages: [{ Text: 'Hi' }] }, ways),
        bye,
        sorry,
      ),
    )
    expect(errors).toEqual([])
    expect(typeOf('a')).not.toBe('placeholder@1')
    // Nothing is compared where there are no conditions, and nothing is asked.
    expect(loss.filter(({ severity, code }) => severity === 'error' && code !== 'import.missing')).toEqual([])
  })

  it('has effects under names that hosts can read', () => {
    expect(effectOf('InvokeLambdaFunction')).toBe('connect.invoke-lambda-function')
    for (const type of Object.keys(EFFECT_ACTIONS))
      expect(effectOf(type)).toMatch(/^connect(\.[a-z]+)(-[a-z]+)*$/)
  })
})

describe('MessageParticipant', () => {
  const message = (parameters: object, errors = {}) =>
    connect(action('a', 'MessageParticipant', parameters, { next: 'bye', errors }), bye, sorry)

  test.each([
    [{ Text: 'Hi' }, 'Hi'],
    [
      { SSML: '<speak>Hi <b>Ada</b> &amp; Co</speak>' },
      { text: 'Hi Ada & Co', speech: '<speak>Hi <b>Ada</b> &amp; Co</speak>' },
    ],
    [{ SSML: '$.Attributes.x' }, '{{x}}'],
    [{ PromptId: 'p-1' }, { text: '', audio: 'p-1' }],
    [{ PromptId: '$.Attributes.p' }, { media: '{{p}}' }],
    [{ Media: { Uri: 's3://a.wav', SourceType: 'S3' } }, { text: '', audio: 's3://a.wav' }],
  ])('%j', (parameters, prompt) => {
    expect(bring(message(parameters)).errors).toEqual([])
    expect(bring(message(parameters)).config('a')?.prompt).toEqual(prompt)
  })

  it('waits only where a failure leads somewhere of its own', () => {
    expect(bring(message({ Text: 'Hi' }, { NoMatchingError: 'bye' })).ways('a')).toEqual({ next: 'bye' })
    play(message({ Text: 'Hi' }, { NoMatchingError: 'sorry' }))
      .answer({ error: 'no line' })
      .expectSaid('Sorry')
  })

  it('without words is missing something', () => {
    const { lost, errors } = bring(connect(action('a', 'MessageParticipant', {}, { next: 'bye' }), bye))
    expect({ lost, errors }).toEqual({ lost: ['import.missing a'], errors: ['a: config.missing'] })
  })
})

describe('GetParticipantInput', () => {
  const menu = connect(
    action(
      'menu',
      'GetParticipantInput',
      { Text: 'Press 1', StoreInput: 'False', InputTimeLimitSeconds: '5' },
      {
        next: 'sorry',
        when: [['Equals', '1', 'yes']],
        errors: { InputTimeLimitExceeded: 'late', NoMatchingCondition: 'sorry', NoMatchingError: 'sorry' },
      },
    ),
    say('yes', 'Yes'),
    sorry,
    late,
    bye,
  )

  it('is a menu where keys choose the way on', () => {
    expect(bring(menu).config('menu')).toEqual({
      prompt: 'Press 1',
      options: [{ value: '1' }],
      timeout: '5s',
    })
    play(menu).digits('1').expectSaid('Yes').expectEnd('disconnected')
    play(menu).digits('9').expectSaid('Sorry')
    play(menu).timeout().expectSaid('Late')
  })

  it('is a question with a branch behind it where other things are compared', () => {
    const flow = JSON.parse(
      JSON.stringify(menu).replace('"Operator":"Equals"', '"Operator":"TextStartsWith"'),
    )
    expect(bring(flow).type('menu')).toBe('collect-input@1')
    play(flow).say('12').expectSaid('Yes')
    play(flow).say('21').expectSaid('Sorry')
  })

  const store = (parameters: object, errors = {}) =>
    connect(
      action(
        'ask',
        'GetParticipantInput',
        { Text: 'Number?', StoreInput: 'True', InputTimeLimitSeconds: '5', ...parameters },
        { next: 'tell', errors: { NoMatchingError: 'sorry', ...errors } },
      ),
      say('tell', 'You typed $.StoredCustomerInput'),
      sorry,
      late,
      bye,
    )

  it('stores digits, and silence as a word', () => {
    const flow = store({ InputValidation: { CustomValidation: { MaximumLength: '4' } } })
    play(flow).digits('1234').expectSaid('You typed 1234')
    play(flow).digits('12345').expectSaid('Sorry')
    play(flow).timeout().expectSaid('You typed Timeout')
  })

  it('checks the form of a phone number', () => {
    const flow = store(
      { InputValidation: { PhoneNumberValidation: { NumberFormat: 'Local', CountryCode: 'US' } } },
      { InvalidPhoneNumber: 'late' },
    )
    expect(bring(flow).lost).toEqual(expect.arrayContaining(['import.dropped ask', 'import.changed ask']))
    play(flow).digits('1').expectSaid('Late')
    play(flow).digits('5550100').expectSaid('You typed 5550100')
  })

  it('reports what only a phone does', () => {
    const dtmf = { DTMFConfiguration: { InputTerminationSequence: '*', DisableCancelKey: 'True' } }
    const { loss } = bring(store({ ...dtmf, InputEncryption: { EncryptionKeyId: 'k' } }))
    expect(loss.filter(({ code }) => code === 'import.dropped')).toMatchObject([
      { code: 'import.dropped', message: 'Not brought along: InputTerminationSequence, DisableCancelKey' },
      { code: 'import.dropped', message: 'Not brought along: InputEncryption' },
    ])
  })
})

describe('work of the host', () => {
  const lambda = connect(
    action(
      'look',
      'InvokeLambdaFunction',
      {
        LambdaFunctionARN: 'arn:x',
        InvocationTimeLimitSeconds: '3',
        LambdaInvocationAttributes: { who: '$.CustomerEndpoint.Address', list: [1, '$.Attributes.a'] },
      },
      { next: 'tell', errors: { NoMatchingError: 'sorry' } },
    ),
    say('tell', 'Hi $.External.name'),
    sorry,
    bye,
  )

  it('is asked for with its parameters, and answers with what paths read', () => {
    const session = play(lambda, { trigger: { type: 'call', from: '+1' } })
    expect(session.awaited).toMatchObject({
      type: 'connect.invoke-lambda-function',
      fields: { LambdaInvocationAttributes: { who: '+1', list: [1, ''] } },
    })
    session.answer({ body: { outcome: 'done', name: 'Ada' } }).expectSaid('Hi Ada')
  })

  it('can fail, and take too long', () => {
    play(lambda).answer({ error: 'down' }).expectSaid('Sorry')
    play(lambda).timeout().expectSaid('Sorry')
  })

  it('names the result that the flow asks for, or the error', () => {
    const check = connect(
      action(
        'open',
        'CheckHoursOfOperation',
        {},
        {
          next: 'late',
          when: [
            ['Equals', 'True', 'yes'],
            ['Equals', 'False', 'sorry'],
          ],
          errors: { NoMatchingError: 'late' },
        },
      ),
      say('yes', 'Yes'),
      sorry,
      late,
      bye,
    )
    play(check)
      .answer({ body: { outcome: 'False' } })
      .expectSaid('Sorry')
    play(check)
      .answer({ body: { outcome: 'Maybe' } })
      .expectSaid('Late')
  })

  it('is compared where it is a number', () => {
    const when = [['NumberGreaterThan', '0', 'yes']] as const
    const check = action(
      'staff',
      'CheckMetricData',
      { MetricType: 'NumberOfAgentsOnline' },
      {
        next: 'late',
        when,
        errors: { NoMatchingCondition: 'sorry', NoMatchingError: 'late' },
      },
    )
    const flow = connect(check, say('yes', 'Yes'), sorry, late, bye)
    play(flow)
      .answer({ body: { outcome: 'done', result: 3 } })
      .expectSaid('Yes')
    play(flow)
      .answer({ body: { outcome: 'done', result: 0 } })
      .expectSaid('Sorry')
  })

  it('goes on at once where nothing comes of it', () => {
    const flow = connect(
      action('log', 'UpdateFlowLoggingBehavior', { FlowLoggingBehavior: 'Enabled' }, { next: 'yes' }),
      say('yes', 'Yes'),
      bye,
    )
    expect(play(flow).expectSaid('Yes').effects[0]).toMatchObject({
      fields: { FlowLoggingBehavior: 'Enabled' },
    })
  })

  it('sets attributes whose names only the flow knows', () => {
    const Attributes = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`$.Attributes.k${i}`, `$.Attributes.v${i}`]),
    )
    const { errors, config } = bring(
      connect(action('set', 'UpdateContactAttributes', { Attributes }, { next: 'bye' }), bye),
    )
    expect(errors).toEqual([])
    expect(Object.keys(config('set')!.fields!)).toEqual(['Attributes', 'Attributes_2'])
  })

  it('is what a host makes of it that knows better', () => {
    const { config } = bring(lambda, {
      translations: {
        InvokeLambdaFunction: ({ next, text, properties }) => ({
          type: 'http-request@1',
          config: { url: `https://api.example.com/${text(String(properties.LambdaFunctionARN))}` },
          targets: { success: next('NextAction'), failed: next('NoMatchingError') },
        }),
      },
    })
    expect(config('look')).toEqual({ url: 'https://api.example.com/arn:x' })
  })
})

describe('transfers', () => {
  it('to a queue that was chosen before', () => {
    const flow = connect(
      action('choose', 'UpdateContactTargetQueue', { QueueId: 'q-1' }, { next: 'go' }),
      action(
        'go',
        'TransferContactToQueue',
        {},
        { next: 'sorry', errors: { QueueAtCapacity: 'late', NoMatchingError: 'sorry' } },
      ),
      sorry,
      late,
      bye,
    )
    expect(play(flow).awaited).toMatchObject({ type: 'transfer', kind: 'queue', to: 'q-1' })
    play(flow)
      .answer({ body: { result: 'connected' } })
      .expectEnd('transferred')
    play(flow)
      .answer({ body: { result: 'busy' } })
      .expectSaid('Late')
    play(flow)
      .answer({ body: { result: 'failed' } })
      .expectSaid('Sorry')
  })

  it('to a number, and back', () => {
    const number = (ContinueFlowExecution: string) =>
      connect(
        action(
          'go',
          'TransferParticipantToThirdParty',
          {
            ThirdPartyPhoneNumber: '+1',
            ThirdPartyConnectionTimeLimitSeconds: '30',
            ContinueFlowExecution,
            CallerId: { Number: '$.SystemEndpoint.Address' },
          },
          {
            next: 'tell',
            errors: { ConnectionTimeLimitExceeded: 'late', CallFailed: 'sorry', NoMatchingError: 'sorry' },
          },
        ),
        say('tell', 'Back'),
        sorry,
        late,
        bye,
      )
    play(number('True'))
      .answer({ body: { result: 'connected' } })
      .expectSaid('Back')
    play(number('True'))
      .answer({ body: { result: 'noAnswer' } })
      .expectSaid('Late')
    play(number('False'))
      .answer({ body: { result: 'connected' } })
      .expectSaid()
      .expectEnd('transferred')
  })
})

describe('other flows', () => {
  it('are called where they come back, and gone to for good where they do not', () => {
    const module = action(
      'm',
      'InvokeFlowModule',
      { FlowModuleId: 'mod' },
      { next: 'go', errors: { NoMatchingError: 'bye' } },
    )
    const { config, ways, lost } = bring(
      connect(
        module,
        action(
          'go',
          'TransferToFlow',
          { ContactFlowId: 'f' },
          { next: 'bye', errors: { NoMatchingError: 'bye' } },
        ),
        bye,
      ),
    )
    expect(config('m')).toEqual({
      flow: 'mod',
      outcomes: ['failed', 'disconnected', 'transferred', 'incomplete'],
    })
    expect(ways('m')).toEqual({
      done: 'go',
      failed: 'bye',
      disconnected: 'end_disconnected',
      transferred: 'end_transferred',
      incomplete: 'end_incomplete',
    })
    expect(config('go')).toEqual({ flow: 'f' })
    expect(lost).toEqual([
      'import.subflow m',
      'import.subflow go',
      'import.changed go.NextAction',
      'import.changed go.NoMatchingError',
    ])
  })

  it('are found by the host where they are named late', () => {
    const go = action('go', 'TransferToFlow', { ContactFlowId: '$.Attributes.flow' }, { next: 'bye' })
    expect(bring(connect(go, bye)).config('go')).toMatchObject({ effect: 'connect.transfer-to-flow' })
  })

  it('that return are subflows', () => {
    const { flow } = bring(
      connect(say('a', 'Hi $.Attributes.x', 'back'), action('back', 'EndFlowModuleExecution')),
    )
    expect(flow.role).toBe('subflow')
    expect(flow.settings.variables).toMatchObject([
      { name: 'HandedOver' },
      { name: 'x', input: true, output: true },
    ])
  })
})

describe('waiting and going round', () => {
  const wait = (parameters: object) =>
    connect(
      action('w', 'Wait', parameters, {
        next: 'sorry',
        when: [
          ['Equals', 'CustomerReturned', 'yes'],
          ['Equals', 'WaitCompleted', 'late'],
        ],
        errors: { NoMatchingError: 'sorry' },
      }),
      say('yes', 'Yes'),
      late,
      sorry,
      bye,
    )

  it('waits for an event, for a time, or leaves it to the host', () => {
    play(wait({ TimeLimitSeconds: '60', Events: ['CustomerReturned'] }))
      .send('CustomerReturned')
      .expectSaid('Yes')
    play(wait({ TimeLimitSeconds: '60', Events: ['CustomerReturned'] }))
      .timeout()
      .expectSaid('Late')
    play(wait({ TimeLimitSeconds: '60' }))
      .timeout()
      .expectSaid('Late')
    expect(bring(wait({ TimeLimitSeconds: '$.Attributes.t' })).type('w')).toBe('custom-effect@1')
  })

  it('goes round as often as it is told to', () => {
    const flow = connect(
      action(
        'round',
        'Loop',
        { LoopCount: '2' },
        {
          next: 'bye',
          when: [
            ['Equals', 'ContinueLooping', 'again'],
            ['Equals', 'DoneLooping', 'bye'],
          ],
        },
      ),
      say('again', 'Again', 'round'),
      bye,
    )
    play(flow).expectSaid('Again', 'Again').expectEnd('disconnected')
  })

  it('says messages to whoever is on hold until the session is ended', () => {
    const hold = connect(
      action('hold', 'MessageParticipantIteratively', { Messages: [{ Text: 'A' }, { Text: 'B' }] }),
    )
    const { lost, errors } = bring(hold)
    expect({ lost, errors }).toEqual({ lost: ['import.changed hold'], errors: [] })
    play(hold)
      .expectSaid('A')
      .answer({ status: 200 })
      .expectSaid('B')
      .answer({ status: 200 })
      .expectSaid('A')
      .signal('hangup')
      .expectEnd('incomplete')
  })

  it('interrupts its messages', () => {
    const queue = connect(
      action(
        'hold',
        'MessageParticipantIteratively',
        { Messages: [{ Text: 'A' }], InterruptFrequencySeconds: '20' },
        { when: [['Equals', 'MessagesInterrupted', 'yes']] },
      ),
      say('yes', 'Yes'),
      bye,
    )
    play(queue).expectSaid('A').timeout().expectSaid('Yes')
  })
})
