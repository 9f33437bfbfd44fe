import { describe, expect, it } from 'vitest'
import type { ReleasePlan } from '../../../src/releases/index.ts'
import { memoryChannel } from '../../../src/runtime/index.ts'
import { Bureau, support } from './bureau.ts'
import { node, say, talk } from './flows.ts'
import { begin, quiet } from './working.ts'

const BUTTONS = [{ value: 'yes' }, { value: 'no' }]

/** Puts a card before the contact, and waits for its answer. */
const carding = (text = 'Tomorrow at nine?') =>
  talk('carding', { trigger: 'manual' }, [
    node('card', 'send-card@1', { title: text, buttons: BUTTONS }, ['yes', 'no', 'failed']),
  ])

/** Sends a card that nobody has to answer, and ends. */
const leaflet = (title = 'A leaflet') =>
  talk('leaflet', { trigger: 'manual' }, [node('card', 'send-card@1', { title }, ['next'])])

async function headOf(bureau: Bureau, session: string) {
  return (await bureau.host.sessions.inspect(session))!.head
}

function withdrawn(bureau: Bureau): readonly unknown[] {
  return bureau.sms.sent
    .filter(({ effect }) => effect.type === 'card.withdraw')
    .map(({ effect }) => effect.card)
}

/** What the plan of a version to come says of sessions. */
async function report(bureau: Bureau, flow: string) {
  const from = Object.keys((await bureau.workspace.flow(flow))!.versions).at(-1)!
  const { version } = await bureau.send({ type: 'branch', flow, from })
  const asked = { flow, version: version!.id, slot: 'official' as const, answers: {} }
  return ((await bureau.workspace.plan(asked, { by: 'ada' })) as ReleasePlan).running
}

describe('the report of a release', () => {
  it('[RUN-5] lists sessions on earlier versions by version and by the node that they wait at', async () => {
    const bureau = await Bureau.open()
    await bureau.release(support())
    await bureau.write('hello', '+491')
    await bureau.write('hello', '+492')
    await bureau.write('3', '+492')
    await bureau.release(support())
    await bureau.write('hello', '+493')
    const running = await report(bureau, 'support')
    expect(running).toMatchObject({
      versions: [
        { version: 'v1', sessions: 2, waiting: { ask: 1, menu: 1 } },
        { version: 'v2', sessions: 1, waiting: { menu: 1 } },
      ],
    })
  })

  it('[RUN-5] counts the cards that are out, and those of ended sessions apart', async () => {
    const bureau = await Bureau.open()
    await bureau.release(carding())
    await bureau.release(leaflet())
    await begin(bureau, 'carding')
    await begin(bureau, 'leaflet')
    await begin(bureau, 'leaflet')
    expect(await report(bureau, 'carding')).toMatchObject({
      versions: [{ version: 'v1', sessions: 1, cards: 1 }],
      endedCards: 0,
    })
    expect(await report(bureau, 'leaflet')).toMatchObject({ versions: [], endedCards: 2 })
  })

  it('[RUN-5] [RUN-7] says nothing of test sessions', async () => {
    const bureau = await Bureau.open()
    await bureau.define('testContact', { id: 'tess', name: 'Tess', addresses: ['+4999'] })
    await bureau.release(carding())
    await bureau.host.test({ flow: 'carding', version: 'v1', contact: 'tess', by: 'ben' })
    await bureau.host.settled()
    expect(await report(bureau, 'carding')).toMatchObject({ versions: [], endedCards: 0 })
  })
})

describe('sessions that a release leaves behind', () => {
  it('[RUN-5] are kept unless it says otherwise, and end on their version', async () => {
    const bureau = await Bureau.open()
    await bureau.release(carding())
    const session = await begin(bureau, 'carding')
    await bureau.release(carding('Tomorrow at ten?'))
    expect(await headOf(bureau, session)).toMatchObject({ status: 'waiting', version: 'v1' })
  })

  it('[RUN-5] are cancelled where it says so, with their cards left where they are', async () => {
    const bureau = await Bureau.open()
    await bureau.release(carding())
    const session = await begin(bureau, 'carding')
    await bureau.release(carding('Tomorrow at ten?'), { running: 'cancel' })
    expect(await headOf(bureau, session)).toMatchObject({ status: 'ended', outcome: 'signal.cancel' })
    expect(withdrawn(bureau)).toEqual([])
    expect((await bureau.host.sessions.history(session)).at(-1)).toMatchObject({
      by: 'release',
      operation: 'cancel',
    })
  })

  it('[RUN-5] lose their cards, too, where it says so', async () => {
    const bureau = await Bureau.open()
    await bureau.release(carding())
    const session = await begin(bureau, 'carding')
    await bureau.release(carding('Tomorrow at ten?'), { running: 'cancelAndWithdraw' })
    expect((await headOf(bureau, session)).status).toBe('ended')
    expect(withdrawn(bureau)).toEqual([`${session}:2`])
    expect(await report(bureau, 'carding')).toMatchObject({ versions: [], endedCards: 0 })
  })

  it('[RUN-5] lose messages with buttons where the channel can take them back', async () => {
    const sms = memoryChannel('sms', { effects: ['message.send', 'message.withdraw'] })
    const bureau = await Bureau.open({ channels: [sms] })
    const menu = (prompt: string) =>
      talk('menu', { trigger: 'message', channel: 'sms' }, [
        node('menu', 'menu@1', { prompt, options: [{ value: '1' }, { value: '2' }], buttons: true }, [
          '1',
          '2',
          'noMatch',
        ]),
      ])
    await bureau.release(menu('One or two?'))
    await bureau.write('hello')
    await bureau.release(menu('Two or one?'), { running: 'cancelAndWithdraw' })
    const types = sms.sent.map(({ effect }) => effect.type)
    expect(types).toEqual(['message.send', 'message.withdraw'])
  })

  it('[RUN-22] [RUN-5] may be led on by the flow, and end all the same', async () => {
    const bureau = await Bureau.open()
    const apologetic = (prompt: string) =>
      talk('apologetic', { trigger: 'manual' }, [
        node('wait', 'wait-for-event@1', { event: 'go' }, ['received', 'on:cancel']),
        say('sorry', prompt),
        node('again', 'wait-for-event@1', { event: 'go' }, ['received']),
      ])
    await bureau.release(apologetic('We are sorry.'))
    const session = await begin(bureau, 'apologetic')
    await bureau.release(apologetic('We regret.'), { running: 'cancel' })
    expect(bureau.sms.transcript()).toEqual(['We are sorry.'])
    expect((await headOf(bureau, session)).status).toBe('ended')
  })

  it('[RUN-5] are those on versions that no slot holds: gray ones go on', async () => {
    const bureau = await Bureau.open()
    await bureau.define('grayRule', {
      id: 'ada',
      name: 'Ada',
      match: { kind: 'contacts', contacts: ['ada-lovelace'] },
    })
    await bureau.release(carding())
    const old = await bureau.host.trigger({ flow: 'carding', contact: 'bob', channel: 'sms' })
    await bureau.release(carding('Gray'), { rule: 'ada' }, 'gray')
    const gray = await begin(bureau, 'carding')
    await bureau.release(carding('New'), { running: 'cancel' })
    expect(await headOf(bureau, gray)).toMatchObject({ status: 'waiting', version: 'v2' })
    expect((await headOf(bureau, (old as { session: string }).session)).status).toBe('ended')
  })

  it('[RUN-5] [RUN-7] are no test sessions', async () => {
    const bureau = await Bureau.open()
    await bureau.define('testContact', { id: 'tess', name: 'Tess', addresses: ['+4999'] })
    await bureau.release(carding())
    const tested = await bureau.host.test({ flow: 'carding', version: 'v1', contact: 'tess', by: 'ben' })
    await bureau.release(carding('New'), { running: 'cancelAndWithdraw' })
    expect((await headOf(bureau, (tested as { session: string }).session)).status).toBe('waiting')
  })
})

