import { describe, expect, it } from 'vitest'
import { palette } from '../../src/palette/index.ts'
import { type Command, confirmPlan } from '../../src/releases/index.ts'
import { openWorkspace } from '../../src/runtime/index.ts'
import { thrownCode } from '../support/errors.ts'
import { confirmation, done, labWith, release, save, support } from './lab.ts'

const label = (text: string): Command => ({ type: 'labelFlow', flow: 'support', labels: [text] })

describe('two workspaces over one store', () => {
  it('[VER-10] of two saves of one revision one wins, and the other is told the newer one', async () => {
    const [lab, one] = await labWith()
    const other = lab.late([() => done(one, save('support', 1), support('support', 'One'))])
    const outcome = await other.execute(save('support', 1), {
      by: 'ada',
      document: support('support', 'Two'),
    })
    expect(outcome).toMatchObject({ ok: false, details: { revision: 2, expected: 1 } })
    const { revisions } = (await other.flow('support'))!.versions.v1!
    expect(revisions).toHaveLength(2)
    expect((await other.document('support', 'v1'))!.nodes).toEqual(
      (await one.document('support', 'v1'))!.nodes,
    )
  })

  it('[VER-10] a command that says what it was made for is refused where a stream has moved on', async () => {
    const [lab, one] = await labWith()
    const late = lab.late([() => done(one, label('x'))])
    const expected = { workspace: 2, flow: 1 }
    expect(await late.execute(label('y'), { by: 'ada', expected })).toMatchObject({
      code: 'stream.stale',
      details: { revision: 3, expected: 2 },
    })
  })

  it('a stream that is expected to stand still is held to it, also where nothing is added to it', async () => {
    const [lab, one] = await labWith()
    const grant: Command = { type: 'addMember', member: 'ben', permissions: ['view'] }
    const late = lab.late([() => done(one, grant)])
    const lock: Command = { type: 'takeLock', flow: 'support', version: 'v1' }
    const asking = { by: 'ada', expected: { workspace: 2 } }
    expect(await late.execute(lock, asking)).toMatchObject({
      code: 'stream.stale',
      details: { stream: 'workspace' },
    })
    expect((await one.flow('support'))!.versions.v1!.lock).toBeUndefined()
  })

  it('a command that says nothing of that is decided anew', async () => {
    const [lab, one] = await labWith()
    const late = lab.late([() => done(one, label('x')), () => done(one, label('y'))])
    await done(late, { type: 'comment', flow: 'support', version: 'v1', text: 'Hello' })
    await done(late, label('z'))
    expect((await one.state()).flows.support!.labels).toEqual(['z'])
    expect((await one.events('support')).map(({ type }) => type)).toEqual([
      'flowCreated',
      'flowLabelled',
      'flowLabelled',
      'commented',
      'flowLabelled',
    ])
  })

  it('an autosave does not collide with the release of another flow', async () => {
    const [lab, one] = await labWith()
    await done(one, { type: 'createFlow', flow: 'other' }, support('other'))
    let appends = 0
    const store = lab.withEvents({
      append: async (batches) => {
        if (appends++ === 0) await release(one, 'other', 'v1')
        return lab.events.append(batches)
      },
    })
    await done(lab.open({ events: store }), save('support', 1), support('support', 'Saved'))
    expect(appends).toBe(1)
  })

  it('[VER-5] an autosave before the release of its flow has that refused, for it is another content', async () => {
    const [lab, one] = await labWith()
    const command = await confirmation(one, 'support', 'v1')
    const late = lab.late([() => done(one, save('support', 1), support('support', 'Saved'))])
    expect(await late.execute(command, { by: 'ada' })).toMatchObject({ ok: false, code: 'release.moved' })
    expect((await one.state()).flows.support!.official).toBeUndefined()
  })

  it('[VER-5] an autosave after the release of its flow is refused: what is out never changes', async () => {
    const [lab, one] = await labWith()
    const late = lab.late([() => release(one, 'support', 'v1')])
    const outcome = await late.execute(save('support', 1), {
      by: 'ada',
      document: support('support', 'Late'),
    })
    expect(outcome).toMatchObject({ ok: false, code: 'version.fixed' })
    const { official } = (await one.state()).flows.support!
    expect(
      (await late.flow('support'))!.versions.v1!.revisions.map(({ contentHash }) => contentHash),
    ).toEqual([official!.contentHash])
  })

  it('somebody who always loses is told, and nothing is half done', async () => {
    const [lab, one] = await labWith()
    let n = 0
    const store = lab.withEvents({
      append: async (batches) => {
        await done(one, label(`x${n++}`))
        return lab.events.append(batches)
      },
    })
    const outcome = await lab.open({ events: store }).execute(label('mine'), { by: 'ada' })
    expect(outcome).toMatchObject({ ok: false, code: 'stream.stale' })
    expect(n).toBe(16)
    expect((await one.state()).flows.support!.labels).toEqual(['x15'])
  })

  it('a release that another one reads half of is read again', async () => {
    const [lab, one] = await labWith()
    let reads = 0
    const store = lab.withEvents({
      read: async (stream, after) => {
        const events = await lab.events.read(stream, after)
        if (++reads === 1) await release(one, 'support', 'v1')
        return events
      },
    })
    const late = lab.open({ events: store })
    expect(await late.can({ type: 'pause', flow: 'support' }, { by: 'ada' })).toEqual({ ok: true })
  })
})

