import { systemClock } from '../../base/ports.ts'
import { type Effect, maskEffect } from '../../nodes/effects.ts'
import type { Claim, DeadLetter, SessionStore } from '../stores/session-store.ts'
import { type Codec, PLAIN } from './codec.ts'
import { DAY_MS } from './options.ts'
import { workOf } from './outbox-work.ts'

/** What is kept of an effect that was given up. */
export interface DeadLetterText {
  readonly effect: Effect
  /** Why it was given up. */
  readonly reason: string
}

/** As an operator sees it. */
export function shownLetter({ effect, reason }: DeadLetterText): DeadLetterText {
  return { effect: maskEffect(effect), reason }
}

/**
 * Puts a dead letter back among the work to be done, for the host that runs the workspace; false where there is none of this
 * number. Asks for nobody's permission: whoever can write to the store can do it.
 */
export async function reviveDeadLetter(
  store: SessionStore,
  tenant: string,
  number: number,
  codec: Codec = PLAIN,
): Promise<boolean> {
  const letter = await findDeadLetter(store, tenant, number)
  if (letter === undefined) return false
  const { effect } = JSON.parse(await codec.decode(letter.text)) as DeadLetterText
  const text = await codec.encode(workOf([effect]))
  const { session } = letter
  const claims = [claimOfRevival(number, session, systemClock.now())]
  const [answer] = await store.commit(tenant, [{ revived: [number], claims, work: { session, text } }])
  return answer!.ok
}

/** Of two who have read a letter at the same time one takes it back. Numbers are never used again. */
export function claimOfRevival(number: number, session: string, now: number): Claim {
  return { key: `revived/${number}`, session, now, until: now + DAY_MS }
}

/** The dead letter of a number. */
export async function findDeadLetter(
  store: SessionStore,
  tenant: string,
  number: number,
): Promise<DeadLetter | undefined> {
  if (!Number.isSafeInteger(number) || number < 0) return undefined
  const { items } = await store.deadLetters(tenant, { after: String(number + 1), limit: 1 })
  return items.find((each) => each.number === number)
}
