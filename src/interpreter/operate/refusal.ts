import type { Json } from '../../base/json.ts'

/** Why an operation was refused; the session is as it was. */
export interface OperateRefusal {
  readonly ok: false
  readonly code: OperateRefusalCode
  /** One sentence for people, and one with what would lift it. */
  readonly reason: string
  readonly lift: string
  readonly details: Details
}

export type OperateRefusalCode = keyof typeof OPERATE_REFUSALS

type Details = { readonly [name: string]: Json }

/** Every reason for which `operate` refuses. Wording lives here alone, so that hosts can translate it. */
export const OPERATE_REFUSALS = {
  'operate.ended': { reason: () => 'The session has come to its end.', lift: 'Start another one.' },
  'operate.notFailed': {
    reason: () => 'The session has not failed.',
    lift: 'Retry what has failed; a session that waits can be led on by skip.',
  },
  'operate.outcome': {
    reason: (d: Details) => `The node ${d.node} leads its outcome ${d.outcome} nowhere.`,
    lift: 'Name one of the connected outcomes.',
  },
  'operate.variable': {
    reason: (d: Details) => `The flow ${d.flow} has no variable ${d.variable} that can hold this value.`,
    lift: 'Name a declared variable, and a value of its type.',
  },
  'operate.tooLarge': {
    reason: (d: Details) => `The variable ${d.variable} would be larger than the session may hold.`,
    lift: 'Set a smaller value.',
  },
  'operate.notWaiting': {
    reason: () => 'Only a session that waits can be moved.',
    lift: 'Retry or skip the failed node first.',
  },
  'operate.otherFlow': {
    reason: (d: Details) => `The session runs the flow ${d.flow}, and the version is one of ${d.other}.`,
    lift: 'Name a version of the same flow.',
  },
  'operate.node': {
    reason: (d: Details) =>
      `The session stands on the node ${d.node} of type ${d.type}, which the version does not have.`,
    lift: 'Let the session run on, or cancel it.',
  },
  'operate.heldVariable': {
    reason: (d: Details) =>
      `The session holds a value of the variable ${d.variable}, which the version cannot hold.`,
    lift: 'Let the session run on, or empty the variable first.',
  },
} as const satisfies Readonly<
  Record<string, { readonly reason: (details: Details) => string; readonly lift: string }>
>

/** The refusal of a code, in words. */
export function refuseOperation(code: OperateRefusalCode, details: Details = {}): OperateRefusal {
  const { reason, lift } = OPERATE_REFUSALS[code]
  return { ok: false, code, reason: reason(details), lift, details }
}
