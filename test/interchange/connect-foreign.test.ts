import { describe, expect, it, test } from 'vitest'
import { importFlow } from '../../src/interchange/index.ts'
import { compile } from '../../src/interpreter/compile.ts'
import { palette } from '../../src/palette/index.ts'
import { simulate } from '../../src/testing/index.ts'
import { action, bring, bye, connect, play, say } from './connect.ts'

/* What flows of strangers have and those at hand do not: several flows, modules, notes, odd names and sizes. */

const set = (name: string, Attributes: object, next: string) =>
  action(name, 'UpdateContactAttributes', { Attributes }, { next })
const lambda = (name: string, next: string) =>
  action(name, 'InvokeLambdaFunction', { LambdaFunctionARN: 'arn:aws:lambda:x' }, { next })
const go = action('go', 'TransferToFlow', {
  ContactFlowId: 'arn:aws:connect:eu:1:instance/i/contact-flow/two:$LATEST',
})
const call = action('call', 'InvokeFlowModule', { FlowModuleId: 'module' }, { next: 'x' })

function together(main: object, id: string, called: object, answers: readonly object[] = []) {
  const other = bring(called, { id }).flow
  const session = simulate(compile(bring(main, { id: 'main' }).flow, { nodes: palette, subflows: [other] }))
  for (const body of answers) session.answer({ body } as never)
  return session
}

describe('another flow', () => {
  it('gets the attributes by their names, whichever of them it has', () => {
    const main = connect(set('s', { 'first-name': 'Ada', 'first name': 'Bob', unread: 'x' }, 'go'), go)
    const other = connect(
      say('x', "$.Attributes['first name'], $.Attributes.first-name, $.Attributes.c."),
      bye,
    )
    together(main, 'two', other).expectSaid('Bob, Ada, .').expectEnd('disconnected')
  })

  it('gets the queue, the number to call back and what was typed', () => {
    const first = action('q', 'UpdateContactTargetQueue', { QueueId: 'sales' }, { next: 'go' })
    const transfer = action('t', 'TransferContactToQueue')
    expect(together(connect(first, go), 'two', connect(transfer)).awaited).toMatchObject({ to: 'sales' })
    expect(bring(connect(transfer)).lost).toEqual(['import.reference t'])
    expect(bring(connect({ ...first, Transitions: { NextAction: 't' } } as never, transfer)).lost).toEqual([])
  })

  it('gets more than an expression can hold', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`attribute_number_${i}`, `v${i}`]))
    const main = connect(set('s', many, 'go'), go)
    together(main, 'two', connect(say('x', '$.Attributes.attribute_number_299'), bye)).expectSaid('v299')
  })
})

describe('a module', () => {
  const main = connect(
    set('s', { a: '1', b: '2' }, 'call'),
    call,
    say('x', '$.Attributes.a $.Attributes.b'),
    bye,
  )

  it('gives back what it sets, and leaves what it does not know', () => {
    const module = connect(set('s', { b: 'two' }, 'r'), action('r', 'EndFlowModuleExecution'))
    together(main, 'module', module).expectSaid('1 two')
  })

  it('that hangs up or hands over does not come back', () => {
    together(main, 'module', connect(say('m', 'Bye'), bye))
      .expectSaid('Bye')
      .expectEnd('disconnected')
    const transfer = connect(action('t', 'TransferContactToQueue'))
    together(main, 'module', transfer, [{ result: 'connected' }])
      .expectSaid()
      .expectEnd('transferred')
  })

  test.each([[{ Settings: { InputParameters: [], Transitions: [] } }], [{ Metadata: { type: 'module' } }]])(
    'is known by %j',
    (more) => {
      expect(bring({ ...connect(bye), ...more }).flow.role).toBe('subflow')
    },
  )
})

describe('what actions leave behind', () => {
  it('of a customer stands side by side', () => {
    const profile = (name: string, type: string, next: string) =>
      action(name, type, { ProfileRequestData: { ProfileId: '$.Customer.ProfileId' } }, { next })
    play(
      connect(
        profile('p', 'GetCustomerProfile', 'q'),
        profile('q', 'GetCalculatedAttributesForCustomerProfile', 'x'),
        say('x', '$.Customer.FirstName called $.Customer.CalculatedAttributes.calls times'),
        bye,
      ),
    )
      .answer('p', { body: { outcome: 'done', ProfileId: '1', FirstName: 'Ada' } })
      .answer('q', { body: { outcome: 'done', CalculatedAttributes: { calls: '3' } } })
      .expectSaid('Ada called 3 times')
  })

  it('of an assistant is the session', () => {
    const open = action('open', 'CreateWisdomSession', {}, { next: 'data' })
    const data = action(
      'data',
      'UpdateContactData',
      { WisdomSessionArn: '$.Wisdom.SessionArn' },
      { next: 'bye' },
    )
    expect(bring(connect(open, data, bye)).config('data')?.fields).toEqual({
      WisdomSessionArn: 'default(nodes.open.body.SessionArn, "")',
    })
  })

  it('is kept where a host translates several of them', () => {
    const { flow } = bring(connect(lambda('one', 'two'), lambda('two', 'x'), say('x', '$.External.n'), bye), {
      translations: {
        InvokeLambdaFunction: ({ next }) => ({
          type: 'http-request@1',
          config: { url: 'https://api.example.com' },
          targets: {
            success: next('NextAction'),
            httpError: undefined,
            failed: undefined,
            timeout: undefined,
          },
        }),
      },
    })
    expect(flow.nodes.find(({ id }) => id === 'two')?.onLeave).toEqual({
      success: [{ set: 'External', to: 'nodes.two.body' }],
    })
  })

  it('of a queue is the one that was chosen last', () => {
    const choose = action('q', 'UpdateContactTargetQueue', { QueueId: 'sales' }, { next: 'x' })
    const flow = connect(choose, say('x', '$.Queue.ARN $.Queue.Name'), bye)
    expect(play(flow, { data: { Queue_Name: 'Old' } }).said).toEqual(['sales Old'])
    expect(bring(flow).loss).toMatchObject([{ severity: 'warning', where: 'x.Text' }])
  })
})

