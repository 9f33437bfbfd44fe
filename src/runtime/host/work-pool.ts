export interface WorkPoolOptions {
  /** Pieces of work under way at once; 256 unless given. */
  readonly concurrency?: number
  /** Inputs of one tenant that may wait for their turn; 10,000 unless given. More are refused as `host.busy`. */
  readonly maxWaiting?: number
}

type Start = () => void

/**
 * Shares out work between tenants: each in turn gets a place, however much others have waiting. Hosts of one process share
 * a pool where their tenants are to be treated alike; a host that is given none has one of its own.
 *
 * @example
 * const pool = createWorkPool({ concurrency: 128 })
 * const acme = createHost({ workspace: acmeWorkspace, store, nodes: palette, pool })
 * const globex = createHost({ workspace: globexWorkspace, store, nodes: palette, pool })
 */
export function createWorkPool(options: WorkPoolOptions = {}): WorkPool {
  return new WorkPool(options)
}

export class WorkPool {
  readonly #concurrency: number
  readonly #maxWaiting: number
  #open = 0
  /** Tenants with work that waits; the first one is next. */
  readonly #queues = new Map<string, Start[]>()
  readonly #counts = new Map<string, number>()

  constructor({ concurrency = 256, maxWaiting = 10_000 }: WorkPoolOptions) {
    this.#concurrency = Math.max(1, concurrency)
    this.#maxWaiting = Math.max(0, maxWaiting)
  }

  /** How many inputs of a tenant have been admitted and are not done. */
  pending(tenant: string): number {
    return this.#counts.get(tenant) ?? 0
  }

  /** Counts an input in, or says that there are too many. Each one that is admitted has to be counted out. */
  admit(tenant: string): boolean {
    const count = this.pending(tenant)
    if (count >= this.#concurrency + this.#maxWaiting) return false
    this.#counts.set(tenant, count + 1)
    return true
  }

  countOut(tenant: string): void {
    const count = this.pending(tenant) - 1
    if (count > 0) this.#counts.set(tenant, count)
    else this.#counts.delete(tenant)
  }

  /** Does a piece of work when the tenant has a place. */
  async run<Result>(tenant: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#open >= this.#concurrency) await this.#wait(tenant)
    else this.#open++
    try {
      return await work()
    } finally {
      this.#handOver()
    }
  }

  #wait(tenant: string): Promise<void> {
    return new Promise((resolve) => {
      const queue = this.#queues.get(tenant)
      if (queue === undefined) this.#queues.set(tenant, [resolve])
      else queue.push(resolve)
    })
  }

  /** The place goes to the tenant whose turn it is, who then stands last. */
  #handOver(): void {
    const next = this.#queues.entries().next()
    if (next.done === true) {
      this.#open--
      return
    }
    const [tenant, queue] = next.value
    const start = queue.shift()!
    this.#queues.delete(tenant)
    if (queue.length > 0) this.#queues.set(tenant, queue)
    start()
  }
}
