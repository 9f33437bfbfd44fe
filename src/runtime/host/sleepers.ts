import type { Clock, Timers } from '../../base/ports.ts'

/** Work that waits for its time, and is woken at once when the host closes. */
export class Sleepers {
  readonly #clock: Clock & Timers
  readonly #wakes = new Set<() => void>()
  #closed = false

  constructor(clock: Clock & Timers) {
    this.#clock = clock
  }

  /**
   * Resolves at an instant; what is later than `longestMs` from now is not waited for longer, for clocks may be set. `woken` is
   * called at once when the time has come, so that whoever counts what is under way misses nothing.
   */
  until(instant: number, longestMs: number, woken = () => {}): Promise<void> {
    if (this.#closed) {
      woken()
      return Promise.resolve()
    }
    return new Promise((resolve) => {
      const delay = Math.min(Math.max(0, instant - this.#clock.now()), longestMs)
      const wake = () => {
        this.#wakes.delete(wake)
        cancel()
        woken()
        resolve()
      }
      const cancel = this.#clock.setTimer(delay, wake)
      this.#wakes.add(wake)
    })
  }

  close(): void {
    this.#closed = true
    for (const wake of this.#wakes) wake()
  }
}
