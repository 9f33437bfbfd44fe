import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/base/json.ts'
import { memoryContentStore, memoryEventStore } from '../../src/runtime/index.ts'
import { confirmation, done, labWith, release, save, support } from './lab.ts'

const FLOW = 'workspace/acme/flow/support'

describe('stores that fail', () => {
  it('an append that fails leaves the workspace as it was, and the next command works', async () => {
    const [lab, workspace] = await labWith()
    let broken = true
    const store = lab.withEvents({
      append: (batches) => (broken ? Promise.reject(new Error('disk full')) : lab.events.append(batches)),
    })
    const flaky = lab.open({ events: store })
    const document = support('support', 'Saved')
    await expect(flaky.execute(save('support', 1), { by: 'ada', document })).rejects.toThrow('disk full')
    expect(await flaky.flow('support')).toEqual(await workspace.flow('support'))
    broken = false
    expect((await done(flaky, save('support', 1), document)).state.flow!.revision).toBe(2)
  })

  it('an append whose answer was lost is found by the next command', async () => {
    const [lab] = await labWith()
    const store = lab.withEvents({
      append: async (batches) => {
        await lab.events.append(batches)
        throw new Error('connection lost')
      },
    })
    const document = support('support', 'Saved')
    const flaky = lab.open({ events: store })
    await expect(flaky.execute(save('support', 1), { by: 'ada', document })).rejects.toThrow(
      'connection lost',
    )
    expect(await flaky.execute(save('support', 1), { by: 'ada', document })).toMatchObject({
      ok: false,
      details: { revision: 2 },
    })
  })

  it('a read that fails is tried again by the next call, also by one that was waiting', async () => {
    const [lab] = await labWith()
    let reads = 0
    const store = lab.withEvents({
      read: (stream, after) =>
        reads++ === 0 ? Promise.reject(new Error('down')) : lab.events.read(stream, after),
    })
    const workspace = lab.open({ events: store })
    const [first, second] = await Promise.allSettled([workspace.state(), workspace.state()])
    expect([first!.status, second!.status]).toEqual(['rejected', 'fulfilled'])
  })

  it('where a content cannot be stored nothing has happened', async () => {
    const [lab, workspace] = await labWith()
    const contents = { ...lab.contents, put: () => Promise.reject(new Error('bucket gone')) }
    const command = await confirmation(workspace, 'support', 'v1')
    const flaky = lab.open({ contents })
    await expect(flaky.execute(command, { by: 'ada' })).rejects.toThrow('bucket gone')
    expect((await flaky.state()).flows.support!.official).toBeUndefined()
  })

  it('contents are stored before the events that name them', async () => {
    const [lab] = await labWith()
    const order: string[] = []
    const workspace = lab.open({
      contents: {
        ...lab.contents,
        put: (hash, text) => {
          order.push('put')
          return lab.contents.put(hash, text)
        },
      },
      events: lab.withEvents({
        append: (batches) => {
          order.push('append')
          return lab.events.append(batches)
        },
      }),
    })
    await done(workspace, save('support', 1), support('support', 'Saved'))
    await release(workspace, 'support', 'v1')
    expect(order).toEqual(['put', 'append', 'put', 'append'])
  })

  it('a store that has gone back is read anew', async () => {
    const [lab, workspace] = await labWith()
    const copy = memoryEventStore()
    for (const { stream } of await lab.events.list(''))
      await copy.append([{ stream, expected: 0, events: await lab.events.read(stream) }])
    await done(workspace, { type: 'labelFlow', flow: 'support', labels: ['lost'] })
    let store = lab.events
    const restored = lab.open({
      events: {
        read: (stream, after) => store.read(stream, after),
        append: (batches) => store.append(batches),
        list: (prefix) => store.list(prefix),
      },
    })
    expect((await restored.state()).flows.support!.labels).toEqual(['lost'])
    store = copy
    await done(restored, { type: 'labelFlow', flow: 'support', labels: ['new'] })
    expect((await restored.events('support')).map(({ type }) => type)).toEqual([
      'flowCreated',
      'flowLabelled',
    ])
  })
})

