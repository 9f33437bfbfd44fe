import type { Effect } from '../../../src/nodes/index.ts'
import { Activity } from '../../../src/runtime/host/activity.ts'
import type { Attempted, Doer } from '../../../src/runtime/host/doer.ts'
import { Outbox } from '../../../src/runtime/host/outbox.ts'
import { workOf } from '../../../src/runtime/host/outbox-work.ts'
import { memorySessionStore } from '../../../src/runtime/index.ts'
import { virtualClock } from '../../../src/testing/index.ts'

export const ABOUT = { flow: 'f', version: 'v1', kind: 'manual', startedAt: 0 }
export const DONE: Attempted = { done: true, about: ABOUT }
export const FAILED: Attempted = { done: false, reason: 'down', answer: { error: 'down' }, about: ABOUT }

interface Trying {
  readonly effect: Effect
  readonly attempt: number
}

/** An outbox over a store, whose effects come to what a test says. */
export class Office {
  readonly store = memorySessionStore()
  readonly clock = virtualClock()
  readonly activity = new Activity()
  readonly tried: string[] = []
  readonly errors: unknown[] = []
  outbox!: Outbox
  /** What a try comes to. */
  attempt: (trying: Trying) => Promise<Attempted> | Attempted = () => DONE
  /** True where sessions can take answers. */
  listening = true
  readonly told: string[] = []
  reads = 0
  decode = (text: string) => text

  constructor(options: { maxHeld?: number; concurrency?: number } = {}) {
    this.open(options)
  }

  open({ maxHeld = 10_000, concurrency = 256 } = {}): void {
    const { store, clock, activity } = this
    const doer: Doer = {
      laneOf: ({ place }, session) => ({ name: `${session} ${place}`, strict: place === 'said' }),
      attempt: (effect, _session, attempt, inSlot) =>
        inSlot(async () => {
          this.tried.push(effect.key)
          return this.attempt({ effect, attempt })
        }),
      persist: async (_, commit) => void (await store.commit('t', [commit])),
      tell: async (_, { key }, answer, commit) => {
        if (!this.listening) return false
        this.told.push(`${key} ${JSON.stringify(answer)}`)
        await store.commit('t', [commit])
        return true
      },
      note: () => {},
    }
    this.outbox = new Outbox({
      clock,
      random: { next: () => 0 },
      activity,
      concurrency,
      maxHeld,
      read: (after, limit) => {
        this.reads++
        return store.outbox('t', after, limit)
      },
      decode: (text) => this.decode(text),
      encode: (text) => text,
      failed: (error) => this.errors.push(error),
      doer,
    })
  }

  /** Stores work of a session, and tells the outbox as a host does; its number. */
  async ask(session: string, effects: readonly Effect[], tell = true): Promise<number> {
    const work = { session, text: workOf(effects) }
    const [answer] = await this.store.commit('t', [{ work }])
    const { entry } = answer as { entry: number }
    if (tell) this.outbox.add(entry, session, effects)
    return entry
  }

  async left(): Promise<readonly number[]> {
    return (await this.store.outbox('t', 0, 500)).map(({ number }) => number)
  }

  async pass(by: number): Promise<void> {
    this.clock.advance(by)
    await this.activity.settled()
  }
}
