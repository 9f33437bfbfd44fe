import { isJsonObject } from '../base/json.ts'
import type { Effect } from '../nodes/effects.ts'
import type { SessionEvent } from '../nodes/events.ts'
import { admitEvent } from './admit-event.ts'
import { inputKind } from './event-content.ts'
import { firstSession, misuse, type StartOptions, type Trigger } from './first-session.ts'
import { foldStopWord } from './link.ts'
import type { Program } from './program.ts'
import { REFUSALS, type Refusal, type RefusalCode } from './refusal.ts'
import type { ProgramLookup } from './run-state.ts'
import { Runner } from './runner.ts'
import type { Session } from './session.ts'
import { Trace } from './trace.ts'

export interface ResumeOptions {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number
  /** Where programs are found that `program` does not bring, such as an official version chosen on the way. */
  readonly programs?: ProgramLookup | undefined
}

/** What one call of `start` or `resume` came to. */
export interface Run {
  /** The session afterwards; a new object, or the one passed where the event was refused. */
  readonly session: Session
  /** Work for the host, in the order in which it was asked for. */
  readonly effects: readonly Effect[]
  readonly trace: Trace
  /** Set where the event was refused and nothing changed. */
  readonly refused?: Refusal
}

/**
 * Starts a session: runs from the start node to the first wait or to the end. Pure: reads no clock, does no I/O,
 * and the same arguments give the same result.
 *
 * Throws a `SluiceError` for arguments that no session can start with: `session.id`, `session.now`, `session.seed`,
 * `session.trigger`, `session.contact`, `session.variables`, `session.journey`, `session.program`, and `session.dataMissing` where the
 * trigger lacks data that the start node requires.
 *
 * @example
 * const run = start(program, { type: 'manual', contact: { name: 'Ada' } }, { id: 's1', now: 0, seed: 's1' })
 */
export function start(program: Program, trigger: Trigger, options: StartOptions): Run {
  checkCall(program, options?.now)
  const runner = new Runner(firstSession(program, trigger, options), program, program.programs, options.now)
  runner.begin()
  return { session: runner.finish(), effects: runner.effects, trace: runner.trace }
}

/**
 * Gives a waiting session an event and runs to the next wait or to the end. Pure, as `start` is. An event that
 * the session cannot take is refused, with the session as it was.
 *
 * Throws a `SluiceError` for misuse: `session.wrongProgram` where `program` is not the one that the session is pinned
 * to, `session.programMissing`, `session.shape`, `session.now` and `session.program`.
 *
 * @example
 * run = resume(program, run.session, { type: 'text', text: 'yes' }, { now: Date.now() })
 */
export function resume(program: Program, session: Session, event: SessionEvent, options: ResumeOptions): Run {
  checkCall(program, options?.now)
  checkSession(program, session)
  const { now, programs } = options
  if (session.status !== 'waiting') return refuse(program, session, now, 'session.ended')
  const admitted = admitEvent(event)
  if (admitted === undefined) return refuse(program, session, now, 'event.malformed')
  const early = refusalOfAnswer(session, admitted, now)
  if (early !== undefined) return refuse(program, session, now, early)
  const lookup =
    programs === undefined
      ? program.programs
      : { get: (hash: string) => program.programs.get(hash) ?? programs.get(hash) }
  const runner = new Runner(session, program, lookup, now)
  const refused = deliver(runner, admitted, program)
  if (refused !== undefined) return refuse(program, session, now, refused)
  return { session: runner.finish(), effects: runner.effects, trace: runner.trace }
}

function deliver(runner: Runner, event: SessionEvent, { stopWords }: Program): RefusalCode | undefined {
  switch (event.type) {
    case 'signal':
      runner.takeSignal(event.name)
      return undefined
    case 'text':
      if (stopWords.size === 0 || !stopWords.has(foldStopWord(event.text)))
        return runner.takeInput(event, 'text')
      runner.takeSignal('stop')
      return undefined
    case 'digits':
      return runner.takeInput(event, 'digits')
    case 'event':
      return runner.takeInput(event, inputKind(event))
    default:
      return runner.takeAnswer(event)
  }
}

/** Why an answer cannot be for the wait that is open. */
function refusalOfAnswer({ wait }: Session, event: SessionEvent, now: number): RefusalCode | undefined {
  if (event.type !== 'timer' && event.type !== 'result' && event.type !== 'button') return undefined
  if (wait === undefined || event.waitId !== wait.id) return 'event.stale'
  if (event.type !== 'timer') return wait.for.includes(event.type) ? undefined : 'event.notAccepted'
  if (wait.dueAt === undefined) return 'event.stale'
  return now < wait.dueAt ? 'event.early' : undefined
}

function refuse(program: Program, session: Session, now: number, code: RefusalCode): Run {
  const effects: Effect[] = []
  const trace = new Trace(session.id, effects, now, program, program.start)
  return { session, effects, trace, refused: { code, message: REFUSALS[code] } }
}

function checkCall(program: Program, now: number | undefined): void {
  if (program?.nodesById === undefined) {
    throw misuse('session.program', 'This is no program', 'Pass what compile or link returned')
  }
  if (!Number.isFinite(now)) {
    throw misuse('session.now', 'The instant of the call is missing', 'Pass now in milliseconds since 1970')
  }
}

function checkSession(program: Program, session: Session): void {
  if (!isSession(session)) {
    throw misuse(
      'session.shape',
      'This is no session that this release knows',
      'Pass a session that start or resume returned',
    )
  }
  const pinned = session.pins[session.main ?? session.frames[0]!.flow]
  if (pinned !== program.hash) {
    throw misuse(
      'session.wrongProgram',
      `The session ${session.id} is pinned to ${pinned}, the program is ${program.hash}`,
      'Pass the program with the hash that the session names',
    )
  }
}

/** A look at what everything else relies on; sessions come from the host's own store. */
function isSession(session: Session): boolean {
  if (session?.v !== 1 || !isJsonObject(session.pins) || !Array.isArray(session.frames)) return false
  if (session.frames[0] === undefined) return false
  return session.status !== 'waiting' || Array.isArray(session.wait?.for)
}
