import type { PageQuery } from '../../releases/reading/pages.ts'
import type { Slice } from '../../releases/reading/slice.ts'

/**
 * Where sessions are kept, with all that has to change together with them: effects that are yet to be done, timers,
 * what is claimed once, what tells who can be reached, counts, history and logbooks. One store serves many tenants.
 * `sessionStoreContract` of `sluice/testing` holds an implementation against all that is said here.
 *
 * Texts are opaque to a store: they may be encrypted. They and names are well-formed UTF-16 without NUL, which not every database
 * can keep. Instants are milliseconds since 1970-01-01T00:00:00Z.
 */
export interface SessionStore {
  /**
   * Applies commits in their order, each whole or not at all; one that is turned down takes none of the others with it.
   * Later commits of one call see what earlier ones have done. All of a call may share one transaction. Resolves when
   * everything is stored for good; rejects where nothing is.
   */
  commit(tenant: string, commits: readonly Commit[]): Promise<readonly CommitAnswer[]>

  read(tenant: string, session: string): Promise<StoredSession | undefined>
  /** Sessions by what their heads say, the latest started first. */
  list(tenant: string, query: SessionQuery): Promise<Slice<ListedSession>>
  /** Everything that was recorded of a session, in order, after a revision. */
  history(tenant: string, session: string, after?: number): Promise<readonly HistoryEntry[]>

  /** The session that has claimed a key, where the claim still holds at an instant. */
  claimant(tenant: string, key: string, now: number): Promise<string | undefined>
  /** Sessions that bear a mark, by id. */
  marked(tenant: string, mark: string, query: PageQuery): Promise<Slice<string>>

  /** Timers due at an instant or before, the earliest first. */
  due(tenant: string, until: number, limit: number): Promise<readonly Timer[]>
  /** When the earliest timer is due. */
  nextDue(tenant: string): Promise<number | undefined>
  /** Work that is not settled, by number, after a number; what is postponed as well. */
  outbox(tenant: string, after: number, limit: number): Promise<readonly OutboxEntry[]>
  /** Effects that were given up, the latest first. */
  deadLetters(tenant: string, query: DeadLetterQuery): Promise<Slice<DeadLetter>>

  /** Entries of a logbook, or of all logbooks, the latest first. */
  log(tenant: string, query: LogQuery): Promise<Slice<StoredLogEntry>>
  /** Every count whose name begins with a text, by name; those that are 0 are left out. */
  counts(tenant: string, prefix: string): Promise<ReadonlyMap<string, number>>
  /** How far something has come; 0 unless a commit has said. */
  cursor(tenant: string, name: string): Promise<number>

  /**
   * Removes all that is kept of sessions, whatever they are at: their texts, history, log entries, work, timers, claims and
   * marks. Counts stay. Unknown sessions are passed over.
   */
  erase(tenant: string, sessions: readonly string[]): Promise<void>
  /** Sessions that ended before an instant, the earliest first. */
  endedBefore(tenant: string, instant: number, limit: number): Promise<readonly string[]>
  /** Removes claims that hold no longer at an instant. */
  dropExpired(tenant: string, now: number): Promise<void>
}

/** What changes together. Every member may be left out. */
export interface Commit {
  /** The next revision of a session. Turned down where the session is not at the revision expected. */
  readonly next?: NextRevision
  /** Keys to claim for a session, each once. Turned down where another session holds one. */
  readonly claims?: readonly Claim[]
  /** Keys to give up, whoever holds them. They are given up before others are claimed. */
  readonly unclaim?: readonly string[]
  /** Marks for `session`, and marks to take from it. */
  readonly mark?: readonly Mark[]
  readonly unmark?: readonly Mark[]
  /** Work to be done once the commit is stored, as one entry of the outbox. */
  readonly work?: Work
  /** Entries of the outbox that are settled. */
  readonly settled?: readonly number[]
  /** Entries of the outbox to be kept with another text, and not to be looked at before an instant. */
  readonly postponed?: readonly Postponed[]
  /** Effects that are given up. */
  readonly dead?: readonly NewDeadLetter[]
  /** Dead letters that are taken back, by number. */
  readonly revived?: readonly number[]
  readonly log?: readonly LogEntry[]
  /** What to add to counts, by name. */
  readonly counts?: readonly (readonly [name: string, by: number])[]
  readonly cursors?: readonly (readonly [name: string, to: number])[]
}

