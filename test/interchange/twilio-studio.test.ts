import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { detectFormat, importFlow } from '../../src/interchange/index.ts'
import { bring, play, say, studio, widget } from './studio.ts'

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
    expect(detectFormat({ flow: { definition: JSON.stringify(flow) } })?.format).toBe('twilio-studio')
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
    const { flow, lost, errors } = bring(
      studio('say-hello', say('say-hello', 'Hello', '2nd'), say('2nd', '{{flow.variables.my-name}}')),
    )
    expect(errors).toEqual([])
    expect(flow.nodes.map(({ id }) => id)).toEqual(['Trigger', 'say_hello', '_2nd', 'end_completed'])
    expect(flow.nodes[1]?.label).toBe('say-hello')
    expect(lost).toEqual(['import.renamed say-hello', 'import.renamed 2nd', 'import.renamed my-name'])
  })

  it('takes as many steps as there, and one session a contact where it says so', () => {
    const flow = { ...studio('hello', say('hello', 'Hello')), flags: { allow_concurrent_calls: false } }
    expect(bring(flow).flow.settings).toMatchObject({
      limits: { maxSteps: 1_000 },
      duplicates: { prevent: true, identifier: 'trigger.from' },
    })
    expect(
      bring({ ...flow, flags: { allow_concurrent_calls: true } }).flow.settings.duplicates,
    ).toBeUndefined()
  })

  it('speaks the language that its widgets agree on', () => {
    const spoken = (language: string) =>
      widget('hello', 'say-play', { say: 'Hi', language, voice: 'Polly.Vicki' }, ['audioComplete'])
    const { flow, loss } = bring(studio('hello', spoken('de-DE')))
    expect(flow.settings.languages).toEqual({ default: 'de-DE' })
    expect(loss).toEqual([
      {
        severity: 'warning',
        code: 'import.dropped',
        where: 'hello',
        message: 'Not brought along: voice',
      },
    ])
  })
})

describe('the trigger', () => {
  const lead = (...ways: [string, string?][]) => ({
    initial_state: 'Trigger',
    states: [
      widget('Trigger', 'trigger', {}, ...ways),
      say('a', 'message'),
      say('b', 'call'),
      say('c', 'more'),
    ],
  })

  it('leads apart by its kind', () => {
    const flow = lead(['incomingMessage', 'a'], ['incomingCall', 'b'], ['incomingRequest', 'b'])
    play(flow, { trigger: 'message' }).expectSaid('message')
    play(flow, { trigger: 'call' }).expectSaid('call')
    play(flow, { trigger: 'manual' }).expectSaid('call')
  })

  it('takes both kinds of messages at one place, and reports two', () => {
    const both = lead(['incomingMessage', 'a'], ['incomingConversationMessage', 'a'])
    expect(bring(both).flow).toMatchObject({ medium: 'messaging', role: 'main' })
    expect(bring(both).loss.map(({ code }) => code)).not.toContain('import.changed')
    expect(bring(lead(['incomingMessage', 'a'], ['incomingConversationMessage', 'c'])).lost).toContain(
      'import.changed Trigger.incomingConversationMessage',
    )
  })

  it('makes a subflow of a flow that only others call', () => {
    expect(bring(lead(['incomingCall'], ['incomingParent', 'a'])).flow.role).toBe('subflow')
  })
})

