import { describe, expect, it } from 'vitest'
import { bring, play, say, studio, type Way, widget } from './studio.ts'

const ask = widget(
  'ask',
  'gather-input-on-call',
  { say: 'Which?', timeout: 5 },
  ['keypress', 'split'],
  ['speech', 'split'],
  ['timeout'],
)

const split = (...ways: Way[]) =>
  studio(
    'ask',
    ask,
    widget('split', 'split-based-on', { input: '{{widgets.ask.Digits}}' }, ['noMatch', 'no'], ...ways),
    say('yes', 'yes'),
    say('no', 'no'),
  )

const match = (type: string, value: unknown, argument = '{{widgets.ask.Digits}}', next = 'yes'): Way => [
  'match',
  next,
  [{ type, value, friendly_name: 'it is so', arguments: [argument] }],
]

/** Each type of condition: its value, an answer, and whether it holds. */
const CASES: readonly (readonly [string, string, string, 'yes' | 'no'])[] = [
  ['equal_to', '12', '12', 'yes'],
  ['equal_to', ' Yes', 'YES ', 'yes'],
  ['equal_to', '12', '13', 'no'],
  ['not_equal_to', '12', '13', 'yes'],
  ['not_equal_to', 'No', 'no', 'no'],
  ['matches_any_of', '1, Two ,3', 'two', 'yes'],
  ['matches_any_of', '1,2', '12', 'no'],
  ['does_not_match_any_of', '1,2', '2', 'no'],
  ['does_not_match_any_of', '1,2', '3', 'yes'],
  ['contains', 'SALES', 'your sales people', 'yes'],
  ['contains', 'sales', 'support', 'no'],
  ['does_not_contain', 'sales', 'support', 'yes'],
  ['does_not_contain', 'sales', 'Sales', 'no'],
  ['starts_with', 'Ab', 'abc', 'yes'],
  ['starts_with', 'b', 'abc', 'no'],
  ['does_not_start_with', 'b', 'abc', 'yes'],
  ['does_not_start_with', 'a', 'Abc', 'no'],
  ['less_than', '10', '9', 'yes'],
  ['less_than', '10', '10', 'no'],
  ['less_than', '10', 'few', 'no'],
  ['greater_than', '10', '10.5', 'yes'],
  ['greater_than', '10', '*', 'no'],
  ['is_blank', 'Is Blank', '1', 'no'],
  ['is_blank', '', ' ', 'yes'],
  ['is_not_blank', '', '1', 'yes'],
  ['is_not_blank', '', ' ', 'no'],
  ['regex', '[a-c]+', 'ABC', 'yes'],
  ['regex', '[a-c]+', 'abcd', 'no'],
  ['regex', 'yes|yep', 'Yep', 'yes'],
  ['is_before_date', '2026-11-21', '2026-11-20', 'yes'],
  ['is_before_date', '2026-11-21', '2026-11-21', 'no'],
  ['is_before_date', '2026-11-21', 'yesterday', 'no'],
  ['is_after_date', '2026-11-21', '2026-12-01', 'yes'],
  ['is_before_time', '17:30', '9:05', 'yes'],
  ['is_before_time', '17:30', '17:30', 'no'],
  ['is_after_time', '17:30', '18:00', 'yes'],
  ['is_after_time', '17:30', 'late', 'no'],
]

describe('a condition about a plain reference', () => {
  it.each(CASES)('%s %s, given %s: %s', (type, value, answer, expected) => {
    play(split(match(type, value)))
      .say(answer)
      .expectSaid(expected)
  })

  it('stays CEL, with filters that make no difference to it taken away', () => {
    const { config } = bring(
      split(match('equal_to', 'Yes', '{{ widgets.ask.SpeechResult | strip | downcase }}')),
    )
    expect(config('split')?.rules).toEqual([
      { outcome: 'it is so', condition: 'default(nodes.ask.value, "").trim().lower() == "yes"' },
    ])
  })

  it('compares with another reference', () => {
    const flow = split(match('equal_to', '{{flow.variables.code}}'))
    const [trigger, ...states] = flow.states
    const set = widget('set', 'set-variables', { variables: [{ key: 'code', value: '7' }] }, ['next', 'ask'])
    const first = { ...trigger, transitions: [{ event: 'incomingCall', next: 'set' }] }
    const { config } = bring({ ...flow, states: [first, set, ...states] })
    expect(JSON.stringify(config('split')?.rules)).not.toContain('liquid')
    play({ ...flow, states: [first, set, ...states] })
      .say('7')
      .expectSaid('yes')
  })

  it('tests the input of the split where it has no argument of its own', () => {
    const bare: Way = ['match', 'yes', [{ type: 'equal_to', value: 1, friendly_name: '' }]]
    play(split(bare)).digits('1').expectSaid('yes')
  })
})

