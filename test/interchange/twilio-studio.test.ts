import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import type { Diagnostic } from '../../src/diagnostics/index.ts'
import { contentHash, parseDocument } from '../../src/document/index.ts'
import { detectFormat, importFlow } from '../../src/interchange/index.ts'
import { compile } from '../../src/interpreter/compile.ts'
import { palette } from '../../src/palette/index.ts'
import { type SimulateOptions, simulate } from '../../src/testing/index.ts'
import { validate } from '../../src/validation/index.ts'

type Way = readonly [event: string, next?: string | undefined, conditions?: readonly object[]]

/** A widget of Studio. */
function widget(name: string, type: string, properties: object, ...ways: Way[]) {
  const transitions = ways.map(([event, next, conditions]) => ({
    event,
    next,
    ...(conditions === undefined ? {} : { conditions }),
  }))
  return { name, type, properties, transitions }
}

/** A flow of Studio that begins with a call. */
function studio(first: string, ...widgets: object[]) {
  const trigger = widget('Trigger', 'trigger', {}, ['incomingMessage'], ['incomingCall', first])
  return { description: 'A test', initial_state: 'Trigger', states: [trigger, ...widgets] }
}

function bring(value: unknown) {
  const imported = importFlow(value)
  if (!imported.ok) throw new Error(JSON.stringify(imported.error))
  const { flow, loss } = imported.value
  const read = parseDocument(JSON.stringify(flow))
  expect(read.ok && contentHash(read.value), 'reads as a document, unchanged').toBe(contentHash(flow))
  return {
    flow,
    loss,
    errors: errorsOf(validate(flow, { nodes: palette })),
    config: (id: string) => flow.nodes.find((node) => node.id === id)?.config,
  }
}

function errorsOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, location }) => `${location.node}: ${code}`)
}

function play(value: unknown, options: SimulateOptions = {}) {
  const { flow, errors } = bring(value)
  expect(errors).toEqual([])
  return simulate(compile(flow, { nodes: palette }), options)
}

const say = (name: string, text: string, next?: string) =>
  widget(name, 'say-play', { say: text }, ['audioComplete', next])
const match = (type: string, value: string, next: string): Way => [
  'match',
  next,
  [{ type, value, friendly_name: value, arguments: ['{{widgets.ask.Digits}}'] }],
]
const ask = widget(
  'ask',
  'gather-input-on-call',
  { say: 'Which?', timeout: 5 },
  ['keypress', 'split'],
  ['speech'],
  ['timeout'],
)

describe('a flow of Twilio Studio', () => {
  it('is recognised, alone or in what the API returns', () => {
    const flow = studio('hello', say('hello', 'Hello'))
    expect(detectFormat(flow)?.format).toBe('twilio-studio')
    expect(detectFormat({ sid: 'FW1', definition: flow })?.format).toBe('twilio-studio')
    for (const other of [null, [], {}, { states: {}, initial_state: 'x' }, { schema: 1, nodes: [] }]) {
      expect(detectFormat(other)).toBeUndefined()
    }
  })

  it('ends here where it ends there, with a flow outcome', () => {
    play(studio('hello', say('hello', 'Hello')))
      .expectSaid('Hello')
      .expectEnd('completed')
    const gather = studio('ask', ask, say('split', 'Thanks'))
    play(gather).timeout().expectEnd('incomplete')
    play(gather).digits('1').expectSaid('Thanks').expectEnd('completed')
  })

  it('keeps names that are keys, and renames and reports the others', () => {
    const { flow, loss, errors } = bring(
      studio('say-hello', say('say-hello', 'Hello', '2nd'), say('2nd', '{{flow.variables.my-name}}')),
    )
    expect(errors).toEqual([])
    expect(flow.nodes.map(({ id }) => id)).toEqual(['Trigger', 'say_hello', '_2nd', 'end_completed'])
    expect(flow.nodes[1]?.label).toBe('say-hello')
    expect(loss.map(({ code, where }) => [code, where])).toEqual([
      ['import.renamed', 'say-hello'],
      ['import.renamed', '2nd'],
      ['import.renamed', 'my-name'],
    ])
  })

  it('reads what came with the call', () => {
    const flow = studio(
      'hello',
      say(
        'hello',
        '{{trigger.call.From}} {{contact.channel.address}} {{trigger.call.To}} {{trigger.call.CallSid}}',
      ),
    )
    const simulation = play(flow, {
      trigger: { type: 'call', from: '+1', to: '+2' },
      data: { call_CallSid: 'CA1' },
    })
    simulation.expectSaid('+1 +1 +2 CA1')
    play(flow).expectEnd('completed')
  })

  it('branches by the kind of trigger where triggers lead apart', () => {
    const trigger = widget('Trigger', 'trigger', {}, ['incomingMessage', 'a'], ['incomingCall', 'b'])
    const flow = { initial_state: 'Trigger', states: [trigger, say('a', 'message'), say('b', 'call')] }
    play(flow, { trigger: 'message' }).expectSaid('message')
    play(flow, { trigger: 'call' }).expectSaid('call')
  })
})

