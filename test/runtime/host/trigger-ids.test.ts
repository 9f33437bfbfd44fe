import { describe, expect, it } from 'vitest'
import { ADA, Bureau } from './bureau.ts'
import { asking, codeOf, sessionOf, startedFlows } from './flows.ts'

const MANUAL = { trigger: 'manual' }
const EVENT = { trigger: 'event', event: 'paid' }

async function withFlow(start: object = MANUAL): Promise<Bureau> {
  const bureau = await Bureau.open()
  await bureau.release(asking('it', start))
  return bureau
}

describe('a trigger with an id', () => {
  const start = (bureau: Bureau, id: string, flow = 'it') =>
    bureau.host.trigger({ flow, id, contact: { address: ADA } })

  it('starts once, however many come at once', async () => {
    const bureau = await withFlow()
    const all = await Promise.all(Array.from({ length: 20 }, () => start(bureau, 'x')))
    expect(new Set(all.map(sessionOf)).size).toBe(1)
    expect(all.filter((each) => each.ok && !each.duplicate)).toHaveLength(1)
    expect(await startedFlows(bureau)).toEqual(['it'])
  })

  it('gets the same session after that has ended, after a restart, and while the flow is paused', async () => {
    const bureau = await withFlow()
    const session = sessionOf(await start(bureau, 'x'))
    await bureau.host.deliver(session, { type: 'signal', name: 'hangup' })
    const again = { ok: true, session, duplicate: true }
    expect(await start(bureau, 'x')).toEqual(again)
    await bureau.restart()
    expect(await start(bureau, 'x')).toEqual(again)
    await bureau.send({ type: 'pause', flow: 'it' })
    expect(await start(bureau, 'x')).toEqual(again)
    expect(codeOf(await start(bureau, 'y'))).toBe('route.paused')
  })

  it('is its flow’s own, and is forgotten in time', async () => {
    const bureau = await withFlow()
    await bureau.release(asking('other', MANUAL))
    await bureau.restart({ rememberMs: 1_000 })
    const session = sessionOf(await start(bureau, 'x'))
    expect(sessionOf(await start(bureau, 'x', 'other'))).not.toBe(session)
    await bureau.pass('1s')
    expect(await start(bureau, 'x')).toMatchObject({ duplicate: false })
  })

  it('that was refused can be sent again', async () => {
    const bureau = await withFlow()
    await bureau.send({ type: 'pause', flow: 'it' })
    expect(codeOf(await start(bureau, 'x'))).toBe('route.paused')
    await bureau.send({ type: 'resume', flow: 'it' })
    expect(await start(bureau, 'x')).toMatchObject({ duplicate: false })
  })

  it('of an event starts each of its flows once', async () => {
    const bureau = await withFlow(EVENT)
    await bureau.release(asking('too', EVENT))
    const emit = () => bureau.host.emit({ name: 'paid', id: 'e1' })
    const all = await Promise.all([emit(), emit(), emit()])
    expect(all.flatMap((each) => (each.ok ? each.started : []))).toHaveLength(2)
    await bureau.restart()
    expect(await emit()).toEqual({ ok: true, taken: [], started: [] })
  })
})
