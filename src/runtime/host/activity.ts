/** Counts what is under way, so that one can wait until nothing is. */
export class Activity {
  #open = 0
  #waiting: (() => void)[] = []

  get idle(): boolean {
    return this.#open === 0
  }

  /** Does a piece of work that counts. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#open++
    try {
      return await work()
    } finally {
      this.leave()
    }
  }

  enter(): void {
    this.#open++
  }

  leave(): void {
    if (--this.#open > 0) return
    const waiting = this.#waiting
    this.#waiting = []
    for (const call of waiting) call()
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.#open > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }
}
