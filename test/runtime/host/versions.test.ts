import { describe, expect, it } from 'vitest'
import type { FlowDocument } from '../../../src/index.ts'
import { ADA, Bureau } from './bureau.ts'
import { ask, call, codeOf, node, say, sessionOf, talk } from './flows.ts'

const MANUAL = { trigger: 'manual' }
const SUB = { trigger: 'flow' }

/** Fails where the variable `ticket` is no number. */
const sum = (id: string) =>
  node(id, 'set-variables@1', { assignments: [{ variable: 'ticket', value: 'string(int(ticket))' }] })

/** A flow of three levels, each of which says its version; it waits in the deepest one. */
const levels = (version: string): readonly FlowDocument[] => [
  talk('deep', SUB, [ask('wait', `deep ${version}?`), say('said', `deep ${version}`)]),
  talk('sub', SUB, [call('deep', 'deep'), say('said', `sub ${version}`)]),
  talk('main', MANUAL, [
    call('sub', 'sub'),
    say('said', `main ${version}`),
    ask('more', `more ${version}?`),
    sum('sum'),
  ]),
]

const rescue = (version: string): FlowDocument => ({
  ...talk('rescue', SUB, [call('deep', 'deep'), say('said', `rescue ${version}`)]),
  role: 'exception',
})

async function release(bureau: Bureau, documents: readonly FlowDocument[]): Promise<void> {
  for (const document of documents) await bureau.release(document)
}

async function begin(bureau: Bureau, flow = 'main'): Promise<string> {
  const started = await bureau.host.trigger({ flow, contact: { address: ADA }, channel: 'sms' })
  await bureau.host.settled()
  return sessionOf(started)
}

/** Gives a session a text, and tells what it has said since. */
async function reply(bureau: Bureau, session: string, text: string): Promise<readonly string[]> {
  const before = bureau.sms.transcript().length
  const given = await bureau.host.deliver(session, { type: 'text', text })
  if (!given.ok) throw new Error(given.code)
  await bureau.host.settled()
  return bureau.sms.transcript().slice(before)
}

async function statusOf(bureau: Bureau, session: string) {
  const { head } = (await bureau.host.sessions.inspect(session))!
  return [head.status, head.outcome]
}

describe.each([
  ['in one process', async () => {}],
  ['over a restart', async (bureau: Bureau) => void (await bureau.restart())],
])('a session while everything is released anew, %s', (_, meanwhile) => {
  async function released(): Promise<[Bureau, string]> {
    const bureau = await Bureau.open()
    await release(bureau, levels('1'))
    await bureau.release(rescue('1'))
    await bureau.send({ type: 'setExceptionFlow', medium: 'any', flow: 'rescue' })
    const session = await begin(bureau)
    await release(bureau, [...levels('2'), rescue('2')])
    await meanwhile(bureau)
    return [bureau, session]
  }

  it('[RUN-2] runs to its end on the versions pinned at its start, subflows of every level too', async () => {
    const [bureau, session] = await released()
    expect(await reply(bureau, session, 'x')).toEqual(['deep 1', 'sub 1', 'main 1', 'more 1?'])
    expect(await reply(bureau, session, '7')).toEqual([])
    expect(await statusOf(bureau, session)).toEqual(['ended', 'done'])
  })

  it('[RUN-2] [RUN-8] enters the exception flow pinned at its start, which calls the versions pinned then', async () => {
    const [bureau, session] = await released()
    await reply(bureau, session, 'x')
    expect(await reply(bureau, session, 'no number')).toEqual(['deep 1?'])
    await release(bureau, [rescue('3')])
    await meanwhile(bureau)
    expect(await reply(bureau, session, 'x')).toEqual(['deep 1', 'rescue 1'])
    expect(await statusOf(bureau, session)).toEqual(['ended', 'done'])
  })

  it('[RUN-2] one that starts after the release runs the new versions', async () => {
    const [bureau] = await released()
    const session = await begin(bureau)
    expect(await reply(bureau, session, 'x')).toEqual(['deep 2', 'sub 2', 'main 2', 'more 2?'])
  })

  it('[RUN-2] runs on where its flow is paused, or taken back', async () => {
    const [bureau, session] = await released()
    await bureau.send({ type: 'pause', flow: 'sub' })
    await bureau.send({ type: 'cancelRelease', flow: 'main', slot: 'official', running: 'keep' })
    await meanwhile(bureau)
    expect(await reply(bureau, session, 'x')).toEqual(['deep 1', 'sub 1', 'main 1', 'more 1?'])
  })
})

