import { describe, expect, it } from 'vitest'
import { type Command, PRESETS } from '../../src/releases/index.ts'
import { type Content, Desk, policyWith } from './desk.ts'

const CAREFUL = policyWith({ release: { needsExceptionFlow: true } })
const EXCEPTION: Content = { role: 'exception', does: 'catch' }

/** A workspace in which the flow `trouble` is released and named as the exception flow of a medium. */
function covered(
  medium: 'voice' | 'messaging' | 'any' = 'any',
  slot: 'official' | 'gray' = 'official',
): Desk {
  const desk = new Desk(CAREFUL)
  desk.rule()
  desk.create('trouble', EXCEPTION)
  desk.send({ type: 'setExceptionFlow', medium, flow: 'trouble' })
  desk.release('trouble', 'v1', slot, slot === 'gray' ? { rule: 'pilot' } : {})
  return desk
}

const ACTS: readonly (readonly [string, Command])[] = [
  ['cancelling', { type: 'cancelRelease', flow: 'trouble', slot: 'official' }],
  ['retiring', { type: 'retire', flow: 'trouble', version: 'v1' }],
  ['pausing', { type: 'pause', flow: 'trouble' }],
  ['deleting', { type: 'deleteFlow', flow: 'trouble' }],
]

describe('exception flows', () => {
  it('[REL-20] what is released decides whether a flow can be named, whatever its draft says', () => {
    const desk = new Desk()
    desk.create('support')
    desk.release('support', 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.save('support', 'v2', EXCEPTION)
    const name = { type: 'setExceptionFlow', medium: 'any', flow: 'support' } as const
    expect(desk.refused(name)).toMatchObject({ code: 'exceptionFlow.wrongRole', details: { role: 'main' } })
    expect(desk.refused({ type: 'setPolicy', policy: CAREFUL }).code).toBe('policy.uncovered')
    desk.release('support', 'v2')
    desk.send({ type: 'branch', flow: 'support', from: 'v2' })
    desk.save('support', 'v3', { does: 'first' })
    desk.send(name)
    expect(desk.failedGates('support', 'v3')).toEqual(['exceptionRole'])
  })

  it.each(['official', 'gray'] as const)(
    '[REL-11] an %s release needs a released exception flow where the policy asks for one',
    (slot) => {
      const desk = new Desk(CAREFUL)
      desk.rule()
      desk.create('support')
      const answers = slot === 'gray' ? { rule: 'pilot' } : {}
      expect(desk.failedGates('support', 'v1', slot, answers)).toEqual(['exceptionFlow'])
      desk.create('trouble', EXCEPTION)
      desk.send({ type: 'setExceptionFlow', medium: 'any', flow: 'trouble' })
      expect(desk.failedGates('support', 'v1', slot, answers)).toEqual(['exceptionFlow'])
      desk.release('trouble', 'v1')
      expect(desk.failedGates('support', 'v1', slot, answers)).toEqual([])
    },
  )

  it('[REL-11] a policy that does not ask for one releases without', () => {
    const desk = new Desk(PRESETS.open)
    desk.create('support')
    desk.release('support', 'v1')
    expect(desk.versionState('support', 'v1')).toBe('official')
  })

  it.each(['official', 'gray'] as const)(
    '[REL-11] the exception flow itself is exempt: it goes to %s first',
    (slot) => {
      const desk = covered('any', slot)
      expect(desk.versionState('trouble', 'v1')).toBe(slot)
    },
  )

  it.each(ACTS)(
    '[REL-12] %s the last released exception flow is refused while another flow is released',
    (_act, command) => {
      const desk = covered()
      desk.create('support')
      desk.release('support', 'v1')
      expect(desk.refused(command)).toMatchObject({
        code: 'exceptionFlow.needed',
        details: { flows: ['support'] },
      })
    },
  )

  it('[REL-12] subflows, gray releases and paused flows count as well, and the refusal lists all of them', () => {
    const desk = covered()
    desk.create('billing', { role: 'subflow' })
    desk.release('billing', 'v1')
    desk.create('pilot')
    desk.release('pilot', 'v1', 'gray', { rule: 'pilot' })
    desk.create('night')
    desk.release('night', 'v1')
    desk.send({ type: 'pause', flow: 'night' })
    expect(desk.refused(ACTS[0]![1]).details.flows).toEqual(['billing', 'pilot', 'night'])
  })

  it('[REL-12] once nothing else is released, it can be cancelled, paused and deleted', () => {
    const desk = covered()
    desk.create('support')
    desk.release('support', 'v1')
    desk.send({ type: 'cancelRelease', flow: 'support', slot: 'official' })
    desk.send({ type: 'pause', flow: 'trouble' })
    desk.send({ type: 'resume', flow: 'trouble' })
    desk.send({ type: 'cancelRelease', flow: 'trouble', slot: 'official' })
    desk.send({ type: 'setExceptionFlow', medium: 'any', flow: null })
    desk.send({ type: 'deleteFlow', flow: 'trouble' })
    expect(desk.workspace.flows).not.toHaveProperty('trouble')
  })

  it('[REL-12] where another exception flow stands in, this one can go', () => {
    const desk = covered('voice')
    desk.create('fallback', EXCEPTION)
    desk.release('fallback', 'v1')
    desk.create('support')
    desk.release('support', 'v1')
    desk.send({ type: 'setExceptionFlow', medium: 'voice', flow: 'fallback' })
    desk.send({ type: 'cancelRelease', flow: 'trouble', slot: 'official' })
    expect(desk.versionState('trouble', 'v1')).toBe('unreleased')
  })

  it('[REL-12] taking its name away is no way around', () => {
    const desk = covered()
    desk.create('support')
    desk.release('support', 'v1')
    const unname = { type: 'setExceptionFlow', medium: 'any', flow: null } as const
    expect(desk.refused(unname)).toMatchObject({
      code: 'exceptionFlow.needed',
      details: { flows: ['support'] },
    })
    desk.create('other', EXCEPTION)
    expect(desk.refused({ ...unname, flow: 'other' }).code).toBe('exceptionFlow.needed')
    desk.release('other', 'v1')
    desk.send({ ...unname, flow: 'other' })
    desk.send({ type: 'cancelRelease', flow: 'trouble', slot: 'official' })
  })

  it('[REL-12] the rule holds under every policy while one is named; without a need the name can go', () => {
    const desk = new Desk(PRESETS.open)
    desk.create('trouble', EXCEPTION)
    desk.release('trouble', 'v1')
    desk.send({ type: 'setExceptionFlow', medium: 'any', flow: 'trouble' })
    desk.create('support')
    desk.release('support', 'v1')
    expect(desk.refused(ACTS[0]![1]).code).toBe('exceptionFlow.needed')
    desk.send({ type: 'setExceptionFlow', medium: 'any', flow: null })
    desk.send({ type: 'cancelRelease', flow: 'trouble', slot: 'official' })
  })

  it('[REL-18] the exception flow that is named is not deleted', () => {
    const desk = new Desk()
    desk.create('trouble', EXCEPTION)
    desk.send({ type: 'setExceptionFlow', medium: 'voice', flow: 'trouble' })
    expect(desk.refused({ type: 'deleteFlow', flow: 'trouble' })).toMatchObject({
      code: 'flow.isExceptionFlow',
      details: { media: ['voice'] },
    })
  })

  it('[REL-20] a workspace names one exception flow a medium, and only flows of that role', () => {
    const desk = new Desk()
    desk.create('a', EXCEPTION)
    desk.create('b', EXCEPTION)
    desk.create('support')
    desk.send({ type: 'setExceptionFlow', medium: 'voice', flow: 'a' })
    desk.send({ type: 'setExceptionFlow', medium: 'messaging', flow: 'b' })
    desk.send({ type: 'setExceptionFlow', medium: 'voice', flow: 'b' })
    expect(desk.send({ type: 'setExceptionFlow', medium: 'voice', flow: 'b' })).toEqual([])
    expect(desk.send({ type: 'setExceptionFlow', medium: 'any', flow: null })).toEqual([])
    expect(desk.workspace.exceptionFlows).toEqual({ voice: 'b', messaging: 'b' })
    const wrong = { type: 'setExceptionFlow', medium: 'voice', flow: 'support' } as const
    expect(desk.refused(wrong)).toMatchObject({ code: 'exceptionFlow.wrongRole', details: { role: 'main' } })
    expect(desk.refused({ ...wrong, flow: 'nobody' }).code).toBe('flow.unknown')
  })

  it('[REL-20] that of another medium does not do', () => {
    const desk = covered('messaging')
    desk.create('support')
    expect(desk.failedGates('support', 'v1')).toEqual(['exceptionFlow'])
    desk.create('chat', { medium: 'messaging' })
    expect(desk.failedGates('chat', 'v1')).toEqual([])
  })

  it('[REL-20] one that is only gray satisfies REL-11 for gray releases alone', () => {
    const desk = covered('any', 'gray')
    desk.create('support')
    expect(desk.failedGates('support', 'v1', 'gray', { rule: 'pilot' })).toEqual([])
    expect(desk.failedGates('support', 'v1', 'official')).toEqual(['exceptionFlow'])
  })

  it('[REL-20] an exception flow falls back to gray only where no official release needs it', () => {
    const desk = covered()
    desk.send({ type: 'branch', flow: 'trouble', from: 'v1' })
    desk.release('trouble', 'v2', 'gray', { rule: 'pilot' })
    desk.create('support')
    desk.release('support', 'v1')
    expect(desk.refused(ACTS[0]![1]).details.flows).toEqual(['support'])
    desk.send({ type: 'cancelRelease', flow: 'trouble', slot: 'gray' })
  })

  it('[REL-11] one that is paused does not do until it is resumed', () => {
    const desk = covered()
    desk.send({ type: 'pause', flow: 'trouble' })
    desk.create('support')
    expect(desk.failedGates('support', 'v1')).toEqual(['exceptionFlow'])
    desk.send({ type: 'resume', flow: 'trouble' })
    expect(desk.failedGates('support', 'v1')).toEqual([])
  })

  it('a flow that is named as an exception flow is not released as something else', () => {
    const desk = covered()
    desk.send({ type: 'branch', flow: 'trouble', from: 'v1' })
    desk.save('trouble', 'v2', { role: 'main' })
    expect(desk.failedGates('trouble', 'v2')).toEqual(['exceptionRole'])
  })

  it('a policy begins to ask for exception flows once every released flow has one', () => {
    const desk = new Desk()
    desk.create('support')
    desk.release('support', 'v1')
    expect(desk.refused({ type: 'setPolicy', policy: CAREFUL })).toMatchObject({
      code: 'policy.uncovered',
      details: { flows: ['support'] },
    })
    desk.create('trouble', EXCEPTION)
    desk.release('trouble', 'v1')
    desk.send({ type: 'setExceptionFlow', medium: 'voice', flow: 'trouble' })
    desk.send({ type: 'setPolicy', policy: CAREFUL })
    expect(desk.workspace.policy).toEqual(CAREFUL)
  })
})
