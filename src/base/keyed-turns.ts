/** Lets pieces of work with equal keys be done one after another, in the order in which they were asked for. */
export class KeyedTurns {
  readonly #tails = new Map<string, Promise<unknown>>()

  /** What the work comes to. Work that fails holds nobody up; work with other keys does not wait. */
  take<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#tails.get(key)
    const turn = before === undefined ? work() : before.then(work, work)
    this.#tails.set(key, turn)
    const leave = () => {
      if (this.#tails.get(key) === turn) this.#tails.delete(key)
    }
    turn.then(leave, leave)
    return turn
  }
}
