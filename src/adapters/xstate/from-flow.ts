import type { ActorLogic } from 'xstate'
import { type Clock, type Ids, randomIds, systemClock } from '../../base/ports.ts'
import {
  type Program,
  type ProgramLookup,
  type Run,
  resume,
  type Session,
  type StartOptions,
  start,
  type Trigger,
} from '../../interpreter/index.ts'
import type { Effect, SessionEvent } from '../../nodes/index.ts'
import { type AnySystem, act, type FlowScope, failOnStart } from './act.ts'
import {
  type EffectHandler,
  type FlowEmitted,
  performEffect,
  SETTLED,
  type SettledEvent,
} from './effect-handler.ts'
import {
  activeSnapshot,
  type FlowContext,
  type FlowSnapshot,
  failureOf,
  persistSnapshot,
  reviveSnapshot,
  snapshotOf,
} from './flow-snapshot.ts'
import { DUE, type DueEvent, setTimer } from './wait-timer.ts'

/** What a flow is started with. */
export interface FlowInput extends Partial<Omit<StartOptions, 'now'>> {
  readonly trigger: Trigger
}

export interface FromFlowOptions {
  /**
   * Does the work that sessions request, and answers it; see `EffectHandler`. Without one, effects are only emitted,
   * and results come in as events.
   */
  readonly onEffect?: EffectHandler | undefined
  /** Tells sessions the time; the machine's clock unless given. */
  readonly clock?: Clock | undefined
  /** Where sessions get ids whose input has none; random unless given. */
  readonly ids?: Ids | undefined
  /** Where programs are found that `program` does not bring, such as an official version chosen on the way. */
  readonly programs?: ProgramLookup | undefined
}

/**
 * The logic of actors that run a flow. By its type the input may be absent, because XState would else ask for it where
 * a snapshot is restored; a session that is to be started fails without one, by `session.trigger`.
 */
export type FlowLogic = ActorLogic<FlowSnapshot, SessionEvent, FlowInput | undefined, AnySystem, FlowEmitted>

/** The events that reach an actor: those of sessions, those it sends itself, and the one by which XState stops it. */
type OwnEvent = SessionEvent | DueEvent | SettledEvent | { readonly type: 'xstate.stop' }

/**
 * Makes a flow the logic of XState actors, each of which is one session: created by `createActor`, invoked and spawned
 * by machines, sent session events, inspected, persisted and restored like any other. Deadlines of waits run on the
 * clock of the actor system. The program brings its subflows and its exception flow along.
 *
 * @example
 * const actor = createActor(fromFlow(program), { input: { trigger: { type: 'manual' } } })
 * actor.on('effect', ({ effect }) => { if (isMessage(effect)) console.log(effect.text) })
 * actor.start().send({ type: 'text', text: '1' })
 */
export function fromFlow(program: Program, options: FromFlowOptions = {}): FlowLogic {
  const { onEffect, clock = systemClock, ids = randomIds, programs } = options

  /** True for an effect that is to be requested again if the actor is restored now. */
  function isPending({ wait }: Session, effect: Effect): boolean {
    if (wait === undefined) return false
    return effect.waitId === undefined ? onEffect !== undefined : effect.waitId === wait.id
  }

  function request(scope: FlowScope, effect: Effect): void {
    act(scope, 'sluice.effect', effect, () => {
      scope.emit({ type: 'effect', effect })
      if (onEffect !== undefined) void performEffect(effect, scope, onEffect)
    })
  }

  /** Requests what a run asked for, and gives what the actor knows afterwards. */
  function follow({ session, effects }: Run, before: FlowContext | undefined, scope: FlowScope, now: number) {
    for (const effect of effects) request(scope, effect)
    const { wait } = session
    const old = before?.session.wait
    if (session.status === 'waiting' && (wait?.id !== old?.id || wait?.dueAt !== old?.dueAt))
      setTimer(scope, wait, clock, now)
    const known = [...(before?.pending ?? []), ...effects]
    return { session, pending: known.filter((effect) => isPending(session, effect)) }
  }

  function advance(snapshot: FlowSnapshot, event: SessionEvent, now: number, scope: FlowScope): FlowSnapshot {
    const run = resume(program, snapshot.context.session, event, { now, programs })
    const { refused: refusal } = run
    if (refusal === undefined) return snapshotOf(follow(run, snapshot.context, scope, now))
    act(scope, 'sluice.refuse', refusal, () => scope.emit({ type: 'refused', event, refusal }))
    return snapshot
  }

  /** The actor's own timer has fired. It is believed: the system's clock may be virtual, or a little ahead of ours. */
  function takeDue(snapshot: FlowSnapshot, { waitId, at }: DueEvent, scope: FlowScope): FlowSnapshot {
    const { wait } = snapshot.context.session
    if (wait?.dueAt === undefined || wait.id !== waitId) return snapshot
    const now = Math.max(clock.now(), at)
    if (now >= wait.dueAt) return advance(snapshot, { type: 'timer', waitId }, now, scope)
    setTimer(scope, wait, clock, now)
    return snapshot
  }

  return {
    config: program,

    getInitialSnapshot(scope, input) {
      const { trigger, id = ids.next(), seed = id, ...others } = input ?? ({} as FlowInput)
      const now = clock.now()
      const run = start(program, trigger, { ...others, id, seed, now })
      const context = follow(run, undefined, scope, now)
      if (run.session.status !== 'failed') return snapshotOf(context)
      failOnStart(scope, failureOf(run.session))
      return activeSnapshot(context)
    },

    transition(snapshot, received, scope) {
      if (snapshot.status !== 'active') return snapshot
      const event = received as OwnEvent
      switch (event.type) {
        case 'xstate.stop':
          return { ...snapshot, status: 'stopped' }
        case DUE:
          return takeDue(snapshot, event, scope)
        case SETTLED: {
          const pending = snapshot.context.pending.filter(({ key }) => key !== event.key)
          return { ...snapshot, context: { ...snapshot.context, pending } }
        }
        default:
          return advance(snapshot, event, clock.now(), scope)
      }
    },

    getPersistedSnapshot: persistSnapshot,

    restoreSnapshot(persisted, scope) {
      const snapshot = reviveSnapshot(persisted)
      if (snapshot.status !== 'active') return snapshot
      try {
        checkPinned(program, snapshot.context?.session, clock)
      } catch (error) {
        failOnStart(scope, error)
        return snapshot
      }
      const { session, pending } = snapshot.context
      for (const effect of pending) request(scope, effect)
      if (session.status === 'failed') failOnStart(scope, failureOf(session))
      else setTimer(scope, session.wait, clock)
      return activeSnapshot({ session, pending: pending.filter((effect) => isPending(session, effect)) })
    },
  }
}

/** Lets the interpreter judge whether a session is one of the program's, by an answer that no wait is open for. */
function checkPinned(program: Program, session: Session, clock: Clock): void {
  resume(program, session, { type: 'timer', waitId: '' }, { now: clock.now() })
}
