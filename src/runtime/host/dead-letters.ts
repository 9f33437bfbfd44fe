import { systemClock } from '../../base/ports.ts'
import { type Effect, maskEffect } from '../../nodes/effects.ts'
import type { Claim, DeadLetter, SessionStore } from '../stores/session-store.ts'
import { type Codec, PLAIN } from './codec.ts'
import { operatedText } from './history-text.ts'
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

/** What takes a dead letter back without a host. */
export interface Revival {
  readonly number: number
  /** The member who does it; recorded with the session. */
  readonly by: string
  readonly codec?: Codec
}

/** How often it is tried on what a host has left of the session meanwhile. */
const MAX_ATTEMPTS = 8

/**
 * Puts a dead letter back among the work to be done, for the host that runs the workspace; false where there is none of this
 * number. Asks for nobody's permission: whoever can write to the store can do it.
 *
 * @example
 * await reviveDeadLetter(store.sessions, 'acme', { number: 17, by: 'ada' })
 */
export async function reviveDeadLetter(
  store: SessionStore,
  tenant: string,
  { number, by, codec = PLAIN }: Revival,
): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const letter = await findDeadLetter(store, tenant, number)
    if (letter === undefined) return false
    const { session } = letter
    const { effect } = JSON.parse(await codec.decode(letter.text)) as DeadLetterText
    const stored = await store.read(tenant, session)
    if (stored === undefined) return false
    const now = systemClock.now()
    const operated = { at: now, by, operation: `retryDeadLetter ${effect.type}` }
    const history = operatedText(operated, [effect.flow, effect.node])
    const { revision, text } = stored
    const [answer] = await store.commit(tenant, [
      {
        next: { session, expected: revision, text, history: await codec.encode(history) },
        revived: [number],
        claims: [claimOfRevival(number, session, now)],
        work: { session, text: await codec.encode(workOf([effect])) },
      },
    ])
    if (answer!.ok || answer!.reason === 'claimed') return answer!.ok
  }
  return false
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
