import { describe, expect, it } from 'vitest'
import { palette } from '../../../src/palette/index.ts'
import { memoryStore } from '../../../src/runtime/index.ts'
import { ADA, Bureau, support } from './bureau.ts'
import { node, say, talk } from './flows.ts'
import { begin, breakable, left, quiet } from './working.ts'

/** Waits for a while, says so, and waits for an event that never comes. */
const sleeping = (duration = '10s', id = 'sleeping') =>
  talk(id, { trigger: 'manual' }, [
    node('sleep', 'delay@1', { duration }, ['done']),
    say('woke', 'Good morning.'),
    node('wait', 'wait-for-event@1', { event: 'never' }, ['received']),
  ])

async function timers(bureau: Bureau): Promise<readonly number[]> {
  const due = await bureau.store.sessions.due('acme', Number.MAX_SAFE_INTEGER, 1_000)
  return due.map((timer) => timer.due - bureau.clock.now())
}

describe('timers', () => {
  it('[RUN-9] fire when they are due, and not before', async () => {
    const bureau = await Bureau.open()
    await bureau.release(sleeping())
    const session = await begin(bureau, 'sleeping')
    await bureau.pass(9_999)
    expect(bureau.sms.transcript()).toEqual([])
    await bureau.pass(1)
    expect(bureau.sms.transcript()).toEqual(['Good morning.'])
    expect(await left(bureau, session)).toEqual(['start:next', 'sleep:done', 'woke:next'])
    expect(await timers(bureau)).toEqual([])
  })

  it('[RUN-16] fire after a restart, late ones at once', async () => {
    const bureau = await Bureau.open()
    await bureau.release(sleeping())
    await begin(bureau, 'sleeping')
    await bureau.host.close()
    bureau.clock.advance('1h')
    await bureau.restart()
    expect(bureau.sms.transcript()).toEqual(['Good morning.'])
  })

  it('[RUN-16] fire all, however many are due at once, each once', async () => {
    const bureau = await Bureau.open()
    await bureau.release(sleeping())
    for (let i = 0; i < 700; i++) await bureau.host.trigger({ flow: 'sleeping', channel: 'sms' })
    await bureau.host.settled()
    await bureau.pass('10s')
    const counts = await bureau.host.sessions.counts('left/sleeping/v1/sleep')
    expect(counts).toEqual(new Map([['left/sleeping/v1/sleep/done', 700]]))
    expect(await timers(bureau)).toEqual([])
  })

  it('[RUN-16] that are set while the store looks for the next one are not forgotten', async () => {
    const store = memoryStore()
    const bureau = await Bureau.open({}, store)
    await bureau.release(sleeping('50s'))
    await bureau.release(sleeping('5s', 'short'))
    const { nextDue } = store.sessions
    // A store that answers with what was there when it was asked, and takes its time.
    let release = () => {}
    store.sessions.nextDue = async (tenant) => {
      const next = await nextDue(tenant)
      await new Promise<void>((resolve) => {
        release = resolve
      })
      return next
    }
    await bureau.host.trigger({ flow: 'sleeping', channel: 'sms', contact: 'ada-lovelace' })
    bureau.clock.advance('50s')
    await quiet(10)
    await bureau.host.trigger({ flow: 'short', channel: 'sms', contact: 'ada-lovelace' })
    await quiet(10)
    store.sessions.nextDue = nextDue
    release()
    await bureau.host.settled()
    await bureau.pass('5s')
    expect(bureau.sms.transcript()).toEqual(['Good morning.', 'Good morning.'])
  })

  it('[RUN-16] that were left early are not set anew with every input, and fire at the new deadline', async () => {
    const bureau = await Bureau.open()
    await bureau.release(support())
    await bureau.write('hello')
    await bureau.pass('4s')
    await bureau.write('2')
    expect(await timers(bureau)).toEqual([6_000])
    const [{ session } = { session: '' }] = (await bureau.host.sessions.list()).items
    const before = (await bureau.host.sessions.history(session)).length
    await bureau.pass('6s')
    expect(await timers(bureau)).toEqual([4_000])
    // Setting a timer anew is nothing that has happened to the session.
    expect((await bureau.host.sessions.history(session)).length).toBe(before)
    await bureau.pass(3_999)
    expect(bureau.sms.transcript(ADA)).not.toContain('Sorry, that did not work.')
    await bureau.pass(1)
    expect(bureau.sms.transcript(ADA)).toContain('Sorry, that did not work.')
  })

  it('[RUN-21] that are only set anew are told to nobody', async () => {
    const bureau = await Bureau.open()
    await bureau.release(support())
    await bureau.write('hello')
    await bureau.pass('4s')
    await bureau.write('2')
    const told: string[] = []
    bureau.host.events.subscribe(({ type }) => told.push(type))
    await bureau.pass('6s')
    expect(told).toEqual([])
  })
})

