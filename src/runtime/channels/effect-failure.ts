import type { EffectAnswer } from '../../nodes/effects.ts'

/** What an `EffectFailure` is made of. */
export interface EffectFailureInit {
  /** Stable code, such as `http.network`. */
  readonly code: string
  /** For the log. Holds no secret: neither addresses with their query, nor headers, nor what was sent or received. */
  readonly message: string
  /** What the session is told where the host does not try again. */
  readonly answer: EffectAnswer
  /** What the receiver has asked for: no further try within so many milliseconds. */
  readonly retryAfterMs?: number
  readonly cause?: unknown
}

/**
 * Rejects an effect that may do better at a next try. The host tries again as `effect.retry` says; where no tries are
 * left, `answer` goes to the session, so that a flow learns what the last try came to. A handler that knows that trying
 * again is of no use resolves with an answer instead.
 *
 * @example
 * throw new EffectFailure({ code: 'sms.busy', message: 'The provider is busy', answer: { status: 429, error: 'sms.busy' } })
 */
export class EffectFailure extends Error {
  readonly code: string
  readonly answer: EffectAnswer
  readonly retryAfterMs?: number

  constructor({ code, message, answer, retryAfterMs, cause }: EffectFailureInit) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'EffectFailure'
    this.code = code
    this.answer = answer
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs
  }
}