describe('commands that come together', () => {
  it('all get their turn, however many they are', async () => {
    const [lab, workspace] = await labWith()
    await Promise.all(Array.from({ length: 60 }, (_, n) => done(workspace, label(`l${n}`))))
    expect((await workspace.state()).revision).toBe(62)
    expect((await lab.events.list('')).map(({ revision }) => revision)).toEqual([62, 61])
  })

  it('one that fails holds nobody up', async () => {
    const [lab, workspace] = await labWith()
    let appends = 0
    const store = lab.withEvents({
      append: (batches) => (++appends === 3 ? Promise.reject(new Error('disk')) : lab.events.append(batches)),
    })
    const flaky = lab.open({ events: store })
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) => done(flaky, label(`l${n}`))),
    )
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    expect((await flaky.state()).revision).toBe(11)
    expect(await flaky.state()).toEqual(await workspace.state())
  })

  it('the state that a command comes to holds nothing that came later', async () => {
    const [, workspace] = await labWith()
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => done(workspace, label(`l${n}`))))
    for (const { events, state } of outcomes) {
      expect(events).toMatchObject([{ labels: state.workspace.flows.support!.labels }])
    }
    expect(new Set(outcomes.map(({ state }) => state.flow!.revision)).size).toBe(20)
  })
})

