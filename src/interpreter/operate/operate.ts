import type { Json } from '../../base/json.ts'
import { LIMITS } from '../../base/limits.ts'
import { isNodeFault } from '../../nodes/node-runtime.ts'
import { isConnected } from '../connections.ts'
import type { Run } from '../interpreter.ts'
import type { Program } from '../program.ts'
import type { ProgramLookup } from '../run-state.ts'
import { LEAVE, Runner } from '../runner.ts'
import type { Session } from '../session.ts'
import { moveSession } from './move-session.ts'
import { type OperateRefusal, refuseOperation } from './refusal.ts'

/** What an operator can do to a session (RUN-25). Pure, as `resume` is; checking permission is the host's. */
export type Operation =
  /** Enters the node that a failed session stopped at again. */
  | { readonly type: 'retry' }
  /** Leaves the node that a session waits at, or has failed at, by one of its outcomes. */
  | { readonly type: 'skip'; readonly outcome: string }
  /** Sets a variable of the run in control; null empties it. */
  | { readonly type: 'setVariable'; readonly variable: string; readonly value: Json }
  /** Ends the session here and now, without leading anything on. */
  | { readonly type: 'end'; readonly flowOutcome: string }
  /** Moves a waiting session to another version; what it waits for, and until when, stays. */
  | { readonly type: 'move'; readonly to: Program }

export interface OperateOptions {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number
  /** As for `resume`. */
  readonly programs?: ProgramLookup | undefined
}

export type OperateResult = { readonly ok: true; readonly run: Run } | OperateRefusal

/**
 * Does one operation to a session, or refuses it with the session as it was.
 *
 * @example
 * const done = operate(program, session, { type: 'skip', outcome: 'failed' }, { now: Date.now() })
 * if (done.ok) session = done.run.session
 */
export function operate(
  program: Program,
  session: Session,
  operation: Operation,
  { now, programs }: OperateOptions,
): OperateResult {
  if (session.status === 'ended') return refuseOperation('operate.ended')
  if (operation.type === 'move') return moveSession(program, session, operation.to, now)
  if (operation.type === 'retry' && session.status !== 'failed') return refuseOperation('operate.notFailed')
  const lookup =
    programs === undefined
      ? program.programs
      : { get: (hash: string) => program.programs.get(hash) ?? programs.get(hash) }
  const runner = new OperatorRunner(session, program, lookup, now)
  const refused = runner.operate(operation)
  if (refused !== undefined) return refused
  const after = runner.finish()
  // What an operator sets must not be what ends the session.
  if (operation.type === 'setVariable' && after.error !== session.error)
    return refuseOperation('operate.tooLarge', { variable: operation.variable })
  return { ok: true, run: { session: after, effects: runner.effects, trace: runner.trace } }
}

/** A run that an operator leads on, in place of an event. */
class OperatorRunner extends Runner {
  operate(operation: Exclude<Operation, { type: 'move' }>): OperateRefusal | undefined {
    switch (operation.type) {
      case 'retry':
        this.reopen()
        this.proceed(this.current.index)
        return undefined
      case 'skip': {
        const { outcome } = operation
        if (!isConnected(this.current, outcome)) {
          const connected = this.current.outcomes.filter((each) => isConnected(this.current, each))
          return refuseOperation('operate.outcome', { node: this.current.id, outcome, connected })
        }
        this.reopen()
        this.outcome = outcome
        this.proceed(LEAVE)
        return undefined
      }
      case 'setVariable': {
        const { variable, value } = operation
        const fits = this.program.variables.get(variable)
        if (fits === undefined || (value !== null && !fits(value)))
          return refuseOperation('operate.variable', { variable, flow: this.program.flow })
        try {
          this.setVariable(variable, value)
        } catch (thrown) {
          if (!isNodeFault(thrown)) throw thrown
          const code = thrown.code === LIMITS.maxPayloadBytes.code ? 'operate.tooLarge' : 'operate.variable'
          return refuseOperation(code, { variable, flow: this.program.flow })
        }
        // A session that has failed stays failed, with the variable set for the retry that follows.
        this.status = this.before.status
        return undefined
      }
      case 'end':
        this.reopen()
        this.endSession(operation.flowOutcome)
        return undefined
    }
  }

  /** What the session waited for, or failed of, is over. */
  private reopen(): void {
    this.wait = undefined
    this.error = undefined
  }
}
