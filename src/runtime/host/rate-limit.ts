import type { Clock, Timers } from '../../base/ports.ts'
import type { Rate } from '../channels/channel.ts'

/** How long it goes without looking at the time. */
const LONGEST_MS = 60_000

/** Lets so many through a second, in the order in which they came: a bucket of permits that fills as time goes by. */
export class RateLimit {
  readonly #perMs: number
  readonly #burst: number
  readonly #clock: Clock & Timers
  #permits: number
  #filledAt: number
  readonly #waiting: (() => void)[] = []
  #cancel: (() => void) | undefined
  #released = false

  constructor({ perSecond, burst = Math.max(1, perSecond) }: Rate, clock: Clock & Timers) {
    this.#perMs = perSecond / 1_000
    this.#burst = Math.max(1, burst)
    this.#clock = clock
    this.#permits = this.#burst
    this.#filledAt = clock.now()
  }

  /** Resolves when the caller may go on. */
  take(): Promise<void> {
    if (this.#released) return Promise.resolve()
    this.#fill()
    if (this.#waiting.length === 0 && this.#permits >= 1) {
      this.#permits--
      return Promise.resolve()
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.#wake()
    })
  }

  /** Lets everybody through from now on: the host is closing, and looks at that itself. */
  release(): void {
    this.#released = true
    this.#cancel?.()
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  #fill(): void {
    const now = this.#clock.now()
    // A clock that was set back gives nothing, and takes nothing away.
    this.#permits = Math.min(this.#burst, this.#permits + Math.max(0, now - this.#filledAt) * this.#perMs)
    this.#filledAt = now
  }

  #wake(): void {
    if (this.#cancel !== undefined) return
    // A rate of nearly nothing, or of nothing, is looked at again; a timer cannot be set for ever.
    const delay = Math.min(Math.max(1, Math.ceil((1 - this.#permits) / this.#perMs)), LONGEST_MS)
    this.#cancel = this.#clock.setTimer(delay, () => {
      this.#cancel = undefined
      this.#fill()
      while (this.#waiting.length > 0 && this.#permits >= 1) {
        this.#permits--
        this.#waiting.shift()!()
      }
      if (this.#waiting.length > 0) this.#wake()
    })
  }
}
