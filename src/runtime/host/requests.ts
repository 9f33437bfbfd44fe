import type { JsonObject } from '../../base/json.ts'
import type { ContactGiven } from './callers.ts'

/** What starts a flow from outside, other than by something that a contact has said. */
export interface TriggerRequest {
  readonly flow: string
  /**
   * What starts it, as its start node declares: `manual` for an API or a campaign, `event`, `segment`, `flow` for a flow that
   * another one asks for, `link` for a distributed link; `manual` unless given.
   */
  readonly type?: 'manual' | 'event' | 'segment' | 'flow' | 'link' | 'message' | 'call'
  /** By id, or what is known of them. */
  readonly contact?: ContactGiven
  /** The data that the start node declares. */
  readonly data?: JsonObject
  /** The channel that the session speaks on. */
  readonly channel?: string
  /** The same id starts once: the other calls get the same session. Remembered as long as ids of what comes in. */
  readonly id?: string
  /** The campaign on whose behalf it starts; recorded with the session. */
  readonly campaign?: string
  /** The session because of which it starts: it goes on with the journey of that one. */
  readonly from?: string
}

/** A session of test mode. */
export interface TestRequest {
  readonly flow: string
  /** Id of any version, drafts included. */
  readonly version: string
  /** A test contact of the workspace, by id or address. */
  readonly contact: string
  /** The member who tests. */
  readonly by: string
  readonly channel?: string
  readonly data?: JsonObject
  /** The kind of trigger that the flow sees; `manual` unless given. */
  readonly type?: string
}

/** Something that has happened, by name, for sessions that wait for it and flows that it starts. */
export interface EmitRequest {
  readonly name: string
  readonly data?: JsonObject
  /** Whom it concerns, by id; every session that waits for it, unless given. */
  readonly contact?: string
  /** The same id reaches nobody twice. */
  readonly id?: string
}
