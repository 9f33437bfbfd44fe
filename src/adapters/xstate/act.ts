import type { ActorScope, AnyActorRef, ExecutableActionObject } from 'xstate'
import type { SessionEvent } from '../../nodes/index.ts'
import type { FlowEmitted } from './effect-handler.ts'
import type { FlowSnapshot } from './flow-snapshot.ts'

/** Any system of actors; XState has this type and exports it by way of others only. */
export type AnySystem = AnyActorRef['system']

/** What XState hands to the logic of an actor of a flow. */
export type FlowScope = ActorScope<FlowSnapshot, SessionEvent, AnySystem, FlowEmitted>

/**
 * Leaves work to whoever runs the logic. An actor does it at once, or as soon as it is started; `transition` and
 * `initialTransition` of XState list it and do nothing; an inspector sees it as `@xstate.action`.
 */
export function act(scope: FlowScope, type: string, params: object, exec: () => void): void {
  // The info of an action is typed for machines alone; work of a flow has no use for it.
  const info = { self: scope.self, system: scope.system } as unknown as ExecutableActionObject['info']
  scope.actionExecutor({ type, params, info, exec })
}

/**
 * Makes an actor fail once it is started. A snapshot that says so from the beginning would keep the effects before the
 * failure from being requested, and a restored machine never starts a child that is not active, so that it would wait
 * for ever for one that has failed.
 */
export function failOnStart(scope: FlowScope, error: unknown): void {
  act(scope, 'sluice.fail', { error }, () => {
    throw error
  })
}
