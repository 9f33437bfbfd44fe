import { describe, expect, it, test } from 'vitest'
import { detectFormat, importFlow } from '../../src/interchange/index.ts'
import { action, bring, bye, connect, play, say } from './connect.ts'

const uuid = '7f66b57f-13d6-4bef-9427-870751824c86'

describe('a flow of Amazon Connect', () => {
  const flow = connect(say('hello', 'Hello'), bye)

  it('is recognised, alone or in what the API returns', () => {
    const content = JSON.stringify(flow)
    for (const value of [
      flow,
      { ContactFlow: { Name: 'x', Type: 'CUSTOMER_QUEUE', Content: content } },
      { Content: content },
    ])
      expect(detectFormat(value)?.format).toBe('amazon-connect')
    for (const other of [
      null,
      [],
      {},
      { Actions: [] },
      { Actions: 1, Version: '2019-10-30' },
      { Content: '{' },
    ])
      expect(detectFormat(other)).toBeUndefined()
  })

  it('is called as its metadata or the API says', () => {
    expect(bring(flow).flow).toMatchObject({ id: 'a-test', name: 'A test', role: 'main' })
    const wrapped = {
      ContactFlow: {
        Name: 'Queue',
        Type: 'CUSTOMER_HOLD',
        Content: JSON.stringify({ ...flow, Metadata: {} }),
      },
    }
    expect(bring(wrapped).flow).toMatchObject({ name: 'Queue', medium: 'voice' })
    expect(bring(wrapped).lost).toEqual(['import.changed Metadata.type'])
  })

  test.each([
    'customerQueue',
    'customerHold',
    'customerWhisper',
    'agentHold',
    'agentWhisper',
    'outboundWhisper',
    'agentTransfer',
    'queueTransfer',
  ])('of the type %s is one that the host has to run beside the conversation', (type) => {
    expect(bring({ ...flow, Metadata: { type } }).lost).toEqual(['import.changed Metadata.type'])
  })

  it('names made-up actions by their types, and keeps where they stand', () => {
    const made = connect({ ...say('hello', 'Hello'), Identifier: uuid }, bye)
    const Metadata = { ActionMetadata: { [uuid]: { position: { x: 1, y: 2 } } } }
    const { flow: brought, lost } = bring({ ...made, Metadata })
    expect(brought.nodes[1]).toMatchObject({ id: 'message_participant', position: { x: 1, y: 2 } })
    expect(brought.nodes[1]).not.toHaveProperty('label')
    expect(lost).toEqual([`import.renamed ${uuid}`])
  })

  it('speaks the language that it sets', () => {
    const set = action('set', 'UpdateContactData', { LanguageCode: 'de-DE' }, { next: 'bye' })
    expect(bring(connect(set, bye)).flow.settings.languages).toEqual({ default: 'de-DE' })
  })

  it('ends by hanging up, or leaves the contact where it is', () => {
    play(flow).expectEnd('disconnected')
    play(connect(say('a', 'A', 'end'), action('end', 'EndFlowExecution'))).expectEnd('completed')
    play(connect(action('a', 'MessageParticipant', { Text: 'A' }))).expectEnd('completed')
  })
})

describe('what is left open', () => {
  it('is a start that does not exist', () => {
    expect(bring({ ...connect(say('a', 'A'), bye), StartAction: 'gone' }).lost).toContain(
      'import.noTrigger gone',
    )
    expect(bring({ ...connect(bye), StartAction: null }).lost).toContain('import.noTrigger StartAction')
  })

  it('is a way to an action that does not exist', () => {
    const { lost } = bring(connect(say('a', 'A', 'gone')))
    expect(lost).toEqual(['import.noTarget a.next'])
  })

  it('is an action that no type is known for: a placeholder with its ways stands for it', () => {
    const odd = action(
      'odd',
      'FlyToTheMoon',
      {},
      { next: 'bye', when: [['Equals', 'Landed', 'bye']], errors: { Fog: 'bye' } },
    )
    const { lost, type, ways } = bring(connect(odd, bye))
    expect(type('odd')).toBe('placeholder@1')
    expect(ways('odd')).toEqual({ NextAction: 'bye', 'Equals Landed': 'bye', Fog: 'bye' })
    expect(lost).toEqual(['import.widget odd'])
  })

  it('is a second action of one name, and one that nothing leads to', () => {
    const { lost } = bring(connect(say('a', 'A'), bye, bye, say('b', 'B')))
    expect(lost).toEqual(['import.repeated bye', 'import.unreachable b'])
  })

  it('is an error that no node here can have: what only it leads to is left out', () => {
    const set = action(
      'set',
      'UpdateContactAttributes',
      { Attributes: { a: '1' } },
      { next: 'bye', errors: { NoMatchingError: 'sorry' } },
    )
    const { lost, errors } = bring(connect(set, bye, say('sorry', 'Sorry')))
    expect({ lost, errors }).toEqual({
      lost: ['import.changed set.NoMatchingError', 'import.unreachable sorry'],
      errors: [],
    })
  })

  it('is a flow that is not named', () => {
    expect(bring(connect(action('a', 'TransferToFlow'))).lost).toEqual(['import.subflow a'])
  })
})

it('a circle that never waits is made to', () => {
  const when = [['Equals', '1', 'bye']] as const
  const circle = (name: string, other: string) =>
    action(
      name,
      'Compare',
      { ComparisonValue: '$.Attributes.x' },
      { when, errors: { NoMatchingCondition: other } },
    )
  const { errors, lost, flow } = bring(connect(circle('a', 'b'), circle('b', 'a'), bye))
  expect(errors).toEqual([])
  expect(lost).toContain('import.changed a')
  expect(flow.nodes.filter(({ type }) => type === 'delay@1')).toHaveLength(1)
})

it('says what stands where something else should', () => {
  const imported = importFlow({ Version: '2019-10-30', Actions: [{ Identifier: 'a', Type: 1 }] })
  expect(imported.ok ? [] : imported.error.map(({ message }) => message)).toEqual([
    'Actions.0.Type should be a text, and is a number',
  ])
})
