import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command, CommandType } from '../../../src/releases/command.ts'
import { COMMAND_TYPES } from '../../../src/releases/command-schema.ts'
import { type Context, NOTHING_RUNS } from '../../../src/releases/context.ts'
import { decide } from '../../../src/releases/decide.ts'
import type { Inspection } from '../../../src/releases/inspection.ts'
import { parseCommand } from '../../../src/releases/parse-command.ts'
import { PERMISSIONS, type Permission } from '../../../src/releases/permission.ts'
import type { Policy } from '../../../src/releases/policy.ts'
import { PRESETS } from '../../../src/releases/presets/presets.ts'
import { type OfferTarget, offers } from '../../../src/releases/reading/offers.ts'
import type { State } from '../../../src/releases/state.ts'
import { deepFreeze } from '../../support/deep-freeze.ts'
import { saved } from '../examples/events.ts'
import { branch, create, play, release } from './scene.ts'

const inspection: Inspection = {
  ...saved,
  flow: 'hours',
  diagnostics: [],
  channels: [],
  references: [],
  nodeTypes: [],
  asked: [],
  outcomes: [],
  trigger: { kind: 'manual' },
}

const context: Context = { by: 'ana', now: 100_000, inspection, world: { running: NOTHING_RUNS, links: {} } }

const official = release('hours', 'v1', '1.0.0')
const clone = branch('hours', 'v2', 'v1', '1.1.0')

function stateAfter(events: Parameters<typeof play>[0] = [], policy: Policy = PRESETS.open): State {
  const { workspace, flow } = play([create('hours'), ...events], policy)
  return deepFreeze({ workspace, flow: flow('hours') })
}

/** The refusals by type of command; commands that would be accepted are left out. */
function refusals(state: State, target: OfferTarget = {}, given = context) {
  return Object.fromEntries(
    Object.entries(offers(state, target, given)).flatMap(([type, permit]) =>
      permit.ok ? [] : [[type, permit.code]],
    ),
  )
}

/** What stands in the way of commands that have nothing to do with the flow, for an only member. */
const ALWAYS = {
  createWorkspace: 'workspace.exists',
  removeMember: 'member.lastAdmin',
  remove: 'item.unknown',
  regenerateKey: 'item.unknown',
  switchShare: 'share.none',
}

