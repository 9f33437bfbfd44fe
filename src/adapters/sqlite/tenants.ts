import type { Connection } from './connection.ts'

/** Numbers of tenants are remembered up to here, then asked for again. */
const MAX_REMEMBERED = 10_000

/** Tenants by name, as the small numbers that stand in the rows and indexes of other tables. */
export class Tenants {
  readonly #connection: Connection
  readonly #known = new Map<string, number>()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The number of a tenant; -1, which nobody has, where nothing was ever stored for it. */
  find(name: string): number {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const row = this.#connection.prepare('SELECT n FROM tenants WHERE name = ?').get(name)
    if (row === undefined) return -1
    if (this.#known.size >= MAX_REMEMBERED) this.#known.clear()
    this.#known.set(name, Number(row.n))
    return Number(row.n)
  }

  /**
   * The number of a tenant, who gets one where there is none. In a transaction of its own: one that is rolled back must
   * not take back what is remembered.
   */
  make(name: string): number {
    const found = this.find(name)
    if (found !== -1) return found
    this.#connection.transaction(() =>
      this.#connection.prepare('INSERT OR IGNORE INTO tenants (name) VALUES (?)').run(name),
    )
    return this.find(name)
  }
}
