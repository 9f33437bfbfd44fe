import { describe, expect, it } from 'vitest'
import { route } from '../../src/releases/gray/route.ts'
import { PRESETS, type SlotName } from '../../src/releases/index.ts'
import { statusOf } from '../../src/releases/reading/status.ts'
import { approveAndRelease, Desk, policyWith } from './desk.ts'

/** A flow of which V1.0 is released, and a clone of it that does more. */
function released(desk = new Desk()): Desk {
  desk.create('support')
  desk.release('support', 'v1')
  desk.send({ type: 'branch', flow: 'support', from: 'v1' })
  desk.save('support', 'v2', { does: 'more' })
  return desk
}

const slots = (desk: Desk) => {
  const { official, gray } = desk.workspace.flows.support!
  return { official: official?.version, gray: gray?.version }
}
const states = (desk: Desk) => ['v1', 'v2'].map((version) => desk.versionState('support', version))
const contact = { number: '+4915112345678' }

describe('slots', () => {
  it('[REL-1] an added flow takes no traffic until it is released', () => {
    const desk = new Desk()
    desk.create('support')
    expect(route(desk.workspace, { flow: 'support', contact })).toMatchObject({ code: 'route.notReleased' })
    desk.release('support', 'v1')
    expect(route(desk.workspace, { flow: 'support', contact })).toMatchObject({ ok: true, version: 'v1' })
  })

  it('[REL-1] edits of a released flow reach no session until they are released, and the old version serves on', () => {
    const desk = released()
    const before = route(desk.workspace, { flow: 'support', contact })
    expect(before).toMatchObject({ version: 'v1' })
    desk.save('support', 'v2', { does: 'even more' })
    expect(route(desk.workspace, { flow: 'support', contact })).toEqual(before)
    desk.release('support', 'v2')
    expect(route(desk.workspace, { flow: 'support', contact })).toMatchObject({ version: 'v2' })
  })

  it('[REL-2] there is an official and a gray slot, each with one version at most', () => {
    const desk = released()
    desk.rule()
    desk.release('support', 'v2', 'gray', { rule: 'pilot' })
    expect(slots(desk)).toEqual({ official: 'v1', gray: 'v2' })
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.release('support', 'v3', 'gray', { rule: 'pilot' })
    expect(slots(desk)).toEqual({ official: 'v1', gray: 'v3' })
    expect(states(desk)).toEqual(['official', 'retired'])
  })

  it('[REL-3] a version reads New, then Gray Release or Official Release by its slot', () => {
    const desk = released()
    const word = (version: string) =>
      statusOf(desk.flows.get('support')!.versions[version]!, desk.workspace.policy)
    expect([word('v1'), word('v2')]).toEqual(['Official Release', 'New'])
    desk.rule()
    desk.release('support', 'v2', 'gray', { rule: 'pilot' })
    expect(word('v2')).toBe('Gray Release')
  })

  it('[REL-3] a version reads Unreleased after its release was cancelled, and Retired after it was replaced', () => {
    const desk = released()
    const word = (version: string) =>
      statusOf(desk.flows.get('support')!.versions[version]!, desk.workspace.policy)
    desk.release('support', 'v2')
    expect(word('v1')).toBe('Retired')
    desk.send({ type: 'cancelRelease', flow: 'support', slot: 'official' })
    expect(word('v2')).toBe('Unreleased')
  })

  it.each(['official', 'gray'] as const)(
    '[REL-4] releasing a clone to the slot %s retires the version there',
    (slot) => {
      const desk = new Desk()
      desk.rule()
      desk.create('support')
      const answers = slot === 'gray' ? { rule: 'pilot' } : {}
      desk.release('support', 'v1', slot, answers)
      desk.send({ type: 'branch', flow: 'support', from: 'v1' })
      const [event] = desk.release('support', 'v2', slot, answers)
      expect(event).toMatchObject({ type: 'released', slot, replaces: 'v1' })
      expect(states(desk)).toEqual(['retired', slot])
    },
  )

  it('[REL-5] new and unreleased versions can be released', () => {
    const desk = new Desk()
    desk.create('support')
    desk.release('support', 'v1')
    desk.send({ type: 'cancelRelease', flow: 'support', slot: 'official' })
    desk.release('support', 'v1')
    expect(slots(desk).official).toBe('v1')
  })

  it('[REL-5] a gray version can become official, which empties the gray slot', () => {
    const desk = released()
    desk.rule()
    desk.release('support', 'v2', 'gray', { rule: 'pilot' })
    const plan = desk.plan({ flow: 'support', version: 'v2', slot: 'official' })
    expect(plan).toMatchObject({ kind: 'promotion', summary: { emptiesGray: true } })
    desk.release('support', 'v2')
    expect(slots(desk)).toEqual({ official: 'v2', gray: undefined })
    expect(states(desk)).toEqual(['retired', 'official'])
  })

  it.each([
    ['an official version to gray', 'v1', 'gray'],
    ['an official version to official', 'v1', 'official'],
  ] as const)('[REL-5] %s is refused', (_what, version, slot: SlotName) => {
    const desk = released()
    desk.rule()
    const answers = slot === 'gray' ? { rule: 'pilot' } : {}
    expect(desk.failedGates('support', version, slot, answers)).toEqual(['lifecycle'])
  })

  it('[REL-5] a retired version is released by rollback alone', () => {
    const desk = released()
    desk.release('support', 'v2')
    expect(desk.failedGates('support', 'v1')).toEqual(['lifecycle'])
    expect(desk.plan({ flow: 'support', version: 'v1', slot: 'official', rollBack: true }).ready).toBe(true)
    const rollBack = { flow: 'support', version: 'v2', slot: 'official', rollBack: true } as const
    expect(desk.plan(rollBack).gates.find(({ gate }) => gate === 'lifecycle')).toMatchObject({
      passed: false,
    })
  })

  it('[REL-6] the first release allocates an access code, and the flow keeps it', () => {
    const desk = released()
    const { accessCode } = desk.workspace.flows.support!
    expect(accessCode).toMatch(/^[0-9*#]{1,24}$/)
    desk.release('support', 'v2')
    desk.send({ type: 'cancelRelease', flow: 'support', slot: 'official' })
    expect(desk.workspace.flows.support!.accessCode).toBe(accessCode)
  })

  it('[REL-6] access codes are unique in the workspace, also of flows that were deleted', () => {
    const desk = new Desk()
    for (const flow of ['a', 'b', 'c']) {
      desk.create(flow)
      desk.release(flow, 'v1')
    }
    const codes = Object.values(desk.workspace.flows).map(({ accessCode }) => accessCode)
    expect(new Set(codes).size).toBe(3)
    desk.send({ type: 'cancelRelease', flow: 'c', slot: 'official' })
    desk.send({ type: 'deleteFlow', flow: 'c' })
    desk.create('d')
    desk.release('d', 'v1')
    expect(codes).not.toContain(desk.workspace.flows.d!.accessCode)
  })

  it.each([
    ['*77#', []],
    ['123456789012345678901234', []],
    ['1234567890123456789012345', ['accessCode']],
    ['12a', ['accessCode']],
    ['', ['accessCode']],
  ])('[REL-6] the access code %o is asked for, and the gates that fail are %o', (accessCode, failed) => {
    const desk = new Desk()
    desk.create('support')
    expect(desk.failedGates('support', 'v1', 'official', { accessCode })).toEqual(failed)
  })

  it('[REL-6] an access code that another flow has, or other than the one that the flow keeps, is refused', () => {
    const desk = new Desk()
    desk.create('a')
    desk.release('a', 'v1', 'official', { accessCode: '*1' })
    desk.create('b')
    expect(desk.failedGates('b', 'v1', 'official', { accessCode: '*1' })).toEqual(['accessCode'])
    desk.send({ type: 'branch', flow: 'a', from: 'v1' })
    expect(desk.failedGates('a', 'v2', 'official', { accessCode: '*2' })).toEqual(['accessCode'])
    expect(desk.failedGates('a', 'v2', 'official', { accessCode: '*1' })).toEqual([])
  })

  it('[REL-6] a code that somebody asked for is passed over by those that are allocated', () => {
    const desk = new Desk()
    desk.create('a')
    desk.release('a', 'v1', 'official', { accessCode: '1001' })
    desk.create('b')
    desk.release('b', 'v1')
    expect(desk.workspace.flows.b!.accessCode).toBe('1002')
  })

  it('[REL-6] flows that no call reaches get a code only where the policy says so', () => {
    const desk = new Desk(PRESETS.open)
    desk.create('chat', { medium: 'messaging' })
    desk.release('chat', 'v1')
    expect(desk.workspace.flows.chat!.accessCode).toBeUndefined()
    expect(PRESETS['contact-centre'].release.accessCodes).toBe('all')
  })

  it('[REL-13] cancelling a release returns the version to Unreleased and empties the slot', () => {
    const desk = released()
    desk.send({ type: 'cancelRelease', flow: 'support', slot: 'official', comment: 'Wrong prices' })
    expect(slots(desk)).toEqual({ official: undefined, gray: undefined })
    expect(desk.versionState('support', 'v1')).toBe('unreleased')
    expect(desk.flows.get('support')!.versions.v1!.comments).toMatchObject([{ text: 'Wrong prices' }])
  })

  it('[REL-13] an empty slot has nothing to cancel', () => {
    const desk = released()
    expect(desk.refused({ type: 'cancelRelease', flow: 'support', slot: 'gray' })).toMatchObject({
      code: 'release.emptySlot',
      details: { slot: 'gray' },
    })
  })

  it('[REL-14] a live flow is paused and takes no new sessions, until it is resumed', () => {
    const desk = released()
    desk.send({ type: 'pause', flow: 'support', comment: 'Holiday' })
    expect(route(desk.workspace, { flow: 'support', contact })).toMatchObject({ code: 'route.paused' })
    desk.send({ type: 'resume', flow: 'support' })
    expect(route(desk.workspace, { flow: 'support', contact })).toMatchObject({ ok: true })
  })

  it('[REL-14] pausing leaves the slots and versions as they are, so that running sessions go on', () => {
    const desk = released()
    const before = { slots: slots(desk), states: states(desk) }
    desk.send({ type: 'pause', flow: 'support' })
    expect({ slots: slots(desk), states: states(desk) }).toEqual(before)
  })

  it('[REL-14] pausing what is not live is refused, and so is pausing twice', () => {
    const desk = new Desk()
    desk.create('support')
    expect(desk.refused({ type: 'pause', flow: 'support' }).code).toBe('flow.notLive')
    desk.release('support', 'v1')
    desk.send({ type: 'pause', flow: 'support' })
    expect(desk.refused({ type: 'pause', flow: 'support' }).code).toBe('flow.paused')
    desk.send({ type: 'resume', flow: 'support' })
    expect(desk.refused({ type: 'resume', flow: 'support' }).code).toBe('flow.notPaused')
  })

  it('[REL-14] a flow whose last release is cancelled is not paused any more', () => {
    const desk = released()
    desk.send({ type: 'pause', flow: 'support' })
    desk.send({ type: 'cancelRelease', flow: 'support', slot: 'official' })
    expect(desk.workspace.flows.support!.paused).toBeUndefined()
  })

  it('[REL-14] a flow whose gray release alone is cancelled stays paused', () => {
    const desk = released()
    desk.rule()
    desk.release('support', 'v2', 'gray', { rule: 'pilot' })
    desk.send({ type: 'pause', flow: 'support' })
    desk.send({ type: 'cancelRelease', flow: 'support', slot: 'gray' })
    expect(desk.workspace.flows.support!.paused).toBe(true)
  })

  it('[REL-19] rolling back puts the version that was replaced last into the slot again', () => {
    const desk = released()
    desk.release('support', 'v2')
    const plan = desk.plan({ flow: 'support', version: 'v1', slot: 'official', rollBack: true })
    expect(plan).toMatchObject({ kind: 'rollback', summary: { label: 'V1.0', replaces: { label: 'V1.1' } } })
    desk.send({ type: 'rollBack', flow: 'support', slot: 'official', ...plan.answers, plan: plan.hash })
    expect(slots(desk).official).toBe('v1')
    expect(states(desk)).toEqual(['official', 'retired'])
  })

  it('[REL-19] an older version is rolled back to by name', () => {
    const desk = released()
    desk.release('support', 'v2')
    desk.send({ type: 'branch', flow: 'support', from: 'v2' })
    desk.release('support', 'v3')
    const request = { flow: 'support', version: 'v1', slot: 'official' } as const
    const plan = desk.plan({ ...request, rollBack: true })
    desk.send({ type: 'rollBack', ...request, ...plan.answers, plan: plan.hash })
    expect(slots(desk).official).toBe('v1')
  })

  it('[REL-19] a rollback goes through the same gates', () => {
    const desk = released()
    desk.release('support', 'v2')
    const request = { flow: 'support', version: 'v1', slot: 'official', rollBack: true } as const
    const error = { code: 'node.unknownType', severity: 'error', message: 'Gone', location: {} } as const
    const { contentHash } = desk.flows.get('support')!.versions.v1!.revisions[0]!
    const inspection = { ...desk.inspection('support', {}), contentHash, diagnostics: [error] }
    const plan = desk.plan(request, { inspection })
    expect(plan.gates.filter(({ passed }) => !passed).map(({ gate }) => gate)).toEqual(['errors'])
    const command = { type: 'rollBack', flow: 'support', slot: 'official', plan: plan.hash } as const
    expect(desk.refused({ ...command, ...plan.answers }, { inspection }).code).toBe('release.gates')
    expect(slots(desk).official).toBe('v2')
  })

  it('[REL-19] a rollback in the gray slot names a rule, as any gray release', () => {
    const desk = new Desk()
    desk.rule()
    desk.create('support')
    desk.release('support', 'v1', 'gray', { rule: 'pilot' })
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.release('support', 'v2', 'gray', { rule: 'pilot' })
    const request = { flow: 'support', version: 'v1', slot: 'gray', rollBack: true } as const
    expect(desk.plan(request).ready).toBe(false)
    const plan = desk.plan({ ...request, answers: { rule: 'pilot' } })
    desk.send({ type: 'rollBack', flow: 'support', slot: 'gray', ...plan.answers, plan: plan.hash })
    expect(slots(desk).gray).toBe('v1')
  })

  it('[REL-19] a rollback returns to what was replaced last, not to what was taken out of service', () => {
    const desk = released()
    desk.release('support', 'v2')
    desk.send({ type: 'retire', flow: 'support', version: 'v2' })
    const plan = desk.plan({ flow: 'support', slot: 'official', rollBack: true })
    expect(plan.version).toBe('v1')
    desk.send({ type: 'rollBack', flow: 'support', slot: 'official', ...plan.answers, plan: plan.hash })
    desk.send({ type: 'cancelRelease', flow: 'support', slot: 'official' })
    desk.send({ type: 'retire', flow: 'support', version: 'v1' })
    expect(desk.tryPlan({ flow: 'support', slot: 'official', rollBack: true })).toMatchObject({
      code: 'release.nothingToRollBack',
    })
    expect(desk.plan({ flow: 'support', version: 'v2', slot: 'official', rollBack: true }).ready).toBe(true)
  })

  it('[REL-19] of versions that were replaced within a millisecond, or while a clock went back, the last one returns', () => {
    const desk = released()
    for (const version of ['v2', 'v3', 'v4']) {
      if (version !== 'v2') desk.send({ type: 'branch', flow: 'support', from: 'v1' })
      const plan = desk.plan({ flow: 'support', version, slot: 'official' })
      const release = { type: 'release', flow: 'support', version, slot: 'official' } as const
      desk.send({ ...release, ...plan.answers, plan: plan.hash }, { now: version === 'v3' ? 500 : 1_000 })
    }
    expect(desk.plan({ flow: 'support', slot: 'official', rollBack: true }).version).toBe('v3')
  })

  it('[REL-19] a version that was promoted was not replaced in the gray slot', () => {
    const desk = released()
    desk.rule()
    desk.release('support', 'v2', 'gray', { rule: 'pilot' })
    desk.release('support', 'v2')
    desk.send({ type: 'branch', flow: 'support', from: 'v2' })
    desk.release('support', 'v3')
    expect(desk.tryPlan({ flow: 'support', slot: 'gray', rollBack: true })).toMatchObject({
      code: 'release.nothingToRollBack',
    })
  })

  it('[REL-14] a flow that is gray alone stays paused while its version is promoted', () => {
    const desk = new Desk()
    desk.rule()
    desk.create('support')
    desk.release('support', 'v1', 'gray', { rule: 'pilot' })
    desk.send({ type: 'pause', flow: 'support' })
    expect(desk.plan({ flow: 'support', version: 'v1', slot: 'official' }).summary.paused).toBe(true)
    desk.release('support', 'v1')
    expect(desk.workspace.flows.support).toMatchObject({ paused: true, official: { version: 'v1' } })
    expect(desk.workspace.flows.support).not.toHaveProperty('gray')
    desk.send({ type: 'resume', flow: 'support' })
  })

  it('[REL-19] where nothing was replaced there is nothing to roll back', () => {
    const desk = released()
    const command = { type: 'rollBack', flow: 'support', slot: 'official', plan: '' } as const
    expect(desk.refused(command).code).toBe('release.nothingToRollBack')
  })

  it('a version is retired by hand, which empties its slot and keeps it from being released again but by rollback', () => {
    const desk = released()
    desk.send({ type: 'retire', flow: 'support', version: 'v1' })
    expect(slots(desk).official).toBeUndefined()
    expect(desk.failedGates('support', 'v1')).toEqual(['lifecycle'])
    expect(desk.refused({ type: 'retire', flow: 'support', version: 'v1' }).code).toBe('version.notRetirable')
  })

  it('[VER-8] under a policy with approvals the draft and the published version stand side by side in every status word', () => {
    const desk = new Desk(PRESETS['action-flow'])
    desk.create('support')
    approveAndRelease(desk, 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    const words = ['v1', 'v2'].map((id) =>
      statusOf(desk.flows.get('support')!.versions[id]!, desk.workspace.policy),
    )
    expect(words).toEqual(['Published', 'Draft'])
  })

  it('[GRY-1] a gray release names a gray rule of its own tenant', () => {
    const desk = released()
    expect(desk.failedGates('support', 'v2', 'gray')).toEqual(['grayRule'])
    expect(desk.failedGates('support', 'v2', 'gray', { rule: 'of-another-tenant' })).toEqual(['grayRule'])
    desk.rule()
    expect(desk.failedGates('support', 'v2', 'gray', { rule: 'pilot' })).toEqual([])
    expect(desk.workspace.flows.support!.gray).toBeUndefined()
  })

  it('[GRY-1] an official release takes no gray rule and no guards', () => {
    const desk = released()
    desk.rule()
    expect(desk.failedGates('support', 'v2', 'official', { rule: 'pilot' })).toEqual(['grayRule'])
    const guards = { minSessions: 10 }
    expect(desk.failedGates('support', 'v2', 'official', { guards })).toEqual(['guards'])
  })

  it('[GRY-1] a policy without gray releases refuses them', () => {
    const desk = released(new Desk(policyWith({ release: { gray: false } })))
    desk.rule()
    expect(desk.failedGates('support', 'v2', 'gray', { rule: 'pilot' })).toEqual(['gray'])
  })

  it('[GRY-5] a gray release carries guards over outcomes that the flow declares', () => {
    const desk = released()
    desk.rule()
    const guards = { minSessions: 10, maxErrorRate: 0.1, outcomes: [{ outcome: 'done', min: 0.5 }] }
    desk.release('support', 'v2', 'gray', { rule: 'pilot', guards })
    expect(desk.workspace.flows.support!.gray!.guards).toEqual(guards)
  })

  it('[GRY-5] guards over an outcome that the flow does not declare are refused', () => {
    const desk = released()
    desk.rule()
    const guards = { minSessions: 10, outcomes: [{ outcome: 'sold', min: 0.5 }] }
    expect(desk.failedGates('support', 'v2', 'gray', { rule: 'pilot', guards })).toEqual(['guards'])
  })

  it('[GRY-6] gray rules are created, listed, changed and deleted', () => {
    const desk = new Desk()
    desk.rule()
    expect(Object.keys(desk.workspace.catalog.grayRule)).toEqual(['pilot'])
    const match = { kind: 'percentage', percent: 10 } as const
    desk.send({ type: 'define', kind: 'grayRule', item: { id: 'pilot', name: 'A tenth', match } })
    expect(desk.workspace.catalog.grayRule.pilot).toMatchObject({ name: 'A tenth', match })
    desk.send({ type: 'remove', kind: 'grayRule', id: 'pilot' })
    expect(desk.workspace.catalog.grayRule).toEqual({})
  })

  it('[GRY-6] a rule that cannot be read is refused, and the one before stays', () => {
    const desk = new Desk()
    desk.rule()
    const before = desk.workspace
    const match = { kind: 'numbers', ranges: [{ begin: '+499', end: '+491' }] } as const
    const define = { type: 'define', kind: 'grayRule', item: { id: 'pilot', name: 'Pilot', match } } as const
    expect(desk.refused(define).code).toBe('grayRule.bad')
    expect(desk.workspace).toBe(before)
  })

  it('[GRY-6] changing a rule in use affects new contacts', () => {
    const desk = released()
    desk.rule()
    desk.release('support', 'v2', 'gray', { rule: 'pilot' })
    expect(route(desk.workspace, { flow: 'support', contact })).toMatchObject({ slot: 'gray' })
    const match = { kind: 'numbers', prefixes: ['+4930'] } as const
    desk.send({ type: 'define', kind: 'grayRule', item: { id: 'pilot', name: 'Berlin', match } })
    expect(route(desk.workspace, { flow: 'support', contact })).toMatchObject({ slot: 'official' })
  })
})