it.each([
  ['TimeLimitSeconds', '300'],
  ['TimeoutSeconds', 300],
])('waits for %s', (property, seconds) => {
  const wait = { [property]: seconds, Events: ['CustomerReturned'] }
  expect(bring(connect(action('w', 'Wait', wait, { next: 'bye' }), bye)).config('w')).toEqual({
    event: 'CustomerReturned',
    timeout: '300s',
  })
})

it('reads a name in brackets behind a dot', () => {
  const flow = connect(set('s', { 'user name': 'Ada' }, 'x'), say('x', "Hi $.Attributes.['user name']"), bye)
  play(flow).expectSaid('Hi Ada')
})

it('keeps what is encrypted there out of logs', () => {
  const ask = action('ask', 'GetParticipantInput', {
    Text: 'Card?',
    StoreInput: 'True',
    InputEncryption: { EncryptionKeyId: 'k', Key: 'PEM' },
  })
  expect(bring(connect(ask)).flow.settings.variables).toContainEqual(
    expect.objectContaining({ name: 'StoredCustomerInput', sensitive: true }),
  )
})

it('brings remarks and descriptions along, and positions however they are written', () => {
  const Metadata = {
    name: 'x',
    description: 'What it is for',
    ActionMetadata: { a: { Position: { x: 1, y: 2 } } },
    Annotations: [
      { content: 'Mind the gap', actionId: 'a', position: { x: 3, y: 4 } },
      { content: 'Old', actionId: 'gone' },
      { content: 7 },
      null,
      { content: ' ' },
    ],
  }
  const { flow } = bring({ ...connect(say('a', 'A'), bye), Metadata })
  expect(flow.remark).toBe('What it is for')
  expect(flow.notes).toEqual([
    { id: 'note_1', node: 'a', text: 'Mind the gap', position: { x: 3, y: 4 } },
    { id: 'note_2', text: 'Old' },
    { id: 'note_3', text: '7' },
  ])
  expect(flow.nodes.find(({ id }) => id === 'a')?.position).toEqual({ x: 1, y: 2 })
})

describe('the report', () => {
  it('names parameters that nothing here reads, and a loop without a number', () => {
    const flow = connect(
      action('a', 'MessageParticipant', { Text: 'x', SkipWhenBuffered: 'True', Media: {} }, { next: 'l' }),
      action('l', 'Loop', {}, { when: [['Equals', 'ContinueLooping', 'a']], next: 'bye' }),
      bye,
    )
    expect(bring(flow).lost).toEqual(
      expect.arrayContaining(['import.dropped a', 'import.changed l.LoopCount']),
    )
  })

  it('says that a channel is called as the host calls it', () => {
    expect(bring(connect(say('a', '$.Channel'), bye)).lost).toEqual(['import.reference a.Text'])
  })

  it('says what is missing in an action whose name is made up', () => {
    const id = '7f66b57f-13d6-4bef-9427-870751824c86'
    expect(bring(connect(action(id, 'MessageParticipant'))).lost).toContain(`import.missing ${id}`)
  })

  it.each([
    ['a text', say('s', 'x'.repeat(100_000))],
    ['a text of paths', say('s', '$.Attributes.a '.repeat(5_000))],
    ['an attribute', set('s', { a: `"${'x\n'.repeat(9_000)}` }, 'bye')],
    [
      'what is compared',
      action(
        's',
        'Compare',
        { ComparisonValue: '$.Attributes.a' },
        {
          when: [['Equals', 'x'.repeat(5_000), 'bye']],
          errors: { NoMatchingCondition: 'bye' },
        },
      ),
    ],
  ])('speaks of %s that is too long, and no error is made of it', (_, long) => {
    const { errors, lost } = bring(connect(long, bye))
    expect({ errors, lost: lost.length }).toEqual({ errors: [], lost: expect.any(Number) })
    expect(lost.length).toBeGreaterThan(0)
  })
})

it('calls actions without Latin letters by their types, and keeps their names', () => {
  const { flow } = bring(connect(say('挨拶', 'A', '終わり'), { ...bye, Identifier: '終わり' }))
  expect(flow.nodes.map(({ id, label }) => [id, label])).toEqual([
    ['start', undefined],
    ['message_participant', '挨拶'],
    ['disconnect_participant', '終わり'],
  ])
})

it('reads thousands of attributes and actions in a moment', () => {
  const many = Array.from({ length: 2_000 }, (_, i) =>
    action(
      `a ${i}`,
      'UpdateContactAttributes',
      { Attributes: { [`k ${i}`]: '$.External.x' } },
      {
        next: `a ${i + 1}`,
        errors: { NoMatchingError: 'bye' },
      },
    ),
  )
  const begun = performance.now()
  expect(importFlow(connect(many[0]!, ...many.slice(1), bye)).ok).toBe(true)
  expect(performance.now() - begun).toBeLessThan(5_000)
})
