import { describe, expect, it } from 'vitest'
import { link, type Program, resume, type Session, start } from '../../src/interpreter/index.ts'
import { isMessage } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { route } from '../../src/releases/index.ts'
import type { Workspace } from '../../src/runtime/index.ts'
import { done, labWith, release, save, support } from './lab.ts'

async function program(workspace: Workspace, hash: string): Promise<Program> {
  return link((await workspace.executable(hash))!, { nodes: palette })
}

/** Starts a session on the version that takes live traffic, as a host does. */
async function begin(workspace: Workspace, id: string) {
  const answer = route(await workspace.state(), { flow: 'support', contact: {} })
  if (!answer.ok) throw new Error(answer.code)
  const contact = { name: 'Ada', balance: 150, tier: 'gold' }
  const options = { id, now: 0, seed: id, variables: answer.values }
  return start(await program(workspace, answer.executable), { type: 'manual', contact }, options)
}

async function answer(workspace: Workspace, session: Session, text: string) {
  const stored = JSON.parse(JSON.stringify(session)) as Session
  return resume(
    await program(workspace, stored.pins.support!),
    stored,
    { type: 'text', text },
    { now: 1_000 },
  )
}

const said = (run: { readonly effects: Parameters<typeof isMessage>[0][] | readonly never[] }) =>
  run.effects.filter(isMessage).map(({ text }) => text)

describe('sessions of stored executables', () => {
  it('[REL-1] [VER-8] go on to their end on the version that they began with, and new ones run the new one', async () => {
    const [lab, workspace] = await labWith()
    await release(workspace, 'support', 'v1')
    const old = await begin(workspace, 'old')
    expect(said(old as never)[0]).toBe('Welcome.')

    await done(workspace, { type: 'branch', flow: 'support', from: 'v1' })
    await done(workspace, save('support', 1, 'v2'), support('support', 'Welcome to version two.'))
    expect(said((await begin(workspace, 'between')) as never)[0]).toBe('Welcome.')
    await release(workspace, 'support', 'v2')

    // Another process, with nothing but the stores.
    const later = lab.open()
    expect(said((await begin(later, 'new')) as never)[0]).toBe('Welcome to version two.')
    let { session } = old
    for (const text of ['2', '2', '2', '2', '2', '2']) {
      if (session.status === 'waiting') ({ session } = await answer(later, session, text))
    }
    expect(session.status).toBe('ended')
    expect(session.pins.support).toBe((await later.flow('support'))!.versions.v1!.releases[0]!.executable)
  })

  it('[VER-5] what was released stays runnable by its hash when its release is cancelled and it is edited', async () => {
    const [, workspace] = await labWith()
    const { state } = await release(workspace, 'support', 'v1')
    const { executable } = state.workspace.flows.support!.official!
    const { session } = await begin(workspace, 'old')
    await done(workspace, { type: 'cancelRelease', flow: 'support', slot: 'official' })
    await done(workspace, save('support', 1), support('support', 'Edited'))
    expect(route(await workspace.state(), { flow: 'support', contact: {} }).ok).toBe(false)
    expect((await answer(workspace, session, '1')).refused).toBeUndefined()
    expect((await workspace.executable(executable))!.hash).toBe(executable)
    const { state: again } = await release(workspace, 'support', 'v1')
    expect(again.workspace.flows.support!.official!.executable).not.toBe(executable)
  })

  it('[REL-9] see the values that their release was given', async () => {
    const flow = support('support', 'Shop {{vars.level}}')
    const variables = flow.settings.variables!.map((each) =>
      each.name === 'level' ? { ...each, askAtRelease: true } : { ...each, askAtRelease: false },
    )
    const document = { ...flow, settings: { ...flow.settings, variables } }
    const [, workspace] = await labWith(document)
    const plan = await workspace.plan({ flow: 'support', version: 'v1', slot: 'official' }, { by: 'ada' })
    expect(plan).toMatchObject({ ready: false })
    await release(workspace, 'support', 'v1', { values: { level: 'north' } })
    expect(said((await begin(workspace, 's')) as never)[0]).toBe('Shop north')
  })
})
