import type { FlowGraph } from './flow-graph.ts'

/**
 * A graph that follows edits: a node that comes or goes, or leads somewhere else, costs no more than its neighbours.
 * Numbers stay dense: the last node takes the number of one that goes.
 */
export class LiveGraph implements FlowGraph {
  readonly indexOf = new Map<string, number>()
  readonly next: number[][] = []
  readonly previous: number[][] = []
  readonly #ids: string[] = []

  add(id: string): number {
    const index = this.next.length
    this.indexOf.set(id, index)
    this.#ids.push(id)
    this.next.push([])
    this.previous.push([])
    return index
  }

  /** Takes a node away, with all that leads to it and from it; returns its number, which the last node has now. */
  remove(id: string): number {
    const index = this.indexOf.get(id)!
    this.link(index, [])
    for (const source of [...this.previous[index]!]) {
      this.next[source] = this.next[source]!.filter((target) => target !== index)
    }
    this.indexOf.delete(id)
    const last = this.next.length - 1
    if (index !== last) this.#renumber(last, index)
    this.#ids.pop()
    this.next.pop()
    this.previous.pop()
    return index
  }

  /** Says where a node leads; true where that has changed. */
  link(index: number, targets: number[]): boolean {
    const before = this.next[index]!
    if (before.length === targets.length && before.every((target, i) => target === targets[i])) return false
    for (const target of before) removeOne(this.previous[target]!, index)
    for (const target of targets) this.previous[target]!.push(index)
    this.next[index] = targets
    return true
  }

  #renumber(from: number, to: number): void {
    const [next, previous] = [this.next[from]!, this.previous[from]!]
    this.#ids[to] = this.#ids[from]!
    this.indexOf.set(this.#ids[to], to)
    this.next[to] = next
    this.previous[to] = previous
    replaceAll(next, from, to)
    replaceAll(previous, from, to)
    for (const target of new Set(next)) if (target !== to) replaceAll(this.previous[target]!, from, to)
    for (const source of new Set(previous)) if (source !== to) replaceAll(this.next[source]!, from, to)
  }
}

function removeOne(list: number[], value: number): void {
  const at = list.indexOf(value)
  list[at] = list[list.length - 1]!
  list.pop()
}

function replaceAll(list: number[], from: number, to: number): void {
  for (let i = 0; i < list.length; i++) if (list[i] === from) list[i] = to
}
