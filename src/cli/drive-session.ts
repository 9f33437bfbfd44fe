import type { Clock } from '../base/ports.ts'
import { SluiceError } from '../base/sluice-error.ts'
import type { StartOptions, Trigger } from '../interpreter/first-session.ts'
import { type Run, resume, start } from '../interpreter/interpreter.ts'
import type { Program, ProgramNode } from '../interpreter/program.ts'
import type { Refusal } from '../interpreter/refusal.ts'
import type { Session, Wait } from '../interpreter/session.ts'
import type { Effect } from '../nodes/effects.ts'
import type { SessionEvent } from '../nodes/events.ts'
import { type EffectMocker, type EffectResult, resultEvent } from '../testing/effect-mocks.ts'
import type { EffectWorker } from './run-scripts.ts'

/** A session that waits, as whoever answers sees it. */
export interface Turn {
  readonly session: Session
  readonly wait: Wait
  readonly node: ProgramNode
  /** The effect that the wait is for, where it is for one. */
  readonly effect: Effect | undefined
}

/** Where the events of a session come from: a script, lines of a pipe, or a person. */
export interface EventSource {
  /** The next event; `undefined` where there is none left, and the session stays as it is. */
  next(turn: Turn): Promise<SessionEvent | undefined>
  /** The event that came last was refused. Throws where that makes the rest of a script meaningless. */
  refused(event: SessionEvent, refusal: Refusal): void
}

/** Where a session is shown. */
export interface SessionOutput {
  /** Everything that one call of `start` or `resume` did. */
  show(run: Run): void
  /** An awaited effect was answered by a mock, or was really done. */
  answered(effect: Effect, result: EffectResult): void | Promise<void>
  /** The contact or the host did something. */
  came(event: SessionEvent): void
  /** Called last, once. */
  finish(session: Session): void
}

export interface DriveOptions {
  readonly program: Program
  readonly trigger: Trigger
  readonly start: Omit<StartOptions, 'now'>
  readonly clock: Clock
  readonly source: EventSource
  readonly mocker: EffectMocker
  /** Does the work of effects that nothing is mocked for. */
  readonly worker: EffectWorker
  readonly output: SessionOutput
}

/** Mocked results in a row, without an event from outside, after which a flow is taken to run in circles. */
export const MAX_MOCKS_IN_A_ROW = 10_000

/** Runs a session until it comes to its end or no event is left. Returns it as it is then. */
export async function driveSession(options: DriveOptions): Promise<Session> {
  const { program, clock, source, mocker, worker, output } = options
  let run = start(program, options.trigger, { ...options.start, now: clock.now() })
  let awaited: Effect | undefined
  let mocked = 0
  try {
    for (;;) {
      output.show(run)
      const { session } = run
      const { wait } = session
      if (session.status !== 'waiting' || wait === undefined) break
      awaited = findAwaited(run, wait) ?? (awaited?.waitId === wait.id ? awaited : undefined)
      const result = awaited === undefined ? undefined : (mocker.next(awaited) ?? (await worker(awaited)))
      let event: SessionEvent | undefined
      if (awaited !== undefined && result !== undefined) {
        if (++mocked > MAX_MOCKS_IN_A_ROW) throw circling()
        await output.answered(awaited, result)
        event = resultEvent(wait.id, result)
      } else {
        mocked = 0
        event = await source.next({ session, wait, node: nodeOf(program, session), effect: awaited })
        if (event === undefined) break
        output.came(event)
      }
      run = resume(program, session, event, { now: clock.now() })
      if (run.refused !== undefined) source.refused(event, run.refused)
    }
  } finally {
    output.finish(run.session)
  }
  return run.session
}

function findAwaited({ effects }: Run, wait: Wait): Effect | undefined {
  return effects.find((effect) => effect.waitId === wait.id)
}

/** The node that waits. */
function nodeOf(program: Program, { frames, pins }: Session): ProgramNode {
  const { flow, hash, node } = frames[frames.length - 1]!
  const running = program.programs.get(hash ?? pins[flow] ?? '') ?? program
  return running.nodesById.get(node)!
}

function circling(): SluiceError {
  return new SluiceError({
    code: 'mock.endless',
    problem: `More than ${MAX_MOCKS_IN_A_ROW} mocked results followed each other`,
    next: 'Look for a circle in the flow that every result leads around again',
  })
}
