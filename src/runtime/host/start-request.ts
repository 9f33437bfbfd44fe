import { checkJson } from '../../base/check-json.ts'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import type { Trigger } from '../../interpreter/first-session.ts'
import type { RoutedContact } from '../../releases/gray/match.ts'
import { normalisePhoneNumber } from '../../releases/gray/phone-number.ts'
import type { Route } from '../../releases/gray/route.ts'
import type { Slot } from '../../releases/state.ts'
import type { Claim } from '../stores/session-store.ts'
import type { CallerContact } from './callers.ts'
import type { SessionFacts } from './session-record.ts'

/** What starts a session, in terms of the host: who, by what, and what comes with it. */
export interface StartRequest {
  readonly flow: string
  /** The kind of trigger, as start nodes name it. */
  readonly kind: string
  readonly contact?: CallerContact | undefined
  /** The channel that the session speaks on; that of its trigger, else the first that it has an application for. */
  readonly channel?: string | undefined
  /** The channel where none of these says one. */
  readonly channelElse?: string | undefined
  readonly to?: string | undefined
  /** As it came from outside. */
  readonly data?: JsonObject | undefined
  /** Members beside `data` that expressions read as `trigger.<name>`. */
  readonly members?: { readonly [name: string]: Json | undefined } | undefined
  /** What must not be done twice: a claim that the session makes. */
  readonly once?: Omit<Claim, 'session'> | undefined
  /** More of the kind: it starts where none of them has been made. */
  readonly onceAlso?: Omit<Claim, 'session'> | undefined
  readonly journey?: string | undefined
  readonly campaign?: string | undefined
  /** How many sessions have led to this one. */
  readonly hops?: number | undefined
  /** The only version that it may be; another one that the contact reaches starts nothing. */
  readonly only?: string | undefined
  /** For test mode: the version to run. */
  readonly test?: { readonly version: string } | undefined
}

/** The version that a session is to run. */
export interface Chosen {
  readonly slot: Pick<Slot, 'executable' | 'version' | 'medium' | 'trigger'>
  readonly number?: string
  readonly route?: Route
  readonly values: JsonObject
  readonly applications: { readonly [channel: string]: string }
}

/** What routing knows of whoever starts a session. */
export function routedContact({ contact }: StartRequest): RoutedContact {
  const { id, address, addresses = [], fields } = contact ?? {}
  // Somebody who is known by their mail address has a number all the same.
  const number = [address, ...addresses].find((each) => normalisePhoneNumber(each) !== undefined)
  return { id, number: number ?? address, attributes: fields }
}

/** What expressions read of whoever started it, and of what came with it. */
export function triggerOf({ kind, contact, data, members = {} }: StartRequest): Trigger {
  const { id, address, fields = {} } = contact ?? {}
  const given = Object.entries(members).filter(([, value]) => value !== undefined)
  return {
    ...Object.fromEntries(given),
    type: kind,
    contact: {
      ...(id === undefined ? {} : { id }),
      ...(address === undefined ? {} : { address }),
      ...fields,
    },
    ...(data === undefined ? {} : { data }),
  }
}

export function factsOf(
  { flow, kind, contact, channel, to, campaign, hops, test }: StartRequest,
  { slot, number, route: why, applications }: Chosen,
  versions: { readonly [flow: string]: string },
  startedAt: number,
  claim: string | undefined,
): SessionFacts {
  const facts: { -readonly [Member in keyof SessionFacts]: SessionFacts[Member] } = {
    flow,
    version: slot.version,
    kind,
    startedAt,
  }
  if (number !== undefined) facts.number = number
  if (why !== undefined) facts.slot = why.slot
  if (contact?.id !== undefined) facts.contact = contact.id
  if (channel !== undefined) facts.channel = channel
  if (contact?.address !== undefined) facts.address = contact.address
  if (to !== undefined) facts.to = to
  if (Object.keys(applications).length > 0) facts.applications = applications
  if (Object.keys(versions).length > 0) facts.versions = versions
  if (campaign !== undefined) facts.campaign = campaign
  if (hops !== undefined && hops > 0) facts.hops = hops
  if (claim !== undefined) facts.claim = claim
  if (test !== undefined) facts.test = true
  return facts
}

/** Data from outside, or the fault in it. */
export function readData(data: unknown): { readonly data?: JsonObject } | { readonly fault: string } {
  if (data === undefined) return {}
  if (!isJsonObject(data)) return { fault: 'data is no object' }
  return checkJson(data) === undefined ? { data } : { fault: 'data is not plain JSON' }
}
