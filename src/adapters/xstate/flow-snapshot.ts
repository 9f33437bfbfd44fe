import type { Snapshot } from 'xstate'
import type { JsonObject } from '../../base/json.ts'
import { SluiceError } from '../../base/sluice-error.ts'
import type { Session } from '../../interpreter/index.ts'
import type { Effect } from '../../nodes/index.ts'

/** What an actor of a flow knows; plain JSON. */
export interface FlowContext {
  readonly session: Session
  /**
   * Effects that were requested and are not known to be done, the oldest first: awaited ones until their wait closes,
   * others until `onEffect` has settled, where there is one. They are requested again after a restore, by the same key.
   */
  readonly pending: readonly Effect[]
}

/** What a session that came to its end hands to whoever waits for the actor. */
export interface FlowOutput {
  readonly flowOutcome: string
  /** Variables of the outermost run that are not null. */
  readonly variables: JsonObject
  readonly session: Session
}

/**
 * The snapshot of an actor. `active` while the session waits, `done` with an output once it has ended, `error` with a
 * `SluiceError` once it has failed: its code is that of the session's error, and its `cause` the `SessionError`.
 */
export type FlowSnapshot = Snapshot<FlowOutput> & { readonly context: FlowContext }

/** The snapshot of an actor whose session waits, or that has not been started yet. */
export function activeSnapshot(context: FlowContext): FlowSnapshot {
  return { status: 'active', output: undefined, error: undefined, context }
}

/** The snapshot that goes with a session as it stands. */
export function snapshotOf(context: FlowContext): FlowSnapshot {
  const { session } = context
  if (session.status === 'waiting') return activeSnapshot(context)
  if (session.status === 'failed')
    return { status: 'error', output: undefined, error: failureOf(session), context }
  const output = {
    flowOutcome: session.flowOutcome ?? '',
    variables: session.frames[0]?.vars ?? {},
    session,
  }
  return { status: 'done', output, error: undefined, context }
}

/** The error of a session that has failed, for parents and subscribers. */
export function failureOf({ id, error }: Session): SluiceError {
  return new SluiceError({
    code: error?.code ?? 'session.failed',
    problem: `The session ${id} failed at the node ${error?.node} of the flow ${error?.flow}: ${error?.message}`,
    next: 'Connect on:error of that node, or give the program an exception flow',
    cause: error,
  })
}

/** A snapshot as plain JSON. An error would lose its message on the way, so that what it is made of goes instead. */
export function persistSnapshot(snapshot: FlowSnapshot): Snapshot<unknown> {
  if (!(snapshot.error instanceof SluiceError)) return snapshot
  const { code, problem, next, cause } = snapshot.error
  return { ...snapshot, error: { code, problem, next, cause } } as Snapshot<unknown>
}

/** Reads back what `persistSnapshot` wrote; JSON has dropped what was undefined. */
export function reviveSnapshot(persisted: Snapshot<unknown>): FlowSnapshot {
  const { status, output, error, context } = persisted as FlowSnapshot
  switch (status) {
    case 'done':
      return { status, output, error: undefined, context }
    case 'error':
      return { status, output: undefined, error: reviveError(error), context }
    default:
      return { status, output: undefined, error: undefined, context }
  }
}

function reviveError(error: unknown): unknown {
  const { code, problem, next, cause } = (error ?? {}) as Partial<SluiceError>
  if (code === undefined || problem === undefined || next === undefined) return error
  return new SluiceError({ code, problem, next, cause })
}
