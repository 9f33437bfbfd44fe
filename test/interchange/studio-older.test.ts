import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { detectFormat, importFlow } from '../../src/interchange/index.ts'
import { bring, play } from './studio.ts'

const older = JSON.parse(
  readFileSync(new URL('../fixtures/interchange/studio-older.json', import.meta.url), 'utf8'),
) as { readonly states: readonly JsonObject[] } & JsonObject

describe('an export of years ago', () => {
  it('is recognised and comes in like one of today', () => {
    expect(detectFormat(older)?.format).toBe('twilio-studio')
    const { flow, lost, errors } = bring(older)
    expect(errors).toEqual([])
    expect(lost).toEqual(['import.changed which_ward.speech'])
    expect(flow.nodes.map(({ id, type }) => `${id} ${type}`)).toEqual([
      'Trigger start@1',
      'which_ward collect-input@1',
      'choose branch@1',
      'ward transfer@1',
      'end_completed end@1',
      'end_incomplete end@1',
      'end_failed end@1',
      'goodbye send-message@1',
      'office http-request@1',
    ])
  })

  it('goes where its ids lead', () => {
    play(older)
      .digits('1')
      .answer({ body: { result: 'connected' } })
      .expectEnd('completed')
    play(older).timeout().expectSaid('Please call again.').expectEnd('completed')
    const office = play(older, { trigger: { type: 'call', from: '+1' } }).digits('2')
    expect(office.awaited).toMatchObject({ url: 'https://example.com/office', body: '{"who": "+1"}' })
    office.answer({ status: 500 }).expectEnd('failed')
  })

  it('may come in what the API wraps around it, as text, or with its states under their names', () => {
    const { states, ...rest } = older
    const byName = Object.fromEntries(states.map(({ name, ...state }) => [String(name), state]))
    for (const form of [
      { sid: 'FW1', friendly_name: 'x', definition: older },
      { flow: older },
      { definition: JSON.stringify(older) },
      { ...rest, initial_state: 'Trigger', states: byName as unknown as JsonObject },
      { ...older, initial_state: 'FF01' },
    ]) {
      expect(detectFormat(form)?.format).toBe('twilio-studio')
      expect(bring(form).flow.nodes).toHaveLength(9)
    }
  })

  it('whose queue has its properties under older names', () => {
    const trigger = { type: 'InitialState', name: 'Trigger', sid: 'FF01', transitions: [] }
    const properties = { workflow_sid: 'WW1', queue_name: null, wait_url: 'https://example.com/hold' }
    const queue = { type: 'EnqueueCall', name: 'queue', sid: 'FF02', properties, transitions: [] }
    const ways = [{ event: 'incomingCall', conditions: [], next: 'FF02' }]
    const { config, errors } = bring({ states: [{ ...trigger, transitions: ways }, queue] })
    expect(errors).toEqual([])
    expect(config('queue')).toMatchObject({ to: 'WW1', data: { waitUrl: 'https://example.com/hold' } })
  })

  it('whose widget is not known under its old name is reported by it', () => {
    const states = older.states.map((state) =>
      state.name === 'office' ? { ...state, type: 'Telepathy' } : state,
    )
    expect(bring({ ...older, states }).loss).toContainEqual(
      expect.objectContaining({ code: 'import.widget', message: expect.stringContaining('Telepathy') }),
    )
  })

  it('that holds no flow at all says what is missing', () => {
    const imported = importFlow({ definition: { states: [] } }, { from: 'twilio-studio' })
    expect(imported.ok ? [] : imported.error.map(({ code, location }) => [code, location.path])).toEqual([
      ['document.shape', ['initial_state']],
      ['document.shape', ['states']],
    ])
  })
})
