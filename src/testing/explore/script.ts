import type { Json, JsonObject } from '../../base/json.ts'

/** One thing that the contact or the host does, as scripts of the command line write it. */
export type ScriptedEvent =
  | { readonly type: 'text'; readonly text: string; readonly channel?: string }
  | { readonly type: 'digits'; readonly digits: string; readonly channel?: string }
  | { readonly type: 'button'; readonly value: string }
  /** Time passes until the deadline of the open wait. */
  | { readonly type: 'timeout' }
  | { readonly type: 'event'; readonly name: string; readonly data?: JsonObject }
  /** What the effect that is awaited comes to. */
  | { readonly type: 'result'; readonly status?: number; readonly body?: Json; readonly error?: string }
  | { readonly type: 'signal'; readonly name: string }

/** A session from its trigger on: with the same program it always goes the same way. */
export interface Script {
  readonly trigger: { readonly type: string; readonly contact?: JsonObject; readonly data?: JsonObject }
  /** When it starts, in milliseconds since 1970. */
  readonly now: number
  /** Determines its random numbers. */
  readonly seed: string
  readonly events: readonly ScriptedEvent[]
}
