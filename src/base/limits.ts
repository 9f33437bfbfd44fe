/** One bound of a running session: what it is called, what it allows unless set, how its breach is reported. */
export interface LimitEntry {
  readonly default: number
  /** The largest value that a flow may set. */
  readonly max: number
  /** Code of the error that a session fails with when it passes the limit. */
  readonly code: string
  /** What is counted, with its unit. */
  readonly counts: string
}

/** Every bound of a session, by the name under which a flow's settings may change it. */
export const LIMITS = {
  maxSteps: {
    default: 100_000,
    max: 10_000_000,
    code: 'limit.steps',
    counts: 'node transitions of one session',
  },
  maxStepsPerEvent: {
    default: 1_000,
    max: 1_000_000,
    code: 'limit.stepsPerEvent',
    counts: 'node transitions between two waits',
  },
  maxVisits: {
    default: 1_000,
    max: 1_000_000,
    code: 'limit.visits',
    counts: 'entries into one node that stands in a cycle',
  },
  maxDepth: {
    default: 16,
    max: 64,
    code: 'limit.depth',
    counts: 'nested runs; the exception flow may come on top',
  },
  maxInbox: { default: 16, max: 256, code: 'limit.inbox', counts: 'inputs kept for a later wait' },
  maxExpressionCost: {
    default: 10_000,
    max: 1_000_000,
    code: 'limit.expressionCost',
    counts: 'operations of one evaluation',
  },
  maxPayloadBytes: {
    default: 65_536,
    max: 4_194_304,
    code: 'limit.payload',
    counts: 'UTF-8 bytes of the JSON of one event, one effect or one value stored',
  },
  maxSessionBytes: {
    default: 262_144,
    max: 16_777_216,
    code: 'limit.session',
    counts: 'UTF-8 bytes of the JSON of one session',
  },
  maxEffectsPerEvent: {
    default: 200,
    max: 10_000,
    code: 'limit.effects',
    counts: 'effects requested between two waits',
  },
} as const satisfies Record<string, LimitEntry>

export type LimitName = keyof typeof LIMITS

/** A value for every limit. */
export type Limits = { readonly [Name in LimitName]: number }

/** The limits of a flow: defaults, replaced where its settings say so. */
export function resolveLimits(overrides: Partial<Record<LimitName, number | undefined>> = {}): Limits {
  const limits = {} as Record<LimitName, number>
  for (const name of Object.keys(LIMITS) as LimitName[])
    limits[name] = overrides[name] ?? LIMITS[name].default
  return limits
}
