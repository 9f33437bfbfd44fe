import { describe, expect, it, test } from 'vitest'
import { problemsOf } from '../../src/interchange/importers/twilio-studio/lint-liquid.ts'
import { importFlow } from '../../src/interchange/index.ts'
import { bring, play, say, studio, type Way, widget } from './studio.ts'

const menu = (name: string, ...ways: Way[]) =>
  widget(name, 'gather-input-on-call', { say: 'Which?', timeout: 5 }, ...ways)

describe('what a widget leaves open', () => {
  test.each([
    ['say-play', {}],
    ['send-message', { body: '', media_url: null }],
    ['send-and-wait-for-reply', {}],
    ['make-http-request', { method: 'GET' }],
    ['connect-call-to', { noun: 'number' }],
    ['send-to-flex', {}],
    ['enqueue-call', {}],
    ['set-variables', {}],
  ])('%s: is missing, and validation points at it', (type, properties) => {
    const { lost, errors } = bring(studio('a', widget('a', type, properties)))
    expect(lost).toEqual(['import.missing a'])
    expect(errors).toEqual(['a: config.missing'])
  })

  it('says nothing while a call waits for keys', () => {
    play(studio('a', widget('a', 'gather-input-on-call', { say: null, timeout: 5 }, ['keypress'])))
      .expectSaid('')
      .digits('1')
      .expectEnd('completed')
  })

  it('is a number that Liquid would fill in', () => {
    const flow = studio('a', widget('a', 'record-voicemail', { timeout: '{{flow.data.t}}', max_length: 5 }))
    expect(bring(flow).lost).toEqual(['import.dropped a'])
  })

  it('is a login that the provider would send', () => {
    const properties = { url: 'https://example.com', add_twilio_auth: true }
    expect(bring(studio('a', widget('a', 'make-http-request', properties))).lost).toEqual([
      'import.dropped a',
    ])
  })

  it('is a password, which is not brought along', () => {
    const properties = { noun: 'sip', sip_endpoint: 'sip:a@example.com', sip_password: 'secret' }
    const { lost, config } = bring(studio('a', widget('a', 'connect-call-to', properties)))
    expect(lost).toEqual(['import.dropped a'])
    expect(config('a')).toEqual({ kind: 'number', to: 'sip:a@example.com', data: { noun: 'sip' } })
  })
})

describe('a way on that no node has', () => {
  it('is reported, and what only it leads to is left out', () => {
    const flow = studio(
      'a',
      widget('a', 'send-message', { body: 'x' }, ['sent'], ['read', 'b']),
      say('b', 'b'),
    )
    const { lost, errors } = bring(flow)
    expect({ lost, errors }).toEqual({ lost: ['import.changed a.read', 'import.unreachable b'], errors: [] })
  })

  it('out of a trigger keeps nobody from running the rest', () => {
    const ways: Way[] = [
      ['incomingMessage', 'a'],
      ['incomingConversationMessage', 'b'],
      ['incomingPigeon', 'c'],
    ]
    const states = [widget('Trigger', 'trigger', {}, ...ways), say('a', 'a'), say('b', 'b'), say('c', 'c')]
    const { lost, errors } = bring({ initial_state: 'Trigger', states })
    expect(errors).toEqual([])
    expect(lost).toEqual([
      'import.changed Trigger.incomingConversationMessage',
      'import.changed Trigger.incomingPigeon',
      'import.unreachable b',
      'import.unreachable c',
    ])
  })
})

describe('a flow begins at one state', () => {
  it('though it has two triggers', () => {
    const second = widget('Other', 'trigger', {}, ['incomingCall', 'b'])
    const { lost, errors } = bring(studio('a', second, say('a', 'a'), say('b', 'b')))
    expect({ lost, errors }).toEqual({
      lost: ['import.unreachable Other', 'import.unreachable b'],
      errors: [],
    })
  })

  it('though that is no trigger', () => {
    const flow = { ...studio('a', say('a', 'a'), say('b', 'b')), initial_state: 'b' }
    expect(bring(flow).lost).toEqual([
      'import.unreachable Trigger',
      'import.unreachable a',
      'import.noTrigger b',
    ])
    play(flow).expectSaid('b').expectEnd('completed')
  })
})

