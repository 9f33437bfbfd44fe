import type { Json, JsonObject } from '../base/json.ts'

/**
 * What a session takes, in three classes. *Answers* belong to one wait, named by its id, and are refused as
 * stale when that wait is no longer open. *Inputs* go to any wait that accepts them and are kept for a later
 * one otherwise. *Signals* are legal in any wait.
 */
export type SessionEvent = AnswerEvent | InputEvent | SignalEvent

export type AnswerEvent = TimerEvent | ResultEvent | ButtonEvent
export type InputEvent = TextEvent | DigitsEvent | CustomEvent

/** The deadline of a wait has passed. */
export interface TimerEvent {
  readonly type: 'timer'
  readonly waitId: string
}

/** What an awaited effect came to. */
export interface ResultEvent {
  readonly type: 'result'
  readonly waitId: string
  /** HTTP status, or another number of the effect's own. */
  readonly status?: number
  readonly body?: Json
  /** Set where the effect could not be done; a short reason for people. */
  readonly error?: string
}

/** A button or list row of a message that the wait belongs to. */
export interface ButtonEvent {
  readonly type: 'button'
  readonly waitId: string
  readonly value: string
}

/** A message of the contact, or what speech recognition heard. */
export interface TextEvent {
  readonly type: 'text'
  readonly text: string
  /** The channel that it came in on, where the host tells. */
  readonly channel?: string
}

/** Keys pressed on a phone. */
export interface DigitsEvent {
  readonly type: 'digits'
  readonly digits: string
  /** As for texts. */
  readonly channel?: string
}

/** Something that happened elsewhere, by name. */
export interface CustomEvent {
  readonly type: 'event'
  readonly name: string
  readonly data?: JsonObject
}

/** Hang-up, stop word, cancel, or a signal of the host's own. */
export interface SignalEvent {
  readonly type: 'signal'
  readonly name: string
}

/** The signals that the engine itself speaks of; hosts may raise others. */
export const SIGNALS = ['hangup', 'stop', 'cancel'] as const

/**
 * The outcome of a node that a signal or an error is led to where the flow connects it: `on:hangup`,
 * `on:error`. Every node has these without declaring them.
 */
export function implicitOutcome(name: string): string {
  return `on:${name}`
}

/** True for the names that only implicit outcomes may have. */
export function isImplicitOutcome(outcome: string): boolean {
  return outcome.startsWith('on:')
}
