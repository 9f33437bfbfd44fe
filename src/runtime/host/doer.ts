import type { Effect, EffectAnswer } from '../../nodes/effects.ts'
import type { Commit } from '../stores/session-store.ts'
import type { SessionFacts } from './session-record.ts'

/** What one try at an effect came to. */
export type Attempted = Done | Failed | Stopped

interface Tried {
  /** Of the session; absent where it is no more. */
  readonly about?: SessionFacts
}

export interface Done extends Tried {
  readonly done: true
  /** For the session, where the effect is awaited. */
  readonly answer?: EffectAnswer | undefined
}

export interface Failed extends Tried {
  readonly done: false
  /** For people; holds nothing of what the effect carries. */
  readonly reason: string
  /** What the session is told when all tries are used up. */
  readonly answer: EffectAnswer
  /** True where trying again is of no use. */
  readonly final?: boolean
  /** Tries in all, where the effect does not say. */
  readonly attempts?: number
  /** Not to be tried again within so many milliseconds. */
  readonly retryAfterMs?: number
  /** True where it is not to be kept as a dead letter either. */
  readonly dropped?: boolean
}

/** It was not tried, or not to its end, and that does not count. */
export interface Stopped extends Tried {
  readonly done: false
  /** When it may be tried, in milliseconds from now; absent where only the next host does it. */
  readonly restMs?: number
}

/** Does a piece of work when there is a place for it. */
export type InSlot = <Result>(work: () => Promise<Result>) => Promise<Result>

/** Who does effects, and tells of them. */
export interface Doer {
  /** Where an effect goes: those of one session that go to one place begin in their order. */
  laneOf(effect: Effect, session: string): Lane
  attempt(effect: Effect, session: string, attempt: number, inSlot: InSlot): Promise<Attempted>
  /** Stores what became of effects, however long the store is out of order, unless the host closes. */
  persist(session: string, commit: Commit): Promise<void>
  /** Gives the session what came of an effect, and stores the rest of the commit with it. False where that cannot be now. */
  tell(session: string, effect: Effect, answer: EffectAnswer, commit: Commit): Promise<boolean>
  /** Something that can be told of an effect has happened. */
  note(about: SessionFacts, session: string, effect: Effect, note: EffectNote): void
}

export interface Lane {
  readonly name: string
  /** True where what comes later waits until what comes earlier is done or given up, and not just tried. */
  readonly strict: boolean
}

/** What can be told of one try. */
export interface EffectNote {
  readonly attempt: number
  /** Milliseconds since it was its turn; waiting for the pace of a channel counts. */
  readonly tookMs: number
  /** Why it failed, and when it is tried again. */
  readonly failure?: { readonly reason: string; readonly again?: number }
}
