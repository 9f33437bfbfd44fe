import type { FlowOutcome } from '../../../document/flow-document.ts'

/** What a run that stops in the other product comes to here, by the outcome that it stops with. */
export const FLOW_OUTCOMES = {
  completed: { code: 'completed', kind: 'completed' },
  incomplete: { code: 'incomplete', label: 'No answer, or none that was expected', kind: 'incomplete' },
  failed: { code: 'failed', label: 'Something did not work', kind: 'error' },
} as const satisfies { readonly [code: string]: FlowOutcome }

type EndKind = keyof typeof FLOW_OUTCOMES

const INCOMPLETE = new Set(['noMatch', 'invalid', 'busy', 'noAnswer', 'silence', 'hangup'])
const FAILED = new Set([
  'failed',
  'undelivered',
  'fail',
  'failure',
  'httpError',
  'on:error',
  'providerError',
  'validationError',
])
const ASKING = new Set(['collect-input@1', 'receive-message@1'])

/** A contact who says nothing leaves a flow incomplete; a service that says nothing has failed. */
export function endKind(type: string, outcome: string): EndKind {
  if (outcome === 'timeout') return ASKING.has(type) ? 'incomplete' : 'failed'
  return INCOMPLETE.has(outcome) ? 'incomplete' : FAILED.has(outcome) ? 'failed' : 'completed'
}
