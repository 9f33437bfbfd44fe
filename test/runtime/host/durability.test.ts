import { describe, expect, it } from 'vitest'
import type { FlowDocument } from '../../../src/index.ts'
import { memoryStore } from '../../../src/runtime/index.ts'
import { ADA, Bureau, support } from './bureau.ts'
import { node, say, talk } from './flows.ts'
import { begin, breakable, calling, left, quiet, scripted } from './working.ts'

/** Texts of the support flow that lead through each of its nodes. */
const SCRIPT = ['hello', '1', '2', '9', '1', '3', 'AB-1234']

/** Sends what the session has to take, however often that takes: a provider that got no answer sends again. */
async function insist(bureau: Bureau, id: string, text: string): Promise<void> {
  for (let i = 0; i < 50; i++) {
    try {
      await bureau.host.receive({ channel: 'sms', from: ADA, to: '+4930100', text, id })
      return
    } catch {
      await quiet(2)
    }
  }
  throw new Error('The store has never come back')
}

async function play(bureau: Bureau, each: (index: number) => Promise<void> = async () => {}) {
  for (const [index, text] of SCRIPT.entries()) {
    await each(index)
    await insist(bureau, `m${index}`, text)
    await quiet(8)
  }
}

async function undisturbed(): Promise<readonly string[]> {
  const bureau = await Bureau.open()
  await bureau.release(support())
  await play(bureau)
  return bureau.sms.transcript(ADA)
}

/** A bureau whose process is gone after a number of commits: the store takes and answers nothing more. */
async function killedAfter(commits: number, flow: FlowDocument, options: object) {
  const store = memoryStore()
  const bureau = await Bureau.open(options, store)
  await bureau.release(flow)
  await bureau.host.settled()
  let leftOver = commits
  const { commit } = store.sessions
  const death = new Promise<never>(() => {})
  store.sessions.commit = async (tenant, list) => {
    if (leftOver-- <= 0) return death
    const answers = await commit(tenant, list)
    // Stored, and nobody is told.
    return leftOver === 0 ? death : answers
  }
  return { bureau, revive: () => Object.assign(store.sessions, { commit }) }
}

describe('a host that dies', () => {
  it('[RUN-16] after any commit leaves a session that the next one brings to the same end', async () => {
    const expected = await undisturbed()
    for (let commits = 1; commits <= 16; commits++) {
      const { bureau, revive } = await killedAfter(commits, support(), {})
      for (const [index, text] of SCRIPT.entries()) {
        void bureau.host.receive({ channel: 'sms', from: ADA, to: '+4930100', text, id: `m${index}` })
        await quiet(8)
      }
      revive()
      await bureau.start()
      await play(bureau)
      expect(bureau.sms.transcript(ADA)).toEqual(expected)
      const { items } = await bureau.host.sessions.list()
      expect(items.map(({ head }) => head.outcome)).toEqual(['resolved'])
      expect(await bureau.store.sessions.outbox('acme', 0, 10)).toEqual([])
    }
  })

  it('[RUN-16] between work and its answer has it done again, once for a receiver that honours keys', async () => {
    for (let commits = 1; commits <= 3; commits++) {
      const stock = new Map<string, number>()
      const script = scripted(undefined)
      const handlers = {
        'http.request': async ({ key }: { readonly key: string }) => {
          if (!stock.has(key)) stock.set(key, stock.size)
          await script.handler({ key } as never, { attempt: 1 } as never)
          return { status: 200, body: stock.get(key)! }
        },
      }
      const { bureau, revive } = await killedAfter(commits, calling(), { handlers })
      void bureau.host.trigger({ flow: 'calling', id: 'one', contact: 'ada-lovelace', channel: 'sms' })
      await quiet()
      revive()
      await bureau.start({ handlers })
      const session = await begin(bureau, 'calling', { id: 'one' })
      expect(await left(bureau, session)).toEqual(['start:next', 'call:success', 'told:next', 'end:done'])
      expect(stock.size).toBe(1)
      expect(bureau.sms.transcript()).toEqual(['After the call.'])
    }
  })
})