describe('a split', () => {
  const split = (...ways: Way[]) =>
    studio(
      'ask',
      ask,
      widget('split', 'split-based-on', { input: '{{widgets.ask.Digits}}' }, ['noMatch', 'no'], ...ways),
      say('yes', 'yes'),
      say('no', 'no'),
    )

  it.each([
    ['equal_to', '12', '12', 'yes'],
    ['equal_to', '12', '13', 'no'],
    ['not_equal_to', '12', '13', 'yes'],
    ['matches_any_of', '1, 2 ,3', '2', 'yes'],
    ['does_not_match_any_of', '1,2', '2', 'no'],
    ['contains', '2', '123', 'yes'],
    ['starts_with', '1', '123', 'yes'],
    ['does_not_start_with', '1', '123', 'no'],
    ['less_than', '10', '9', 'yes'],
    ['less_than', '10', '10', 'no'],
    ['greater_than', '10', '11', 'yes'],
    ['greater_than', '10', '*', 'no'],
    ['is_blank', '', '1', 'no'],
    ['is_not_blank', '', '1', 'yes'],
    ['regex', '^1+$', '111', 'yes'],
  ])('%s %s, given %s, goes to %s', (type, value, digits, expected) => {
    play(split(match(type, value, 'yes')))
      .digits(digits)
      .expectSaid(expected)
  })

  it('compares without case and outer spaces, and reads what is missing as nothing', () => {
    const lookup = widget(
      'lookup',
      'make-http-request',
      { method: 'GET', url: 'https://example.com' },
      ['success', 'split'],
      ['failed', 'split'],
    )
    const ways: Way[] = [
      [
        'match',
        'yes',
        [{ type: 'equal_to', value: ' Yes', arguments: ['{{widgets.lookup.parsed.answer.text}}'] }],
      ],
    ]
    const flow = studio(
      'lookup',
      lookup,
      widget('split', 'split-based-on', {}, ['noMatch', 'no'], ...ways),
      say('yes', 'yes'),
      say('no', 'no'),
    )
    play(flow, { effects: { lookup: { body: { answer: { text: 'YES ' } } } } }).expectSaid('yes')
    play(flow, { effects: { lookup: { body: { answer: { text: true } } } } }).expectSaid('no')
    for (const body of [{}, null, 'text', { answer: 'yes' }])
      play(flow, { effects: { lookup: { body } } }).expectEnd('completed')
    play(flow, { effects: { lookup: { status: 500 } } }).expectSaid('no')
  })

  it('gives every match an outcome of its own', () => {
    const { flow, errors } = bring(split(match('equal_to', '1', 'yes'), match('equal_to', '1', 'no')))
    expect(errors).toEqual([])
    expect(flow.connectors.map(({ id }) => id)).toContain('split:1 2')
  })

  it('with a condition that is not known reports it, and never takes it', () => {
    const flow = split(match('sounds_like', '1', 'yes'))
    expect(bring(flow).loss).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'import.condition', where: 'split' }),
    )
    play(flow).digits('1').expectSaid('no')
  })
})

describe('requests', () => {
  it('post parameters of functions as the members of a body', () => {
    const run = widget(
      'run',
      'run-function',
      {
        url: 'https://example.com/f',
        parameters: [
          { key: 'n', value: '{{widgets.ask.Digits}}' },
          { key: 'mixed', value: 'no. {{widgets.ask.Digits}}!' },
        ],
      },
      ['success'],
      ['fail'],
    )
    const simulation = play(studio('ask', ask, { ...run, name: 'split' })).digits('42')
    expect(simulation.awaited).toMatchObject({
      method: 'POST',
      url: 'https://example.com/f',
      body: { n: '42', mixed: 'no. 42!' },
    })
    simulation.answer({ status: 500 }).expectEnd('failed')
  })

  it('send a body as it stands', () => {
    const request = widget(
      'post',
      'make-http-request',
      {
        method: 'POST',
        url: 'https://example.com/{{flow.data.id}}',
        body: '{"id": "{{flow.data.id}}"}',
        content_type: 'application/json',
      },
      ['success'],
      ['failed'],
    )
    const { awaited } = play(studio('post', request), { data: { id: 'x7' } })
    expect(awaited).toMatchObject({
      url: 'https://example.com/x7',
      body: '{"id": "x7"}',
      headers: { 'Content-Type': 'application/json' },
    })
  })
})

