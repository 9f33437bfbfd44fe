import type { Inspection } from './inspection.ts'
import type { ById } from './state.ts'

/** What a command is decided with, beside the state: who asks, when, and facts that live elsewhere. Plain JSON. */
export interface Context {
  /** Id of the member who asks. */
  readonly by: string
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number
  /** Revisions of the streams that the command was made for; any unless given. */
  readonly expected?: { readonly workspace?: number; readonly flow?: number }
  /** Of the document that the command is about, by `inspect`; refused where it is one of another document. */
  readonly inspection?: Inspection
  /** The executable that was made of it and stored, for a release. */
  readonly executable?: ExecutablePin
  /** What is different from the version that a release replaces. */
  readonly comparison?: ContentComparison
  /** What runs and what is linked, for commands that need to know. */
  readonly world?: World
}

export interface ExecutablePin {
  readonly hash: string
  readonly behaviourHash: string
}

/** Bound to both documents by their hashes. */
export interface ContentComparison {
  readonly from: string
  readonly to: string
  /** One line a change. */
  readonly changes: readonly string[]
}

/** Facts that change by the minute and belong to the host. */
export interface World {
  /** Sessions of the flow that have not ended, and what they and ended ones have left with contacts. */
  readonly running: RunningReport
  /** Contacts in a segment, by segment id. */
  readonly segmentMembers?: ById<number>
  /** Distribution links by application id. */
  readonly links?: ById<number>
}

/** What runs on the versions of one flow (RUN-5). */
export interface RunningReport {
  readonly versions: readonly RunningVersion[]
  /** Cards that ended sessions have left with contacts. */
  readonly endedCards: number
}

export interface RunningVersion {
  /** Id of the version. */
  readonly version: string
  readonly sessions: number
  /** By the node that they wait at, by node id. */
  readonly waiting: ById<number>
  /** Cards and messages of theirs that can still be withdrawn. */
  readonly cards: number
}

/** What a host says of which nothing runs. */
export const NOTHING_RUNS: RunningReport = { versions: [], endedCards: 0 }