export interface NextRevision {
  readonly session: string
  /** The revision that the session is at; 0 where there is none of this id. The next one is one more. */
  readonly expected: number
  /** What the session holds from now on. */
  readonly text: string
  /** What lists show of it, where that has changed; a call whose first revision lacks it rejects. */
  readonly head?: SessionHead
  /** A timer to take away and one to set, by when they are due. Equal timers of one session are one. */
  readonly timer?: { readonly from?: number; readonly to?: number }
  /** What happened. */
  readonly history?: string
}

/** Texts of work are the host's. */
export interface Work {
  readonly session: string
  readonly text: string
}

/** What is known of a session without reading its text. Never encrypted. */
export interface SessionHead {
  readonly flow: string
  /** Id of the version. */
  readonly version: string
  readonly status: 'waiting' | 'ended' | 'failed'
  /** Id of the contact, where there is one. */
  readonly contact?: string
  readonly channel?: string
  /** True for sessions of test mode. */
  readonly test?: true
  readonly startedAt: number
  /** When it ended or failed. */
  readonly endedAt?: number
  /** The flow outcome, or the code of the error that stopped it. */
  readonly outcome?: string
}

export interface Claim {
  readonly key: string
  readonly session: string
  /** The claim holds no longer from this instant on; for ever unless given. */
  readonly until?: number
  /** When it is claimed: claims that do not hold any more by then are passed over. */
  readonly now: number
}

export interface Mark {
  readonly mark: string
  readonly session: string
}

export interface Postponed {
  readonly number: number
  readonly text: string
  readonly at: number
}

export interface NewDeadLetter {
  readonly session: string
  /** Type of the effect. */
  readonly type: string
  readonly at: number
  readonly text: string
}

export interface DeadLetter extends NewDeadLetter {
  readonly number: number
}

export interface DeadLetterQuery extends PageQuery {
  readonly session?: string
}

export interface LogEntry {
  readonly logbook: string
  readonly session: string
  readonly at: number
  readonly text: string
}

export interface StoredLogEntry extends LogEntry {
  readonly number: number
}

export interface LogQuery extends PageQuery {
  readonly logbook?: string
  readonly session?: string
}

/** What became of a commit: stored, or turned down and nothing of it stored. */
export type CommitAnswer =
  | {
      readonly ok: true
      /** Where there was work: its number in the outbox. Numbers rise with every entry, and are never used again. */
      readonly entry?: number
    }
  /** The session is at another revision; 0 where there is none. */
  | { readonly ok: false; readonly reason: 'revision'; readonly revision: number }
  /** Another session holds a key, or this one holds it already. */
  | { readonly ok: false; readonly reason: 'claimed'; readonly key: string; readonly session: string }

export interface StoredSession {
  readonly session: string
  readonly revision: number
  readonly text: string
  readonly head: SessionHead
}

export interface ListedSession {
  readonly session: string
  readonly head: SessionHead
}

/** Conditions that a head has to meet; those that are left out are met by all. */
export interface SessionQuery extends PageQuery {
  readonly flow?: string
  readonly version?: string
  readonly status?: SessionHead['status']
  readonly contact?: string
  readonly test?: boolean
  readonly outcome?: string
}

export interface Timer {
  readonly session: string
  readonly due: number
}

export interface OutboxEntry {
  readonly number: number
  readonly session: string
  readonly text: string
  /** Not to be done before; 0 where it is to be done at once. */
  readonly at: number
}

export interface HistoryEntry {
  /** The revision that it led to. */
  readonly revision: number
  readonly text: string
}
