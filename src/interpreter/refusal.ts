/** Why an event was refused. The session is the one that was passed, unchanged. */
export interface Refusal {
  readonly code: RefusalCode
  /** One sentence with the next step. */
  readonly message: string
}

export type RefusalCode = keyof typeof REFUSALS

/** Every reason for which `resume` refuses an event. */
export const REFUSALS = {
  'event.malformed':
    'The event lacks a member that its type needs, or holds something that is not JSON; correct it.',
  'event.notAccepted': 'The wait that is open does not take answers of this type; look at session.wait.for.',
  'event.stale': 'The wait that this answers is no longer open; drop the event.',
  'event.early': 'The timer is not due yet; deliver it at session.wait.dueAt or later.',
  'limit.inbox': 'The session keeps as many inputs for later as its limit maxInbox allows; drop the event.',
  'session.ended': 'The session has come to its end; start another one.',
} as const
