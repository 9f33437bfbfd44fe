import type { EventObject } from 'xstate'
import type { Clock } from '../../base/ports.ts'
import type { Wait } from '../../interpreter/index.ts'
import { act, type FlowScope } from './act.ts'

/**
 * The event by which an actor's own timer comes in. It is not `timer`, so that a deadline which somebody else claims to
 * have passed is still held against the clock.
 */
export interface DueEvent extends EventObject {
  readonly type: typeof DUE
  readonly waitId: string
  /** The instant that it was set for, in milliseconds since 1970. */
  readonly at: number
}

export const DUE = 'sluice.due'

/** Timers of Node and of browsers count milliseconds in 31 bits, and fire at once when given more. */
export const MAX_DELAY_MS = 2 ** 31 - 1

/** An actor has one wait at a time, so that one name is enough; the scheduler keeps those of other actors apart. */
const TIMER = 'sluice.wait'

/**
 * Sets the timer of a wait, in place of the one before. It runs on the clock of the actor system, as the delays of
 * machines do: virtual where that clock is, gone when the actor stops, seen by inspectors. `since` is the instant of
 * the transition that asks for it; without one, what is left is told by the clock alone.
 */
export function setTimer(
  scope: FlowScope,
  wait: Wait | undefined,
  clock: Clock,
  since = Number.NEGATIVE_INFINITY,
): void {
  // XState documents timers by `delay` of machines alone; its type of the actor system names the scheduler that serves them.
  const { self, system } = scope
  const { scheduler } = system
  const dueAt = wait?.dueAt
  act(scope, 'sluice.timer', { waitId: wait?.id, dueAt }, () => {
    scheduler.cancel(self, TIMER)
    if (wait === undefined || dueAt === undefined) return
    const now = Math.max(clock.now(), since)
    const delay = Math.min(Math.max(dueAt - now, 0), MAX_DELAY_MS)
    const due: DueEvent = { type: DUE, waitId: wait.id, at: now + delay }
    scheduler.schedule(self, self, due, delay, TIMER)
  })
}
