import type { ActorRef, EventObject } from 'xstate'
import type { Refusal } from '../../interpreter/index.ts'
import type { EffectAnswer } from '../../nodes/effects.ts'
import type { Effect, ResultEvent, SessionEvent } from '../../nodes/index.ts'
import type { FlowScope } from './act.ts'
import type { FlowSnapshot } from './flow-snapshot.ts'

/** A running flow, as `createActor`, `system.get` and snapshots of parents know it. */
export type FlowActorRef = ActorRef<FlowSnapshot, SessionEvent, FlowEmitted>

/** What `actor.on(…)` hears of. */
export type FlowEmitted = EffectEmitted | RefusedEmitted | FailureEmitted

/** Work is requested. */
export interface EffectEmitted {
  readonly type: 'effect'
  readonly effect: Effect
}

/** An event was refused and changed nothing. */
export interface RefusedEmitted {
  readonly type: 'refused'
  /** As it came in, which need not be an event of a session at all. */
  readonly event: SessionEvent
  readonly refusal: Refusal
}

/** `onEffect` threw, or its promise was rejected. */
export interface FailureEmitted {
  readonly type: 'failure'
  readonly effect: Effect
  readonly error: unknown
}

export interface EffectHandlerTools {
  readonly self: FlowActorRef
  /** Sends the actor an event; does nothing once it has stopped. */
  readonly send: (event: SessionEvent) => void
}

/**
 * Does the work of an effect. What it returns for an awaited effect goes on to the session as the result, and so does
 * the message of what it throws; returning nothing leaves the answer to an event that comes later. For other effects
 * the return value is ignored, and settling says that the work is done.
 *
 * @example
 * const onEffect: EffectHandler = async (effect) => (isScript(effect) ? answerScript(runner, effect) : undefined)
 */
export type EffectHandler = (
  effect: Effect,
  tools: EffectHandlerTools,
  // biome-ignore lint/suspicious/noConfusingVoidType: handlers that only do something return nothing
) => EffectAnswer | undefined | void | Promise<EffectAnswer | undefined | void>

/** The event by which an actor crosses off an effect that nobody waits for. */
export interface SettledEvent extends EventObject {
  readonly type: typeof SETTLED
  readonly key: string
}

export const SETTLED = 'sluice.settled'

/** Hands an effect to the handler, outside of the transition that requested it, and its answer to the actor. */
export async function performEffect(
  effect: Effect,
  { self, emit }: FlowScope,
  handler: EffectHandler,
): Promise<void> {
  const send = (event: SessionEvent | SettledEvent) => {
    if (self.getSnapshot().status === 'active') self.send(event as SessionEvent)
  }
  let answer: EffectAnswer | undefined
  try {
    // The transition is still under way; after it, the handler sees the actor as it stands.
    await Promise.resolve()
    answer = (await handler(effect, { self, send })) ?? undefined
  } catch (error) {
    emit({ type: 'failure', effect, error })
    answer = { error: reasonOf(error) }
  }
  if (effect.waitId === undefined) send({ type: SETTLED, key: effect.key })
  else if (answer !== undefined) send(resultOf(effect.waitId, answer))
}

function resultOf(waitId: string, { status, body, error }: EffectAnswer): ResultEvent {
  return {
    type: 'result',
    waitId,
    ...(status === undefined ? {} : { status }),
    ...(body === undefined ? {} : { body }),
    ...(error === undefined ? {} : { error }),
  }
}

/** The longest reason, in characters, that goes into a session. */
const MAX_REASON = 500

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, MAX_REASON) || 'failed'
}
