/** The values that were asked for last, by key. */
export class Recent<Value> {
  readonly #size: number
  readonly #values = new Map<string, Value>()

  constructor(size: number) {
    this.#size = size
  }

  /** The value where it is kept. */
  peek(key: string): Value | undefined {
    return this.#values.get(key)
  }

  /** The value, made where it is not kept. */
  get(key: string, make: () => Value): Value {
    const value = this.#values.get(key) ?? make()
    // The one asked for longest ago stands first.
    this.#values.delete(key)
    this.#values.set(key, value)
    if (this.#values.size > this.#size) this.#values.delete(this.#values.keys().next().value!)
    return value
  }

  /** Forgets a value. */
  drop(key: string): void {
    this.#values.delete(key)
  }
}
