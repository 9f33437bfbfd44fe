import { resume } from '../../interpreter/interpreter.ts'
import { Trace } from '../../interpreter/trace.ts'
import type { SessionEvent } from '../../nodes/events.ts'
import type { Live, Step, Stepping } from './live.ts'
import type { HostRefusal } from './refusal.ts'
import type { SessionRecord } from './session-record.ts'

/** The signal that a session gets when nothing has come in for as long as the host allows. */
export const EXPIRED = 'expired'

/** Gives a session an event. */
export function giving(
  event: SessionEvent,
  patch?: (record: SessionRecord) => Partial<SessionRecord>,
): Stepping {
  return ({ record, program, programs }, now) => {
    const run = resume(program, record.session, event, { now, programs })
    if (run.refused !== undefined) return refusedBy(run.refused, event)
    return { ok: true, run, event, ...(patch === undefined ? {} : { patch: patch(record) }) }
  }
}

/** Does what the time has come for: the timer of a wait, the end of a session that lies idle, or setting the timer anew. */
export function ticking(idleMs: number | undefined): Stepping {
  return (live, now) => {
    const { session, activeAt } = live.record
    const { wait, status } = session
    if (status !== 'waiting') return unchanged(live, now)
    if (wait?.dueAt !== undefined && wait.dueAt <= now) {
      return giving({ type: 'timer', waitId: wait.id })(live, now)
    }
    if (idleMs !== undefined && activeAt + idleMs <= now)
      return giving({ type: 'signal', name: EXPIRED })(live, now)
    return unchanged(live, now)
  }
}

/** A step that changes nothing but when the timer is due. */
export function unchanged({ record, program }: Live, now: number): Step {
  const { session } = record
  return {
    ok: true,
    run: { session, effects: [], trace: new Trace(session.id, [], now, program, program.start) },
    patch: { activeAt: record.activeAt, cards: record.cards },
  }
}

/** Keeps more with a session, and changes nothing else; where there is nothing to keep the refusal stands. */
export function keeping(
  patch: (record: SessionRecord) => Partial<SessionRecord>,
  refusal: HostRefusal,
): Stepping {
  return (live, now) => {
    const kept = patch(live.record)
    if (Object.keys(kept).length === 0) return { ...refusal, details: {} }
    const step = unchanged(live, now)
    return { ...step, patch: { ...step.patch, ...kept } }
  }
}

function refusedBy(
  { code, message }: { readonly code: string; readonly message: string },
  event: SessionEvent,
): HostRefusal {
  const [reason = message, lift = ''] = message.split(/; (?=\S+ .*\.$)/)
  return {
    ok: false,
    code,
    reason: reason.endsWith('.') ? reason : `${reason}.`,
    lift: lift === '' ? 'Nothing needs to be done.' : `${lift.charAt(0).toUpperCase()}${lift.slice(1)}`,
    details: typeof event?.type === 'string' ? { event: event.type } : {},
  }
}
