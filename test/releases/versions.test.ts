import { describe, expect, it } from 'vitest'
import { labelOf, PRESETS } from '../../src/releases/index.ts'
import { latestVersion } from '../../src/releases/reading/find-version.ts'
import { historyOf } from '../../src/releases/reading/history.ts'
import { approveAndRelease, Desk, policyWith as policy } from './desk.ts'

function label(desk: Desk, version: string, flow = 'support'): string | undefined {
  const { number } = desk.flows.get(flow)!.versions[version]!
  return number === undefined ? undefined : labelOf(number, desk.workspace.policy.numbering.labels)
}

/** Releases each version and clones it, as contact centres do. */
function cloneTimes(desk: Desk, times: number): string {
  let latest = 'v1'
  for (let i = 0; i < times; i++) {
    const [event] = desk.send({ type: 'branch', flow: 'support', from: latest })
    latest = (event as unknown as { version: string }).version
  }
  return latest
}

describe('version numbers', () => {
  it('[VER-1] the first version of a flow is V1.0', () => {
    const desk = new Desk()
    desk.create('support')
    expect(label(desk, 'v1')).toBe('V1.0')
  })

  it('[VER-1] a clone takes the highest number ever given plus 0.1, whichever version is cloned', () => {
    const desk = new Desk()
    desk.create('support')
    expect(label(desk, cloneTimes(desk, 2))).toBe('V1.2')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    expect(label(desk, 'v4')).toBe('V1.3')
  })

  it('[VER-1] the number of a deleted version is not given again', () => {
    const desk = new Desk()
    desk.create('support')
    cloneTimes(desk, 2)
    desk.send({ type: 'deleteVersion', flow: 'support', version: 'v3' })
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    expect(label(desk, 'v4')).toBe('V1.3')
  })

  it.each([
    ['decimal', 'V2.0'],
    ['minor', 'V1.10'],
  ] as const)('[VER-1] after V1.9 comes, under the label policy %s, %s', (labels, next) => {
    const desk = new Desk(policy({ numbering: { labels } }))
    desk.create('support')
    expect(label(desk, cloneTimes(desk, 9))).toBe('V1.9')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    expect(label(desk, 'v11')).toBe(next)
  })

  it('[VER-1] the contact centre preset counts in decimals, the library in minors', () => {
    expect(PRESETS['contact-centre'].numbering.labels).toBe('decimal')
    expect(PRESETS.open.numbering.labels).toBe('minor')
  })

  it('[VER-4] under the label policy integer versions read 1, 2, 3', () => {
    const desk = new Desk(policy({ numbering: { labels: 'integer' } }))
    desk.create('support')
    cloneTimes(desk, 2)
    expect(['v1', 'v2', 'v3'].map((each) => label(desk, each))).toEqual(['1', '2', '3'])
  })

  it.each(['action-flow', 'contact-centre'] as const)(
    '[VER-4] %s numbers a draft when it is made',
    (preset) => {
      const desk = new Desk(PRESETS[preset])
      desk.create('support')
      expect(label(desk, 'v1')).toBe(preset === 'action-flow' ? '1' : 'V1.0')
    },
  )

  it('[VER-4] flow-builder numbers a draft when it goes live', () => {
    const desk = new Desk(PRESETS['flow-builder'])
    desk.create('support', { medium: 'messaging' })
    expect(label(desk, 'v1')).toBeUndefined()
    desk.release('support', 'v1')
    expect(label(desk, 'v1')).toBe('V1.0')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    expect(label(desk, 'v2')).toBeUndefined()
    desk.save('support', 'v2', { medium: 'messaging', does: 'more' })
    desk.release('support', 'v2')
    expect(label(desk, 'v2')).toBe('V1.1')
  })

  it('[VER-4] saving again makes no version', () => {
    const desk = new Desk()
    desk.create('support')
    desk.save('support', 'v1', { does: 'more' })
    desk.save('support', 'v1', { does: 'even more' })
    expect(Object.keys(desk.flows.get('support')!.versions)).toEqual(['v1'])
    expect(label(desk, 'v1')).toBe('V1.0')
  })

  it('[VER-4] saving what is there already changes nothing', () => {
    const desk = new Desk()
    desk.create('support')
    expect(desk.save('support', 'v1', {})).toEqual([])
  })
})

