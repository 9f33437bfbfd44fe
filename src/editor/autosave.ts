import type { SaveResult } from './saving.ts'

/** The port for timers, so that tests need not wait. */
export interface Timers {
  /** Calls back once after so many milliseconds; returns what calls it off. */
  after(delayMs: number, callBack: () => void): () => void
}

/** The timers of the machine. */
export const systemTimers: Timers = {
  after(delayMs, callBack) {
    const timer = setTimeout(callBack, delayMs)
    return () => clearTimeout(timer)
  },
}

export interface AutosaveOptions {
  /** How long nothing has to be edited before a save, in milliseconds. */
  readonly afterMs: number
}

/** The longest time that timers take. */
export const MAX_DELAY_MS = 2 ** 31 - 1

/** A save that failed is not tried again before this, however short `afterMs` is. */
const MIN_PAUSE_MS = 1_000

/** The longest pause between two tries, unless `afterMs` is longer. */
const MAX_PAUSE_MS = 60_000

/**
 * Saves once nothing has been edited for a while. A save that failed is tried again after twice the pause each time, at
 * least a second and one minute at most, or after the next edit. A stale one is not, before the editor has been rebased or reloaded.
 */
export class Autosave {
  readonly #afterMs: number
  readonly #timers: Timers
  readonly #isDirty: () => boolean
  readonly #save: () => void
  #callOff: (() => void) | undefined
  #failures = 0
  #isStale = false

  constructor(afterMs: number, timers: Timers, isDirty: () => boolean, save: () => void) {
    this.#afterMs = afterMs
    this.#timers = timers
    this.#isDirty = isDirty
    this.#save = save
  }

  /** Something has been edited. */
  edited(): void {
    this.#schedule(this.#afterMs)
  }

  /** A save has come to its end, whoever asked for it. */
  settled(result: SaveResult): void {
    this.#isStale = !result.ok && result.code === 'edit.stale'
    this.#failures = result.ok ? 0 : this.#failures + 1
    this.#schedule(result.ok ? this.#afterMs : this.#pause())
  }

  /** The editor has read what is stored. */
  upToDate(): void {
    this.#isStale = false
    this.#failures = 0
    this.#schedule(this.#afterMs)
  }

  stop(): void {
    this.#callOff?.()
    this.#callOff = undefined
  }

  #pause(): number {
    const first = Math.max(this.#afterMs, MIN_PAUSE_MS / 2)
    return Math.min(first * 2 ** this.#failures, Math.max(MAX_PAUSE_MS, this.#afterMs))
  }

  #schedule(delayMs: number): void {
    this.stop()
    if (this.#isStale || !this.#isDirty()) return
    this.#callOff = this.#timers.after(delayMs, () => {
      this.#callOff = undefined
      if (this.#isDirty()) this.#save()
    })
  }
}
