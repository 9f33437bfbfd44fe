import { describe, expect, it } from 'vitest'
import type { FlowDocument } from '../../../src/index.ts'
import { createWorkPool, memoryStore, type Store } from '../../../src/runtime/index.ts'
import { ADA, Bureau } from './bureau.ts'
import { asking, codeOf, node, SMS, say, sessionOf, talk } from './flows.ts'
import { slowStore } from './slow-store.ts'

const ON_SMS = { trigger: 'message', channel: 'sms' }
const text = (said: string, from = ADA) => ({ channel: 'sms', from, to: SMS, text: said })

/** A flow that repeats each message, until a day has passed without one. */
function echo(): FlowDocument {
  const hear = node('hear', 'receive-message@1', { variable: 'ticket', timeout: '1d' }, ['received'])
  const flow = talk('echo', ON_SMS, [hear, say('repeat', '{{ticket}}')])
  const back = flow.connectors.map((each) => (each.from.node === 'repeat' ? { ...each, to: 'hear' } : each))
  const over = { id: 'over', from: { node: 'hear', outcome: 'timeout' }, to: 'end' }
  return { ...flow, connectors: [...back, over] }
}

describe('inputs that come at once', () => {
  it.each([1, 2, 3])('of one contact are taken in their order, none is lost (store %i)', async (seed) => {
    const bureau = await Bureau.open({}, slowStore(memoryStore(), seed))
    await bureau.release(echo())
    const words = Array.from({ length: 60 }, (_, n) => `word ${n}`)
    const received = await Promise.all(['hello', ...words].map((word) => bureau.host.receive(text(word))))
    await bureau.host.settled()
    expect(new Set(received.map(sessionOf)).size).toBe(1)
    expect(received.map((each) => each.ok && each.did)).toEqual(['started', ...words.map(() => 'continued')])
    expect(bureau.sms.transcript(ADA)).toEqual(words)
  })

  it('of many contacts go each to their own session, in order', async () => {
    const bureau = await Bureau.open({}, slowStore(memoryStore(), 7))
    await bureau.release(echo())
    const people = Array.from({ length: 40 }, (_, n) => `+49151000000${String(n).padStart(2, '0')}`)
    const rounds = ['hello', 'a', 'b', 'c']
    const all = rounds.flatMap((word) => people.map((from) => bureau.host.receive(text(word, from))))
    const received = await Promise.all(all)
    await bureau.host.settled()
    expect(new Set(received.map(sessionOf)).size).toBe(people.length)
    for (const from of people) expect(bureau.sms.transcript(from)).toEqual(['a', 'b', 'c'])
  })

  it('fail where the store does, with nothing done, and come in again', async () => {
    const memory = memoryStore()
    let broken = false
    const store: Store = {
      ...memory,
      sessions: {
        ...memory.sessions,
        read: async (...args) => {
          if (broken) throw new Error('disk')
          return memory.sessions.read(...args)
        },
      },
    }
    const bureau = await Bureau.open({ cachedSessions: 0 }, store)
    await bureau.release(asking('bot', ON_SMS))
    const session = sessionOf(await bureau.host.receive(text('hello')))
    await bureau.host.settled()
    broken = true
    await expect(bureau.host.receive(text('42'))).rejects.toThrow('disk')
    broken = false
    expect(await bureau.host.receive(text('42'))).toEqual({ ok: true, session, did: 'continued' })
  })
})

describe('too much at once', () => {
  it('is refused as host.busy, and taken again when there is room', async () => {
    const pool = createWorkPool({ concurrency: 1, maxWaiting: 2 })
    const bureau = await Bureau.open({ pool })
    await bureau.release(asking('bot', ON_SMS))
    const received = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((word) => bureau.host.receive(text(word))),
    )
    expect(received.map(codeOf)).toEqual(['ok', 'ok', 'ok', 'host.busy', 'host.busy'])
    expect(codeOf(await bureau.host.receive(text('f')))).toBe('ok')
    expect(pool.pending('acme')).toBe(0)
  })

  it('of one tenant does not keep others from being admitted, nor from their turn', async () => {
    const pool = createWorkPool({ concurrency: 1, maxWaiting: 30 })
    const order: string[] = []
    const open = async (id: string) => {
      const bureau = await Bureau.open({ pool }, undefined, id)
      await bureau.release(asking('bot', { trigger: 'manual' }))
      return () =>
        bureau.host.trigger({ flow: 'bot' }).then((started) => order.push(started.ok ? id : 'refused'))
    }
    const [loud, quiet] = [await open('loud'), await open('quiet')]
    const all = [...Array.from({ length: 40 }, loud), ...Array.from({ length: 3 }, quiet)]
    await Promise.all(all)
    expect(order.filter((each) => each === 'refused')).toHaveLength(9)
    const served = order.filter((each) => each !== 'refused')
    // In turns: all three are done before the loud one has had many more.
    expect(served.lastIndexOf('quiet')).toBeLessThan(10)
  })

  it('is refused as host.closed once the host closes; what is under way is done', async () => {
    const bureau = await Bureau.open()
    await bureau.release(asking('bot', ON_SMS))
    const under = bureau.host.receive(text('hello'))
    const closed = bureau.host.close()
    expect(codeOf(await bureau.host.receive(text('late')))).toBe('host.closed')
    expect(codeOf(await under)).toBe('ok')
    await closed
    for (const refused of [
      await bureau.host.trigger({ flow: 'bot' }),
      await bureau.host.emit({ name: 'x' }),
      await bureau.host.deliver('s', { type: 'text', text: 'x' }),
    ])
      expect(codeOf(refused)).toBe('host.closed')
  })
})
