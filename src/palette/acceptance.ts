import type { JsonObject } from '../base/json.ts'
import {
  type EffectRequest,
  f,
  type Holds,
  type OutcomeRule,
  type OutcomesBy,
  type Reaction,
  type SessionEvent,
  type When,
  wait,
} from '../nodes/index.ts'
import { resultFailed, resultTimedOut } from './results.ts'

/** What nodes that send something have in common: whether they wait until whoever carries it has accepted it. */
export const acceptanceFields = {
  await: f.options(['none', 'accepted'], {
    label: 'Wait until',
    help: 'Go on at once, or when the channel has accepted the message.',
    default: 'none',
  }),
  timeout: f.duration({ label: 'Wait at most', default: '30s' }),
}

/** The config that a node with `acceptanceFields` sees. */
interface AcceptanceConfig {
  readonly await: 'none' | 'accepted'
  readonly timeout: number
}

/** For a flow that does not lead `timeout` anywhere. */
export const ACCEPTANCE_DEFAULTS = { timeout: 'failed' }

export interface AcceptanceOutcomes extends OutcomeRule {
  readonly outcomes: When<Holds<this['config'], 'await', 'accepted'>, ['sent', 'failed', 'timeout'], ['next']>
}

export function acceptanceOutcomes(config: JsonObject): OutcomesBy<AcceptanceOutcomes> {
  return awaitsAcceptance(config) ? ['sent', 'failed', 'timeout'] : ['next']
}

export function awaitsAcceptance(config: JsonObject): boolean {
  return config.await === 'accepted'
}

/** Asks for the effect, and waits for what comes of it where the config says so. */
export function send(request: EffectRequest, config: AcceptanceConfig): Reaction {
  if (config.await === 'none') return { effects: [request], then: 'next' }
  return {
    effects: [{ ...request, awaited: true, retry: { attempts: 3, backoffMs: 1_000 } }],
    then: wait({ for: ['result'], timeoutMs: config.timeout }),
  }
}

/** The outcome that an event leads to while the node waits. */
export function onAcceptance(event: SessionEvent): string | undefined {
  if (event.type === 'timer') return 'timeout'
  if (event.type !== 'result') return undefined
  if (resultTimedOut(event)) return 'timeout'
  return resultFailed(event) ? 'failed' : 'sent'
}
