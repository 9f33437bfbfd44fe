import type { Clock, Timers } from '../../base/ports.ts'
import type { Timer } from '../stores/session-store.ts'
import type { Activity } from './activity.ts'

/** Timers taken from the store at once. */
const PAGE = 256
/** The longest time for which nobody looks: a clock that is set forward is noticed by then. */
const MAX_SLEEP_MS = 60_000
/** How long a session that could not take its timer is left alone. */
const REST_MS = 60_000

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
  #cancel: (() => void) | undefined
  #running: Promise<void> | undefined
  #closed = false

  constructor(ports: TimerLoopPorts) {
    this.#ports = ports
  }

  /** A timer has been set. */
  armed(due: number): void {
    if (due < this.#wakeAt) this.#sleepUntil(due)
  }

  /** Fires everything that is due, and goes to sleep until the next. */
  run(): Promise<void> {
    this.#running ??= this.#ports.activity
      .during(() => this.#run())
      .finally(() => {
        this.#running = undefined
      })
    return this.#running
  }

  close(): void {
    this.#closed = true
    this.#cancel?.()
  }

  async #run(): Promise<void> {
    const { clock, nextDue, failed } = this.#ports
    try {
      while (!this.#closed && (await this.#firePage())) {
        // There may be more.
      }
      const next = await nextDue()
      // What was armed meanwhile has been stored, so that the store knows of it.
      const soonest =
        this.#resting.size > 0 && next !== undefined ? Math.max(next, clock.now() + 1_000) : next
      this.#wakeAt = Number.POSITIVE_INFINITY
      this.#sleepUntil(soonest ?? Number.POSITIVE_INFINITY)
    } catch (error) {
      failed(error)
      this.#wakeAt = Number.POSITIVE_INFINITY
      this.#sleepUntil(clock.now() + 1_000)
    }
  }

  /** True where there may be more that is due. */
  async #firePage(): Promise<boolean> {
    const { clock, due, fire } = this.#ports
    const now = clock.now()
    for (const [session, until] of this.#resting) if (until <= now) this.#resting.delete(session)
    const timers = await due(now, PAGE + this.#resting.size)
    const ready = timers.filter(({ session }) => !this.#resting.has(session))
    await Promise.all(
      ready.map(async (timer) => {
        const fired = await fire(timer).catch((error: unknown) => this.#ports.failed(error))
        if (fired !== true) this.#resting.set(timer.session, now + REST_MS)
      }),
    )
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