describe('a subflow that follows official', () => {
  const main = talk('main', MANUAL, [
    ask('first', 'first?'),
    call('sub', 'sub', { version: 'official' }),
    ask('then', 'then?'),
    call('again', 'sub', { version: 'official' }),
  ])
  /** What the new version of `sub` calls the session has never heard of: flows two levels deep. */
  const fresh = (version: string): readonly FlowDocument[] => [
    talk('leaf', SUB, [ask('wait', `leaf ${version}?`), say('said', `leaf ${version}`)]),
    talk('branch', SUB, [
      ask('wait', `branch ${version}?`),
      call('leaf', 'leaf'),
      say('said', `branch ${version}`),
    ]),
    talk('sub', SUB, [call('branch', 'branch'), say('said', `sub ${version}`)]),
  ]

  async function open(): Promise<[Bureau, string]> {
    const bureau = await Bureau.open()
    await release(bureau, [talk('sub', SUB, [say('said', 'sub 1')]), main])
    return [bureau, await begin(bureau)]
  }

  it('[RUN-2] [RUN-11] takes the version that is official when the session gets there', async () => {
    const [bureau, session] = await open()
    await bureau.release(talk('sub', SUB, [say('said', 'sub 2')]))
    expect(await reply(bureau, session, 'x')).toEqual(['sub 2', 'then?'])
    await bureau.release(talk('sub', SUB, [say('said', 'sub 3')]))
    expect(await reply(bureau, session, 'x')).toEqual(['sub 3'])
    expect(await statusOf(bureau, session)).toEqual(['ended', 'done'])
  })

  it('[RUN-2] [RUN-11] calls flows that the session has never heard of, of every level', async () => {
    const [bureau, session] = await open()
    await release(bureau, fresh('2'))
    expect(await reply(bureau, session, 'x')).toEqual(['branch 2?'])
    expect(await reply(bureau, session, 'x')).toEqual(['leaf 2?'])
    expect(await reply(bureau, session, 'x')).toEqual(['leaf 2', 'branch 2', 'sub 2', 'then?'])
  })

  it('[RUN-2] [RUN-11] calls them also where none of them waits on the way', async () => {
    const [bureau, session] = await open()
    await release(bureau, [
      talk('leaf', SUB, [say('said', 'leaf 2')]),
      talk('branch', SUB, [call('leaf', 'leaf'), say('said', 'branch 2')]),
      talk('sub', SUB, [call('branch', 'branch'), say('said', 'sub 2')]),
    ])
    expect(await reply(bureau, session, 'x')).toEqual(['leaf 2', 'branch 2', 'sub 2', 'then?'])
  })

  it('[RUN-2] stays on the version that it took, with all that calls, over restarts and releases', async () => {
    const [bureau, session] = await open()
    await release(bureau, fresh('2'))
    await reply(bureau, session, 'x')
    await release(bureau, fresh('3'))
    await bureau.restart()
    expect(await reply(bureau, session, 'x')).toEqual(['leaf 2?'])
    await bureau.restart()
    expect(await reply(bureau, session, 'x')).toEqual(['leaf 2', 'branch 2', 'sub 2', 'then?'])
    await bureau.restart()
    expect(await reply(bureau, session, 'x')).toEqual(['branch 3?'])
  })

  it('[RUN-2] the version that it took is recorded with the session', async () => {
    const [bureau, session] = await open()
    const version = await bureau.release(talk('sub', SUB, [ask('wait', 'wait?')]))
    await reply(bureau, session, 'x')
    const { about, state } = (await bureau.host.sessions.inspect(session))!
    expect(about.versions!.sub).toBe(version)
    const { official } = (await bureau.workspace.state()).flows.sub!
    expect(state.frames.at(-1)).toMatchObject({ flow: 'sub', hash: official!.executable })
  })

  it('[RUN-2] [RUN-8] that is not official by then is an error with a code', async () => {
    const [bureau, session] = await open()
    await bureau.send({ type: 'cancelRelease', flow: 'main', slot: 'official', running: 'keep' })
    await bureau.send({ type: 'cancelRelease', flow: 'sub', slot: 'official', running: 'keep' })
    await reply(bureau, session, 'x')
    expect(await statusOf(bureau, session)).toEqual(['failed', 'flow.notResolved'])
  })
})

