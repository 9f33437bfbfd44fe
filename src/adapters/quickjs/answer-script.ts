import type { ResultEvent, ScriptEffect } from '../../nodes/index.ts'
import type { ScriptRunner } from './script-runner.ts'

/**
 * Runs what a `script.run` effect asks for and makes the event with which the host answers it. The error of a script
 * that fails is a code alone: what it threw may hold values of the session.
 *
 * @example
 * if (isScript(effect)) event = await answerScript(runner, effect)
 */
export async function answerScript(runner: ScriptRunner, effect: ScriptEffect): Promise<ResultEvent> {
  const outcome = await runner.run(effect)
  const answer = { type: 'result', waitId: effect.waitId ?? '' } as const
  if (outcome.ok) return { ...answer, body: outcome.value }
  return { ...answer, error: outcome.code === 'script.timeout' ? 'timeout' : outcome.code }
}
