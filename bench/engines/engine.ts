/** What a contact would see of one session, and how it ended. */
export interface Transcript {
  /** The texts said, in order. */
  readonly said: readonly string[]
  /** The flow outcome, or null while the session waits. */
  readonly outcome: string | null
}

/**
 * One way to run the support flow. Every engine tells the same story (`checkEngine`) before it is timed, and does
 * the same work per call, so that the figures compare. Engines are synchronous; time is the constant `NOW`.
 */
export interface Engine {
  readonly name: string
  /** Plays a session in memory until it ends or the inputs do. */
  play(inputs: readonly string[]): Transcript
  /** The same, but before every input the session is written to JSON text and read back. */
  playThroughJson(inputs: readonly string[]): Transcript
  /** A session that waits at the menu for its first input, as text that a store would keep. */
  park(): string
  /** Reads a parked session back and lets it take one input. */
  resume(snapshot: string, input: string): Transcript
  /** What stays in memory for a session that was read back and waits; `measureHeap` makes many of them. */
  hold(snapshot: string): unknown
  /** A program of n nodes that alternate `x = x + 1` and `x >= 0, else end`; the run returns the final x. */
  chain(n: number): () => number
  /** Makes the program of `chain(n)` from its source form; left out where there is nothing to make. */
  compile?(n: number): () => unknown
  /** Makes it from a form that was checked and stored before; left out where there is none. */
  link?(n: number): () => unknown
}

/** An engine, or why it cannot be measured here. */
export type EngineEntry = Engine | { readonly name: string; readonly missing: string }

/** An input that stands for the passing of the open wait's deadline. */
export const TIMEOUT = 'timeout'

/** The time of every session, in milliseconds since 1970. No engine reads a clock. */
export const NOW = Date.UTC(2026, 0, 1)

/** How long the menu waits, in milliseconds. */
export const MENU_TIMEOUT_MS = 10_000

export interface Contact {
  readonly name: string
  readonly balance: number
  readonly tier: string
}

export const ADA: Contact = { name: 'Ada', balance: 150, tier: 'gold' }

export const TICKET = /^[A-Z]{2}-\d{4}$/

/** The texts of the support flow, word for word. */
export const TEXTS = {
  welcome: (contact: Contact) => `Hello ${contact.name}, welcome to ACME.`,
  menu: 'Press 1 for balance, 2 to hear this again, 3 for a ticket.',
  owe: (contact: Contact, level: string) => `${contact.name}, you owe ${contact.balance} (${level}).`,
  ask: 'Please give your ticket number.',
  confirm: (ticket: string) => `Ticket ${ticket} is being handled.`,
  error: 'Sorry, that did not work.',
} as const

/** The session that is timed: 20 node entries and 6 resumptions. */
export const TIMED_INPUTS = ['1', '2', '9', '1', '3', 'AB-1234'] as const

/** Node visits of the timed session. */
export const TIMED_VISITS = 26
