import { describe, expect, it } from 'vitest'
import { advanceRandom, readRandom, seedRandom } from '../../../src/base/random.ts'
import type { FlowDocument } from '../../../src/index.ts'
import { Bureau, support } from './bureau.ts'
import { ask, call, node, say, talk } from './flows.ts'
import { quiet } from './working.ts'

/** A source of choices that a seed determines. */
function choices(seed: string) {
  let state = seedRandom(seed)
  return (count: number): number => {
    state = advanceRandom(state)
    return Math.floor(readRandom(state) * count)
  }
}

const LETTERS = ['1', '2', '3', '9', 'AB-1234', 'nope', '7']
const PEOPLE = Array.from({ length: 6 }, (_, index) => `+49${index}`)

/** Counts everything anew, from what is stored of each session. */
async function recount(bureau: Bureau): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  const add = (test: boolean, ...parts: string[]) => {
    const name = `${test ? 'test/' : ''}${parts.map(encodeURIComponent).join('/')}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const { sessions } = bureau.host
  for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
    const slice = await sessions.list({ limit: 100, ...(after === undefined ? {} : { after }) })
    for (const { session, head } of slice.items) {
      const { about, state } = (await sessions.inspect(session))!
      const test = head.test === true
      const { flow, version } = head
      add(test, 'started', flow, version)
      for (const { entries } of await sessions.history(session)) {
        const last = entries.at(-1)
        // An error that nothing leads on is the last thing that happens; an operator may let the session try again.
        if (last?.type === 'error') add(test, 'failed', flow, version, last.error.code)
        for (const entry of entries) {
          const of = entry.flow === flow ? version : (about.versions?.[entry.flow] ?? '-')
          if (entry.type === 'leave' || entry.type === 'end')
            add(test, 'left', entry.flow, of, entry.node, entry.outcome)
        }
      }
      if (head.status === 'waiting') add(test, 'waiting', flow, version, state.frames[0]!.node)
      if (head.status === 'ended') add(test, 'came', flow, version, head.outcome!)
    }
    after = slice.next
  }
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
}

async function kept(bureau: Bureau): Promise<ReadonlyMap<string, number>> {
  const counts = [...(await bureau.host.sessions.counts())]
  return new Map(counts.filter(([name]) => !/^(test\/)?(effects|cards)\//.test(name)))
}

/** Lets people talk to a flow at random, while it is released anew, hosts come and go and operators step in. */
async function babble(bureau: Bureau, document: FlowDocument, seed: string, turns = 120): Promise<void> {
  const pick = choices(seed)
  let versions = 1
  for (let turn = 0; turn < turns; turn++) {
    const from = PEOPLE[pick(PEOPLE.length)]!
    const what = pick(40)
    if (what === 0 && versions < 3) {
      versions++
      await bureau.release(document, { running: pick(2) === 0 ? 'keep' : 'cancel' })
    } else if (what === 1) await bureau.restart()
    else if (what < 5) await bureau.pass('10s')
    else if (what < 7)
      await bureau.host.test({
        flow: document.id,
        version: 'v1',
        contact: 'tess',
        by: 'ben',
        type: 'message',
        channel: 'sms',
      })
    else if (what < 9) {
      const { items } = await bureau.host.sessions.list()
      const { session } = items[pick(items.length)] ?? { session: 'none' }
      const command = ([{ type: 'cancel' }, { type: 'retry' }, { type: 'skip', outcome: 'valid' }] as const)[
        pick(3)
      ]!
      await bureau.host.operate(session, command, { by: 'ada' })
    } else {
      const tester = pick(8) === 0 ? '+4999' : from
      await bureau.host.receive({
        channel: 'sms',
        from: tester,
        to: '+4930100',
        text: LETTERS[pick(LETTERS.length)]!,
      })
    }
    await bureau.host.settled()
  }
}

async function open(): Promise<Bureau> {
  const bureau = await Bureau.open()
  await bureau.define('testContact', { id: 'tess', name: 'Tess', addresses: ['+4999'] })
  return bureau
}

/** Calls a flow that reads a number, which fails for most texts; what fails goes to the exception flow. */
const family = () => ({
  main: talk('main', { trigger: 'message', channel: 'sms' }, [
    ask('first', 'First?'),
    call('sub', 'sub'),
    ask('then', 'Then?'),
  ]),
  sub: talk('sub', { trigger: 'flow' }, [
    ask('number', 'A number?'),
    node('read', 'set-variables@1', { assignments: [{ variable: 'ticket', value: 'string(int(ticket))' }] }),
  ]),
  rescue: {
    ...talk('rescue', { trigger: 'flow' }, [ask('what', 'What happened?'), say('sorry', 'Sorry.')]),
    role: 'exception',
  } as FlowDocument,
})

describe('counts', () => {
  it.each(['a', 'b', 'c', 'd'])(
    '[RUN-19] of the support flow equal a recount, whatever happens (seed %s)',
    async (seed) => {
      const bureau = await open()
      await bureau.release(support())
      await babble(bureau, support(), seed)
      const counts = await kept(bureau)
      expect(counts).toEqual(await recount(bureau))
      expect([...counts.keys()].some((name) => name.startsWith('test/left/'))).toBe(true)
    },
    30_000,
  )

  it.each(['a', 'b', 'c', 'd'])(
    '[RUN-19] of flows that call each other and fail equal a recount (seed %s)',
    async (seed) => {
      const bureau = await open()
      const { main, sub, rescue } = family()
      await bureau.release(sub)
      await bureau.release(rescue)
      await bureau.send({ type: 'setExceptionFlow', medium: 'any', flow: 'rescue' })
      await bureau.release(main)
      await babble(bureau, main, seed)
      const counts = await kept(bureau)
      expect(counts).toEqual(await recount(bureau))
      for (const part of ['left/sub/', 'left/rescue/', 'left/main/'])
        expect([...counts.keys()].some((name) => name.startsWith(part))).toBe(true)
    },
    30_000,
  )

  it('[RUN-19] are returned by node id, outcome and version', async () => {
    const bureau = await open()
    await bureau.release(support())
    for (const text of ['hello', '1', '2', '2']) await bureau.write(text)
    const { sessions } = bureau.host
    expect(await sessions.counts('left/support/v1/menu/')).toEqual(
      new Map([
        ['left/support/v1/menu/1', 1],
        ['left/support/v1/menu/2', 2],
      ]),
    )
    expect(await sessions.counts('left/support/v2/')).toEqual(new Map())
  })

  it('[RUN-19] of cards equal those that are out, of sessions under way and of ended ones', async () => {
    const bureau = await open()
    const buttons = [{ value: 'yes' }]
    await bureau.release(
      talk('card', { trigger: 'manual' }, [
        node('first', 'send-card@1', { title: 'First' }),
        node('card', 'send-card@1', { title: 'Nine?', buttons }, ['yes', 'failed']),
      ]),
    )
    const started = await bureau.host.trigger({ flow: 'card', contact: 'bob', channel: 'sms' })
    const { session } = started as { session: string }
    expect(await bureau.host.sessions.counts('cards/')).toEqual(new Map([['cards/card/v1/open', 2]]))
    await bureau.host.receive({ channel: 'sms', button: { waitId: `${session}:3`, value: 'yes' } })
    await quiet(3)
    expect(await bureau.host.sessions.counts('cards/')).toEqual(new Map([['cards/card/v1/left', 1]]))
    await bureau.host.erase('bob', { by: 'ada' })
    expect(await bureau.host.sessions.counts('cards/')).toEqual(new Map())
  })
})
