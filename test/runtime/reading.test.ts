import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { describeComparison } from '../../src/document/index.ts'
import type { FlowDocument } from '../../src/index.ts'
import { palette } from '../../src/palette/index.ts'
import { confirmPlan } from '../../src/releases/index.ts'
import { openWorkspace, type Workspace } from '../../src/runtime/index.ts'

const support = JSON.parse(
  readFileSync(new URL('../../examples/support/support.json', import.meta.url), 'utf8'),
) as FlowDocument
const longer: FlowDocument = { ...support, settings: { ...support.settings, stopWords: ['stop'] } }

async function opened(): Promise<Workspace> {
  let now = 0
  const workspace = openWorkspace({ id: 'acme', nodes: palette, clock: { now: () => ++now } })
  const ada = { by: 'ada' }
  await workspace.execute({ type: 'createWorkspace', name: 'ACME', policy: 'open' }, ada)
  await workspace.execute({ type: 'createFlow', flow: 'support' }, { ...ada, document: support })
  const plan = await workspace.plan({ flow: 'support', version: 'v1', slot: 'official' }, ada)
  if (!plan.ok) throw new Error(plan.reason)
  await workspace.execute(confirmPlan(plan, { comment: 'Opening' }), ada)
  await workspace.execute({ type: 'branch', flow: 'support', from: 'v1' }, ada)
  const save = { type: 'saveDraft', flow: 'support', version: 'v2', revision: 1 } as const
  await workspace.execute(save, { ...ada, document: longer })
  return workspace
}

describe('a workspace, read by people', () => {
  it('[DOC-14] lists its flows', async () => {
    const { items } = await (await opened()).list({ text: 'supp', status: 'live' })
    expect(items).toMatchObject([{ flow: 'support', official: 'V1.0', latest: { label: 'V1.1' } }])
  })

  it('[VER-6] [REL-10] lists the history of a flow, with the comment of its release', async () => {
    const workspace = await opened()
    const history = await workspace.history('support')
    expect(history.map(({ label, word }) => [label, word])).toEqual([
      ['V1.1', 'New'],
      ['V1.0', 'Official Release'],
    ])
    expect(history[1]!.comments).toMatchObject([{ text: 'Opening', slot: 'official' }])
    expect(await workspace.history('nobody')).toEqual([])
  })

  it('tells who did what, in the workspace and to one flow', async () => {
    const workspace = await opened()
    const released = 'ada released V1.0 of support into the official slot.'
    const all = await workspace.trail()
    expect(all.map(({ what }) => what)).toEqual([
      'workspaceCreated',
      'flowCreated',
      'released',
      'branched',
      'draftSaved',
    ])
    expect(all[2]).toMatchObject({ by: 'ada', sentence: released, why: 'Opening' })
    expect((await workspace.trail('support')).map(({ sentence }) => sentence)).toContain(released)
  })

  it('tells what was done to a flow that has been deleted since', async () => {
    const workspace = await opened()
    const ada = { by: 'ada' }
    await workspace.execute({ type: 'cancelRelease', flow: 'support', slot: 'official' }, ada)
    expect(await workspace.execute({ type: 'deleteFlow', flow: 'support' }, ada)).toMatchObject({ ok: true })
    const what = (await workspace.trail()).map((entry) => entry.what)
    expect(what).toEqual([
      'workspaceCreated',
      'flowCreated',
      'released',
      'branched',
      'draftSaved',
      'releaseCancelled',
      'flowDeleted',
    ])
  })

  it('[VER-9] compares two versions', async () => {
    const workspace = await opened()
    const comparison = await workspace.compare('support', 'v1', 'v2')
    expect(describeComparison(comparison!)).toContain('settings stopWords')
    expect(await workspace.compare('support', 'v1', 'v9')).toBeUndefined()
  })

  it('names the version that a command has made or changed', async () => {
    const workspace = await opened()
    const branched = await workspace.execute({ type: 'branch', flow: 'support', from: 'v1' }, { by: 'ada' })
    expect(branched).toMatchObject({ ok: true, version: { id: 'v3', parent: 'v1' } })
    const save = { type: 'saveDraft', flow: 'support', version: 'v3', revision: 1 } as const
    const saved = await workspace.execute(save, { by: 'ada', document: longer })
    expect(saved).toMatchObject({ version: { id: 'v3', revisions: [{ revision: 1 }, { revision: 2 }] } })
    const again = await workspace.execute({ ...save, revision: 2 }, { by: 'ada', document: longer })
    expect(again).toMatchObject({ ok: true, events: [], version: { id: 'v3' } })
    const labelled = await workspace.execute(
      { type: 'labelFlow', flow: 'support', labels: ['x'] },
      { by: 'ada' },
    )
    expect(labelled).not.toHaveProperty('version')
  })

  it.each([
    [{ flow: 'support', version: 'v2', slot: 'offcial' }],
    [{ flow: 'support', version: 'v2', slot: 'official', answers: { values: 'none' } }],
    [{ flow: 7, version: 'v2', slot: 'official' }],
  ])('[REL-8] does not plan what is no request: %j', async (request) => {
    const refusal = await (await opened()).plan(request as never, { by: 'ada' })
    expect(refusal).toMatchObject({ ok: false, code: 'command.bad' })
  })
})
