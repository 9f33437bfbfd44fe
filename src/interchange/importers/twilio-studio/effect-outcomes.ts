/** A widget that the host has to do: its transitions, each an outcome, and which of them come by themselves here. */
export interface EffectWidget {
  /** Transitions that the host's answer names; none where the flow goes on at once. */
  readonly outcomes: readonly string[]
  /** The transition that is taken where the work could not be done. */
  readonly failed?: string
  /** The property that holds the seconds to wait. */
  readonly timeout?: string
}

/** Widgets of Studio without a node type of their own here, by type. */
export const EFFECT_WIDGETS: { readonly [type: string]: EffectWidget } = {
  'add-twiml-redirect': { outcomes: ['return', 'fail'], failed: 'fail', timeout: 'timeout' },
  'capture-payments': {
    outcomes: [
      'success',
      'maxFailedAttempts',
      'providerError',
      'payInterrupted',
      'hangup',
      'validationError',
    ],
    failed: 'providerError',
  },
  'connect-virtual-agent': { outcomes: ['return', 'hangup'], failed: 'return' },
  'connect-virtual-agent-v2': {
    outcomes: ['completed', 'live-agent-handoff', 'hangup', 'failed', 'paused'],
    failed: 'failed',
    timeout: 'timeout',
  },
  'fork-stream': { outcomes: [] },
  'record-call': { outcomes: ['success', 'failed'], failed: 'failed' },
  'resume-conversation': { outcomes: ['resumed', 'failed'], failed: 'failed' },
  'run-conversation-relay': { outcomes: ['success', 'failed'], failed: 'failed' },
  'search-for-a-profile': { outcomes: ['found', 'notFound', 'failed'], failed: 'failed' },
  'send-to-auto-pilot': { outcomes: ['sessionEnded', 'failure'], failed: 'failure', timeout: 'timeout' },
  'start-conversation': { outcomes: ['created', 'failed'], failed: 'failed' },
  'leave-a-message': { outcomes: ['sent', 'failed'], failed: 'failed' },
}
