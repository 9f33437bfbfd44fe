/** Where a session is: its number, its revision and its last row of history. */
export interface Place {
  readonly n: number
  readonly revision: number
  readonly past: number | null
}

/** Sessions whose places are remembered; a conversation rarely pauses for so many inputs of others. */
const KEPT = 4_096

/**
 * Where the sessions are that this handle has written last, so that writing one again looks nothing up. Others may have
 * written meanwhile: whoever relies on a place has to see that the revision still holds.
 */
export class Places {
  readonly #places = new Map<string, Place>()

  get(tenant: number, session: string): Place | undefined {
    return this.#places.get(`${tenant} ${session}`)
  }

  set(tenant: number, session: string, place: Place): void {
    const key = `${tenant} ${session}`
    // The one written longest ago stands first.
    this.#places.delete(key)
    this.#places.set(key, place)
    if (this.#places.size > KEPT) this.#places.delete(this.#places.keys().next().value!)
  }

  drop(tenant: number, session: string): void {
    this.#places.delete(`${tenant} ${session}`)
  }

  clear(): void {
    this.#places.clear()
  }
}