describe('what a member may do', () => {
  it('has an answer for every command', () => {
    expect(Object.keys(offers(stateAfter(), {}, context)).sort()).toEqual([...COMMAND_TYPES].sort())
  })

  it('with a new flow is to edit, approve and release it', () => {
    expect(refusals(stateAfter())).toEqual({
      ...ALWAYS,
      setExceptionFlow: 'exceptionFlow.wrongRole',
      restoreDraft: 'version.notSetAside',
      withdrawApproval: 'approval.none',
      rollBack: 'release.nothingToRollBack',
      cancelRelease: 'release.emptySlot',
      pause: 'flow.notLive',
      resume: 'flow.notPaused',
      retire: 'version.notRetirable',
      deleteVersion: 'version.last',
    })
  })

  it('with a released version is to branch it, to pause the flow and to cancel the release', () => {
    const state = stateAfter([official])
    expect(refusals(state)).toMatchObject({
      saveDraft: 'version.fixed',
      takeLock: 'version.fixed',
      release: 'release.gates',
      resume: 'flow.notPaused',
      deleteVersion: 'version.live',
      deleteFlow: 'flow.live',
    })
    expect(offers(state, {}, context)).toMatchObject({
      branch: { ok: true },
      pause: { ok: true },
      cancelRelease: { ok: true },
      retire: { ok: true },
    })
  })

  it('is asked about the latest version, or about the one that is named', () => {
    const state = stateAfter([official, clone])
    expect(offers(state, {}, context).saveDraft.ok).toBe(true)
    expect(offers(state, { version: 'v1' }, context).saveDraft).toMatchObject({ code: 'version.fixed' })
    expect(offers(state, { version: 'v9' }, context).saveDraft).toMatchObject({ code: 'version.unknown' })
    expect(offers(state, { version: '__proto__' }, context).saveDraft).toMatchObject({
      code: 'version.unknown',
    })
  })

  it('is asked about the slot of the version, or about the one that is named', () => {
    const state = stateAfter([release('hours', 'v1', '1.0.0', 'gray')])
    expect(offers(state, {}, context).cancelRelease.ok).toBe(true)
    expect(offers(state, { slot: 'official' }, context).cancelRelease).toMatchObject({
      code: 'release.emptySlot',
    })
  })

  it('without a flow is what concerns the workspace alone', () => {
    const { workspace } = stateAfter()
    const open = Object.keys(refusals({ workspace }))
    expect(COMMAND_TYPES.filter((type) => !open.includes(type))).toEqual([
      'setPolicy',
      'addMember',
      'grant',
      'revoke',
      'define',
      'setExceptionFlow',
      'createFlow',
    ])
  })

  it('goes for the revisions that it was asked for', () => {
    const state = stateAfter()
    const { flow } = state
    expect(refusals(state, {}, { ...context, expected: { flow: flow!.revision } })).toEqual(refusals(state))
    expect(refusals(state, {}, { ...context, expected: { flow: 7 } })).toMatchObject({
      saveDraft: 'stream.stale',
    })
  })

  it('before the workspace is there is to create it', () => {
    const { workspace } = play([])
    const empty = { ...workspace, revision: 0, members: {} }
    const open = Object.keys(refusals({ workspace: empty }))
    expect(COMMAND_TYPES.filter((type) => !open.includes(type))).toEqual(['createWorkspace'])
  })

  it('[REL-8] a release is open where its plan is ready, and carries the plan where it is not', () => {
    const errors = [{ code: 'flow.noStart', severity: 'error', location: {}, message: 'No start' }] as const
    expect(offers(stateAfter(), {}, context).release).toEqual({ ok: true })
    expect(
      offers(stateAfter(), {}, { ...context, inspection: { ...inspection, diagnostics: errors } }).release,
    ).toMatchObject({ code: 'release.gates', plan: { ready: false, version: 'v1', slot: 'official' } })
  })

  it('[REL-19] a rollback is open where a replaced version can return', () => {
    const replaced = [official, clone, release('hours', 'v2', '1.1.0', 'official', 'v1')]
    const comparison = { from: 'content-1', to: 'content-1', changes: [] }
    expect(offers(stateAfter(replaced), {}, { ...context, comparison }).rollBack).toEqual({ ok: true })
  })

  it.each(PERMISSIONS)('[REL-16] with the permission %s alone is what asks for it', (permission) => {
    const events: Parameters<typeof play>[0] = [
      { type: 'memberAdded', member: 'ben', permissions: [permission] },
      official,
      clone,
    ]
    const given = { ...context, by: 'ben' }
    for (const kind of ['service', 'segment', 'grayRule'] as const) {
      for (const [type, permit] of Object.entries(offers(stateAfter(events), { kind }, given))) {
        if (permit.ok || permit.code !== 'permission.missing') continue
        expect(permit.details).toMatchObject({ command: type, member: 'ben' })
        expect(permit.details.permission).not.toBe(permission)
      }
    }
  })

  it('[REL-16] without any permission is nothing', () => {
    const state = stateAfter([{ type: 'memberAdded', member: 'ben', permissions: [] }])
    const { createWorkspace: _exists, ...refused } = refusals(state, {}, { ...context, by: 'ben' })
    expect(new Set(Object.values(refused))).toEqual(new Set(['permission.missing']))
    expect(Object.keys(refused)).toHaveLength(COMMAND_TYPES.length - 1)
  })

  it('agrees with what decide says of the same commands, which anybody could have sent', () => {
    const asked = new Map<CommandType, Command>()
    offers(stateAfter([official, clone]), {}, context, (state, command, given) => {
      asked.set(command.type, command)
      return decide(state, command, given)
    })
    expect([...asked.keys()].sort()).toEqual([...COMMAND_TYPES].sort())
    for (const command of asked.values()) expect(parseCommand(command)).toEqual({ ok: true, value: command })
  })

  it('never throws, and changes nothing', () => {
    const events = fc.subarray([
      official,
      clone,
      { type: 'memberAdded', member: 'ben', permissions: ['edit'] as Permission[] },
      { type: 'itemDefined', kind: 'service', item: { id: 'new', name: 'New' } },
      { type: 'flowPaused', flow: 'hours' },
      { type: 'approved', flow: 'hours', version: 'v1', behaviourHash: 'behaviour-1' },
    ] as Parameters<typeof play>[0][number][])
    const target = fc.record(
      {
        version: fc.constantFrom('v1', 'v2', 'v9', '__proto__'),
        slot: fc.constantFrom('official', 'gray'),
        kind: fc.constantFrom(
          'group',
          'team',
          'service',
          'testContact',
          'segment',
          'application',
          'mediaFolder',
          'grayRule',
        ),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<OfferTarget>
    const given = fc.record({ by: fc.constantFrom('ana', 'ben', 'nobody'), now: fc.constant(1) })
    fc.assert(
      fc.property(
        events,
        fc.constantFrom(...Object.values(PRESETS)),
        target,
        given,
        (happened, policy, asked, who) => {
          const answers = offers(stateAfter(happened, policy), asked, who)
          for (const permit of Object.values(answers)) if (!permit.ok) expect(permit.lift).not.toBe('')
        },
      ),
    )
  })
})
