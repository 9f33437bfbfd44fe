import { type Effect, maskEffect } from '../nodes/effects.ts'
import type { Program } from './program.ts'
import type { SessionError } from './session.ts'

/** One thing that happened in a run, in the order in which it happened. */
export type TraceEntry =
  /** A node takes control; its entry actions and its work follow. */
  | { readonly type: 'enter'; readonly flow: string; readonly node: string }
  | { readonly type: 'effect'; readonly flow: string; readonly node: string; readonly effect: Effect }
  | { readonly type: 'wait'; readonly flow: string; readonly node: string; readonly waitId: string }
  /** An event, of the type named, reaches the node that waits. Its content is not recorded. */
  | { readonly type: 'event'; readonly flow: string; readonly node: string; readonly event: string }
  /** An input is put aside for a later wait. */
  | { readonly type: 'kept'; readonly flow: string; readonly node: string; readonly event: string }
  | { readonly type: 'error'; readonly flow: string; readonly node: string; readonly error: SessionError }
  | { readonly type: 'leave'; readonly flow: string; readonly node: string; readonly outcome: string }
  /** A run comes to its end, by an end node or by a signal that no node of it leads on. */
  | { readonly type: 'end'; readonly flow: string; readonly node: string; readonly outcome: string }

/** One node transition: the node, and the outcome it was left by or the flow outcome that it ended the run with. */
export interface Step {
  readonly flow: string
  readonly node: string
  readonly outcome: string
}

/** First numbers of pairs that are no index of a node; what the second number is. */
export const RECORD = {
  /** A run begins at its start node. Index into `programs`. */
  begin: -1,
  /** A run under way has control again. Index into `programs`; a pair with the node's index follows. */
  back: -2,
  /** Index of a node of the program before. */
  at: -3,
  /** Index into the effects of the call. */
  effect: -4,
  /** Number of the wait. */
  wait: -5,
  /** Index into `EVENT_TYPES`. */
  event: -6,
  kept: -7,
  /** Index into `errors`. */
  error: -8,
  /** Index into `ends`. */
  end: -9,
} as const

export const EVENT_TYPES = ['text', 'digits', 'event', 'timer', 'result', 'button', 'signal'] as const

/**
 * What one call of `start` or `resume` did. Kept as pairs of numbers, so that recording costs next to nothing;
 * `entries` spells them out when somebody reads. Holds no value of a variable and no content of an event.
 */
export class Trace {
  /** The instant of the call, in milliseconds since 1970. */
  readonly at: number
  /** Pairs: the index of a node and of the outcome that it was left by, or one of `RECORD` and its argument. */
  readonly pairs: number[] = []
  /** Id of the session. */
  readonly session: string
  readonly effects: readonly Effect[]
  /** The program that has control when the call begins, and the index of the node. */
  readonly program: Program
  readonly node: number
  programs: Program[] | undefined = undefined
  errors: SessionError[] | undefined = undefined
  ends: string[] | undefined = undefined
  /** What node types threw besides faults, for the log of their author; it is not written to JSON. */
  thrown: unknown[] | undefined = undefined

  constructor(session: string, effects: readonly Effect[], at: number, program: Program, node: number) {
    this.session = session
    this.effects = effects
    this.at = at
    this.program = program
    this.node = node
  }

  record(code: number, argument: number): void {
    this.pairs.push(code, argument)
  }

  recordProgram(code: typeof RECORD.begin | typeof RECORD.back, program: Program, node: number): void {
    this.programs ??= []
    let index = this.programs.indexOf(program)
    if (index < 0) index = this.programs.push(program) - 1
    this.pairs.push(code, index)
    if (code === RECORD.back) this.pairs.push(RECORD.at, node)
  }

  recordError(error: SessionError): void {
    this.errors ??= []
    this.pairs.push(RECORD.error, this.errors.push(error) - 1)
  }

  recordThrown(thrown: unknown): void {
    this.thrown ??= []
    this.thrown.push(thrown)
  }

  recordEnd(outcome: string): void {
    this.ends ??= []
    this.pairs.push(RECORD.end, this.ends.push(outcome) - 1)
  }

  /** Everything that happened, in order. */
  entries(): TraceEntry[] {
    const entries: TraceEntry[] = []
    let { program } = this
    let { flow } = program
    let node = program.nodes[this.node]!.id
    const add = (entry: { readonly type: TraceEntry['type']; readonly [member: string]: unknown }) =>
      entries.push({ ...entry, flow, node } as unknown as TraceEntry)
    for (let i = 0; i < this.pairs.length; i += 2) {
      const code = this.pairs[i]!
      const argument = this.pairs[i + 1]!
      switch (code) {
        case RECORD.begin:
        case RECORD.back:
          program = this.programs![argument]!
          flow = program.flow
          node = program.nodes[program.start]!.id
          if (code === RECORD.begin) add({ type: 'enter' })
          break
        case RECORD.at:
          node = program.nodes[argument]!.id
          break
        case RECORD.effect:
          add({ type: 'effect', effect: maskEffect(this.effects[argument]!) })
          break
        case RECORD.wait:
          add({ type: 'wait', waitId: `${this.session}:${argument}` })
          break
        case RECORD.event:
          add({ type: 'event', event: EVENT_TYPES[argument] })
          break
        case RECORD.kept:
          add({ type: 'kept', event: EVENT_TYPES[argument] })
          break
        case RECORD.error:
          add({ type: 'error', error: this.errors![argument] })
          break
        case RECORD.end:
          add({ type: 'end', outcome: this.ends![argument] })
          break
        default: {
          const left = program.nodes[code]!
          node = left.id
          add({ type: 'leave', outcome: left.outcomes[argument] })
          node = program.nodes[left.targets[argument]!]!.id
          add({ type: 'enter' })
        }
      }
    }
    return entries
  }

  /** The node transitions alone. */
  steps(): Step[] {
    const steps: Step[] = []
    for (const entry of this.entries()) {
      if (entry.type !== 'leave' && entry.type !== 'end') continue
      const { flow, node, outcome } = entry
      steps.push({ flow, node, outcome })
    }
    return steps
  }

  toJSON(): { readonly at: number; readonly entries: TraceEntry[] } {
    return { at: this.at, entries: this.entries() }
  }
}
