import type { Slice } from '../../releases/reading/slice.ts'
import type { Mark } from '../stores/session-store.ts'

/** Marks that are remembered; each belongs to one address or contact. */
const KEPT = 10_000
/** Sessions of one mark that are remembered, and that are looked at. */
const MAX_SESSIONS = 5_000
const MAX_GIVEN = 50

interface Entry {
  /** Absent while it is being read. */
  sessions: Set<string> | undefined
  /** What has changed while it was being read, in order. */
  readonly changes: { readonly session: string; readonly marked: boolean }[]
}

/**
 * The sessions that bear a mark: read once, and kept up to date by what this host stores, so that the next message of
 * somebody looks nothing up. One host runs a workspace at a time; nobody else gives sessions marks.
 */
export class MarkedSessions {
  readonly #read: (mark: string, after: string | undefined) => Promise<Slice<string>>
  readonly #entries = new Map<string, Entry>()

  constructor(read: (mark: string, after: string | undefined) => Promise<Slice<string>>) {
    this.#read = read
  }

  /** The sessions with the highest ids, 50 at most: ids begin with the time. */
  async of(mark: string): Promise<readonly string[]> {
    const known = this.#entries.get(mark)
    if (known?.sessions !== undefined) {
      // The one asked for longest ago stands first.
      this.#entries.delete(mark)
      this.#entries.set(mark, known)
      return latest(known.sessions)
    }
    const entry: Entry = { sessions: undefined, changes: [] }
    if (known === undefined) this.#entries.set(mark, entry)
    try {
      const items = await this.#readAll(mark)
      const isWhole = items.length < MAX_SESSIONS
      if (!isWhole || known !== undefined || this.#entries.get(mark) !== entry) return latest(items)
      entry.sessions = new Set(items)
      for (const { session, marked } of entry.changes) this.#apply(entry.sessions, session, marked)
      if (this.#entries.size > KEPT) this.#entries.delete(this.#entries.keys().next().value!)
      return latest(entry.sessions)
    } finally {
      if (entry.sessions === undefined && this.#entries.get(mark) === entry) this.#entries.delete(mark)
    }
  }

  async #readAll(mark: string): Promise<readonly string[]> {
    const found: string[] = []
    let after: string | undefined
    do {
      const { items, next } = await this.#read(mark, after)
      found.push(...items)
      after = next
    } while (after !== undefined && found.length < MAX_SESSIONS)
    return found
  }

  /** Marks have been stored, and taken away. */
  changed(marked: readonly Mark[] = [], unmarked: readonly Mark[] = []): void {
    for (const { mark, session } of unmarked) this.#note(mark, session, false)
    for (const { mark, session } of marked) this.#note(mark, session, true)
  }

  /** Forgets everything, where nobody knows what has been stored. */
  clear(): void {
    this.#entries.clear()
  }

  #note(mark: string, session: string, marked: boolean): void {
    const entry = this.#entries.get(mark)
    if (entry === undefined) return
    if (entry.sessions === undefined) entry.changes.push({ session, marked })
    else this.#apply(entry.sessions, session, marked)
  }

  #apply(sessions: Set<string>, session: string, marked: boolean): void {
    if (marked) sessions.add(session)
    else sessions.delete(session)
  }
}

function latest(sessions: Iterable<string>): readonly string[] {
  const all = [...sessions]
  return all.length <= MAX_GIVEN ? all : all.sort().slice(-MAX_GIVEN)
}
