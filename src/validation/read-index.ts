import type { NodeFacts } from './node-facts.ts'
import type { ScopeChange } from './scope-change.ts'
import type { CheckedSource } from './source-reader.ts'

/** Which nodes read which names, so that those can be found which a change of the names concerns. */
export class ReadIndex {
  readonly #readers = new Map<string, Set<string>>()
  readonly #keys = new Map<string, readonly string[]>()
  /** Nodes with a source that could not be read: another name may mend it, or word what is said of it otherwise. */
  readonly #faulty = new Set<string>()

  put({ node: { id }, sources }: NodeFacts): void {
    this.delete(id)
    const keys = keysOf(sources)
    if (keys.length > 0) this.#keys.set(id, keys)
    for (const key of keys) {
      const readers = this.#readers.get(key)
      if (readers === undefined) this.#readers.set(key, new Set([id]))
      else readers.add(id)
    }
    if (sources.some(({ faults }) => faults.length > 0)) this.#faulty.add(id)
  }

  delete(id: string): void {
    for (const key of this.#keys.get(id) ?? []) {
      const readers = this.#readers.get(key)!
      readers.delete(id)
      if (readers.size === 0) this.#readers.delete(key)
    }
    this.#keys.delete(id)
    this.#faulty.delete(id)
  }

  /** Nodes with sources that may come to something else. */
  concernedBy({ roots, members }: ScopeChange): ReadonlySet<string> {
    const ids = new Set(this.#faulty)
    for (const key of [...roots, ...members]) for (const id of this.#readers.get(key) ?? []) ids.add(id)
    return ids
  }
}

/** What is read, as a root or as a member of one; each once. */
function keysOf(sources: readonly CheckedSource[]): readonly string[] {
  const keys = new Set<string>()
  for (const { checked } of sources) {
    for (const { path } of checked?.reads ?? [])
      keys.add(path.length === 1 ? path[0] : `${path[0]}.${path[1]}`)
  }
  return [...keys]
}