describe('an error', () => {
  async function failing(
    edit: (flow: FlowDocument) => FlowDocument = (flow) => flow,
  ): Promise<[Bureau, string]> {
    const bureau = await Bureau.open()
    await bureau.release(edit(talk('main', MANUAL, [ask('ask', 'ask?'), sum('sum'), say('said', 'went on')])))
    return [bureau, await begin(bureau)]
  }

  it('[RUN-8] goes to its connector', async () => {
    const [bureau, session] = await failing((flow) => ({
      ...flow,
      connectors: [...flow.connectors, { id: 'err', from: { node: 'sum', outcome: 'on:error' }, to: 'said' }],
    }))
    expect(await reply(bureau, session, 'none')).toEqual(['went on'])
    expect(await statusOf(bureau, session)).toEqual(['ended', 'done'])
  })

  it('[RUN-8] of an effect that nobody does goes to an outcome of its node', async () => {
    const bureau = await Bureau.open()
    const outcomes = ['success', 'httpError', 'timeout', 'failed']
    const work = node('work', 'http-request@1', { url: 'https://example.com' }, outcomes)
    await bureau.release(talk('main', MANUAL, [work, say('said', 'went on')]))
    const session = await begin(bureau)
    expect(bureau.sms.transcript()).toEqual(['went on'])
    const left = await bureau.host.sessions.counts('left/main/v1/work/')
    expect([...left]).toEqual([['left/main/v1/work/failed', 1]])
    expect(await statusOf(bureau, session)).toEqual(['ended', 'done'])
  })

  it('[RUN-8] else goes to the exception flow', async () => {
    const bureau = await Bureau.open()
    const help = { ...talk('rescue', SUB, [say('sorry', 'sorry')]), role: 'exception' as const }
    await bureau.release(help)
    await bureau.send({ type: 'setExceptionFlow', medium: 'any', flow: 'rescue' })
    await bureau.release(talk('main', MANUAL, [ask('ask', 'ask?'), sum('sum')]))
    const session = await begin(bureau)
    expect(await reply(bureau, session, 'none')).toEqual(['sorry'])
    expect(await statusOf(bureau, session)).toEqual(['ended', 'done'])
  })

  it('[RUN-8] else fails the session with its code: in the head, the events and the counts', async () => {
    const [bureau, session] = await failing()
    const told: unknown[] = []
    bureau.host.events.subscribe((event) => {
      if (event.type === 'failed') told.push({ code: event.code, node: event.node })
    })
    expect(await reply(bureau, session, 'none')).toEqual([])
    const [status, code] = await statusOf(bureau, session)
    expect(status).toBe('failed')
    expect(code).toMatch(/^evaluation\./)
    expect(told).toEqual([{ code, node: 'sum' }])
    expect([...(await bureau.host.sessions.counts('failed/'))]).toEqual([[`failed/main/v1/${code}`, 1]])
    expect(codeOf(await bureau.host.deliver(session, { type: 'text', text: 'x' }))).toBe('session.ended')
  })
})
