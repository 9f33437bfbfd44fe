import { describe, expect, it, test } from 'vitest'
import { action, bring, bye, connect, play, say } from './connect.ts'

type When = readonly (readonly [operator: string, operand: string, next: string])[]

const compare = (ComparisonValue: string, when: When) =>
  connect(
    action(
      'set',
      'UpdateContactAttributes',
      { Attributes: { a: '$.Queue.Name', b: '5' } },
      { next: 'which' },
    ),
    action('which', 'Compare', { ComparisonValue }, { when, errors: { NoMatchingCondition: 'else' } }),
    say('yes', 'yes'),
    say('also', 'also'),
    say('else', 'else'),
    bye,
  )

const heard = (flow: object, value: string) => play(flow, { data: { Queue_Name: value } }).said

describe('Compare', () => {
  test.each([
    ['Equals', 'Ada', ['Ada'], ['ada', ' Ada', '']],
    ['Equals', '', [''], ['x']],
    ['Equals', '$.Attributes.b', ['5'], ['6']],
    ['TextStartsWith', 'Ad', ['Ada'], ['xAd']],
    ['TextEndsWith', 'da', ['Ada'], ['dax']],
    ['TextContains', 'd', ['Ada'], ['Ana']],
    ['NumberGreaterThan', '5', ['6', '5.5'], ['5', 'x', '']],
    ['NumberGreaterOrEqualTo', '5', ['5', '6'], ['4', 'x', '']],
    ['NumberLessThan', '5', ['4', '-1'], ['5', 'x', '']],
    ['NumberLessOrEqualTo', '5', ['5', '4'], ['6', 'x', '']],
    ['NumberLessThan', '$.Attributes.b', ['4'], ['5', 'x']],
  ])('%s %j', (operator, operand, holding, failing) => {
    const flow = compare('$.Attributes.a', [[operator, operand, 'yes']])
    expect(bring(flow).errors).toEqual([])
    for (const value of holding) expect(heard(flow, value), value).toEqual(['yes'])
    for (const value of failing) expect(heard(flow, value), value).toEqual(['else'])
  })

  it('keeps the order of its conditions', () => {
    const flow = compare('$.Attributes.a', [
      ['NumberGreaterThan', '2', 'yes'],
      ['NumberGreaterThan', '60', 'also'],
    ])
    expect(heard(flow, '70')).toEqual(['yes'])
  })

  test.each([
    ['Resembles', 'x'],
    ['NumberGreaterThan', 'many'],
  ])('reports %s %j, which never holds', (operator, operand) => {
    const { lost, errors, flow } = bring(compare('$.Attributes.a', [[operator, operand, 'yes']]))
    expect(errors).toEqual([])
    expect(lost).toContain(`import.condition which.${operator} ${operand}`)
    expect(flow.nodes.find(({ id }) => id === 'which')?.config).toMatchObject({
      rules: [{ condition: 'false' }],
    })
  })

  it('reports a condition with several operands, and a comparison with nothing', () => {
    const both = compare('$.Attributes.a', [['Equals', 'x', 'yes']])
    const copy = JSON.parse(JSON.stringify(both).replace('["x"]', '["x","y"]'))
    expect(bring(copy).lost).toContain('import.condition which.Equals x, y')
    expect(bring(compare('$.Attributes.a', [])).lost).toContain('import.changed which')
    expect(bring(compare('', [['Equals', 'x', 'yes']])).lost).toContain('import.missing which')
  })
})