describe('texts', () => {
  it('without markup stay plain, those with Liquid stay Liquid', () => {
    const { config } = bring(
      studio('a', say('a', 'Hello } {x}', 'b'), say('b', 'Hi {{flow.variables.name | upcase}}!')),
    )
    expect(config('a')?.prompt).toBe('Hello } {x}')
    expect(config('b')?.prompt).toEqual({ language: 'liquid', source: 'Hi {{name | upcase}}!' })
  })

  it('whose markup has no end are shown as they stand', () => {
    const flow = studio('a', say('a', 'Use {{ to open'))
    expect(bring(flow).lost).toEqual(['import.liquid a.say'])
    play(flow).expectSaid('Use {{ to open')
  })

  it.each([
    ['{{ x }}', 'x'],
    ['{{ widgets.nobody.body }}', 'widgets.nobody.body'],
    ['{{ contact.name }}', 'contact.name'],
    ['{{ trigger.message }}', 'trigger.message'],
  ])('with %s report it once and go on without', (markup, name) => {
    const flow = studio('hello', say('hello', `before ${markup} ${markup}after`))
    const { loss, errors } = bring(flow)
    expect(loss).toEqual([
      expect.objectContaining({ severity: 'warning', code: 'import.liquid', where: 'hello.say' }),
    ])
    expect(loss[0]?.message).toContain(name)
    expect(errors).toEqual([])
    play(flow).expectSaid('before  after')
  })

  it('with filters and tags that Liquid does not have here are errors', () => {
    const { loss, errors } = bring(
      studio('a', say('a', '{{ flow.data.x | shout }}', 'b'), say('b', '{% include "x" %}')),
    )
    expect(loss.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'error import.liquid',
      'error import.liquid',
    ])
    expect(errors).toEqual(['a: expression.unknownFilter', 'b: expression.unknownTag'])
  })

  it('with an output of nothing lose it', () => {
    play(studio('a', say('a', 'a{{ }}b'))).expectSaid('ab')
  })

  it('with dates say in which zone they are', () => {
    const { loss } = bring(studio('a', say('a', '{{ "now" | date: "%H" }}')))
    expect(loss).toMatchObject([{ severity: 'warning', code: 'import.liquid', where: 'a.say' }])
  })
})

describe('a circle that never waits', () => {
  const counter = { variables: [{ key: 'n', value: '{{flow.variables.n | plus: 1}}' }] }
  const enough = {
    type: 'less_than',
    value: '3',
    friendly_name: 'go on',
    arguments: ['{{flow.variables.n}}'],
  }

  it('waits where it speaks', () => {
    const flow = studio(
      'count',
      widget('count', 'set-variables', counter, ['next', 'tell']),
      say('tell', '{{flow.variables.n}}', 'split'),
      widget('split', 'split-based-on', {}, ['noMatch'], ['match', 'count', [enough]]),
    )
    expect(bring(flow).config('tell')).toMatchObject({ await: 'accepted' })
    play(flow, { effects: { tell: { status: 200 } } })
      .expectSaid('1', '2', '3')
      .expectEnd('incomplete')
  })

  it('pauses where it does not, and says so', () => {
    const flow = studio(
      'count',
      widget('count', 'set-variables', counter, ['next', 'split']),
      widget('split', 'split-based-on', {}, ['noMatch', 'tell'], ['match', 'count', [enough]]),
      say('tell', '{{flow.variables.n}}'),
    )
    expect(bring(flow).lost).toEqual(['import.changed count'])
    play(flow).wait('2s').expectSaid('3').expectEnd('completed')
  })
})

describe('a widget that nothing leads to', () => {
  it('is left out, and so is what is read of it', () => {
    const flow = studio(
      'a',
      say('a', 'x{{widgets.lost.Digits}}y'),
      widget('lost', 'gather-input-on-call', {}),
    )
    expect(bring(flow).lost).toEqual(['import.unreachable lost', 'import.liquid a.say'])
    play(flow).expectSaid('xy').expectEnd('completed')
  })
})

describe('a widget that nobody knows', () => {
  it('becomes a placeholder that keeps its name, its type and its ways on', () => {
    const { flow, loss, errors } = bring(
      studio('magic', widget('magic', 'do-magic', {}, ['done', 'bye'], ['failed']), say('bye', 'Bye')),
    )
    expect(loss).toEqual([
      expect.objectContaining({ severity: 'error', code: 'import.widget', where: 'magic' }),
    ])
    expect(flow.nodes[1]).toMatchObject({
      id: 'magic',
      type: 'placeholder@1',
      config: { original: 'do-magic' },
    })
    expect(flow.connectors.map(({ id }) => id)).toContain('magic:done')
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
