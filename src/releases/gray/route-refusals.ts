import type { ReasonDetails, RoutingReason } from './routing-reasons.ts'

/** Why a contact reaches no version. */
export interface RouteRefusal {
  readonly ok: false
  /** Stable; see `ROUTE_REFUSALS`. */
  readonly code: RouteRefusalCode
  /** What is in the way, as one sentence for people. */
  readonly reason: string
  /** What would lift it, as one sentence. */
  readonly lift: string
  /** The values that the reason speaks of, for hosts that word it themselves. */
  readonly details: ReasonDetails
  /** With `route.grayOnly`: why the rule does not match. */
  readonly why?: RoutingReason
  /** With `route.grayOnly`: the bucket of the contact, where the rule goes by percentage. */
  readonly bucket?: number
}

export type RouteRefusalCode = keyof typeof ROUTE_REFUSALS

/** What the table says of one code. */
interface RouteRefusalEntry {
  readonly reason: (details: ReasonDetails) => string
  readonly lift: string
}

/** Every reason for which nobody is let in. Wording lives here alone, so that hosts can translate it. */
export const ROUTE_REFUSALS = {
  'route.noFlow': {
    reason: (d) => `There is no flow ${d.flow} in this workspace.`,
    lift: 'Name a flow of this workspace.',
  },
  'route.notReleased': {
    reason: (d) => `No version of the flow ${d.flow} is released.`,
    lift: 'Release a version of the flow.',
  },
  'route.paused': {
    reason: (d) => `The flow ${d.flow} is paused and takes no new sessions.`,
    lift: 'Resume the flow.',
  },
  'route.grayOnly': {
    reason: (d) =>
      `The flow ${d.flow} is released to the contacts of the gray rule ${d.rule} only, and this contact is not among them.`,
    lift: 'Release a version officially, or change the gray rule.',
  },
  'route.noExceptionFlow': {
    reason: (d) =>
      d.medium === 'any'
        ? 'The workspace names no exception flow.'
        : `The workspace names no exception flow for ${d.medium}, and none for any medium.`,
    lift: 'Name an exception flow for the medium, and release it.',
  },
} as const satisfies Readonly<Record<string, RouteRefusalEntry>>

/** The refusal of a code, in words. */
export function refuseRoute(
  code: RouteRefusalCode,
  details: ReasonDetails,
  why?: RoutingReason,
  bucket?: number,
): RouteRefusal {
  const { reason, lift } = ROUTE_REFUSALS[code]
  return {
    ok: false,
    code,
    reason: reason(details),
    lift,
    details,
    ...(why === undefined ? {} : { why }),
    ...(bucket === undefined ? {} : { bucket }),
  }
}
