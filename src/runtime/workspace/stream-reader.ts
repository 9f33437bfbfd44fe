/** What is made of the events of one stream. */
export interface Replay<Event> {
  /** How many events it is made of. */
  readonly revision: number
  /** Takes in the events that follow, or throws and stays as it is. */
  take(events: readonly Event[]): void
}

/**
 * Keeps what is made of one stream up to date: reads what is new alone, one read at a time. Callers who come while a read
 * is on its way share the one that follows it, for what was stored before they asked has to be in it.
 */
export class StreamReader<Event, Made extends Replay<Event>> {
  readonly made: Made
  readonly #read: (after: number) => Promise<readonly Event[]>
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined

  constructor(made: Made, read: (after: number) => Promise<readonly Event[]>) {
    this.made = made
    this.#read = read
  }

  /** Resolves when everything is in that was stored before the call. */
  refresh(): Promise<void> {
    if (this.#running === undefined) {
      this.#running = this.#take().finally(() => {
        this.#running = undefined
      })
      return this.#running
    }
    // Where the read on its way fails, those who asked for it hear of it; the next one is tried all the same.
    this.#next ??= this.#running
      .catch(() => {})
      .then(() => {
        this.#next = undefined
        return this.refresh()
      })
    return this.#next
  }

  /** Takes in what the caller has appended after a revision, so that it need not be read. False where it has been read. */
  add(events: readonly Event[], after: number): boolean {
    if (this.made.revision !== after) return false
    if (events.length > 0) this.made.take(events)
    return true
  }

  async #take(): Promise<void> {
    const before = this.made.revision
    const events = await this.#read(before)
    const added = this.made.revision - before
    if (events.length > added) this.made.take(added === 0 ? events : events.slice(added))
  }
}
