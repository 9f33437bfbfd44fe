import { describe, expect, it } from 'vitest'
import type { TriggerRequest } from '../../../src/runtime/index.ts'
import { ADA, Bureau } from './bureau.ts'
import { asking, codeOf, comes, node, SMS, say, sessionOf, startedFlows, talk, VOICE } from './flows.ts'

const BEN = '+4915100000002'
const MANUAL = { trigger: 'manual' }

/** What a start node declares, by the kind of trigger. */
const DECLARED = {
  manual: MANUAL,
  message: { trigger: 'message', channel: 'sms' },
  call: { trigger: 'call' },
  segment: { trigger: 'segment', segment: 'vip' },
  event: { trigger: 'event', event: 'paid' },
  flow: { trigger: 'flow' },
  link: { trigger: 'link' },
} as const
type Kind = keyof typeof DECLARED

/** Everything that can happen to a workspace, by the kind of trigger that it is. */
const HAPPENS: { readonly [Each in Kind]: (bureau: Bureau) => Promise<unknown> } = {
  manual: ({ host }) => host.trigger({ flow: 'it', contact: { address: ADA } }),
  message: ({ host }) => host.receive({ channel: 'sms', from: ADA, to: SMS, text: 'hello' }),
  call: ({ host }) => host.receive({ channel: 'voice', from: ADA, to: VOICE }),
  segment: ({ host }) => host.enterSegment('vip', 'ada-lovelace'),
  event: ({ host }) => host.emit({ name: 'paid', contact: 'ada-lovelace' }),
  flow: ({ host }) => host.trigger({ flow: 'it', type: 'flow', contact: { address: ADA } }),
  link: ({ host }) => host.trigger({ flow: 'it', type: 'link', contact: { address: ADA } }),
}
const KINDS = Object.keys(DECLARED) as Kind[]

async function open(): Promise<Bureau> {
  const bureau = await Bureau.open()
  await bureau.define('segment', { id: 'vip', name: 'VIP' })
  await bureau.define('grayRule', { id: 'ben', name: 'ben', match: { kind: 'numbers', numbers: [BEN] } })
  return bureau
}

async function withFlow(start: object, prompt?: string): Promise<Bureau> {
  const bureau = await open()
  await bureau.release(asking('it', start, prompt))
  return bureau
}

describe('a flow', () => {
  it.each(KINDS)(
    '[RUN-4] [DOC-4] that declares the trigger %s is started by it and by nothing else',
    async (kind) => {
      const bureau = await withFlow(DECLARED[kind])
      for (const other of KINDS.filter((each) => each !== kind)) await HAPPENS[other](bureau)
      expect(await startedFlows(bureau)).toEqual([])
      await HAPPENS[kind](bureau)
      await bureau.host.settled()
      const { items } = await bureau.host.sessions.list()
      expect(items).toHaveLength(1)
      const [{ session } = { session: '' }] = items
      expect((await bureau.host.sessions.inspect(session))!.about.kind).toBe(kind)
    },
  )

  it.each(KINDS)('[RUN-4] that declares %s speaks to its contact, whatever starts it', async (kind) => {
    const bureau = await open()
    // What starts it has brought the channel, or else a node names it.
    const named = kind === 'message' || kind === 'call' ? {} : { channel: 'sms' }
    const hi = node('hi', 'send-message@1', { prompt: 'Hi {{contact.name}}', ...named })
    await bureau.release(talk('it', DECLARED[kind], [hi]))
    const channel = kind === 'call' ? bureau.voice : bureau.sms
    await HAPPENS[kind](bureau)
    await bureau.host.settled()
    expect(channel.transcript(ADA)).toEqual(['Hi Ada'])
  })

  it('[RUN-4] that is not released is started by nothing', async () => {
    for (const kind of KINDS) {
      const bureau = await open()
      await bureau.send({ type: 'createFlow', flow: 'it' }, 'ada', asking('it', DECLARED[kind]))
      await HAPPENS[kind](bureau)
      expect(await startedFlows(bureau)).toEqual([])
    }
    const bureau = await open()
    expect(codeOf(await bureau.host.trigger({ flow: 'it' }))).toBe('route.noFlow')
    await bureau.send({ type: 'createFlow', flow: 'it' }, 'ada', asking('it', MANUAL))
    expect(codeOf(await bureau.host.trigger({ flow: 'it' }))).toMatch(/^route\.(noFlow|notReleased)$/)
  })

  it('[RUN-4] whose release was cancelled is started by nothing, and it is said', async () => {
    const bureau = await withFlow(MANUAL)
    await bureau.send({ type: 'cancelRelease', flow: 'it', slot: 'official', running: 'keep' })
    expect(codeOf(await bureau.host.trigger({ flow: 'it' }))).toBe('route.notReleased')
  })

  it.each(KINDS)(
    '[RUN-4] that is paused is not started by %s, and is again when it goes on',
    async (kind) => {
      const bureau = await withFlow(DECLARED[kind])
      await bureau.send({ type: 'pause', flow: 'it' })
      await HAPPENS[kind](bureau)
      expect(await startedFlows(bureau)).toEqual([])
      expect(codeOf(await bureau.host.trigger({ flow: 'it', type: kind }))).toBe('route.paused')
      await bureau.send({ type: 'resume', flow: 'it' })
      await bureau.host.leaveSegment('vip', 'ada-lovelace')
      await HAPPENS[kind](bureau)
      expect(await startedFlows(bureau)).toEqual(['it'])
    },
  )

  it('[RUN-4] [GRY-2] that is gray alone starts for whom the rule names, and is refused to others', async () => {
    const bureau = await open()
    await bureau.release(asking('it', MANUAL), { rule: 'ben' }, 'gray')
    expect(codeOf(await bureau.host.trigger({ flow: 'it', contact: { address: ADA } }))).toBe(
      'route.grayOnly',
    )
    expect(await bureau.host.trigger({ flow: 'it', contact: { address: BEN } })).toMatchObject({
      ok: true,
      route: { slot: 'gray', rule: 'ben' },
    })
  })

  it('[RUN-4] each version goes by its own trigger', async () => {
    const bureau = await withFlow(MANUAL)
    await bureau.release(asking('it', DECLARED.link), { rule: 'ben' }, 'gray')
    const start = (address: string, type: TriggerRequest['type']) =>
      bureau.host.trigger({ flow: 'it', contact: { address }, ...(type === undefined ? {} : { type }) })
    expect(codeOf(await start(BEN, 'manual'))).toBe('trigger.kind')
    expect(codeOf(await start(BEN, 'link'))).toBe('ok')
    expect(codeOf(await start(ADA, 'link'))).toBe('trigger.kind')
    expect(codeOf(await start(ADA, 'manual'))).toBe('ok')
  })

  it('[RUN-4] a campaign that was associated earlier starts nothing, and then starts it on its own behalf', async () => {
    const bureau = await open()
    await bureau.send({ type: 'createFlow', flow: 'it' }, 'ada', asking('it', MANUAL))
    const start = () => bureau.host.trigger({ flow: 'it', campaign: 'spring', contact: { address: ADA } })
    expect(codeOf(await start())).toMatch(/^route\./)
    await bureau.releaseVersion('it', 'v1')
    expect(await startedFlows(bureau)).toEqual([])
    const session = sessionOf(await start())
    expect((await bureau.host.sessions.inspect(session))!.about).toMatchObject({
      kind: 'manual',
      campaign: 'spring',
    })
  })

  it('[RUN-4] says in a refusal what it is and what would lift it', async () => {
    const bureau = await withFlow(DECLARED.link)
    expect(await bureau.host.trigger({ flow: 'it' })).toMatchObject({
      code: 'trigger.kind',
      details: { flow: 'it', expected: 'link', kind: 'manual' },
      reason: 'The flow it is started by link, and this is manual.',
    })
  })

  it('[DOC-4] of another channel, segment or event is not started', async () => {
    const bureau = await open()
    await bureau.define('segment', { id: 'other', name: 'other' })
    for (const kind of ['message', 'segment', 'event'] as const)
      await bureau.release(asking(kind, DECLARED[kind]))
    await comes(bureau, { channel: 'voice', from: ADA, text: 'hello' })
    await bureau.host.enterSegment('other', 'ada-lovelace')
    await bureau.host.emit({ name: 'unpaid' })
    expect(await startedFlows(bureau)).toEqual([])
  })
})