describe('what goes into a workspace', () => {
  it('is what it was when it was sent, whatever the caller does with it afterwards', async () => {
    const [, workspace] = await labWith()
    const document = support('support', 'As sent')
    const command = { ...save('support', 1) }
    const pending = workspace.execute(command, { by: 'ada', document })
    ;(document.nodes.find(({ id }) => id === 'welcome')!.config as { prompt: string }).prompt = 'Changed'
    Object.assign(command, { type: 'deleteFlow' })
    expect(await pending).toMatchObject({ ok: true, events: [{ type: 'draftSaved' }] })
    const saved = await workspace.document('support', 'v1')
    expect(saved!.nodes.find(({ id }) => id === 'welcome')!.config).toEqual({ prompt: 'As sent' })
  })

  it('a document that is handed out is the caller’s own', async () => {
    const [, workspace] = await labWith()
    const document = (await workspace.document('support', 'v1'))!
    ;(document.nodes as unknown[]).length = 0
    expect((await workspace.document('support', 'v1'))!.nodes.length).toBeGreaterThan(0)
    expect(
      await workspace.plan({ flow: 'support', version: 'v1', slot: 'official' }, { by: 'ada' }),
    ).toMatchObject({
      ready: true,
    })
  })

  it.each([undefined, '', '__proto__', ['ada'], 7, 'x'.repeat(129)])('nobody is called %s', async (by) => {
    const [lab, workspace] = await labWith()
    const asking = { by: by as string }
    for (const answer of [
      await workspace.execute(label('x'), asking),
      await workspace.can(label('x'), asking),
      await workspace.plan({ flow: 'support', version: 'v1', slot: 'official' }, asking),
    ]) {
      expect(answer).toMatchObject({ ok: false, code: 'command.bad' })
    }
    expect((await lab.events.list('')).map(({ revision }) => revision)).toEqual([2, 1])
  })

  it.each(['', '__proto__', 'x'.repeat(129), undefined])('no workspace is called %s', (id) => {
    expect(thrownCode(() => openWorkspace({ id: id as string, nodes: palette }))).toBe('workspace.id')
  })

  it('revisions that are expected are numbers', async () => {
    const [, workspace] = await labWith()
    for (const flow of ['1', 1.5, -1, Number.NaN]) {
      const outcome = await workspace.execute(label('x'), { by: 'ada', expected: { flow: flow as number } })
      expect(outcome).toMatchObject({ code: 'command.bad' })
    }
  })

  it.each([
    [7, 'what it expects is no object of revisions'],
    [null, 'what it expects is no object of revisions'],
    [{ flwo: 1 }, 'it expects a revision of flwo, which is no stream'],
  ])('what is expected is never passed over: %j', async (expected, fault) => {
    const [, workspace] = await labWith()
    const outcome = await workspace.execute(label('x'), { by: 'ada', expected: expected as never })
    expect(outcome).toMatchObject({ code: 'command.bad', details: { fault } })
  })

  it.each([
    [{}, 'flow is missing, and should be a text'],
    [null, 'the request should be an object, and is null'],
    [{ flow: 'support' }, 'slot is missing, and should be one of "official", "gray"'],
    [{ flow: 'support', slot: 'official', comment: 'x' }, 'the request has no member comment'],
    [{ flow: 'support', slot: 'official', rollBack: 'yes' }, /^rollBack should be /],
    [{ flow: 'support', slot: 'official', answers: { flow: 'x' } }, 'answers has no member flow'],
    [{ flow: 'support', slot: 'official', answers: { values: 5 } }, /^answers\.values should be an object/],
    [{ flow: 'support', slot: 'official', answers: { plan: 'x' } }, 'answers has no member plan'],
  ])('[REL-8] a request for a plan is held against its form: %j', async (request, fault) => {
    const [, workspace] = await labWith()
    const plan = await workspace.plan(request as never, { by: 'ada' })
    const said = typeof fault === 'string' ? fault : expect.stringMatching(fault)
    expect(plan).toMatchObject({ code: 'command.bad', details: { fault: said } })
  })

  it('[REL-8] a request without a version is planned for a rollback alone', async () => {
    const [, workspace] = await labWith()
    const request = { flow: 'support', slot: 'official' } as const
    const ada = { by: 'ada' }
    expect(await workspace.plan(request, ada)).toMatchObject({ code: 'version.unnamed' })
    const back = { ...request, rollBack: true }
    expect(await workspace.plan(back, ada)).toMatchObject({ code: 'release.nothingToRollBack' })
    const release = async (version: string) => {
      const plan = await workspace.plan({ ...request, version }, ada)
      if (!plan.ok) throw new Error(plan.reason)
      expect(await workspace.execute(confirmPlan(plan), ada)).toMatchObject({ ok: true })
    }
    await release('v1')
    await workspace.execute({ type: 'branch', flow: 'support', from: 'v1' }, ada)
    await release('v2')
    const plan = await workspace.plan(back, ada)
    expect(plan).toMatchObject({ ok: true, kind: 'rollback', version: 'v1', ready: true })
    if (plan.ok) expect(await workspace.execute(confirmPlan(plan), ada)).toMatchObject({ ok: true })
  })

  it('nothing is planned in a workspace that nobody has created', async () => {
    const plan = await openWorkspace({ id: 'new', nodes: palette }).plan(
      { flow: 'support', version: 'v1', slot: 'official' },
      { by: 'ada' },
    )
    expect(plan).toMatchObject({ code: 'workspace.unknown' })
  })

  it('what is no plan is not confirmed, and says so', async () => {
    const [, workspace] = await labWith()
    const waiting = workspace.plan({ flow: 'support', version: 'v7', slot: 'official' }, { by: 'ada' })
    for (const none of [waiting, await waiting]) {
      expect(thrownCode(() => confirmPlan(none as never))).toBe('plan.none')
    }
  })

  it('a clock that tells no instant writes nothing', async () => {
    const [lab] = await labWith()
    const workspace = lab.open({ clock: { now: () => Number.NaN } })
    await expect(workspace.execute(label('x'), { by: 'ada' })).rejects.toMatchObject({
      code: 'clock.instant',
    })
    expect((await lab.events.list('')).map(({ revision }) => revision)).toEqual([2, 1])
  })

  it('a command without the document that it speaks of is told so', async () => {
    const [, workspace] = await labWith()
    const command: Command = { type: 'createFlow', flow: 'x' }
    expect(await workspace.execute(command, { by: 'ada' })).toMatchObject({ code: 'document.bad' })
  })

  it.each(['\ud800', 'a/b', '../x', 'ä 100%', '"\\', '.', 'x'.repeat(128)])(
    'a flow may be called %j, and is no other one',
    async (id) => {
      const [, workspace] = await labWith(support(id))
      expect((await workspace.flows()).map((flow) => flow.id)).toEqual([id])
      expect(await workspace.document(id, 'v1')).toMatchObject({ id })
      expect(await workspace.flow(encodeURIComponent(JSON.stringify(id)))).toBeUndefined()
    },
  )

  it('names that are asked for and do not exist are none', async () => {
    const [, workspace] = await labWith()
    for (const id of ['toString', '__proto__', 'nobody', '']) {
      expect(await workspace.flow(id)).toBeUndefined()
      expect(await workspace.document('support', id)).toBeUndefined()
      expect(await workspace.events(id)).toEqual([])
    }
    expect(await workspace.executable('toString')).toBeUndefined()
    for (const id of [undefined, null, 7] as never[]) {
      expect(await workspace.flow(id)).toBeUndefined()
      expect(await workspace.history(id)).toEqual([])
      expect(await workspace.document(id, 'v1')).toBeUndefined()
    }
  })
})

