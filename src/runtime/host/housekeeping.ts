import type { StoredSession } from '../stores/session-store.ts'
import { foldAddress } from './addresses.ts'
import type { Operator } from './operator.ts'
import type { HostOptions } from './options.ts'
import type { HostParts } from './parts.ts'
import type { HostRefusal } from './refusal.ts'
import type { SessionRecord } from './session-record.ts'

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
    const addresses = (await contacts.get(tenant, contact))?.addresses ?? []
    let erased = 0
    // Before they were known they went by their address.
    for (const id of new Set([contact, ...addresses, ...addresses.map(foldAddress)])) {
      for (;;) {
        const { items } = await sessions.list(tenant, { contact: id, limit: PAGE })
        if (items.length === 0) break
        erased += items.length - (await this.#eraseAll(items.map(({ session }) => session))).length
      }
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
      const reasons = await this.#eraseAll(old)
      // Those that could not be erased come again, before the others: what is behind them has its turn at the next sweep.
      if (reasons.length > 0 && old.length < PAGE) throw reasons[0]
    }
  }

  /** All that can be erased; why the others could not. Rejects where none could. */
  async #eraseAll(ids: readonly string[]): Promise<readonly unknown[]> {
    const outcomes = await Promise.allSettled(ids.map((id) => this.#erase(id)))
    const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    if (reasons.length === ids.length && ids.length > 0) throw reasons[0]
    return reasons
  }

  /** In its turn, so that nothing that is on its way writes the session anew. */
  #erase(id: string): Promise<void> {
    const { desk, sessions, tenant } = this.#parts
    return desk.inTurn(id, async () => {
      const stored = await sessions.read(tenant, id)
      if (stored === undefined) return
      const record = await desk.decode(stored.text)
      for (const url of record.recordings ?? []) await this.#options.eraseRecording?.(url)
      await this.#countOut(stored, record)
      await sessions.erase(tenant, [id])
      desk.forget(id)
    })
  }

  /**
   * What counts as waiting, or as a card, does so no longer. It is stored with a session that is over, so that whoever comes
   * back here after a crash does not count it out once more.
   */
  async #countOut({ session, revision, head }: StoredSession, record: SessionRecord): Promise<void> {
    const { codec, committer, clock, desk } = this.#parts
    const counts = desk.placeCounts(record)
    if (counts.length === 0) return
    const { cards: _cards, armed, ...rest } = record
    const { wait: _wait, ...ended } = record.session
    const over: SessionRecord = { ...rest, session: { ...ended, status: 'ended' } }
    const answer = await committer.commit({
      next: {
        session,
        expected: revision,
        text: await codec.encode(JSON.stringify(over)),
        head: { ...head, status: 'ended', endedAt: head.endedAt ?? clock.now() },
        ...(armed === undefined ? {} : { timer: { from: armed } }),
      },
      counts,
    })
    if (!answer.ok) throw new Error(`The session ${session} was changed by somebody else`)
  }
}
