/** Those who want to be told. Everybody is told of everything in the order in which it happened. */
export class Listeners<Event> {
  readonly #entries = new Set<{ readonly listener: (event: Event) => void }>()
  readonly #untold: Event[] = []
  readonly #onError: (error: unknown) => void
  #isTelling = false
  #round = 0

  /** `onError` gets what a listener throws; the others are told all the same. */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  /** While somebody is being told: how many things have been told of since nothing was. Else 0. */
  get round(): number {
    return this.#round
  }

  /** Returns what takes the listener away again; a function that is added twice is told twice. */
  add(listener: (event: Event) => void): () => void {
    const entry = { listener }
    this.#entries.add(entry)
    return () => {
      this.#entries.delete(entry)
    }
  }

  /** What happens while somebody is being told is told after that, so that nobody hears the later thing first. */
  tell(event: Event): void {
    this.#untold.push(event)
    if (this.#isTelling) return
    this.#isTelling = true
    for (let next = this.#untold.shift(); next !== undefined; next = this.#untold.shift()) {
      this.#round += 1
      this.#tellAll(next)
    }
    this.#round = 0
    this.#isTelling = false
  }

  clear(): void {
    this.#entries.clear()
  }

  #tellAll(event: Event): void {
    for (const entry of [...this.#entries]) {
      if (!this.#entries.has(entry)) continue
      try {
        entry.listener(event)
      } catch (error) {
        this.#report(error)
      }
    }
  }

  /** Who is told of errors may throw as well. */
  #report(error: unknown): void {
    try {
      this.#onError(error)
    } catch (another) {
      throwLater(another)
    }
  }
}

/** Lets an error surface as one that nobody caught, once the edit is done: the edit itself has not failed. */
export function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
