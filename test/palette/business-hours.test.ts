import { describe, expect, it } from 'vitest'
import { type Executable, type JsonObject, link } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { end, node, program, say } from '../support/flow.ts'
import { play } from '../support/play.ts'
import { around, codes } from '../validation/find.ts'

const HOURS = { timeZone: 'Europe/Berlin', hours: [{ days: ['monday'], from: '09:00', to: '17:00' }] }

const flow = (config: JsonObject = HOURS) =>
  program({
    nodes: { it: node('business-hours', config), tell: say('{{nodes.it.opensAt}}'), done: end('ok') },
    connect: ['start -> it', 'it:open -> done', 'it:closed -> tell', 'it:holiday -> tell', 'tell -> done'],
  })

describe('business hours', () => {
  it('look at the instant of the call alone', () => {
    const linked = flow()
    const at = (now: number) => play(linked, { now }).said
    expect(at(Date.parse('2026-11-23T09:00:00+01:00'))).toEqual([])
    expect(at(Date.parse('2026-11-23T17:00:00+01:00'))).toEqual([
      String(Date.parse('2026-11-30T09:00:00+01:00')),
    ])
  })

  it('of a zone that the engine does not know fail the node', () => {
    const text = JSON.stringify(flow().executable).replaceAll('Europe/Berlin', 'Europe/Nowhere')
    expect(play(link(JSON.parse(text) as Executable, { nodes: palette })).errorCode).toBe(
      'evaluation.timeZone',
    )
  })

  it('of an instant that no calendar has fail the node', () => {
    expect(play(flow(), { now: 8.64e15 }).errorCode).toBe('evaluation.argument')
  })

  it.each([
    ['9:00', '17:00'],
    ['09:00', '25:00'],
    ['24:00', '09:00'],
    ['09:60', '17:00'],
    ['09:00', '24:01'],
  ])('[VAL-3] are times of a day, not %s to %s', (from, to) => {
    const hours = [{ days: ['monday'], from, to }]
    expect(codes(around(node('business-hours', { ...HOURS, hours })))).toEqual(['config.wrongType'])
  })

  it('[VAL-3] have hours, days of the week and a zone', () => {
    expect(codes(around(node('business-hours')))).toEqual(['config.missing', 'config.missing'])
    const hours = [{ days: ['Monday'], from: '09:00', to: '24:00' }]
    expect(codes(around(node('business-hours', { ...HOURS, hours })))).toEqual(['config.wrongType'])
    expect(codes(around(node('business-hours', { ...HOURS, timeZone: 'Berlin' })))).toEqual([
      'config.wrongType',
    ])
  })
})
