import type { Program } from '../../interpreter/program.ts'
import type { SessionError } from '../../interpreter/session.ts'
import { EVENT_TYPES, RECORD, type Trace, type TraceEntry } from '../../interpreter/trace.ts'
import type { Effect } from '../../nodes/effects.ts'

/*
 * A step as it is stored: its path in short. What a reader wants, an entry for everything that happened, takes several times
 * the room, and follows from it.
 */

/** What is known of a step beside its path. */
export interface HistoryHead {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Type of the event that led to it; absent for the start. */
  readonly event?: string
  readonly by?: string
  readonly operation?: string
  readonly test?: true
}

/** One part of a path: a node that was left, by which outcome, and the node entered; or something else by its name. */
type PathItem =
  | readonly [left: string, outcome: string, entered: string]
  | { readonly begin: Place }
  | { readonly back: Place }
  | { readonly effect: Effect }
  | { readonly wait: number }
  | { readonly event: string }
  | { readonly kept: string }
  | { readonly error: SessionError }
  | { readonly end: string }

type Place = readonly [flow: string, node: string]

interface StoredStep extends HistoryHead {
  /** Where it begins. */
  readonly from: Place
  readonly path: readonly PathItem[]
}

/** Texts of what is left, by node and outcome: written with every step, and so made once for each program. */
const LEAVING = new WeakMap<Program, readonly (readonly string[])[]>()

function leavingOf(program: Program): readonly (readonly string[])[] {
  let texts = LEAVING.get(program)
  if (texts === undefined) {
    texts = program.nodes.map(({ id, outcomes, targets }) =>
      outcomes.map((outcome, index) =>
        JSON.stringify([id, outcome, program.nodes[targets[index]!]?.id ?? '']),
      ),
    )
    LEAVING.set(program, texts)
  }
  return texts
}

/** The text of a step; `effects` are the texts of the trace’s effects as they may be shown. */
export function historyText(head: HistoryHead, trace: Trace, effects: readonly string[]): string {
  const { pairs } = trace
  let { program } = trace
  let leaving = leavingOf(program)
  const from = JSON.stringify([program.flow, program.nodes[trace.node]!.id])
  let path = ''
  for (let i = 0; i < pairs.length; i += 2) {
    const code = pairs[i]!
    const argument = pairs[i + 1]!
    let item: string
    if (code >= 0) item = leaving[code]![argument]!
    else if (code === RECORD.begin || code === RECORD.back) {
      program = trace.programs![argument]!
      leaving = leavingOf(program)
      let node = program.start
      // A run that has control again is followed by the node that it stands on.
      if (code === RECORD.back) {
        i += 2
        node = pairs[i + 1]!
      }
      const place = JSON.stringify([program.flow, program.nodes[node]!.id])
      item = code === RECORD.begin ? `{"begin":${place}}` : `{"back":${place}}`
    } else item = otherItem(code, argument, trace, effects)
    path += path === '' ? item : `,${item}`
  }
  return `${JSON.stringify(head).slice(0, -1)},"from":${from},"path":[${path}]}`
}

function otherItem(code: number, argument: number, trace: Trace, effects: readonly string[]): string {
  switch (code) {
    case RECORD.effect:
      return `{"effect":${effects[argument]!}}`
    case RECORD.wait:
      return `{"wait":${argument}}`
    case RECORD.event:
      return `{"event":"${EVENT_TYPES[argument]}"}`
    case RECORD.kept:
      return `{"kept":"${EVENT_TYPES[argument]}"}`
    case RECORD.error:
      return JSON.stringify({ error: trace.errors![argument] })
    default:
      return JSON.stringify({ end: trace.ends![argument] })
  }
}

/** The text of what an operator has done without a step of the session, at a node. */
export function operatedText(head: HistoryHead, from: Place): string {
  return JSON.stringify({ ...head, from, path: [] } satisfies StoredStep)
}

/** What a text says, with every entry spelt out as a trace does. */
export function readHistory(
  session: string,
  text: string,
): HistoryHead & { readonly entries: readonly TraceEntry[] } {
  const { from, path, ...head } = JSON.parse(text) as StoredStep
  let [flow, node] = from
  const entries: TraceEntry[] = []
  const add = (entry: object) => entries.push({ ...entry, flow, node } as TraceEntry)
  for (const item of path) {
    if ('begin' in item || 'back' in item) {
      ;[flow, node] = 'begin' in item ? item.begin : item.back
      if ('begin' in item) add({ type: 'enter' })
    } else if ('effect' in item) add({ type: 'effect', effect: item.effect })
    else if ('wait' in item) add({ type: 'wait', waitId: `${session}:${item.wait}` })
    else if ('event' in item) add({ type: 'event', event: item.event })
    else if ('kept' in item) add({ type: 'kept', event: item.kept })
    else if ('error' in item) add({ type: 'error', error: item.error })
    else if ('end' in item) add({ type: 'end', outcome: item.end })
    else {
      const [left, outcome, entered] = item
      node = left
      add({ type: 'leave', outcome })
      node = entered
      add({ type: 'enter' })
    }
  }
  return { ...head, entries }
}
