import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/index.ts'
import { fixtureTypes, paletteType, readFixture } from './node-fixtures.ts'

/** What a node type itself has to say about a config, as code and place. */
function faults(type: string, config: JsonObject): string[] {
  const found: string[] = []
  paletteType(type).check!(config, (code, path) => found.push(`${code} ${path.join('.')}`))
  return found
}

describe('what a node type says of a config', () => {
  it.each<[string, JsonObject]>([
    ['evaluate', {}],
    ['evaluate', { choices: [{ value: 'a' }, {}, null, 7] }],
    ['jump', {}],
    ['jump', { flow: 'x', inputs: { a: '1' } }],
    ['jump', { inputs: '' }],
    ['loop', { list: 'a', item: 'b' }],
    ['loop', { times: '3' }],
    ['receive-message', {}],
    ['receive-message', { channels: ['on:x'] }],
    ['receive-message', { byChannel: true, channels: ['sms', ''] }],
    ['update-contact', { fields: { a: '1' } }],
    ['update-contact', { fields: 'none' }],
    ['business-hours', {}],
    ['business-hours', { timeZone: '', hours: 'none', holidays: [null, 7, {}] }],
    [
      'business-hours',
      {
        hours: [
          { from: '', to: '' },
          { from: '09:00', to: '08:00' },
        ],
      },
    ],
    [
      'business-hours',
      { holidays: [{ date: '02-29' }, { date: '2028-02-29' }, { date: '' }, { date: 'x' }] },
    ],
    ['send-card', { buttons: [null, { value: 'a' }] }],
    ['parse-data', { values: 'none' }],
    ['parse-data', { values: [null, 7, { name: 'a', path: '$' }, { name: 'b', expression: '1' }] }],
    ['script', { timeLimit: '10s', inputs: { a: '1' } }],
    ['script', { timeLimit: '', inputs: 'none' }],
    ['script', { timeLimit: 'soon' }],
    ['custom-effect', {}],
    ['custom-effect', { effect: 'crm.ticket' }],
  ])('nothing, of %s with %j', (type, config) => {
    expect(faults(type, config)).toEqual([])
  })

  it.each<[string, JsonObject, string[]]>([
    ['evaluate', { choices: [{ value: 'a' }, { value: 'on:x' }] }, ['outcome.badName choices.1.value']],
    ['jump', { inputs: { a: '1' } }, ['config.wrongType inputs']],
    ['jump', { flow: 'x', inputs: { 'a b': '1' } }, ['config.wrongType inputs.a b']],
    ['loop', {}, ['config.missing list']],
    ['loop', { item: 'x' }, ['config.missing list', 'config.wrongType item']],
    ['loop', { list: 'a', times: '3' }, ['config.wrongType times']],
    ['loop', { times: '3', item: 'x' }, ['config.wrongType item']],
    ['receive-message', { byChannel: true }, ['config.missing channels']],
    ['receive-message', { byChannel: true, channels: [] }, ['config.missing channels']],
    ['receive-message', { byChannel: true, channels: ['sms', 'on:x'] }, ['outcome.badName channels.1']],
    ['update-contact', { fields: {} }, ['config.missing fields']],
    ['update-contact', { fields: { 'first name': '1' } }, ['config.wrongType fields.first name']],
    ['business-hours', { timeZone: 'Europe/Berlim' }, ['config.wrongType timeZone']],
    ['business-hours', { hours: [{ from: '09:00', to: '09:00' }] }, ['config.wrongType hours.0.to']],
    ['business-hours', { holidays: [{ date: '2026-02-29' }] }, ['config.wrongType holidays.0.date']],
    [
      'business-hours',
      { holidays: [{ date: '13-01' }, { date: '04-31' }] },
      ['config.wrongType holidays.0.date', 'config.wrongType holidays.1.date'],
    ],
    ['business-hours', { holidays: [{ date: '12-24', from: '09:00' }] }, ['config.missing holidays.0.to']],
    ['business-hours', { holidays: [{ date: '12-24', to: '09:00' }] }, ['config.missing holidays.0.from']],
    [
      'business-hours',
      { holidays: [{ date: '12-24', from: '09:00', to: '09:00' }] },
      ['config.wrongType holidays.0.to'],
    ],
    ['send-card', { buttons: [{ value: 'on:x' }] }, ['outcome.badName buttons.0.value']],
    ['parse-data', { values: [{ name: 'a' }] }, ['config.missing values.0.path']],
    [
      'parse-data',
      { values: [{ name: 'a', path: '$', expression: '1' }] },
      ['config.wrongType values.0.expression'],
    ],
    ['parse-data', { values: [{ name: 'a', path: '$..b' }] }, ['config.wrongType values.0.path']],
    ['parse-data', { values: [{ name: 'a b', path: '$' }] }, ['config.wrongType values.0.name']],
    ['parse-data', { values: [{ name: 'payload', path: '$' }] }, ['config.wrongType values.0.name']],
    [
      'parse-data',
      {
        values: [
          { name: 'a', path: '$' },
          { name: 'a', path: '$' },
        ],
      },
      ['config.wrongType values.1.name'],
    ],
    ['custom-effect', { effect: 'message.send' }, ['config.wrongType effect']],
    ['script', { timeLimit: '11s' }, ['config.wrongType timeLimit']],
    ['script', { timeLimit: '0s' }, ['config.wrongType timeLimit']],
    ['script', { inputs: { 'a-b': '1' } }, ['config.wrongType inputs.a-b']],
  ])('of %s with %j: %j', (type, config, expected) => {
    expect(faults(type, config)).toEqual(expected)
  })
})

it('a custom effect takes the type of no effect that other nodes ask for', () => {
  const asked = fixtureTypes()
    .filter((type) => type !== 'custom-effect')
    .flatMap((type) => readFixture(type)!.flows)
    .flatMap(({ cases }) => cases.flatMap(({ effects = [] }) => effects.flatMap(({ type }) => type ?? [])))
  expect(asked).toContain('script.run')
  for (const effect of new Set(asked))
    expect([effect, ...faults('custom-effect', { effect })]).toEqual([effect, 'config.wrongType effect'])
})
