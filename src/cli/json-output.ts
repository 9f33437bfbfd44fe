import type { Writable } from 'node:stream'
import type { Session } from '../interpreter/session.ts'
import { isMessage } from '../nodes/effects.ts'
import type { SessionOutput } from './drive-session.ts'
import { writeLine } from './io.ts'

/**
 * A session as JSON lines, in the order in which things happened: `step`, `effect`, `said`, `wait`, and last one
 * `session`. A message is an effect and is said: it gives both lines.
 */
export function jsonOutput(stdout: Writable): SessionOutput {
  const write = (line: object) => writeLine(stdout, JSON.stringify(line))
  return {
    show({ trace, session }) {
      for (const entry of trace.entries()) {
        const { flow, node } = entry
        if (entry.type === 'leave' || entry.type === 'end')
          write({ type: 'step', flow, node, outcome: entry.outcome })
        if (entry.type !== 'effect') continue
        write({ type: 'effect', effect: entry.effect })
        if (isMessage(entry.effect)) write({ type: 'said', text: entry.effect.text, node })
      }
      const { wait } = session
      if (wait === undefined) return
      const { flow, node } = session.frames[session.frames.length - 1]!
      write({
        type: 'wait',
        id: wait.id,
        flow,
        node,
        for: wait.for,
        ...(wait.dueAt === undefined ? {} : { dueAt: wait.dueAt }),
      })
    },
    answered() {},
    came() {},
    finish: (session) => write(lastLine(session)),
  }
}

function lastLine(session: Session): object {
  const { status, flowOutcome = null, steps, error } = session
  return { type: 'session', status, flowOutcome, steps, ...(error === undefined ? {} : { error }), session }
}