describe('what is asked for', () => {
  it('can answers as execute does, accepted or refused', async () => {
    const [, workspace] = await labWith()
    const moved: Command = { type: 'release', flow: 'support', version: 'v1', slot: 'official', plan: 'x' }
    const commands: readonly Command[] = [
      await confirmation(workspace, 'support', 'v1'),
      moved,
      { type: 'pause', flow: 'support' },
      { type: 'deleteFlow', flow: 'support' },
      { type: 'remove', kind: 'application', id: 'app' },
      { type: 'rollBack', flow: 'support', slot: 'official', plan: 'x' },
      { type: 'compileVoice', flow: 'support', version: 'v9' },
    ]
    for (const command of commands) {
      const permit = await workspace.can(command, { by: 'ada' })
      const outcome = await workspace.execute(command, { by: 'ada' })
      expect(permit).toEqual(outcome.ok ? { ok: true } : outcome)
    }
  })

  it('nothing is asked of the host for a command that is refused anyway', async () => {
    const [lab] = await labWith()
    const never = async () => {
      throw new Error('asked')
    }
    const contents = { get: never, put: never }
    const census = { running: never, segmentMembers: never, links: never }
    const workspace = lab.open({ census, contents })
    const plan = { type: 'release', flow: 'support', version: 'v1', slot: 'official', plan: 'x' } as const
    for (const command of [plan, { type: 'deleteFlow', flow: 'support' } as const]) {
      expect(await workspace.execute(command, { by: 'eve' })).toMatchObject({ code: 'member.unknown' })
    }
    const document = support('support', 'x')
    expect(await workspace.execute(save('support', 7), { by: 'eve', document })).toMatchObject({
      code: 'member.unknown',
    })
  })

  it('[DOC-12] every revision that was saved can be opened again', async () => {
    const [lab, workspace] = await labWith()
    for (let n = 1; n <= 5; n++) await done(workspace, save('support', n), support('support', `Number ${n}`))
    const { revisions } = (await lab.open().flow('support'))!.versions.v1!
    for (const [n, { contentHash }] of revisions.entries()) {
      const document = (await lab.open().document('support', 'v1', contentHash))!
      const greeting = n === 0 ? 'Welcome.' : `Number ${n}`
      expect(document.nodes.find(({ id }) => id === 'welcome')!.config).toEqual({ prompt: greeting })
    }
  })

  it('[VER-6] any version can be opened, also one that was replaced', async () => {
    const [lab, workspace] = await labWith()
    await release(workspace, 'support', 'v1')
    await done(workspace, { type: 'branch', flow: 'support', from: 'v1' })
    await done(workspace, save('support', 1, 'v2'), support('support', 'Second'))
    await release(workspace, 'support', 'v2')
    const greeting = async (version: string) =>
      (await lab.open().document('support', version))!.nodes.find(({ id }) => id === 'welcome')!.config.prompt
    expect([await greeting('v1'), await greeting('v2')]).toEqual(['Welcome.', 'Second'])
  })

  it('flows that were deleted are not listed, and their events can be read', async () => {
    const [lab, workspace] = await labWith()
    await workspace.flows()
    await done(workspace, { type: 'deleteFlow', flow: 'support' })
    for (const each of [workspace, lab.open()]) {
      expect(await each.flows()).toEqual([])
      expect(await each.flow('support')).toMatchObject({ deleted: true })
      expect((await each.events('support')).map(({ type }) => type)).toEqual(['flowCreated', 'flowDeleted'])
    }
  })

  it('flows are read once, and then those alone that have changed', async () => {
    const [lab, writer] = await labWith()
    for (const id of ['a', 'b', 'c']) await done(writer, { type: 'createFlow', flow: id }, support(id))
    const read: string[] = []
    const store = lab.withEvents({
      read: (stream, after) => {
        read.push(stream.split('/').at(-1)!)
        return lab.events.read(stream, after)
      },
    })
    const reader = lab.open({ events: store })
    expect(await reader.flows()).toHaveLength(4)
    read.length = 0
    await done(writer, save('b', 1), support('b', 'Changed'))
    expect((await reader.flows()).find(({ id }) => id === 'b')!.revision).toBe(2)
    expect(read).toEqual(['acme', 'b'])
  })
})
