import type { Json, JsonObject } from '../base/json.ts'
import type { InputEvent } from '../nodes/events.ts'
import type { WaitFor } from '../nodes/node-runtime.ts'

/**
 * One conversation, as plain JSON: written out and read back between any two events it behaves the same. Hosts
 * read it and keep it; only the interpreter makes one. Never changed in place.
 */
export interface Session {
  /** Version of this shape. */
  readonly v: 1
  readonly id: string
  /** Id of the session with which the journey began, where that is another one; see `journeyOf`. */
  readonly journey?: string
  /** `waiting` takes events; `ended` came to a flow outcome; `failed` was stopped by an error. */
  readonly status: 'waiting' | 'ended' | 'failed'
  /** The executable that each flow runs, by hash, for as long as the session lives. */
  readonly pins: { readonly [flow: string]: string }
  /** The flow of `pins` that it began with, where the first run has jumped to another since. */
  readonly main?: string
  /** The flow of `pins` that is entered when the session fails. */
  readonly exception?: string
  /** Runs under way, the outermost first; the last one has control. Kept when the session has failed. */
  readonly frames: readonly Frame[]
  /** What the session is suspended on while it is `waiting`. */
  readonly wait?: Wait
  /** What expressions can read of the contact. */
  readonly contact?: JsonObject
  /** What expressions can read of the trigger. */
  readonly trigger?: JsonObject
  /** The language in use where it differs from the first flow's default. */
  readonly language?: string
  /** Inputs that came while the session waited for something else, the oldest first. */
  readonly inbox?: readonly InputEvent[]
  /** Number of the last wait or effect. */
  readonly seq: number
  /** Nodes entered so far. */
  readonly steps: number
  /** State of the random numbers. */
  readonly random: number
  /** What the session came to, once it has ended. */
  readonly flowOutcome?: string
  /** The error that stopped the session or sent it to the exception flow. */
  readonly error?: SessionError
}

/** One flow's execution in a session, and its place on the stack. */
export interface Frame {
  readonly flow: string
  /** The executable, where it is not the pinned one. */
  readonly hash?: string
  /** The node that has control, or that waits for the run above to return. */
  readonly node: string
  /** Variables that are not null. */
  readonly vars: JsonObject
  /** Outputs of nodes that can still be read. */
  readonly outputs?: { readonly [node: string]: JsonObject }
  /** Entries into nodes that every cycle passes. */
  readonly visits?: { readonly [node: string]: number }
  /** What nodes count, such as failures or rounds. Named after the first use of it; sessions of old releases have it. */
  readonly failures?: { readonly [node: string]: number }
  /** For a called run: which of its variables go back, by the caller's variable. */
  readonly returns?: { readonly [variable: string]: string }
  /** True where sensitive values went in with the call: all that the run logs is masked. */
  readonly sensitive?: true
  /** True for the run of the exception flow. */
  readonly exception?: true
}

/** What a session is suspended on. */
export interface Wait {
  /** `<session>:<n>`; answers name it. */
  readonly id: string
  readonly for: readonly WaitFor[]
  /** When the timer is due, in milliseconds since 1970; without it there is none. */
  readonly dueAt?: number
  /** The node's own state, and its version where that is not 1. */
  readonly state?: Json
  readonly stateVersion?: number
}

/** Why a session failed, or what its exception flow is to answer. */
export interface SessionError {
  /** Stable code, such as `limit.steps` or `evaluation.type`. */
  readonly code: string
  /** One sentence; holds no value of the session. */
  readonly message: string
  readonly flow: string
  readonly node: string
}
