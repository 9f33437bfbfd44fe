import { SluiceError } from '../../base/sluice-error.ts'
import type { Commit, CommitAnswer, SessionStore } from '../stores/session-store.ts'

/** The most commits that one transaction takes. */
const MAX_BATCH = 512

interface Waiting {
  readonly commit: Commit
  readonly resolve: (answer: CommitAnswer) => void
  readonly reject: (error: unknown) => void
}

/**
 * Stores commits in groups: those that come while others are being stored, or in the same turn of the event loop, share a
 * transaction. Nobody is answered before their commit is stored for good.
 */
export class Committer {
  readonly #store: SessionStore
  readonly #tenant: string
  #waiting: Waiting[] = []
  #scheduled = false

  constructor(store: SessionStore, tenant: string) {
    this.#store = store
    this.#tenant = tenant
  }

  commit(commit: Commit): Promise<CommitAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ commit, resolve, reject })
      if (this.#scheduled) return
      this.#scheduled = true
      afterThisTurn(() => void this.#flush())
    })
  }

  /**
   * Where the group fails, half of it is tried at a time: what one of them has wrong must not be paid for by the others. Where
   * two have failed alone it is the store, and the rest is not tried.
   */
  async #commitAll(batch: readonly Waiting[], alone: unknown[] = []): Promise<void> {
    try {
      if (alone.length > 1) throw alone[0]
      const commits = batch.map(({ commit }) => commit)
      const answers = await this.#store.commit(this.#tenant, commits)
      for (let i = 0; i < batch.length; i++) batch[i]!.resolve(answers[i]!)
    } catch (error) {
      if (batch.length === 1) alone.push(error)
      if (batch.length === 1 || alone.length > 1 || isOfStore(error)) {
        for (const { reject } of batch) reject(error)
        return
      }
      const half = batch.length >> 1
      await this.#commitAll(batch.slice(0, half), alone)
      await this.#commitAll(batch.slice(half), alone)
    }
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, MAX_BATCH)
      this.#waiting = this.#waiting.slice(MAX_BATCH)
      await this.#commitAll(batch)
      // Those who were just answered may have something to add.
      if (this.#waiting.length > 0 || batch.length > 1) await nextTurn()
    }
    this.#scheduled = false
  }
}

/** True where the store itself is out of order: it is for each alone as it was for all. */
function isOfStore(error: unknown): boolean {
  return error instanceof SluiceError && OF_STORE.has(error.code)
}

const OF_STORE: ReadonlySet<string> = new Set(['store.busy', 'store.full', 'store.closed'])

function nextTurn(): Promise<void> {
  return new Promise(afterThisTurn)
}

/** Calls back when everything has run that is ready to. Browsers have no `setImmediate`. */
function afterThisTurn(call: () => void): void {
  const { setImmediate } = globalThis as { setImmediate?: (call: () => void) => unknown }
  if (setImmediate === undefined) setTimeout(call, 0)
  else setImmediate(call)
}
