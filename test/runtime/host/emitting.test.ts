import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../../src/runtime/index.ts'
import { Bureau } from './bureau.ts'
import { awaitEvent, talk } from './flows.ts'

const payment = (id = 'payment', event = 'paid') =>
  talk(id, { trigger: 'manual' }, [awaitEvent('wait', event)])

describe('an event that very many wait for', () => {
  it('[RUN-23] costs, where it concerns one contact, no more than their sessions', async () => {
    const store = memoryStore()
    let reads = 0
    const read: typeof store.sessions.read = (...given) => {
      reads++
      return store.sessions.read(...given)
    }
    const sessions = { ...store.sessions, read }
    const bureau = await Bureau.open({ cachedSessions: 0 }, { ...store, sessions })
    await bureau.release(payment())
    await bureau.release(payment('other', 'sent'))
    for (let i = 0; i < 1_200; i++) await bureau.host.trigger({ flow: 'payment', contact: `c${i}` })
    await bureau.host.trigger({ flow: 'other', contact: 'c700' })
    reads = 0
    const emitted = await bureau.host.emit({ name: 'paid', contact: 'c700', id: 'p1' })
    expect(emitted).toMatchObject({ ok: true, taken: [expect.any(String)] })
    expect(reads).toBeLessThan(10)
    const { items } = await bureau.host.sessions.list({ contact: 'c700' })
    expect(items.map(({ head }) => `${head.flow} ${head.status}`).sort()).toEqual([
      'other waiting',
      'payment ended',
    ])
  })

  it('[RUN-23] reaches all of them where it concerns nobody in particular', async () => {
    const bureau = await Bureau.open()
    await bureau.release(payment())
    for (let i = 0; i < 1_200; i++) await bureau.host.trigger({ flow: 'payment', contact: `c${i}` })
    const emitted = await bureau.host.emit({ name: 'paid' })
    expect(emitted.ok && emitted.taken.length).toBe(1_200)
  })
})
