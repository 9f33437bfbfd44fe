import type { Program } from '../../interpreter/program.ts'
import type { Session } from '../../interpreter/session.ts'
import type { TraceEntry } from '../../interpreter/trace.ts'
import type { Effect } from '../../nodes/effects.ts'
import { isImplicitOutcome } from '../../nodes/events.ts'
import { candidatesAt } from './candidates.ts'
import type { Demands } from './gather-demands.ts'
import type { ScriptedEvent } from './script.ts'

const TIMEOUT: ScriptedEvent = { type: 'timeout' }
/** Candidates that come before time passes and signals are raised. */
const FIRST = 6

/**
 * What is tried on a session that waits, the most promising first: events that have led out of the same node by one
 * outcome or another before, then whatever else the node may have use for. So a search comes past a node that it knows
 * with few tries, however many sessions stand there.
 */
export class EventsToTry {
  readonly #program: Program
  readonly #flows: ReadonlyMap<string, Program>
  readonly #demands: Demands
  readonly #candidates = new Map<string, readonly ScriptedEvent[]>()
  /** By node: an event for each outcome that it was left by. */
  readonly #known = new Map<string, Map<string, ScriptedEvent>>()

  constructor(program: Program, flows: ReadonlyMap<string, Program>, demands: Demands) {
    this.#program = program
    this.#flows = flows
    this.#demands = demands
  }

  of(session: Session, awaited: Effect | undefined): readonly ScriptedEvent[] {
    const { wait } = session
    const known = this.#known.get(keyOf(session)) ?? new Map()
    const candidates = this.#candidatesOf(session)
    const hash = awaited?.type === 'flow.resolve' ? this.#program.pins[String(awaited.resolve)] : undefined
    return [
      ...new Set<ScriptedEvent>([
        ...(hash === undefined ? [] : [{ type: 'result', body: { hash } } as const]),
        ...known.values(),
        ...candidates.slice(0, FIRST),
        ...(wait!.dueAt === undefined ? [] : [TIMEOUT]),
        ...this.#signalsOf(session),
        ...candidates,
      ]),
    ]
  }

  /** Remembers where an event has led from a session. */
  learn(session: Session, event: ScriptedEvent, entries: Iterable<TraceEntry>): void {
    const { flow, node } = topOf(session)
    for (const entry of entries) {
      if (entry.type !== 'leave' || entry.flow !== flow || entry.node !== node) continue
      const key = keyOf(session)
      const known = this.#known.get(key) ?? new Map<string, ScriptedEvent>()
      this.#known.set(key, known)
      if (!known.has(entry.outcome)) known.set(entry.outcome, event)
      return
    }
  }

  #candidatesOf(session: Session): readonly ScriptedEvent[] {
    const key = keyOf(session)
    const { flow, node } = topOf(session)
    const program = this.#flows.get(flow)!
    const current = program.nodesById.get(node)!
    const found =
      this.#candidates.get(key) ?? candidatesAt(current, program, session.wait!.for, this.#demands)
    this.#candidates.set(key, found)
    return found
  }

  /** Signals that some node on the stack connects. */
  #signalsOf({ frames }: Session): readonly ScriptedEvent[] {
    const names = new Set<string>()
    for (const { flow, node } of frames) {
      for (const outcome of this.#flows.get(flow)?.nodesById.get(node)?.outcomes ?? [])
        if (isImplicitOutcome(outcome) && outcome !== 'on:error') names.add(outcome.slice('on:'.length))
    }
    return [...names].map((name) => ({ type: 'signal', name }))
  }
}

/** The run in control. */
export function topOf({ frames }: Session): Session['frames'][number] {
  return frames[frames.length - 1]!
}

function keyOf(session: Session): string {
  const { flow, node } = topOf(session)
  return JSON.stringify([flow, node, session.wait!.for])
}
