import type { Operator } from './operator.ts'
import type { HostOptions } from './options.ts'
import type { HostParts } from './parts.ts'
import type { HostRefusal } from './refusal.ts'

/** Sessions that are dealt with at once. */
const PAGE = 200

export type Erased =
  | {
      readonly ok: true
      /** How many sessions are gone, with all that was kept of them. */
      readonly sessions: number
    }
  | HostRefusal

/** Removes what is not to be kept (RUN-24): at the wish of a person, and when its time is over. */
export class Housekeeping {
  readonly #parts: HostParts
  readonly #operator: Operator
  readonly #options: Pick<HostOptions, 'keepEndedMs' | 'eraseRecording'>

  constructor(
    parts: HostParts,
    operator: Operator,
    options: Pick<HostOptions, 'keepEndedMs' | 'eraseRecording'>,
  ) {
    this.#parts = parts
    this.#operator = operator
    this.#options = options
  }

  /**
   * Removes everything that is kept of a contact: sessions under way and ended ones with history, log entries and work that
   * is still to be done, recordings, and the contact themselves. Counts stay. Where a recording cannot be taken down it
   * rejects, and can be asked for again.
   */
  async erase(contact: string, by: string): Promise<Erased> {
    const denied = await this.#operator.permit('erase', 'admin', by)
    if (denied !== undefined) return denied
    const { sessions, contacts, tenant } = this.#parts
    let erased = 0
    for (;;) {
      const { items } = await sessions.list(tenant, { contact, limit: PAGE })
      if (items.length === 0) break
      await this.#eraseAll(items.map(({ session }) => session))
      erased += items.length
    }
    await contacts.remove(tenant, contact)
    return { ok: true, sessions: erased }
  }

  /** Removes ended sessions whose time is over, and what was remembered longer than it has to be. */
  async sweep(): Promise<void> {
    const { sessions, tenant, clock } = this.#parts
    const now = clock.now()
    await sessions.dropExpired(tenant, now)
    const { keepEndedMs } = this.#options
    if (keepEndedMs === undefined) return
    for (;;) {
      const old = await sessions.endedBefore(tenant, now - keepEndedMs, PAGE)
      if (old.length === 0) return
      await this.#eraseAll(old)
    }
  }

  async #eraseAll(ids: readonly string[]): Promise<void> {
    await Promise.all(ids.map((id) => this.#erase(id)))
  }

  /** In its turn, so that nothing that is on its way writes the session anew. */
  #erase(id: string): Promise<void> {
    const { desk, sessions, tenant, committer } = this.#parts
    return desk.inTurn(id, async () => {
      const stored = await sessions.read(tenant, id)
      if (stored === undefined) return
      const record = await desk.decode(stored.text)
      for (const url of record.recordings ?? []) await this.#options.eraseRecording?.(url)
      // What counts as waiting, or as a card, does so no longer.
      const counts = desk.placeCounts(record)
      if (counts.length > 0) await committer.commit({ counts })
      await sessions.erase(tenant, [id])
      desk.forget(id)
    })
  }
}
