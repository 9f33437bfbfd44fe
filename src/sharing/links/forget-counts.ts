import type { LinkStore } from './link-store.ts'

/** How often counts that hold no longer are forgotten, in milliseconds. */
const FORGET_MS = 60 * 60_000

/**
 * Forgets counts that hold no longer, now and then, while others are counted, so that nobody can fill a store by wrong
 * passwords and by names of single times.
 */
export class ForgetCounts {
  readonly #store: Pick<LinkStore, 'dropExpired'>
  readonly #tenant: string
  #last = Number.NEGATIVE_INFINITY

  constructor(store: Pick<LinkStore, 'dropExpired'>, tenant: string) {
    this.#store = store
    this.#tenant = tenant
  }

  /** Does nothing where it was done within the last hour. A clock that was set back does not keep it from being done. */
  async at(now: number): Promise<void> {
    if (Math.abs(now - this.#last) < FORGET_MS) return
    this.#last = now
    try {
      await this.#store.dropExpired(this.#tenant, now)
    } catch {
      // It comes again. A store that fails is told of by the count that follows.
    }
  }
}
