import type { Session } from '../../interpreter/session.ts'
import type { SlotName } from '../../releases/state.ts'

/** A session as a host keeps it, as JSON: what the interpreter made, and what only a host knows. */
export interface SessionRecord {
  /** Version of this shape. */
  readonly v: 1
  readonly session: Session
  readonly about: SessionFacts
  /** When something last came in, in milliseconds since 1970. */
  readonly activeAt: number
  /** When the timer of the store is due; it may be earlier than the deadline of the wait, never later. */
  readonly armed?: number
  /** Cards and messages with buttons that can still be withdrawn. */
  readonly cards?: readonly OpenCard[] | undefined
  /** Channels beside its own that it has said something on: what comes from the contact there may be for it. */
  readonly spoken?: readonly string[]
  /** Waits of recordings that were asked for: what comes in for them is remembered, whatever the session waits for by then. */
  readonly recording?: readonly string[]
  /** Addresses of recordings that were made. */
  readonly recordings?: readonly string[]
  /** For official versions that were chosen on the way: what they are pinned to, by the hash of each. */
  readonly chosen?: { readonly [hash: string]: { readonly [flow: string]: string } }
}

/** What was settled when the session started. */
export interface SessionFacts {
  readonly flow: string
  /** Id of the version, and its number where it has one. */
  readonly version: string
  readonly number?: string
  /** Absent in test mode. */
  readonly slot?: SlotName
  /** The kind of trigger. */
  readonly kind: string
  readonly startedAt: number
  readonly contact?: string
  readonly channel?: string
  /** Address of the contact on the channel, and what they called or wrote to. */
  readonly address?: string
  readonly to?: string
  /** The app or number for each channel, by application id. */
  readonly applications?: { readonly [channel: string]: string }
  /** Versions of the flows that it calls, by flow. */
  readonly versions?: { readonly [flow: string]: string }
  readonly campaign?: string
  /** How many sessions have led to this one by events; none unless given. */
  readonly hops?: number
  /** The claim by which duplicates are prevented. */
  readonly claim?: string
  readonly test?: true
}

/** Something that was put before the contact and can be taken back. */
export interface OpenCard {
  /** `waitId` of the effect that sent it, or its key where nothing waited for it. */
  readonly card: string
  /** Type of the effect. */
  readonly type: string
  readonly channel?: string
}
