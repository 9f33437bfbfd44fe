import { describe, expect, it } from 'vitest'
import { Activity } from '../../../src/runtime/host/activity.ts'
import { ReleaseFollower } from '../../../src/runtime/host/release-follower.ts'
import { TimerLoop } from '../../../src/runtime/host/timer-loop.ts'
import { memoryStore, reviveDeadLetter, type Timer } from '../../../src/runtime/index.ts'
import { virtualClock } from '../../../src/testing/index.ts'
import { Bureau } from './bureau.ts'
import { asking } from './flows.ts'
import { begin, ordering, quiet, scripted } from './working.ts'

/** Lets so many steps of promises pass. */
async function steps(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await undefined
}

const STEPS = Array.from({ length: 12 }, (_, i) => i)

describe('what happens while something else comes to its end', () => {
  it.each(STEPS)('[RUN-16] a timer set %i steps after the store was asked fires in time', async (count) => {
    const clock = virtualClock()
    const activity = new Activity()
    const timers: Timer[] = []
    const fired: number[] = []
    const loop = new TimerLoop({
      clock,
      activity,
      due: async (until) => timers.filter(({ due }) => due <= until),
      nextDue: async () => {
        void steps(count).then(() => {
          if (timers.length + fired.length > 0) return
          timers.push({ session: 's', due: clock.now() + 1_000 })
          loop.armed(clock.now() + 1_000)
        })
        return undefined
      },
      fire: async () => {
        timers.length = 0
        fired.push(clock.now())
        return true
      },
      failed: (error) => expect.fail(String(error)),
    })
    const begun = clock.now()
    await loop.run()
    await quiet(2)
    clock.advance(1_000)
    await quiet(2)
    expect(fired).toEqual([begun + 1_000])
  })

  it.each(STEPS)('[RUN-5] a release %i steps after the events were read is looked for', async (count) => {
    let reads = 0
    const follower: ReleaseFollower = new ReleaseFollower({
      workspace: {
        events: async () => {
          if (++reads === 1) void steps(count).then(() => follower.follow())
          return []
        },
      } as never,
      position: async () => 0,
      moveTo: async () => {},
      operator: {} as never,
      segments: {} as never,
      begun: async () => {},
    })
    await follower.follow()
    await quiet(2)
    expect(reads).toBe(2)
  })

  it('[RUN-5] a session that starts on the old version while a release cancels is cancelled', async () => {
    const store = memoryStore()
    let slow: string | undefined
    let open = () => {}
    const gate = new Promise<void>((resolve) => (open = resolve))
    const contents: typeof store.contents = {
      ...store.contents,
      async get(hash) {
        if (hash === slow) await gate
        return store.contents.get(hash)
      },
    }
    const bureau = await Bureau.open({}, { ...store, contents })
    await bureau.release(asking('old', { trigger: 'manual' }))
    await bureau.restart()
    slow = (await bureau.workspace.state()).flows.old!.official!.executable
    const starting = bureau.host.trigger({ flow: 'old', contact: 'ada-lovelace' })
    await quiet()
    const releasing = bureau.release(asking('old', { trigger: 'manual' }, 'new?'), { running: 'cancel' })
    await quiet()
    bureau.clock.advance(1_000)
    open()
    expect(await starting).toMatchObject({ ok: true })
    await releasing
    const { items } = await bureau.host.sessions.list()
    expect(items).toMatchObject([{ head: { version: 'v1', status: 'ended', outcome: 'signal.cancel' } }])
  })

  it('[RUN-25] a dead letter that two take back at once is done once more', async () => {
    const { handler, asked } = scripted({ error: 'no' })
    const bureau = await Bureau.open({ handlers: { 'crm.ticket': handler } })
    await bureau.release(ordering())
    await begin(bureau, 'ordering')
    const { number, session } = (await bureau.host.sessions.deadLetters()).items[0]!
    const revive = () => reviveDeadLetter(bureau.store.sessions, 'acme', { number, by: 'ada' })
    const outcomes = await Promise.all([revive(), revive()])
    expect(outcomes.sort()).toEqual([false, true])
    await bureau.pass('10s')
    expect(asked.length).toBe(2)
    const steps = await bureau.host.sessions.history(session)
    expect(steps.filter(({ by }) => by === 'ada').map(({ operation }) => operation)).toEqual([
      'retryDeadLetter crm.ticket',
    ])
  })
})