describe('branching', () => {
  it('[VER-2] under the contact centre policy only a released version can be cloned', () => {
    const desk = new Desk(policy({ drafts: { branchFrom: 'released' } }))
    desk.create('support')
    expect(desk.refused({ type: 'branch', flow: 'support', from: 'v1' })).toMatchObject({
      code: 'version.notBranchable',
      details: { label: 'V1.0', status: 'New' },
    })
    desk.release('support', 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    expect(desk.versionState('support', 'v2')).toBe('new')
  })

  it('[VER-2] a gray version can be cloned as well as an official one', () => {
    const desk = new Desk(policy({ drafts: { branchFrom: 'released' } }))
    desk.create('support')
    desk.rule()
    desk.release('support', 'v1', 'gray', { rule: 'pilot' })
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    expect(label(desk, 'v2')).toBe('V1.1')
  })

  it.each(['unreleased', 'retired'])(
    '[VER-2] under the contact centre policy a version that is %s cannot be cloned',
    (state) => {
      const desk = new Desk(policy({ drafts: { branchFrom: 'released' } }))
      desk.create('support')
      desk.release('support', 'v1')
      if (state === 'unreleased') desk.send({ type: 'cancelRelease', flow: 'support', slot: 'official' })
      else desk.send({ type: 'retire', flow: 'support', version: 'v1' })
      expect(desk.versionState('support', 'v1')).toBe(state)
      expect(desk.refused({ type: 'branch', flow: 'support', from: 'v1' }).code).toBe('version.notBranchable')
    },
  )

  it('[VER-2] under the open policy any version can be cloned', () => {
    const desk = new Desk()
    desk.create('support')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.release('support', 'v1')
    desk.release('support', 'v2')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    expect(desk.versionState('support', 'v1')).toBe('retired')
    expect(desk.versionState('support', 'v3')).toBe('new')
  })

  it('[VER-3] editing any chosen version makes a new working draft with its content, which remembers its parent', () => {
    const desk = new Desk(PRESETS['flow-builder'])
    const messaging = { medium: 'messaging' } as const
    desk.create('support', messaging)
    desk.release('support', 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.save('support', 'v2', { ...messaging, does: 'more' })
    desk.release('support', 'v2')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    const { v1, v3 } = desk.flows.get('support')!.versions
    expect(v3).toMatchObject({ parent: 'v1', state: 'new' })
    expect(v3!.revisions[0]!.contentHash).toBe(v1!.revisions[0]!.contentHash)
  })

  it('[VER-3] the latest version is what opens by default: the working draft, else the version made last', () => {
    const desk = new Desk(PRESETS['flow-builder'])
    desk.create('support', { medium: 'messaging' })
    const latest = () => latestVersion(desk.flows.get('support')!)?.id
    expect(latest()).toBe('v1')
    desk.release('support', 'v1')
    expect(latest()).toBe('v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    expect(latest()).toBe('v2')
  })

  it('[VER-7] where one draft is kept, branching over a changed draft needs confirmation', () => {
    const desk = new Desk(PRESETS['action-flow'])
    desk.create('support')
    approveAndRelease(desk, 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.save('support', 'v2', { does: 'more' })
    expect(desk.refused({ type: 'branch', flow: 'support', from: 'v1' })).toMatchObject({
      code: 'draft.changed',
      details: { label: '2' },
    })
    expect(desk.versionState('support', 'v2')).toBe('new')
    desk.send({ type: 'branch', flow: 'support', from: 'v1', over: true })
    expect(desk.versionState('support', 'v2')).toBe('setAside')
  })

  it('[VER-7] an unchanged draft makes room without being asked for', () => {
    const desk = new Desk(PRESETS['action-flow'])
    desk.create('support')
    approveAndRelease(desk, 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    expect(desk.versionState('support', 'v2')).toBe('setAside')
    expect(desk.versionState('support', 'v3')).toBe('new')
  })

  it('[VER-7] the replaced draft can be restored, and the draft in its place is set aside in turn', () => {
    const desk = new Desk(PRESETS['action-flow'])
    desk.create('support')
    approveAndRelease(desk, 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.save('support', 'v2', { does: 'more' })
    desk.send({ type: 'branch', flow: 'support', from: 'v1', over: true })
    desk.save('support', 'v3', { does: 'something else' })
    expect(desk.refused({ type: 'restoreDraft', flow: 'support', version: 'v2' }).code).toBe('draft.changed')
    desk.send({ type: 'restoreDraft', flow: 'support', version: 'v2', over: true })
    expect(desk.versionState('support', 'v2')).toBe('new')
    expect(desk.versionState('support', 'v3')).toBe('setAside')
    expect(desk.flows.get('support')!.versions.v2!.revisions).toHaveLength(2)
    desk.save('support', 'v2', { does: 'still more' })
  })

  it('[VER-7] a draft that somebody else holds the lock of is not set aside', () => {
    const desk = new Desk(PRESETS['action-flow'])
    desk.create('support')
    approveAndRelease(desk, 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.send({ type: 'takeLock', flow: 'support', version: 'v2' }, { by: 'ben' })
    expect(desk.refused({ type: 'branch', flow: 'support', from: 'v1', over: true })).toMatchObject({
      code: 'edit.locked',
      details: { holder: 'ben' },
    })
  })

  it('[VER-7] where one draft is kept, the draft itself cannot be branched', () => {
    const desk = new Desk(PRESETS['flow-builder'])
    desk.create('support')
    expect(desk.refused({ type: 'branch', flow: 'support', from: 'v1' }).code).toBe('version.isDraft')
  })

  it('[VER-7] contact centres keep several unreleased clones', () => {
    const desk = new Desk(policy({ drafts: { branchFrom: 'released', kept: 'many' } }))
    desk.create('support')
    desk.release('support', 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.save('support', 'v2', { does: 'more' })
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    expect([desk.versionState('support', 'v2'), desk.versionState('support', 'v3')]).toEqual(['new', 'new'])
  })

  it('only what was set aside is restored', () => {
    const desk = new Desk()
    desk.create('support')
    expect(desk.refused({ type: 'restoreDraft', flow: 'support', version: 'v1' }).code).toBe(
      'version.notSetAside',
    )
  })
})

describe('content', () => {
  it('[VER-5] a released version is never changed', () => {
    const desk = new Desk()
    desk.create('support')
    desk.release('support', 'v1')
    const inspection = desk.inspection('support', { does: 'more' })
    const save = { type: 'saveDraft', flow: 'support', version: 'v1', revision: 1 } as const
    expect(desk.refused(save, { inspection })).toMatchObject({
      code: 'version.fixed',
      details: { label: 'V1.0', status: 'Official Release' },
    })
  })

  it('[VER-5] a retired version is never changed', () => {
    const desk = new Desk()
    desk.create('support')
    desk.release('support', 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.release('support', 'v2')
    const inspection = desk.inspection('support', { does: 'more' })
    const save = { type: 'saveDraft', flow: 'support', version: 'v1', revision: 1 } as const
    expect(desk.refused(save, { inspection }).code).toBe('version.fixed')
  })

  it('[VER-5] a version whose release was cancelled takes a new revision under the same label, and the old content keeps its hash', () => {
    const desk = new Desk()
    desk.create('support')
    desk.release('support', 'v1')
    const { executable, contentHash } = desk.workspace.flows.support!.official!
    desk.send({ type: 'cancelRelease', flow: 'support', slot: 'official' })
    desk.save('support', 'v1', { does: 'more' })
    const { v1 } = desk.flows.get('support')!.versions
    expect(label(desk, 'v1')).toBe('V1.0')
    expect(v1!.revisions.map((each) => each.revision)).toEqual([1, 2])
    expect(v1!.releases).toMatchObject([{ contentHash, executable }])
    desk.release('support', 'v1')
    expect(desk.workspace.flows.support!.official!.executable).not.toBe(executable)
  })

  it('[VER-6] a version carries comment, author, time, parent and hash', () => {
    const desk = new Desk()
    desk.create('support')
    desk.send({ type: 'addMember', member: 'ben', permissions: ['edit'] })
    const at = desk.now
    desk.send({ type: 'branch', flow: 'support', from: 'v1', comment: 'For Easter' }, { by: 'ben' })
    const [latest] = historyOf(desk.flows.get('support')!, desk.workspace.policy)
    const first = desk.inspection('support')
    expect(latest).toMatchObject({
      version: 'v2',
      label: 'V1.1',
      by: 'ben',
      at,
      parent: { version: 'v1', label: 'V1.0' },
      contentHash: first.contentHash,
      comments: [{ text: 'For Easter', by: 'ben' }],
    })
  })

  it('[VER-6] the history lists every version, and each names the document to open', () => {
    const desk = new Desk()
    desk.create('support')
    cloneTimes(desk, 3)
    const history = historyOf(desk.flows.get('support')!, desk.workspace.policy)
    expect(history.map((each) => each.label)).toEqual(['V1.3', 'V1.2', 'V1.1', 'V1.0'])
    for (const each of history) expect(each.contentHash).toBe(each.current.contentHash)
  })

  it('[VER-8] a draft and a released version exist side by side, and the released one is what runs', () => {
    const desk = new Desk(PRESETS['action-flow'])
    desk.create('support')
    approveAndRelease(desk, 'v1')
    const released = desk.workspace.flows.support!.official
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.save('support', 'v2', { does: 'more' })
    expect(desk.versionState('support', 'v1')).toBe('official')
    expect(desk.versionState('support', 'v2')).toBe('new')
    expect(desk.workspace.flows.support!.official).toEqual(released)
  })

  it('[VER-10] a stale save is refused with the newer revision, and what is there stays', () => {
    const desk = new Desk()
    desk.create('support')
    desk.save('support', 'v1', { does: 'more' })
    const inspection = desk.inspection('support', { does: 'something else' })
    const save = { type: 'saveDraft', flow: 'support', version: 'v1', revision: 1 } as const
    expect(desk.refused(save, { inspection })).toMatchObject({
      code: 'edit.stale',
      details: { revision: 2, expected: 1 },
    })
    expect(desk.flows.get('support')!.versions.v1!.revisions).toHaveLength(2)
  })

  it('[VER-10] whoever holds the lock is the only one who saves', () => {
    const desk = new Desk()
    desk.send({ type: 'addMember', member: 'ben', permissions: ['edit'] })
    desk.create('support')
    desk.send({ type: 'takeLock', flow: 'support', version: 'v1' })
    const inspection = desk.inspection('support', { does: 'more' })
    const save = { type: 'saveDraft', flow: 'support', version: 'v1', revision: 1 } as const
    expect(desk.refused(save, { inspection, by: 'ben' })).toMatchObject({
      code: 'edit.locked',
      details: { holder: 'ada' },
    })
    desk.save('support', 'v1', { does: 'more' })
    desk.send({ type: 'releaseLock', flow: 'support', version: 'v1' })
    const next = desk.inspection('support', { does: 'even more' })
    desk.send({ ...save, revision: 2 }, { inspection: next, by: 'ben' })
  })

  it.each([
    { type: 'deleteVersion', flow: 'support', version: 'v1' },
    { type: 'retire', flow: 'support', version: 'v1' },
    { type: 'deleteFlow', flow: 'support' },
  ] as const)('[VER-10] what somebody edits is not taken away under their hands: $type', (command) => {
    const desk = new Desk()
    desk.create('support')
    desk.release('support', 'v1')
    desk.send({ type: 'branch', flow: 'support', from: 'v1' })
    desk.send({ type: 'cancelRelease', flow: 'support', slot: 'official' })
    desk.send({ type: 'addMember', member: 'ben', permissions: ['edit'] })
    desk.send({ type: 'takeLock', flow: 'support', version: 'v1' }, { by: 'ben' })
    expect(desk.refused(command)).toMatchObject({ code: 'edit.locked', details: { holder: 'ben' } })
    desk.send({ type: 'releaseLock', flow: 'support', version: 'v1' }, { by: 'ben' })
    desk.send({ type: 'takeLock', flow: 'support', version: 'v1' })
    desk.send(command)
    expect(desk.flows.get('support')!.versions.v1!.lock === undefined).toBe(command.type !== 'deleteFlow')
  })

  it('[VER-10] the lock expires five minutes after the last request of its holder', () => {
    const desk = new Desk()
    desk.send({ type: 'addMember', member: 'ben', permissions: ['edit'] })
    desk.create('support')
    const taken = desk.now
    desk.send({ type: 'takeLock', flow: 'support', version: 'v1' })
    const lock = { type: 'takeLock', flow: 'support', version: 'v1' } as const
    expect(desk.refused(lock, { by: 'ben', now: taken + 299_999 }).code).toBe('edit.locked')
    desk.send(lock, { by: 'ben', now: taken + 300_000 })
    expect(desk.flows.get('support')!.versions.v1!.lock).toEqual({
      holder: 'ben',
      expiresAt: taken + 600_000,
    })
  })

  it('[DOC-12] a draft full of errors is saved as it is', () => {
    const desk = new Desk()
    const error = { code: 'flow.noStart', severity: 'error', message: 'No start', location: {} } as const
    desk.create('support', { diagnostics: [error] })
    desk.save('support', 'v1', { does: 'less', diagnostics: [error, error] })
    expect(desk.flows.get('support')!.versions.v1!.revisions).toHaveLength(2)
  })

  it('a document of another flow is not saved', () => {
    const desk = new Desk()
    desk.create('support')
    const save = { type: 'saveDraft', flow: 'support', version: 'v1', revision: 1 } as const
    expect(desk.refused(save, { inspection: desk.inspection('billing') }).code).toBe('draft.wrongFlow')
    const { inspection: _none, ...bare } = desk.context('support', 'v1')
    expect(desk.refused(save, { ...bare, inspection: undefined as never }).code).toBe('inspection.wanted')
  })

  it('the id of a flow is given once, also after the flow has been deleted', () => {
    const desk = new Desk()
    desk.create('support')
    const inspection = desk.inspection('support')
    const create = { type: 'createFlow', flow: 'support' } as const
    expect(desk.refused(create, { inspection }).code).toBe('flow.exists')
    desk.send({ type: 'deleteFlow', flow: 'support' })
    expect(desk.refused(create, { inspection }).code).toBe('flow.exists')
    expect(desk.refused({ type: 'labelFlow', flow: 'support', labels: [] }).code).toBe('flow.unknown')
  })
})
