import { createRequire } from 'node:module'
import type { Effect, ScriptEffect } from '../nodes/effects.ts'
import type { EffectResult } from '../testing/effect-mocks.ts'
import { type CliIo, tell } from './io.ts'

/** Does the work of an awaited effect that nothing is mocked for; `undefined` for what is not done here. */
export type EffectWorker = (effect: Effect) => Promise<EffectResult | undefined>

/**
 * Runs the scripts of script nodes in their sandbox, which is loaded for the first of them. Where the package that it
 * needs is not installed, that is told once, and scripts are left to whoever answers the other effects.
 */
export function scriptWorker(io: Pick<CliIo, 'stderr'>): EffectWorker {
  let missing: boolean | undefined
  return async (effect) => {
    if (effect.type !== 'script.run') return undefined
    if (missing === undefined) {
      missing = !isInstalled('quickjs-wasi')
      if (missing) {
        tell(
          io,
          'warning: scripts are not run, for the package quickjs-wasi is not installed [cli.quickjsMissing]. Run npm install quickjs-wasi.',
        )
      }
    }
    if (missing) return undefined
    const { answerScript, createScriptRunner } = await import('../adapters/quickjs/index.ts')
    const { body, error } = await answerScript(createScriptRunner(), effect as ScriptEffect)
    return { ...(body === undefined ? {} : { body }), ...(error === undefined ? {} : { error }) }
  }
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name)
    return true
  } catch {
    return false
  }
}
