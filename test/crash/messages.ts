import type { Effect } from '../../src/nodes/index.ts'
import type { EffectAnswer, EmitRequest, Inbound, TriggerRequest } from '../../src/runtime/index.ts'
import type { KillPlan, Without } from './places.ts'

/** What the parent tells the child. */
export type ToChild =
  | ({ readonly kind: 'go' } & Go)
  | { readonly kind: 'ask'; readonly number: number; readonly question: Question }
  | { readonly kind: 'effectDone'; readonly number: number; readonly answer: Handed }

/** What the child tells the parent. */
export type FromChild =
  /** Its code is loaded; it can be told to go. */
  | { readonly kind: 'awake' }
  /** The host runs. */
  | { readonly kind: 'open' }
  | { readonly kind: 'answer'; readonly number: number; readonly answer: Answer }
  | ({ readonly kind: 'effect'; readonly number: number } & HandedOver)
  /** An error that nobody waits for. */
  | { readonly kind: 'error'; readonly code: string; readonly problem: string }

/** How a life of the child begins. */
export interface Go {
  readonly file: string
  readonly without?: Without | undefined
  readonly plan?: KillPlan | undefined
  /** What the clock of the child is ahead. */
  readonly aheadMs?: number
  readonly busyTimeoutMs?: number
  readonly effectTimeoutMs?: number
}

export type Question =
  | { readonly type: 'webhook'; readonly inbound: Inbound }
  | { readonly type: 'trigger'; readonly request: TriggerRequest }
  | { readonly type: 'emit'; readonly request: EmitRequest }
  /** What the store holds, once nothing is under way any more. */
  | { readonly type: 'ledger' }
  /** Sets the clock forward, or back. */
  | { readonly type: 'jump'; readonly byMs: number }
  /** Leaves the database no page more than it has, or as many as it likes. */
  | { readonly type: 'fill'; readonly full: boolean }
  /** Has everything done again that was given up. */
  | { readonly type: 'revive' }

export interface Answer {
  /** As a provider reads it: from 500 on it sends again. */
  readonly status: number
  /** The session that it went to, and whether it was known before. */
  readonly session?: string
  readonly repeated?: boolean
  /** What was refused, or went wrong. */
  readonly problem?: string
  readonly ledger?: Ledger
}

/** An effect on its way to the receiver. */
export interface HandedOver {
  readonly effect: Effect
  readonly session: string
  readonly to: string | undefined
}

/** What the receiver answers: the answer for the session, or that the handler is to throw. */
export type Handed = { readonly answer?: EffectAnswer } | { readonly throws: EffectAnswer }

/** What is stored in the end, by contact. */
export interface Ledger {
  readonly contacts: { readonly [contact: string]: ContactLedger }
  /** What SQLite says of its file; `ok` where nothing is wrong. */
  readonly integrity: string
  readonly deadLetters: number
}

export interface ContactLedger {
  readonly visits: number
  readonly sessions: readonly SessionLedger[]
}

export interface SessionLedger {
  readonly session: string
  readonly flow: string
  /** The status, and the flow outcome or error. */
  readonly end: string
  /** Every node that it went through and how it left, in order. */
  readonly path: string
  /** Entries that it has left in logbooks. */
  readonly logged: number
}
