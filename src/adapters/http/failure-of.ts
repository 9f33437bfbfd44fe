import type { EffectAnswer } from '../../nodes/effects.ts'
import { EffectFailure } from '../../runtime/channels/effect-failure.ts'
import { HttpFault } from './http-fault.ts'

/** What the host is told of a request without an answer: a fault that stays is an answer, any other is thrown. */
export function failureOf(error: unknown): EffectAnswer {
  if (!(error instanceof HttpFault)) throw error
  const { code, message, final } = error
  if (final) return { error: code }
  // Flows have an outcome for the end of their time, and nodes know it by this one word.
  const answer = { error: code === 'http.network' ? code : 'timeout' }
  throw new EffectFailure({ code, message, answer })
}

/** A status with which the server says that another try may do better; the last one is what the session is told. */
export function statusFailure(answer: EffectAnswer, retryAfterMs: number | undefined): EffectFailure {
  return new EffectFailure({
    code: 'http.status',
    message: `The server answered with status ${answer.status}`,
    answer,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}