describe('a menu that always comes back', () => {
  it('ends when the contact hangs up', () => {
    const flow = studio('menu', menu('menu', ['keypress', 'menu'], ['timeout', 'menu']))
    const { lost, errors } = bring(flow)
    expect({ lost, errors }).toEqual({ lost: ['import.changed menu'], errors: [] })
    play(flow).digits('1').timeout().signal('hangup').expectEnd('incomplete')
  })

  it('is left alone where there is another way out', () => {
    const flow = studio('menu', menu('menu', ['keypress', 'menu'], ['timeout']))
    expect(bring(flow).lost).toEqual([])
  })
})

describe('splits that all lead to each other', () => {
  it('pause once each at most, and come in at once', () => {
    const names = Array.from({ length: 80 }, (_, i) => `s${i}`)
    const match = (next: string): Way => [
      'match',
      next,
      [{ type: 'equal_to', value: next, arguments: ['{{flow.data.to}}'], friendly_name: next }],
    ]
    const splits = names.map((name) => widget(name, 'split-based-on', {}, ['noMatch'], ...names.map(match)))
    const begun = performance.now()
    const { flow, errors } = bring(studio('s0', ...splits))
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect(errors).toEqual([])
    expect(flow.nodes.filter(({ type }) => type === 'delay@1').length).toBeLessThanOrEqual(names.length)
  })
})

describe('a variable that nothing has set', () => {
  it('is nothing in Liquid, as in Studio', () => {
    const text =
      '{% if flow.variables.x %}set{% else %}not set{% endif %}{{ flow.variables.x | default: "!" }}'
    play(studio('a', say('a', text))).expectSaid('not set!')
  })
})

describe('a text that Liquid does not read here', () => {
  test.each([
    ['{% if a %}x', 'The tag if has no end'],
    ['x{% endif %}', 'The tag endif ends nothing'],
    ['{% for a in b %}{% if c %}{% endfor %}{% endif %}', 'The tag endfor ends nothing'],
    ['{% else %}', 'The tag else stands in no block'],
    ['{% if %}x{% endif %}', 'The tag if asks for nothing'],
    ['{% if a = 1 %}{% endif %}', 'Liquid does not read = in if a = 1'],
    ['{% if a && b %}{% endif %}', 'Liquid does not read & in if a && b'],
    ['{% if (a or b) %}{% endif %}', 'Liquid does not read ( in if (a or b)'],
    ['{{ a + 1 }}', 'Liquid does not read + in a + 1'],
    ['{{ {a} }}', 'Liquid does not read { in {a}'],
    ['{% liquid echo 1 %}', 'Liquid has no tag liquid here'],
    ['{{ a | shout }}', 'Liquid has no filter shout here'],
  ])('%s: %s', (source, message) => {
    expect(problemsOf(source).map((each) => each.message)).toEqual([message])
    expect(bring(studio('a', say('a', source))).errors).not.toEqual([])
  })

  test.each([
    ['{% assign a = "x = y && z" %}{% unless a == "(" or a != 1 %}{{ a }}{% endunless %}'],
    ['{% for i in (1..3) %}{% cycle "a": 1, 2 %}{% endfor %}{%- # a + b -%}'],
    ['{% case a %}{% when 1, "b" or -2.5 %}{% else %}{% endcase %}{% raw %}{{ a + b }}{% endraw %}'],
  ])('%s is read', (source) => {
    expect(problemsOf(source)).toEqual([])
    expect(bring(studio('a', say('a', source))).errors).toEqual([])
  })

  it('divides with a fraction, and says so', () => {
    expect(problemsOf('{{ 7 | divided_by: 2 }}')).toMatchObject([{ severity: 'warning' }])
  })
})

it('says what stands where something else should', () => {
  const states = [widget('Trigger', 'trigger', {}), { name: 'a', type: 'say-play', properties: [] }]
  const imported = importFlow({ initial_state: 'Trigger', states })
  expect(imported.ok ? [] : imported.error.map(({ message }) => message)).toEqual([
    'states.1.properties should be an object, and is an empty list',
  ])
})
