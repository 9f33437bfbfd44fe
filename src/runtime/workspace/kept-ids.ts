import type { Ids } from '../../base/ports.ts'

/** Ids that are given again, in the same order, when work is done over: so it stores the same texts again. */
export class KeptIds {
  readonly #source: Ids
  #given: string[] = []

  constructor(source: Ids) {
    this.#source = source
  }

  /** The ids from the first one on. */
  again(): Ids {
    let place = 0
    return {
      next: () => {
        const id = this.#given[place] ?? this.#source.next()
        this.#given[place++] = id
        return id
      },
    }
  }

  /** From now on other ids are given. */
  forget(): void {
    this.#given = []
  }
}