describe('a clock that is set', () => {
  it('[RUN-16] forward has what is due by then fire within a minute', async () => {
    const base = { offset: 0 }
    const bureau = new Bureau()
    const { clock } = bureau
    const shifted = { ...clock, now: () => clock.now() + base.offset }
    const opened = await Bureau.open({ clock: shifted })
    const moved = { ...opened.clock, now: () => opened.clock.now() + base.offset }
    await opened.restart({ clock: moved })
    await opened.release(sleeping('2h'))
    await begin(opened, 'sleeping')
    base.offset = 7_200_000
    await opened.pass('1m')
    expect(opened.sms.transcript()).toEqual(['Good morning.'])
  })

  it('[RUN-16] back has nothing fire early, and nothing is forgotten', async () => {
    const base = { offset: 0 }
    const bureau = await Bureau.open()
    await bureau.restart({ clock: { ...bureau.clock, now: () => bureau.clock.now() + base.offset } })
    await bureau.release(sleeping('10s'))
    await begin(bureau, 'sleeping')
    base.offset = -30_000
    await bureau.pass('10s')
    expect(bureau.sms.transcript()).toEqual([])
    await bureau.pass('30s')
    expect(bureau.sms.transcript()).toEqual(['Good morning.'])
  })
})

describe('a session whose node type is missing', () => {
  const withoutDelay = { nodes: [...palette].filter(({ runtime }) => runtime.type !== 'delay') }

  it('[RUN-16] stays as it is, and goes on with a host that has it', async () => {
    const bureau = await Bureau.open()
    await bureau.release(sleeping())
    const session = await begin(bureau, 'sleeping')
    const told: object[] = []
    await bureau.restart(withoutDelay as never)
    bureau.host.events.subscribe((event) => told.push(event))
    await bureau.pass('10s')
    expect((await bureau.host.sessions.inspect(session))!.revision).toBe(1)
    expect(told).toMatchObject([{ type: 'quarantined', session, code: 'executable.nodeType' }])
    await bureau.restart()
    expect(bureau.sms.transcript()).toEqual(['Good morning.'])
  })

  it('[RUN-16] is looked at once a minute, and keeps no timer of another waiting', async () => {
    const breaking = breakable(memoryStore())
    const bureau = await Bureau.open({}, breaking.store)
    await bureau.release(sleeping())
    for (let i = 0; i < 300; i++) await bureau.host.trigger({ flow: 'sleeping', channel: 'sms' })
    await bureau.host.settled()
    let looks = 0
    await bureau.restart(withoutDelay as never)
    await bureau.release(support())
    await bureau.pass('10s')
    breaking.fail((call) => {
      if (call === 'due') looks++
      return false
    })
    await bureau.write('hello')
    for (let i = 0; i < 10; i++) await bureau.pass('1s')
    expect(bureau.sms.transcript(ADA)).toContain('Sorry, that did not work.')
    expect(looks).toBeLessThan(12)
  })
})

describe('a store that fails while timers are due', () => {
  it.each(['due', 'nextDue', 'commit', 'read'])('[RUN-16] fires them once it is back: %s', async (broken) => {
    const breaking = breakable(memoryStore())
    const bureau = await Bureau.open({ cachedSessions: 0 }, breaking.store)
    await bureau.release(sleeping())
    await begin(bureau, 'sleeping')
    breaking.fail((call) => call === broken)
    for (let i = 0; i < 15; i++) {
      bureau.clock.advance('1s')
      await quiet(5)
    }
    breaking.heal()
    for (let i = 0; i < 10; i++) {
      bureau.clock.advance('1s')
      await quiet(5)
    }
    expect(bureau.sms.transcript()).toEqual(['Good morning.'])
    expect(breaking.failures).toBeGreaterThan(0)
    expect(breaking.failures).toBeLessThan(30)
  })
})