describe('messages and variables', () => {
  it('are sent, answered and set', () => {
    const flow = studio(
      'set',
      widget('set', 'set-variables', { variables: [{ key: 'name', value: 'Ada' }] }, ['next', 'write']),
      widget(
        'write',
        'send-message',
        { body: 'Hello {{flow.variables.name}}' },
        ['sent', 'reply'],
        ['failed'],
      ),
      widget(
        'reply',
        'send-and-wait-for-reply',
        { body: 'How are you?', timeout: '60' },
        ['incomingMessage', 'echo'],
        ['timeout'],
        ['deliveryFailure'],
      ),
      widget(
        'echo',
        'send-message',
        { body: '{{widgets.reply.inbound.Body | upcase}}' },
        ['sent'],
        ['failed'],
      ),
    )
    play(flow).expectSaid('Hello Ada', 'How are you?').say('fine').expectSaid('FINE').expectEnd('completed')
    play(flow).wait('60s').expectEnd('incomplete')
  })

  it('that failed lead where failures lead', () => {
    const flow = studio(
      'write',
      widget('write', 'send-message', { body: 'Hi' }, ['sent'], ['failed', 'sorry']),
      say('sorry', 'Sorry'),
    )
    play(flow).answer('message.send', { error: 'no route' }).expectSaid('Sorry')
  })
})

describe('what is not supported yet', () => {
  it.each([
    '{% if x %}',
    '{{ x | date: "%d" }}',
    '{{ widgets.nobody.body }}',
    '{{ flow.flow_sid }}',
    '{{ }}',
    '{{ a b }}',
  ])('%s is reported where it stands', (liquid) => {
    const { loss, config, errors } = bring(studio('hello', say('hello', `before ${liquid} after`)))
    expect(loss).toEqual([
      expect.objectContaining({ severity: 'error', code: 'import.liquid', where: 'hello.say' }),
    ])
    expect(loss[0]?.message).toContain(liquid)
    expect(config('hello')?.prompt).toBe('before  after')
    expect(errors).toEqual([])
  })

  it('a widget becomes a placeholder that keeps its name, its type and its ways on', () => {
    const { flow, loss, errors } = bring(
      studio(
        'flex',
        widget('flex', 'send-to-flex', {}, ['callComplete', 'bye'], ['failedToEnqueue']),
        say('bye', 'Bye'),
      ),
    )
    expect(loss).toEqual([
      expect.objectContaining({ severity: 'error', code: 'import.widget', where: 'flex' }),
    ])
    expect(flow.nodes[1]).toMatchObject({
      id: 'flex',
      type: 'placeholder@1',
      config: { original: 'send-to-flex' },
    })
    expect(flow.connectors.map(({ id }) => id)).toContain('flex:callComplete')
    expect(errors.length).toBeGreaterThan(0)
  })
})

describe('a broken flow', () => {
  it.each([
    ['states that are no widgets', { initial_state: 'x', states: [7] }, 'document.shape'],
    ['no widgets', { initial_state: 'x', states: [] }, 'document.shape'],
    [
      'a transition without an event',
      studio('a', { name: 'a', type: 'say-play', transitions: [{}] }),
      'document.shape',
    ],
    [
      'a key that reaches a prototype',
      JSON.parse('{"initial_state": "x", "states": [], "__proto__": {}}'),
      'document.json',
    ],
  ])('%s is refused', (_, value, code) => {
    const imported = importFlow(value)
    expect(imported.ok ? [] : imported.error.map((each) => each.code)).toContain(code)
  })

  it.each([
    ['a transition into nowhere', studio('nobody'), 'import.noTarget'],
    ['two widgets of one name', studio('a', say('a', '1'), say('a', '2')), 'import.repeated'],
    ['no trigger', { initial_state: 'a', states: [say('a', '1')] }, 'import.noTrigger'],
  ])('%s is brought in and reported', (_, value, code) => {
    const { loss } = bring(value as JsonObject)
    expect(loss.map((each) => each.code)).toContain(code)
  })

  it('of another format is refused by name', () => {
    expect(() => importFlow({}, { from: 'twilio-studo' })).toThrow(
      /did you mean twilio-studio\? \[import\.unknownFormat\]/,
    )
    const guessed = importFlow({})
    expect(guessed.ok ? [] : guessed.error.map(({ code }) => code)).toEqual(['document.shape'])
  })
})
