import type { Json } from '../base/json.ts'
import type { ReleasePlan } from './plan/release-plan.ts'
import { REFUSAL_TABLE, type RefusalCode } from './refusal-table.ts'

/** The values that a reason speaks of. */
export type RefusalDetails = { readonly [name: string]: Json }

/** Why a command was refused; nothing has changed. */
export interface Refusal {
  readonly ok: false
  /** Stable; see `REFUSAL_TABLE`. */
  readonly code: RefusalCode
  /** What is in the way, as one sentence for people. */
  readonly reason: string
  /** What would lift it, as one sentence. */
  readonly lift: string
  /** The values that the reason speaks of, for hosts that word it themselves. */
  readonly details: RefusalDetails
  /** With `release.gates` and `release.moved`: the plan as it is now, with the answers that were given. */
  readonly plan?: ReleasePlan
}

/** Makes the refusal of a code; `undefined` details are left out. */
export function refuse(
  code: RefusalCode,
  details: { readonly [name: string]: Json | undefined } = {},
  plan?: ReleasePlan,
): Refusal {
  const given = Object.fromEntries(
    Object.entries(details).filter(([, value]) => value !== undefined),
  ) as RefusalDetails
  const { reason, lift } = REFUSAL_TABLE[code]
  return {
    ok: false,
    code,
    reason: reason(given),
    lift: lift(given),
    details: given,
    ...(plan === undefined ? {} : { plan }),
  }
}

/** Carries a refusal out of a decision that has begun; caught where commands are decided, never seen outside. */
export class Refused extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.reason)
    this.refusal = refusal
  }
}

/** Refuses from within a decision. */
export function giveUp(...given: Parameters<typeof refuse>): never {
  throw new Refused(refuse(...given))
}
