import type { Run } from '../interpreter/interpreter.ts'
import type { Step, TraceEntry } from '../interpreter/trace.ts'
import { type Effect, isMessage } from '../nodes/effects.ts'
import type { SessionEvent } from '../nodes/events.ts'
import { type ConversationLine, describeEvent } from './describe-simulation.ts'

/** What a simulated session did so far, for tests to read and for failures to show. */
export class SimulationRecord {
  /** Texts of all messages. */
  readonly said: string[] = []
  /** All effects, messages included. */
  readonly effects: Effect[] = []
  readonly entries: TraceEntry[] = []
  readonly steps: Step[] = []
  /** Who did what, in order. */
  readonly conversation: ConversationLine[] = []
  #saidBefore = 0

  /** From here on, `saidSince` counts anew. */
  mark(): void {
    this.#saidBefore = this.said.length
  }

  /** Texts of the messages since the last mark. */
  get saidSince(): readonly string[] {
    return this.said.slice(this.#saidBefore)
  }

  addEvent(event: SessionEvent): void {
    this.conversation.push(describeEvent(event))
  }

  /** Adds what one call of `start` or `resume` did; returns the entries of its trace. */
  addRun({ effects, trace }: Run): readonly TraceEntry[] {
    const entries = trace.entries()
    for (const entry of entries) {
      this.entries.push(entry)
      if (entry.type !== 'leave' && entry.type !== 'end') continue
      const { flow, node, outcome } = entry
      this.steps.push({ flow, node, outcome })
    }
    for (const effect of effects) {
      this.effects.push(effect)
      if (!isMessage(effect)) continue
      this.said.push(effect.text)
      this.conversation.push({ by: 'flow', text: effect.text })
    }
    return entries
  }
}
