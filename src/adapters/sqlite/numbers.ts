import type { Connection } from './connection.ts'

/**
 * The numbers of everything that is numbered: they rise, and none is ever used again, whatever has been deleted. They are
 * read once in a transaction and written once at its end.
 */
export class Numbers {
  readonly #connection: Connection
  /** The last number that was in use before. */
  readonly before: number
  #last: number

  /** Reads where they have come to; inside of a transaction. */
  constructor(connection: Connection) {
    this.#connection = connection
    this.before = Number(connection.prepare('SELECT last FROM numbers').get()?.last)
    this.#last = this.before
  }

  next(): number {
    this.#last += 1
    return this.#last
  }

  save(): void {
    if (this.#last > this.before) this.#connection.prepare('UPDATE numbers SET last = ?').run(this.#last)
  }
}