describe('data that comes with a trigger', () => {
  const start = { ...MANUAL, data: [{ name: 'order', type: 'text', required: true }] }

  it('[DOC-4] is read by the flow', async () => {
    const bureau = await open()
    await bureau.release(talk('it', start, [say('hi', 'Order {{trigger.data.order}}')]))
    await bureau.host.trigger({ flow: 'it', contact: { address: ADA }, channel: 'sms', data: { order: '7' } })
    await bureau.host.settled()
    expect(bureau.sms.transcript(ADA)).toEqual(['Order 7'])
  })

  it.each([undefined, {}, { order: null }])(
    '[DOC-4] that is required and missing (%j) is a refusal',
    async (data) => {
      const bureau = await open()
      await bureau.release(talk('it', start, [say('hi', 'Order {{trigger.data.order}}')]))
      const refused = await bureau.host.trigger({ flow: 'it', ...(data && { data: data as never }) })
      expect(codeOf(refused)).toBe('trigger.data')
      expect(await startedFlows(bureau)).toEqual([])
    },
  )
})

describe('a flow that another one asks for', () => {
  it('[RUN-4] goes on with the journey of the session that it starts because of', async () => {
    const bureau = await open()
    await bureau.release(asking('first', MANUAL))
    await bureau.release(asking('second', DECLARED.flow))
    const from = sessionOf(await bureau.host.trigger({ flow: 'first' }))
    const next = async (of: string) =>
      sessionOf(await bureau.host.trigger({ flow: 'second', type: 'flow', from: of }))
    const second = await next(from)
    const third = await next(second)
    for (const session of [second, third])
      expect((await bureau.host.sessions.inspect(session))!.state.journey).toBe(from)
    expect(codeOf(await bureau.host.trigger({ flow: 'second', type: 'flow', from: 'nobody' }))).toBe(
      'session.unknown',
    )
  })
})

describe('how a session speaks that nobody has told a channel', () => {
  it('goes by the first application of its version, and the address that this channel reaches', async () => {
    const bureau = await open()
    const sms = Object.assign(Object.create(bureau.sms), { reaches: (to: string) => to.startsWith('+') })
    await bureau.restart({ channels: [sms, bureau.voice] })
    await bureau.store.contacts.put('acme', { id: 'ben', addresses: ['ben@example.com', BEN], fields: {} })
    const spoken = { ...say('hi', 'Hi'), config: { prompt: 'Hi', channel: 'sms' } }
    await bureau.release(talk('it', DECLARED.event, [spoken, say('ho', 'Ho')]))
    await bureau.host.emit({ name: 'paid', contact: 'ben' })
    await bureau.host.settled()
    expect(bureau.sms.transcript(BEN)).toEqual(['Hi', 'Ho'])
    expect(bureau.errors).toEqual([])
  })
})
