/** Lets pieces of work be done one after another, in the order in which they were asked for. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()
  #open = 0

  /** True while a piece of work is being done, or waits for its turn. */
  get busy(): boolean {
    return this.#open > 0
  }

  /** What the work comes to. Work that fails holds nobody up. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#open++
    const turn = this.#last.then(work).finally(() => {
      this.#open--
    })
    this.#last = turn.catch(() => {})
    return turn
  }
}
