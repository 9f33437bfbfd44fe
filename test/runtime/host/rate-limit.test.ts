import { describe, expect, it } from 'vitest'
import { RateLimit } from '../../../src/runtime/host/rate-limit.ts'
import { memoryChannel } from '../../../src/runtime/index.ts'
import { virtualClock } from '../../../src/testing/index.ts'
import { Bureau } from './bureau.ts'
import { say, talk } from './flows.ts'
import { begin, calling, left, quiet, scripted } from './working.ts'

/** How many of so many callers a rate has let through after each span of time. */
async function passed(rate: object, callers: number, spans: readonly number[]) {
  const clock = virtualClock()
  const limit = new RateLimit(rate as never, clock)
  let through = 0
  for (let i = 0; i < callers; i++) void limit.take().then(() => through++)
  const counts: number[] = []
  for (const span of spans) {
    for (let i = 0; i < span; i++) clock.advance(1)
    await quiet(2)
    counts.push(through)
  }
  return counts
}

describe('a rate', () => {
  it('[RUN-16] lets a burst through, and then so many a second', async () => {
    expect(await passed({ perSecond: 10, burst: 3 }, 20, [0, 99, 1, 200, 900])).toEqual([3, 3, 4, 6, 15])
  })

  it('[RUN-16] has a burst of a second unless it says', async () => {
    expect(await passed({ perSecond: 5 }, 20, [0, 200])).toEqual([5, 6])
  })

  it('[RUN-16] of less than one a second lets through one at a time', async () => {
    expect(await passed({ perSecond: 0.5 }, 5, [0, 1_999, 1, 2_000])).toEqual([1, 1, 2, 3])
  })

  it('[RUN-16] of nothing lets the burst through and no more, and does not spin', async () => {
    expect(await passed({ perSecond: 0 }, 5, [0, 120_000])).toEqual([1, 1])
  })

  it('[RUN-16] keeps its pace when the clock is set back', async () => {
    const base = virtualClock()
    let offset = 0
    const clock = { ...base, now: () => base.now() + offset }
    const limit = new RateLimit({ perSecond: 1, burst: 1 }, clock)
    await limit.take()
    offset = -3_600_000
    let through = false
    void limit.take().then(() => {
      through = true
    })
    base.advance(1_000)
    base.advance(1_000)
    await quiet(2)
    expect(through).toBe(true)
  })

  it('[RUN-16] holds nobody when it has been released, then or later', async () => {
    const limit = new RateLimit({ perSecond: 1, burst: 1 }, virtualClock())
    await limit.take()
    const waiting = limit.take()
    limit.release()
    await waiting
    await limit.take()
  })
})

describe('a channel with a rate', () => {
  const three = () =>
    talk('three', { trigger: 'manual' }, [say('a', 'One'), say('b', 'Two'), say('c', 'Three')])

  it('[RUN-16] is sent no more than it takes, in order', async () => {
    const sms = memoryChannel('sms', { rate: { perSecond: 1, burst: 1 } })
    const bureau = await Bureau.open({ channels: [sms] })
    await bureau.release(three())
    await bureau.host.trigger({ flow: 'three', contact: 'ada-lovelace', channel: 'sms' })
    await quiet()
    expect(sms.transcript()).toEqual(['One'])
    bureau.clock.advance('1s')
    await quiet()
    expect(sms.transcript()).toEqual(['One', 'Two'])
    await bureau.pass('1s')
    expect(sms.transcript()).toEqual(['One', 'Two', 'Three'])
  })

  it('[RUN-16] takes no place from others while it waits', async () => {
    const sms = memoryChannel('sms', { rate: { perSecond: 1, burst: 1 } })
    const script = scripted({ status: 200 })
    const bureau = await Bureau.open({
      channels: [sms],
      handlers: { 'http.request': script.handler },
      effectConcurrency: 1,
    })
    await bureau.release(three())
    await bureau.release(calling())
    await bureau.host.trigger({ flow: 'three', contact: 'ada-lovelace', channel: 'sms' })
    await quiet()
    const started = await bureau.host.trigger({ flow: 'calling' })
    await quiet()
    expect((await left(bureau, (started as { session: string }).session))[1]).toBe('call:success')
  })

  it('[RUN-16] does not keep a host from closing, and what waits is sent by the next one', async () => {
    const sms = memoryChannel('sms', { rate: { perSecond: 1, burst: 1 } })
    const bureau = await Bureau.open({ channels: [sms] })
    await bureau.release(three())
    await bureau.host.trigger({ flow: 'three', contact: 'ada-lovelace', channel: 'sms' })
    await quiet()
    await bureau.host.close({ graceMs: 60_000 })
    const next = memoryChannel('sms')
    await bureau.restart({ channels: [next] })
    expect(new Set([...sms.transcript(), ...next.transcript()])).toEqual(new Set(['One', 'Two', 'Three']))
    expect(await bureau.store.sessions.outbox('acme', 0, 10)).toEqual([])
  })
})

describe('what a channel can do', () => {
  it('[RUN-16] decides who says something: no other channel does instead', async () => {
    const sms = memoryChannel('sms', { effects: ['card.send'] })
    const bureau = await Bureau.open({ channels: [sms] })
    await bureau.release(talk('hello', { trigger: 'manual' }, [say('a', 'One')]))
    const session = await begin(bureau, 'hello')
    expect(sms.sent).toEqual([])
    const { items } = await bureau.host.sessions.deadLetters({ session })
    expect(items[0]!.reason).toContain('effect.noHandler')
  })
})