describe('a store that fails for a while', () => {
  it.each([1, 2, 5, 9])('[RUN-16] loses nothing and doubles nothing: %i commits', async (count) => {
    const expected = await undisturbed()
    const breaking = breakable(memoryStore())
    const bureau = await Bureau.open({}, breaking.store)
    await bureau.release(support())
    await play(bureau, async () => {
      let open = count
      breaking.fail((call) => call === 'commit' && open-- > 0)
      await quiet(1)
      for (let i = 0; i < 12; i++) {
        bureau.clock.advance(100)
        await quiet(2)
      }
    })
    breaking.heal()
    for (let i = 0; i < 10; i++) {
      bureau.clock.advance(500)
      await quiet(2)
    }
    await bureau.host.settled()
    expect(bureau.sms.transcript(ADA)).toEqual(expected)
    expect(bureau.sms.repeats).toBe(0)
    expect(await bureau.store.sessions.outbox('acme', 0, 10)).toEqual([])
  })

  it('[RUN-16] rejects what comes in meanwhile, and nothing of it has happened', async () => {
    const breaking = breakable(memoryStore())
    const bureau = await Bureau.open({}, breaking.store)
    await bureau.release(support())
    breaking.fail((call) => call === 'commit')
    await expect(bureau.write('hello')).rejects.toThrow('The disk is full')
    breaking.heal()
    expect((await bureau.host.sessions.list()).items).toEqual([])
    await bureau.pass('1s')
    expect(bureau.sms.sent).toEqual([])
    expect((await bureau.write('hello')).length).toBe(2)
  })

  it('[RUN-16] costs no try of an effect that could not be looked up', async () => {
    const breaking = breakable(memoryStore())
    const script = scripted(undefined)
    const handlers = { 'crm.ticket': script.handler }
    const bureau = await Bureau.open({ handlers }, breaking.store)
    const ticket = node('order', 'custom-effect@1', { effect: 'crm.ticket' })
    await bureau.release(talk('ticket', { trigger: 'manual' }, [ticket]))
    let reads = 3
    breaking.fail((call) => call === 'read' && reads-- > 0)
    await bureau.host.trigger({ flow: 'ticket' })
    for (let i = 0; i < 5; i++) {
      await quiet(2)
      bureau.clock.advance('1s')
    }
    await bureau.host.settled()
    expect(script.asked.map(({ attempt }) => attempt)).toEqual([1])
    expect((await bureau.host.sessions.deadLetters()).items).toEqual([])
  })

  it('[RUN-16] does not keep a host from closing', async () => {
    const breaking = breakable(memoryStore())
    const bureau = await Bureau.open(
      {
        handlers: {
          'http.request': async () => {
            breaking.fail((call) => call === 'commit')
            return { status: 200 }
          },
        },
      },
      breaking.store,
    )
    await bureau.release(calling())
    await bureau.host.trigger({ flow: 'calling' })
    await quiet()
    await bureau.host.close({ graceMs: 0 })
    expect(breaking.failures).toBeGreaterThan(0)
  })

  it('[RUN-16] that has stored a commit and not said so has its work done all the same', async () => {
    const store = memoryStore()
    const bureau = await Bureau.open({}, store)
    await bureau.release(talk('hello', { trigger: 'manual' }, [say('a', 'One')]))
    const { commit } = store.sessions
    let lost = 1
    store.sessions.commit = async (tenant, list) => {
      const answers = await commit(tenant, list)
      if (lost-- > 0) throw new Error('The line is down')
      return answers
    }
    const asked = { flow: 'hello', contact: 'ada-lovelace', channel: 'sms', id: 'one' }
    await expect(bureau.host.trigger(asked)).rejects.toThrow('The line is down')
    await bureau.host.settled()
    expect(bureau.sms.transcript()).toEqual(['One'])
    expect(await bureau.host.trigger(asked)).toMatchObject({ ok: true, duplicate: true })
  })
})
