import type { Program } from '../../interpreter/program.ts'
import type { Coverage } from '../coverage.ts'

/** Where something stands: a node of a flow. */
interface Standing {
  readonly flow: string
  readonly node: string
}

interface Queue<T> {
  readonly standing: Standing
  readonly entries: T[]
  turns: number
}

/** What lies further away than any way through a flow. */
const FAR = 1_000
/** Entries kept for one node; of more, the first ones are as good. */
const MAX_ENTRIES = 1_000

/**
 * What a search goes on with: entries by the node they stand on, those first that are nearest to an outcome which
 * nobody has taken. A node that has had many turns gives way to others.
 */
export class Frontier<T> {
  readonly #flows: ReadonlyMap<string, Program>
  readonly #coverage: Coverage
  readonly #queues = new Map<string, Queue<T>>()
  #dropped = false
  #distances: ReadonlyMap<string, readonly number[]> | undefined

  constructor(flows: ReadonlyMap<string, Program>, coverage: Coverage) {
    this.#flows = flows
    this.#coverage = coverage
  }

  add(entry: T, { flow, node }: Standing): void {
    const key = JSON.stringify([flow, node])
    const queue = this.#queues.get(key) ?? { standing: { flow, node }, entries: [], turns: 0 }
    this.#queues.set(key, queue)
    if (queue.entries.length < MAX_ENTRIES) queue.entries.push(entry)
    else this.#dropped = true
  }

  /** True where entries were left out because too many stood on one node: what is never taken was not all there was. */
  get dropped(): boolean {
    return this.#dropped
  }

  /** The next entry to go on with; it is taken out. */
  take(): T | undefined {
    let best: Queue<T> | undefined
    let least = Number.POSITIVE_INFINITY
    for (const queue of this.#queues.values()) {
      if (queue.entries.length === 0) continue
      const cost = this.#distance(queue.standing) + 2 * Math.log2(1 + queue.turns)
      if (cost < least) [best, least] = [queue, cost]
    }
    if (best === undefined) return undefined
    best.turns++
    return best.entries.shift()
  }

  /** Some outcome was taken for the first time: distances are measured anew when next asked for. */
  refresh(): void {
    this.#distances = undefined
  }

  #distance({ flow, node }: Standing): number {
    this.#distances ??= new Map(
      [...this.#flows.values()].map((program) => [program.flow, distances(program, this.#coverage)]),
    )
    const index = this.#flows.get(flow)?.nodesById.get(node)?.index
    return (index === undefined ? undefined : this.#distances.get(flow)?.[index]) ?? FAR
  }
}

/** By node: how many transitions away the nearest node is that has an outcome nobody took. */
function distances({ flow, nodes }: Program, coverage: Coverage): readonly number[] {
  const found = nodes.map(() => FAR)
  const previous = nodes.map((): number[] => [])
  let wave: number[] = []
  for (const { index, id, outcomes, targets } of nodes) {
    targets.forEach((target, position) => {
      if (target < 0) return
      previous[target]!.push(index)
      if (found[index] !== 0 && coverage.count(flow, id, outcomes[position]!) === 0) {
        found[index] = 0
        wave.push(index)
      }
    })
  }
  for (let distance = 1; wave.length > 0; distance++) {
    const next: number[] = []
    for (const index of wave) {
      for (const from of previous[index]!) {
        if (found[from] !== FAR) continue
        found[from] = distance
        next.push(from)
      }
    }
    wave = next
  }
  return found
}