describe('a condition about more than a plain reference', () => {
  it.each(CASES)('%s %s, given %s: %s', (type, value, answer, expected) => {
    const { config } = bring(split(match(type, value, '{{ widgets.ask.Digits | append: "" }}')))
    expect(config('split')?.rules).toMatchObject([{ condition: { language: 'liquid' } }])
    play(split(match(type, value, '{{ widgets.ask.Digits | append: "" }}')))
      .say(answer)
      .expectSaid(expected)
  })

  it('compares with what Liquid fills in', () => {
    const flow = split(match('starts_with', '{% assign a = "A" %}{{ a | append: "b" }}'))
    play(flow).say('abc').expectSaid('yes')
    play(flow).say('bc').expectSaid('no')
  })

  it('keeps names that one side makes from the other side', () => {
    const flow = split(
      match('equal_to', '{{flow.data.a}}{{flow.variables.wish}}', '{% assign wish = "a" %}{{ wish }}'),
    )
    play(flow).digits('1').expectSaid('no')
  })

  it('keeps a pattern as it is written', () => {
    const flow = split(match('regex', String.raw`\d{3}-"x"`, '{{widgets.ask.Digits}}{{flow.data.none}}'))
    play(flow).say('123-"X"').expectSaid('yes')
    play(flow).say('12-"x"').expectSaid('no')
  })
})

describe('a split', () => {
  it('takes a match only where all of its conditions hold', () => {
    const both = (argument: string): Way => [
      'match',
      'yes',
      [
        { type: 'contains', value: 'a', friendly_name: 'both', arguments: [argument] },
        { type: 'does_not_contain', value: 'b', arguments: ['{{widgets.ask.Digits}}'] },
      ],
    ]
    for (const argument of ['{{widgets.ask.Digits}}', 'x{{widgets.ask.Digits}}']) {
      play(split(both(argument)))
        .say('ac')
        .expectSaid('yes')
      play(split(both(argument)))
        .say('ab')
        .expectSaid('no')
      play(split(both(argument)))
        .say('c')
        .expectSaid('no')
    }
  })

  it('gives every match an outcome of its own', () => {
    const { flow, errors } = bring(split(match('equal_to', '1'), match('equal_to', '2', undefined, 'no')))
    expect(errors).toEqual([])
    expect(flow.connectors.map(({ id }) => id)).toContain('split:it is so 2')
  })

  it.each([
    ['sounds_like', '1', /no counterpart for the condition "sounds_like"/],
    ['less_than', 'few', /compares with "few", which is not a number/],
    ['is_before_date', 'tomorrow', /which is not a date such as/],
    ['is_after_time', '5 pm', /which is not a time such as/],
    ['regex', '(?=a)b', /RE2, which has no look-around/],
    ['regex', '(', /RE2/],
  ])('with %s %s reports why, and never takes it', (type, value, message) => {
    const flow = split(match(type, value))
    const { loss } = bring(flow)
    expect(loss).toEqual([
      expect.objectContaining({ severity: 'error', code: 'import.condition', where: 'split' }),
    ])
    expect(loss[0]?.message).toMatch(message)
    play(flow).digits('1').expectSaid('no')
  })

  it('reads bodies of any shape, and what is missing as nothing', () => {
    const lookup = widget(
      'lookup',
      'make-http-request',
      { method: 'GET', url: 'https://example.com' },
      ['success', 'split'],
      ['failed', 'split'],
    )
    const flow = studio(
      'lookup',
      lookup,
      widget(
        'split',
        'split-based-on',
        {},
        ['noMatch', 'no'],
        match('equal_to', ' Yes', '{{widgets.lookup.parsed.answer.text}}'),
        match('is_blank', '', '{{widgets.lookup.parsed.answer}}', 'blank'),
      ),
      say('yes', 'yes'),
      say('no', 'no'),
      say('blank', 'blank'),
    )
    const given = (body: unknown) => play(flow, { effects: { lookup: { body: body as never } } })
    given({ answer: { text: 'YES ' } }).expectSaid('yes')
    given({ answer: { text: true } }).expectSaid('no')
    given({ answer: { text: { deep: 1 } } }).expectSaid('no')
    given({ answer: 'yes' }).expectSaid('no')
    for (const body of [{}, null, 'text', [], { answer: null }]) given(body).expectSaid('blank')
    play(flow, { effects: { lookup: { status: 500 } } }).expectSaid('blank')
  })
})

it('takes a list of values for one with commas, and a condition of no type for one that never holds', () => {
  play(split(match('matches_any_of', ['one', 2])))
    .digits('2')
    .expectSaid('yes')
  const { errors, lost } = bring(split(['match', 'yes', [{ type: null, value: '1' }]]))
  expect({ errors, lost }).toEqual({ errors: [], lost: ['import.condition split'] })
})
