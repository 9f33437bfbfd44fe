import { checkJson } from '../../base/check-json.ts'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import type { ContactGiven } from './callers.ts'

/** Characters of an address, an id, a name: they end up in keys of stores. */
export const MAX_NAME = 512

/** True for what can be an address, an id or a name. */
export function isName(value: unknown): value is string {
  if (typeof value !== 'string' || value === '' || value.length > MAX_NAME) return false
  // Not every database can keep a NUL, and half of a character has no place in a key.
  return !value.includes('\0') && !/\p{Surrogate}/u.test(value)
}

/** The first member that is given and can be no name, as a fault; `undefined` where there is none. */
export function badName(members: { readonly [name: string]: unknown }): string | undefined {
  const bad = Object.entries(members).find(([, value]) => value !== undefined && !isName(value))
  return bad && `${bad[0]} is no well-formed text of 1 to ${MAX_NAME} characters`
}

/** As `badName`, for members that have to be given. */
export function badNameOf(members: { readonly [name: string]: unknown }): string | undefined {
  const missing = Object.entries(members).find(([, value]) => value === undefined)
  return missing === undefined ? badName(members) : `${missing[0]} is missing`
}

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

/** What is wrong with a request to start a flow, beside its data. */
export function faultOfTrigger(request: TriggerRequest): string | undefined {
  if (!isJsonObject(request)) return 'it is no object'
  const { flow, type, contact, channel, id, campaign, from } = request
  if (flow === undefined) return 'flow is missing'
  return badName({ flow, type, channel, id, campaign, from }) ?? faultOfContact(contact)
}

/** What is wrong with a request to test a version, beside its data. */
export function faultOfTest(request: TestRequest): string | undefined {
  if (!isJsonObject(request)) return 'it is no object'
  const { flow, version, contact, by, channel, type } = request
  const missing = Object.entries({ flow, version, contact, by }).find(([, value]) => value === undefined)
  if (missing !== undefined) return `${missing[0]} is missing`
  return badName({ flow, version, contact, by, channel, type })
}

/** What is wrong with an event that is to be passed on, beside its data. */
export function faultOfEmit(request: EmitRequest): string | undefined {
  if (!isJsonObject(request)) return 'it is no object'
  const { name, contact, id } = request
  return name === undefined ? 'name is missing' : badName({ name, contact, id })
}

function faultOfContact(contact: unknown): string | undefined {
  if (contact === undefined) return undefined
  if (!isJsonObject(contact)) return badName({ contact })
  const { id, address, fields, language } = contact
  if (fields !== undefined && !isJsonObject(fields)) return 'contact.fields is no object'
  if (fields !== undefined && checkJson(fields) !== undefined) return 'contact.fields is not plain JSON'
  return badName({ 'contact.id': id, 'contact.address': address, 'contact.language': language })
}
