import { describe, expect, it } from 'vitest'
import { isApproved, type PRESETS } from '../../src/releases/index.ts'
import { approve, Desk, policyWith } from './desk.ts'

function asking(changes: Partial<(typeof PRESETS)['open']['approvals']> = {}): Desk {
  const desk = new Desk(policyWith({ approvals: { required: 1, ownWork: false, ...changes } }))
  desk.create('support')
  return desk
}

const given = (desk: Desk) =>
  desk.plan({ flow: 'support', version: 'v1', slot: 'official' }).summary.approvals

describe('approvals', () => {
  it('[REL-15] where they are on, they come before release', () => {
    const desk = asking()
    expect(desk.failedGates('support', 'v1')).toEqual(['approvals'])
    desk.send({ type: 'requestApproval', flow: 'support', version: 'v1' })
    approve(desk, 'v1')
    expect(desk.failedGates('support', 'v1')).toEqual([])
  })

  it('[REL-15] all that are required have to be given', () => {
    const desk = asking({ required: 2 })
    approve(desk, 'v1', 'ben')
    expect(desk.failedGates('support', 'v1')).toEqual(['approvals'])
    approve(desk, 'v1', 'cleo')
    expect(desk.failedGates('support', 'v1')).toEqual([])
  })

  it('[REL-15] approvers whom the policy names have to approve themselves', () => {
    const desk = new Desk()
    for (const member of ['ben', 'cleo', 'dan']) {
      desk.send({ type: 'addMember', member, permissions: ['approve'] })
    }
    const policy = policyWith({ approvals: { required: 1, approvers: ['ben', 'cleo'] } })
    desk.send({ type: 'setPolicy', policy })
    desk.create('support')
    approve(desk, 'v1', 'dan')
    approve(desk, 'v1', 'ben')
    expect(given(desk)).toEqual({ required: 2, given: ['dan', 'ben'], missing: ['cleo'] })
    expect(desk.failedGates('support', 'v1')).toEqual(['approvals'])
    approve(desk, 'v1', 'cleo')
    expect(desk.failedGates('support', 'v1')).toEqual([])
  })

  it('[REL-15] they hold for exactly this behaviour: an edit voids them', () => {
    const desk = asking()
    approve(desk, 'v1')
    desk.save('support', 'v1', { does: 'more' })
    expect(desk.failedGates('support', 'v1')).toEqual(['approvals'])
    const { gates } = desk.plan({ flow: 'support', version: 'v1', slot: 'official' })
    expect(gates.find(({ gate }) => gate === 'approvals')!.reason).toContain('voided')
  })

  it('[REL-15] an edit of layout, notes and labels does not', () => {
    const desk = asking()
    approve(desk, 'v1')
    desk.save('support', 'v1', { drawn: 'elsewhere' })
    expect(desk.failedGates('support', 'v1')).toEqual([])
  })

  it('[REL-15] where they are off, editing goes straight to release', () => {
    const desk = new Desk()
    desk.create('support')
    desk.release('support', 'v1')
    expect(desk.versionState('support', 'v1')).toBe('official')
  })

  it('[REL-15] they can be given and withdrawn after release, too', () => {
    const desk = new Desk()
    desk.create('support')
    desk.release('support', 'v1')
    const version = () => desk.flows.get('support')!.versions.v1!
    expect(isApproved(version(), desk.workspace)).toBe(false)
    approve(desk, 'v1')
    expect(isApproved(version(), desk.workspace)).toBe(true)
    desk.send({ type: 'withdrawApproval', flow: 'support', version: 'v1' }, { by: 'ben' })
    expect(isApproved(version(), desk.workspace)).toBe(false)
    expect(desk.versionState('support', 'v1')).toBe('official')
  })

  it('[REL-15] what was looked at is what is approved', () => {
    const desk = asking()
    desk.send({ type: 'addMember', member: 'ben', permissions: ['approve'] })
    const { behaviourHash } = desk.inspection('support')
    desk.save('support', 'v1', { does: 'more' })
    const command = { type: 'approve', flow: 'support', version: 'v1', behaviourHash } as const
    expect(desk.refused(command, { by: 'ben' })).toMatchObject({ code: 'approval.moved' })
  })

  it('[REL-15] nobody approves their own work where the policy does not let them', () => {
    const desk = asking()
    const { behaviourHash } = desk.inspection('support')
    const command = { type: 'approve', flow: 'support', version: 'v1', behaviourHash } as const
    expect(desk.refused(command)).toMatchObject({ code: 'approval.ownWork', details: { member: 'ada' } })
    const lenient = asking({ ownWork: true })
    lenient.send(command)
    expect(lenient.failedGates('support', 'v1')).toEqual([])
  })

  it('whoever branches has not written what was there before', () => {
    const desk = asking()
    approve(desk, 'v1')
    desk.release('support', 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' }, { by: 'ben' })
    approve(desk, 'v2', 'ben')
    desk.save('support', 'v2', { does: 'more' })
    const { behaviourHash } = desk.inspection('support', { does: 'more' })
    const command = { type: 'approve', flow: 'support', version: 'v2', behaviourHash } as const
    expect(desk.refused(command).code).toBe('approval.ownWork')
  })

  it('[REL-15] a clone of a draft that was never released is still the work of whoever wrote the draft', () => {
    const desk = asking()
    desk.send({ type: 'addMember', member: 'ben', permissions: ['edit', 'approve'] })
    desk.send({ type: 'branch', flow: 'support', from: 'v1' }, { by: 'ben' })
    desk.save('support', 'v1', { does: 'more' })
    desk.send({ type: 'branch', flow: 'support', from: 'v2' }, { by: 'ben' })
    const { behaviourHash } = desk.inspection('support')
    const command = { type: 'approve', flow: 'support', version: 'v3', behaviourHash } as const
    expect(desk.refused(command).code).toBe('approval.ownWork')
    desk.send(command, { by: 'ben' })
    desk.release('support', 'v3')
    desk.send({ type: 'branch', flow: 'support', from: 'v3' })
    desk.send({ ...command, version: 'v4' })
  })

  it('[REL-15] edits that came after a clone was made are no part of it', () => {
    const desk = asking()
    desk.send({ type: 'addMember', member: 'ben', permissions: ['edit', 'approve'] })
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    const inspection = desk.inspection('support', { does: 'more' })
    const save = { type: 'saveDraft', flow: 'support', version: 'v1', revision: 1 } as const
    desk.send(save, { by: 'ben', inspection })
    const { behaviourHash } = desk.inspection('support')
    desk.send({ type: 'approve', flow: 'support', version: 'v2', behaviourHash }, { by: 'ben' })
    desk.release('support', 'v2')
  })

  it('approving twice, and withdrawing what was not given, are refused', () => {
    const desk = asking()
    approve(desk, 'v1')
    const { behaviourHash } = desk.inspection('support')
    const again = { type: 'approve', flow: 'support', version: 'v1', behaviourHash } as const
    expect(desk.refused(again, { by: 'ben' }).code).toBe('approval.given')
    const withdraw = { type: 'withdrawApproval', flow: 'support', version: 'v1' } as const
    expect(desk.refused(withdraw).code).toBe('approval.none')
    desk.send(withdraw, { by: 'ben' })
    expect(desk.failedGates('support', 'v1')).toEqual(['approvals'])
  })

  it('the approval of somebody who may not approve any more does not count', () => {
    const desk = asking()
    approve(desk, 'v1')
    desk.send({ type: 'revoke', member: 'ben', permissions: ['approve'] })
    expect(desk.failedGates('support', 'v1')).toEqual(['approvals'])
  })

  it.each(['', ' \n'])('a reason that says nothing goes past no approvals: %j', (emergency) => {
    expect(asking({ emergency: true }).failedGates('support', 'v1', 'official', { emergency })).toEqual([
      'approvals',
    ])
  })

  it('an emergency goes past missing approvals with a reason that is recorded', () => {
    const desk = asking({ emergency: true })
    const plan = desk.plan({
      flow: 'support',
      version: 'v1',
      slot: 'official',
      answers: { emergency: 'The hotline is down' },
    })
    expect(plan.gates.find(({ gate }) => gate === 'approvals')).toMatchObject({
      passed: true,
      overridden: 'The hotline is down',
    })
    const [event] = desk.release('support', 'v1', 'official', { emergency: 'The hotline is down' })
    expect(event).toMatchObject({ emergency: 'The hotline is down' })
    expect(desk.flows.get('support')!.versions.v1!.releases).toMatchObject([
      { emergency: 'The hotline is down' },
    ])
  })

  it('a reason for an emergency that there is not is not recorded', () => {
    const desk = asking({ emergency: true })
    approve(desk, 'v1')
    const [event] = desk.release('support', 'v1', 'official', { emergency: 'Just in case' })
    expect(event).not.toHaveProperty('emergency')
  })

  it('a policy without emergency releases takes no reason', () => {
    const desk = asking()
    const failed = desk.failedGates('support', 'v1', 'official', { emergency: 'Please' })
    expect(failed).toEqual(['approvals', 'emergency'])
  })

  it('an approval that was asked for already is not asked for again', () => {
    const desk = asking()
    const request = { type: 'requestApproval', flow: 'support', version: 'v1' } as const
    expect(desk.send(request)).toHaveLength(1)
    expect(desk.send(request)).toHaveLength(0)
    desk.save('support', 'v1', { does: 'more' })
    expect(desk.send(request)).toHaveLength(1)
  })
})
