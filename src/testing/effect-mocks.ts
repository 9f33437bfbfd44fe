import type { Effect, EffectAnswer } from '../nodes/effects.ts'
import type { ResultEvent } from '../nodes/events.ts'

/** What an awaited effect comes to: a status with a body, or the reason why it could not be done. `timeout` stands for a host
 * that gave up waiting.
 */
export type EffectResult = EffectAnswer

/**
 * Results by id of a node or type of an effect; the node wins where both are named. A list holds one result for
 * each invocation, and its last entry goes for all further ones.
 *
 * @example { lookup: [{ status: 503 }, { body: { order: 7 } }], transfer: { body: { result: 'busy' } } }
 */
export interface EffectMocks {
  readonly [nodeOrType: string]: EffectResult | readonly EffectResult[]
}

/** Hands out mocked results, one an invocation. */
export interface EffectMocker {
  /** The next result for an effect; `undefined` where nothing is mocked for it. */
  next(effect: Effect): EffectResult | undefined
}

/** Counts invocations by node and type over a set of mocks. */
export function createMocker(mocks: EffectMocks = {}): EffectMocker {
  const invocations = new Map<string, number>()
  return {
    next(effect) {
      const name = [effect.node, effect.type].find((each) => Object.hasOwn(mocks, each))
      if (name === undefined) return undefined
      const mock = mocks[name]
      const results = Array.isArray(mock) ? (mock as readonly EffectResult[]) : [mock as EffectResult]
      const count = invocations.get(name) ?? 0
      invocations.set(name, count + 1)
      return results[Math.min(count, results.length - 1)]
    },
  }
}

/** The event that tells a session what its awaited effect came to. */
export function resultEvent(waitId: string, { status, body, error }: EffectResult): ResultEvent {
  return {
    type: 'result',
    waitId,
    ...(status === undefined ? {} : { status }),
    ...(body === undefined ? {} : { body }),
    ...(error === undefined ? {} : { error }),
  }
}
