import type { Random } from '../../base/random.ts'
import type { RetryPolicy } from '../../nodes/effects.ts'

/** The longest pause before another try, where nobody asks for a longer one. */
const MAX_BACKOFF_MS = 3_600_000
/** The longest pause that a receiver can ask for. */
export const LONGEST_PAUSE_MS = 86_400_000
const USUAL_BACKOFF_MS = 1_000

/**
 * How long to wait before another try, in milliseconds: twice as long with each, up to an hour, and up to half of it less,
 * so that not everything comes back at once; or longer, up to a day, where the receiver has asked for that.
 */
export function retryPause(
  retry: RetryPolicy | undefined,
  tries: number,
  random: Random,
  retryAfterMs = 0,
): number {
  const { backoffMs = USUAL_BACKOFF_MS } = retry ?? {}
  const first = Number.isFinite(backoffMs) && backoffMs >= 0 ? backoffMs : USUAL_BACKOFF_MS
  const pause = Math.min(first * 2 ** (tries - 1), MAX_BACKOFF_MS)
  const asked = retryAfterMs > 0 ? Math.min(retryAfterMs, LONGEST_PAUSE_MS) : 0
  return Math.max(Math.ceil(pause * (1 - random.next() / 2)), Math.ceil(asked))
}