describe('cards of sessions that have ended', () => {
  it('[RUN-5] are withdrawn where the release says so, without cancelling anybody', async () => {
    const bureau = await Bureau.open()
    await bureau.release(leaflet())
    const session = await begin(bureau, 'leaflet')
    await bureau.release(leaflet('Another'), { withdrawEnded: true })
    expect(withdrawn(bureau)).toEqual([`${session}:1`])
    expect(await report(bureau, 'leaflet')).toMatchObject({ endedCards: 0 })
  })

  it('[RUN-5] are those of before: who is cancelled by the release keeps theirs', async () => {
    const bureau = await Bureau.open()
    await bureau.release(carding())
    await begin(bureau, 'carding')
    await bureau.release(carding('New'), { running: 'cancel', withdrawEnded: true })
    expect(withdrawn(bureau)).toEqual([])
    expect(await report(bureau, 'carding')).toMatchObject({ endedCards: 1 })
  })

  it('[RUN-5] stay where the release does not say so', async () => {
    const bureau = await Bureau.open()
    await bureau.release(leaflet())
    await begin(bureau, 'leaflet')
    await bureau.release(leaflet('Another'), { running: 'cancelAndWithdraw' })
    expect(withdrawn(bureau)).toEqual([])
  })
})

describe('what a release asks for', () => {
  it('[RUN-5] is carried out by the next host where none was running', async () => {
    const bureau = await Bureau.open()
    await bureau.release(carding())
    const session = await begin(bureau, 'carding')
    await bureau.host.close()
    await bureau.release(carding('New'), { running: 'cancelAndWithdraw' })
    expect((await bureau.store.sessions.read('acme', session))!.head.status).toBe('waiting')
    await bureau.restart()
    expect((await headOf(bureau, session)).status).toBe('ended')
    expect(withdrawn(bureau)).toEqual([`${session}:2`])
  })

  it('[RUN-5] spares what a later release has started before it is carried out', async () => {
    const bureau = await Bureau.open()
    await bureau.release(carding())
    const { cursor } = bureau.store.sessions
    // The host comes to know of releases only later.
    bureau.store.sessions.cursor = () => Promise.reject(new Error('The disk is full'))
    await bureau.release(carding('Two'), { running: 'cancel' })
    const second = await begin(bureau, 'carding')
    bureau.clock.advance(1)
    await bureau.release(carding('Three'), { running: 'keep' })
    bureau.store.sessions.cursor = cursor
    await bureau.pass('10s')
    expect(await headOf(bureau, second)).toMatchObject({ status: 'waiting', version: 'v2' })
  })

  it('[RUN-5] is carried out to the end where the host dies after any commit in the middle', async () => {
    for (let commits = 0; commits < 6; commits++) {
      const bureau = await Bureau.open()
      await bureau.release(carding())
      const sessions = [await begin(bureau, 'carding'), await begin(bureau, 'carding')]
      await bureau.host.close()
      await bureau.release(carding('New'), { running: 'cancelAndWithdraw' })
      const { commit } = bureau.store.sessions
      let open = commits
      bureau.store.sessions.commit = async (tenant, list) =>
        open-- > 0 ? commit(tenant, list) : new Promise(() => {})
      void bureau.restart()
      await quiet()
      bureau.store.sessions.commit = commit
      await bureau.start()
      for (const session of sessions) expect((await headOf(bureau, session)).status).toBe('ended')
      expect([...withdrawn(bureau)].sort()).toEqual(sessions.map((session) => `${session}:2`).sort())
    }
  })
})
