/** What a gray release has to keep to. All figures are of sessions on the gray version. */
export interface Guards {
  /** Ended sessions without which no verdict but `hold` or `abort` is given. */
  readonly minSessions: number
  /** The largest share of ended sessions that may have failed: 0 to 1. */
  readonly maxErrorRate?: number
  /** Shares of flow outcomes among ended sessions. */
  readonly outcomes?: readonly OutcomeGuard[]
}

export interface OutcomeGuard {
  /** Code of the flow outcome. */
  readonly outcome: string
  /** The least share that it must reach: 0 to 1. */
  readonly min?: number
  /** The largest share that it may have: 0 to 1. */
  readonly max?: number
}
