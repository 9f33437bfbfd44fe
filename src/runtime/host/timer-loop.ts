import type { Clock, Timers } from '../../base/ports.ts'
import type { Timer } from '../stores/session-store.ts'
import type { Activity } from './activity.ts'

/** Timers taken from the store at once. */
const PAGE = 256
/** The longest time for which nobody looks: a clock that is set forward is noticed by then. */
const MAX_SLEEP_MS = 60_000
/** How long a session that could not take its timer is left alone. */
const REST_MS = 60_000
/** After which everything is tried again where the store failed. */
const AGAIN_MS = 1_000

export interface TimerLoopPorts {
  readonly clock: Clock & Timers
  readonly activity: Activity
  due(until: number, limit: number): Promise<readonly Timer[]>
  nextDue(): Promise<number | undefined>
  /** Gives a session its timer; false where it could not take it, so that it is still there. */
  fire(timer: Timer): Promise<boolean>
  /** What went wrong while looking; the loop looks again later. */
  failed(error: unknown): void
}

/** Wakes sessions whose time has come. Holds nothing in memory but when to look next, however many wait. */
export class TimerLoop {
  readonly #ports: TimerLoopPorts
  /** Sessions that could not take their timer, and until when they are left alone. */
  readonly #resting = new Map<string, number>()
  #wakeAt = Number.POSITIVE_INFINITY
  /** The earliest timer set since the store was asked what is next. */
  #armed = Number.POSITIVE_INFINITY
  #cancel: (() => void) | undefined
  #running: Promise<void> | undefined
  #closed = false

  constructor(ports: TimerLoopPorts) {
    this.#ports = ports
  }

  /** A timer has been set. */
  armed(due: number): void {
    this.#armed = Math.min(this.#armed, due)
    if (this.#running === undefined && due < this.#wakeAt) this.#sleepUntil(due)
  }

  /** Fires everything that is due, and goes to sleep until the next. */
  run(): Promise<void> {
    this.#running ??= this.#ports.activity.during(() => this.#run())
    return this.#running
  }

  close(): void {
    this.#closed = true
    this.#cancel?.()
  }

  async #run(): Promise<void> {
    const { clock, failed } = this.#ports
    try {
      let next: number
      do {
        while (!this.#closed && (await this.#firePage())) {
          // There may be more.
        }
        this.#armed = Number.POSITIVE_INFINITY
        next = await this.#next()
        // What is armed while the store answers may be missing from its answer.
        next = Math.min(next, this.#armed)
        // Time may have passed by now, and a clock that stands still calls no timer of no length.
      } while (!this.#closed && next <= clock.now())
      this.#sleepUntil(next)
    } catch (error) {
      failed(error)
      this.#sleepUntil(clock.now() + AGAIN_MS)
    } finally {
      // At once: a timer that is armed before those hear of it who await this must set the alarm itself.
      this.#running = undefined
    }
  }

  /** When there is something to do next: sessions that are left alone are passed over until their rest is over. */
  async #next(): Promise<number> {
    const { due, nextDue } = this.#ports
    if (this.#resting.size === 0) return (await nextDue()) ?? Number.POSITIVE_INFINITY
    const timers = await due(Number.MAX_SAFE_INTEGER, this.#resting.size + 1)
    const first = timers.find(({ session }) => !this.#resting.has(session))
    let next = first?.due ?? Number.POSITIVE_INFINITY
    for (const until of this.#resting.values()) next = Math.min(next, until)
    return next
  }

  /** True where there may be more that is due. */
  async #firePage(): Promise<boolean> {
    const { clock, due, fire, failed } = this.#ports
    const now = clock.now()
    // A clock that was set back must not leave anybody alone for longer.
    for (const [session, until] of this.#resting)
      if (until <= now || until > now + REST_MS) this.#resting.delete(session)
    const timers = await due(now, PAGE + this.#resting.size)
    const ready = timers.filter(({ session }) => !this.#resting.has(session))
    const outcomes = await Promise.allSettled(ready.map((timer) => fire(timer)))
    for (const [index, outcome] of outcomes.entries()) {
      const { session } = ready[index]!
      if (outcome.status === 'rejected') this.#resting.set(session, now + AGAIN_MS)
      else if (!outcome.value) this.#resting.set(session, now + REST_MS)
    }
    // One that meets with an error must not keep the others; where all do, it is the store.
    const rejected = outcomes.filter((outcome) => outcome.status === 'rejected')
    for (const { reason } of rejected) failed(reason)
    if (rejected.length === ready.length) return false
    return ready.length > 0 && timers.length >= PAGE
  }

  #sleepUntil(instant: number): void {
    if (this.#closed) return
    const { clock } = this.#ports
    this.#wakeAt = instant
    this.#cancel?.()
    const delay = Math.min(Math.max(0, instant - clock.now()), MAX_SLEEP_MS)
    this.#cancel = clock.setTimer(delay, () => {
      this.#cancel = undefined
      this.#wakeAt = Number.POSITIVE_INFINITY
      void this.run()
    })
  }
}
