import type { Json } from '../../base/json.ts'

/** The values that a reason speaks of. None of them says anything about the contact. */
export type ReasonDetails = { readonly [name: string]: Json }

export type RoutingReasonCode = keyof typeof ROUTING_REASONS

/** Why a contact reaches the version that it reaches. Wording lives here alone, so that hosts can translate it. */
export const ROUTING_REASONS = {
  'routing.noGray': () => 'No version is released to some contacts only.',
  'routing.noRule': (d) => `The workspace has no gray rule ${d.rule}, so that nobody matches it.`,
  'routing.ruleUnread': (d) => `The gray rule ${d.rule} cannot be read, so that nobody matches it.`,
  'routing.number': (d) => `The number is among those of the gray rule ${d.rule}.`,
  'routing.otherNumber': (d) => `The number is not among those of the gray rule ${d.rule}.`,
  'routing.numberWithheld': (d) => `The number is withheld, and the gray rule ${d.rule} goes by numbers.`,
  'routing.numberUnread': (d) =>
    `The number is not in international form, so that the gray rule ${d.rule} cannot compare it.`,
  'routing.contact': (d) => `The contact is named by the gray rule ${d.rule}.`,
  'routing.otherContact': (d) => `The contact is not named by the gray rule ${d.rule}.`,
  'routing.noContact': (d) => `The contact has no id, and the gray rule ${d.rule} goes by ids.`,
  'routing.condition': (d) => `The condition of the gray rule ${d.rule} holds.`,
  'routing.conditionFails': (d) => `The condition of the gray rule ${d.rule} does not hold.`,
  'routing.conditionFault': (d) => `The condition of the gray rule ${d.rule} has no answer: ${d.problem}`,
  'routing.share': (d) => `The contact belongs to the ${d.percent} % of the gray rule ${d.rule}.`,
  'routing.otherShare': (d) =>
    `The contact does not belong to the ${d.percent} % of the gray rule ${d.rule}.`,
  'routing.noKey': (d) =>
    `The contact has neither an id nor a number that can be compared, so that the gray rule ${d.rule} gives it no bucket.`,
} as const satisfies Readonly<Record<string, (details: ReasonDetails) => string>>

/** A code with its wording. */
export interface RoutingReason {
  readonly code: RoutingReasonCode
  /** One sentence for people. */
  readonly reason: string
  /** The values that the reason speaks of, for hosts that word it themselves. */
  readonly details: ReasonDetails
}

/** The reason of a code, in words. Contacts share reasons, so that nobody can change the details of one. */
export function routingReason(code: RoutingReasonCode, details: ReasonDetails = {}): RoutingReason {
  return { code, reason: ROUTING_REASONS[code](details), details: Object.freeze(details) }
}
