import type { Effect } from '../nodes/effects.ts'
import type { Session } from './session.ts'

/**
 * The journey of a session, or of an effect that may start another one: the id of the session with which it all began.
 * Sessions that the host starts because of an effect get it as `journey`, so that everything that one contact went
 * through is found by one id. Flows that are called or jumped to run in the same session, and so in the same journey.
 *
 * @example
 * start(program, { type: 'event', data: effect.data }, { id, now, seed: id, journey: journeyOf(effect) })
 */
export function journeyOf(of: Pick<Session, 'id' | 'journey'> | Effect): string {
  if ('key' in of)
    return typeof of.journey === 'string' ? of.journey : of.key.slice(0, of.key.lastIndexOf(':'))
  return of.journey ?? of.id
}