describe('a content store that loses or damages texts', () => {
  const broken = (text: (kept: string) => string | undefined) => async () => {
    const [lab, workspace] = await labWith()
    await release(workspace, 'support', 'v1')
    const { official } = (await workspace.state()).flows.support!
    const get = async (hash: string) => text((await lab.contents.get(hash))!)
    return { workspace: lab.open({ contents: { ...lab.contents, get } }), official: official! }
  }
  const cases: readonly [string, (kept: string) => string | undefined, string | undefined][] = [
    ['loses it', () => undefined, 'content.missing'],
    ['cuts it', (text) => text.slice(0, -1), 'content.damaged'],
    ['changes a letter', (text) => text.replace('balance', 'Balance'), 'content.damaged'],
    ['gives another', () => '{"schema":1}', 'content.damaged'],
    ['gives no object', () => 'null', 'content.damaged'],
    ['nests it without end', () => '['.repeat(200_000) + ']'.repeat(200_000), 'content.damaged'],
  ]

  it.each(cases)('one that %s is named by the hash', async (_, text, code) => {
    const { workspace, official } = await broken(text)()
    await expect(workspace.document('support', 'v1')).rejects.toMatchObject({
      code,
      problem: expect.stringContaining(official.contentHash),
    })
  })

  it.each(cases.slice(1))('[VER-5] an executable is checked as well, where it %s', async (_, text, code) => {
    const { workspace, official } = await broken(text)()
    await expect(workspace.executable(official.executable)).rejects.toMatchObject({
      code,
      problem: expect.stringContaining(official.executable),
    })
  })

  it('an executable that is lost is none', async () => {
    const { workspace, official } = await broken(() => undefined)()
    expect(await workspace.executable(official.executable)).toBeUndefined()
  })

  it('a draft can be saved all the same', async () => {
    const [lab] = await labWith()
    const workspace = lab.open({ contents: memoryContentStore() })
    await done(workspace, save('support', 1), support('support', 'Saved'))
    expect(await workspace.document('support', 'v1')).toBeDefined()
  })
})

describe('events that cannot be read', () => {
  const endingIn =
    (change: (event: { [member: string]: Json }) => Json, stream = FLOW) =>
    async () => {
      const [lab] = await labWith()
      const [first] = (await lab.events.read(stream)) as { [member: string]: Json }[]
      const expected = (await lab.events.read(stream)).length
      await lab.events.append([{ stream, expected, events: [change({ ...first })] }])
      return { lab, expected }
    }
  const head = { schema: 1, at: 1, by: 'ada' }

  it.each<[string, string, () => Promise<{ lab: Awaited<ReturnType<typeof labWith>>[0]; expected: number }>]>(
    [
      ['of a newer schema', 'event.newer', endingIn((event) => ({ ...event, schema: 2 }))],
      ['of a type that nobody knows', 'event.unknown', endingIn((event) => ({ ...event, type: 'flowSung' }))],
      ['that is broken', 'event.bad', endingIn(() => 'garbage')],
      ['that creates the flow again', 'event.misplaced', endingIn((event) => event)],
      ['of another flow', 'event.misplaced', endingIn(() => ({ ...head, type: 'flowPaused', flow: 'x' }))],
      [
        'of the workspace',
        'event.misplaced',
        endingIn(() => ({ ...head, type: 'memberRemoved', member: 'x' })),
      ],
      [
        'of a version that was never made',
        'event.misplaced',
        endingIn(() => ({ ...head, type: 'lockTaken', flow: 'support', version: 'v9' })),
      ],
    ],
  )('one %s is named by stream and revision', async (_, code, make) => {
    const { lab, expected } = await make()
    await expect(lab.open().flow('support')).rejects.toMatchObject({
      code,
      problem: expect.stringMatching(
        new RegExp(`revision ${expected + 1}.*${FLOW}|${FLOW}.*revision ${expected + 1}`),
      ),
    })
    expect((await lab.open().state()).revision).toBe(2)
  })

  it.each<[string, Json]>([
    ['of a flow that was never made', { ...head, type: 'flowPaused', flow: 'nobody' }],
    [
      'of a member who was never added',
      { ...head, type: 'permissionsGranted', member: 'x', permissions: ['view'] },
    ],
    ['of a flow’s own stream', { ...head, type: 'lockTaken', flow: 'support', version: 'v1' }],
  ])('one %s in the stream of the workspace is named as well', async (_, event) => {
    const { lab } = await endingIn(() => event, 'workspace/acme')()
    await expect(lab.open().state()).rejects.toMatchObject({
      code: 'event.misplaced',
      problem: expect.stringContaining('revision 3 of the stream workspace/acme'),
    })
  })

  it('the events of another workspace are not taken for one’s own', async () => {
    const [lab] = await labWith()
    const stream = 'workspace/other'
    await lab.events.append([{ stream, expected: 0, events: await lab.events.read('workspace/acme') }])
    await expect(lab.open({ id: 'other' }).state()).rejects.toMatchObject({ code: 'event.misplaced' })
  })

  it('streams that were restored from different copies do not fit together', async () => {
    const [lab] = await labWith()
    const paused = { ...head, type: 'flowLabelled', flow: 'support', labels: ['x'] }
    await lab.events.append([{ stream: FLOW, expected: 1, events: [paused] }])
    const workspace = lab.open()
    const command = { type: 'comment', flow: 'support', version: 'v1', text: 'x' } as const
    await expect(workspace.execute(command, { by: 'ada' })).rejects.toMatchObject({ code: 'stream.torn' })
    expect(await workspace.flow('support')).toBeDefined()
  })
})
