import type { Run } from '../../interpreter/interpreter.ts'
import type { Program } from '../../interpreter/program.ts'
import type { Effect } from '../../nodes/effects.ts'
import type { SessionEvent } from '../../nodes/events.ts'
import type { SessionHead } from '../stores/session-store.ts'
import type { HostRefusal } from './refusal.ts'
import type { SessionRecord } from './session-record.ts'

/** A session in memory. */
export interface Live {
  readonly record: SessionRecord
  readonly revision: number
  readonly head: SessionHead
  readonly program: Program
  readonly programs: ReadonlyMap<string, Program> | undefined
}

/** One change of a session, before it is stored. */
export interface Step {
  readonly ok: true
  readonly run: Run
  /** The event that led to it. */
  readonly event?: SessionEvent
  /** Who did it, where it was an operator. */
  readonly operated?: { readonly by: string; readonly operation: string }
  /** Members of the record that change beside the session. */
  readonly patch?: Partial<SessionRecord>
  /** The program from now on, where it is another one. */
  readonly program?: Program
  /** Effects beside those of the run. */
  readonly effects?: readonly Effect[]
}

export type Stepping = (live: Live, now: number) => Step | HostRefusal | Promise<Step | HostRefusal>

/** What became of a change: the session afterwards, or why there was none. */
export type Changed =
  | { readonly ok: true; readonly live: Live }
  /** Its key was claimed before: it was done already. */
  | { readonly ok: true; readonly duplicateOf: string }
  | HostRefusal

/** True for a step that does nothing but set a timer anew. */
export function isIdle({ run, event, operated }: Step): boolean {
  return event === undefined && operated === undefined && run.trace.pairs.length === 0
}
