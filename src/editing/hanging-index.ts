import { IdMap } from './id-map.ts'

/** Ids of what hangs on things, by the things: connectors and notes by their nodes. Written over in one edit. */
export class HangingIndex {
  readonly #before: IdMap<IdMap<true>>
  readonly #written = new Map<string, IdMap<true> | undefined>()

  constructor(before: IdMap<IdMap<true>>) {
    this.#before = before
  }

  get(key: string): IdMap<true> | undefined {
    return this.#written.has(key) ? this.#written.get(key) : this.#before.get(key)
  }

  add(key: string, id: string): void {
    this.#written.set(key, (this.get(key) ?? IdMap.empty<true>()).with(id, true))
  }

  remove(key: string, id: string): void {
    const left = this.get(key)?.without(id)
    this.#written.set(key, left === undefined || left.size === 0 ? undefined : left)
  }

  commit(): IdMap<IdMap<true>> {
    return this.#before.withAll(this.#written)
  }
}
