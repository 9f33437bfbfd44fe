import { type Run, resume, start } from '../../interpreter/interpreter.ts'
import type { Program } from '../../interpreter/program.ts'
import type { Session } from '../../interpreter/session.ts'
import type { SessionEvent } from '../../nodes/events.ts'
import type { Script, ScriptedEvent } from './script.ts'

/** One call of `start` or `resume` on the way. */
export interface ReplayedStep {
  /** The session before, and the event that it took; neither at the start. */
  readonly before?: Session
  readonly event?: SessionEvent
  /** When, in milliseconds since 1970. */
  readonly now: number
  readonly run: Run
}

/**
 * Plays a script that `explore` found, step by step. With the program that it was found for it always goes the same way;
 * with another one, an event that is refused leaves the session as it was.
 *
 * @example
 * for (const { run } of replayScript(program, script)) console.log(run.session.status)
 */
export function* replayScript(
  program: Program,
  { trigger, now, seed, events }: Script,
): Generator<ReplayedStep> {
  let run = startScript(program, { trigger, now, seed })
  let at = now
  yield { now, run }
  for (const scripted of events) {
    const before = run.session
    if (before.wait === undefined) return
    if (scripted.type === 'timeout') at = Math.max(at, before.wait.dueAt ?? at)
    const event = eventOf(scripted, before.wait.id)
    run = resume(program, before, event, { now: at })
    yield { before, event, now: at, run }
  }
}

/** The first step of a script. */
export function startScript(program: Program, { trigger, now, seed }: Omit<Script, 'events'>): Run {
  const { contact, data, ...others } = trigger
  return start(
    program,
    {
      ...others,
      ...(contact === undefined ? {} : { contact }),
      ...(data === undefined ? {} : { data }),
    },
    { id: 'explore', now, seed },
  )
}

/** A scripted event as the wait that is open takes it. */
export function eventOf(event: ScriptedEvent, waitId: string): SessionEvent {
  switch (event.type) {
    case 'timeout':
      return { type: 'timer', waitId }
    case 'result':
    case 'button':
      return { ...event, waitId }
    default:
      return event
  }
}
