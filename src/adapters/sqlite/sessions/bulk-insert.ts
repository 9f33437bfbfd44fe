import type { Connection, Value } from '../connection.ts'

/** Rows of one statement. Half the time of as many statements with one row each; more rows gain little. */
const ROWS = 16

/** Rows that are written many at a time, when `flush` is called or enough have come together. */
export class BulkInsert {
  readonly #connection: Connection
  readonly #table: string
  readonly #width: number
  #values: Value[] = []

  constructor(connection: Connection, table: string, width: number) {
    this.#connection = connection
    this.#table = table
    this.#width = width
  }

  add(...row: Value[]): void {
    for (const value of row) this.#values.push(value)
    if (this.#values.length === ROWS * this.#width) this.flush()
  }

  flush(): void {
    const values = this.#values
    this.#values = []
    if (values.length === ROWS * this.#width) this.#insert(values, ROWS)
    else {
      for (let i = 0; i < values.length; i += this.#width) this.#insert(values.slice(i, i + this.#width), 1)
    }
  }

  #insert(values: Value[], rows: number): void {
    const row = `(${Array(this.#width).fill('?').join()})`
    this.#connection
      .prepare(`INSERT INTO ${this.#table} VALUES ${Array(rows).fill(row).join()}`)
      .run(...values)
  }
}
