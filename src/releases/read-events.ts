import type { JsonLimits } from '../base/check-json.ts'
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { err, ok, type Result } from '../base/result.ts'
import { EVENT_SCHEMA, type Event, type EventType } from './event.ts'
import { EVENT_SCHEMAS } from './event-schema.ts'
import { checkForm, readPlain } from './form-fault.ts'
import { MAX_TEXT } from './form-parts.ts'
import { type RefusalDetails, refuse } from './refusal.ts'

/** Turns an event of one schema version into the next; pure, and kept for ever. */
export type EventUpgrade = (event: JsonObject) => JsonObject

/** Upgrades by the schema version that they start from. */
export type EventUpgrades = ReadonlyMap<number, EventUpgrade>

/** What `readEvents` upgrades by: `EVENT_UPGRADES.get(1)` makes schema 2. None yet: 1 is the first. */
export const EVENT_UPGRADES: EventUpgrades = new Map()

/** Why the events of a stream cannot be read. */
export interface EventFault {
  readonly code: 'event.bad' | 'event.unknown' | 'event.newer'
  /** Index of the event among those that were passed, from 0. */
  readonly position: number
  /** What is wrong, as one sentence for people. */
  readonly reason: string
  /** What would lift it, as one sentence. */
  readonly lift: string
  /** The values that the reason speaks of, for hosts that word it themselves. */
  readonly details: RefusalDetails
}

export interface ReadEventsOptions {
  /** `EVENT_UPGRADES` unless given. */
  readonly upgrades?: EventUpgrades
}

/**
 * Larger than what a command may hold: the tree of a condition is added, and what a document says. Deeper, too: values
 * that a release is sent with stand one level further down in its event.
 */
const EVENT_LIMITS: JsonLimits = { maxDepth: 520, maxValues: 4_000_000, maxStringLength: MAX_TEXT }

/** A type that nobody knows is quoted so far. */
const MAX_QUOTED = 64

/**
 * Reads events that were stored, in their order: copies, brought to the schema of this release and of a form that
 * `evolve` can rely on. The first one that cannot be read is named by its position, and nothing is read then: a state
 * that misses an event would be wrong. Whether each could follow the one before is not checked.
 *
 * @example
 * const read = readEvents(rows.map((row) => JSON.parse(row.event)))
 * if (!read.ok) throw new Error(read.error.reason)
 * const workspace = read.value.reduce(evolveWorkspace, emptyWorkspace(id))
 */
export function readEvents(
  values: readonly unknown[],
  { upgrades = EVENT_UPGRADES }: ReadEventsOptions = {},
): Result<readonly Event[], EventFault> {
  const events: Event[] = []
  for (const [position, value] of values.entries()) {
    const event = readEvent(value, position, upgrades)
    if (!event.ok) return event
    events.push(event.value)
  }
  return ok(events)
}

function readEvent(value: unknown, position: number, upgrades: EventUpgrades): Result<Event, EventFault> {
  const plain = readPlain(value, EVENT_LIMITS, 'the event')
  if (!plain.ok) return fault('event.bad', position, { ...plain.error })
  if (!isJsonObject(plain.value)) return fault('event.bad', position, { fault: 'it is no object' })
  const { schema } = plain.value
  if (typeof schema !== 'number' || !Number.isInteger(schema)) {
    return fault('event.bad', position, { fault: 'it names no schema', at: ['schema'] })
  }
  if (schema > EVENT_SCHEMA) return fault('event.newer', position, { schema, newest: EVENT_SCHEMA })
  const current = upgrade(plain.value, schema, upgrades)
  if (current === undefined) {
    return fault('event.bad', position, { fault: `nothing leads on from schema ${schema}`, at: ['schema'] })
  }
  return checkEvent(current, position)
}

/** Brings an event of an older schema up, one step at a time; `undefined` where a step is missing. */
function upgrade(event: JsonObject, from: number, upgrades: EventUpgrades): JsonObject | undefined {
  let current = event
  for (let schema = from; schema < EVENT_SCHEMA; schema++) {
    const step = upgrades.get(schema)
    if (step === undefined) return undefined
    current = { ...step(current), schema: schema + 1 }
  }
  return current
}

function checkEvent(event: JsonObject, position: number): Result<Event, EventFault> {
  const { type } = event
  if (typeof type !== 'string') return fault('event.bad', position, { fault: 'it has no type' })
  if (!Object.hasOwn(EVENT_SCHEMAS, type)) {
    return fault('event.unknown', position, { type: type.slice(0, MAX_QUOTED) })
  }
  const bad = checkForm(event as Json, EVENT_SCHEMAS[type as EventType], 'the event')
  return bad === undefined ? ok(event as unknown as Event) : fault('event.bad', position, { ...bad })
}

function fault(
  code: EventFault['code'],
  position: number,
  about: Parameters<typeof refuse>[1],
): Result<never, EventFault> {
  const { reason, lift, details } = refuse(code, { position, ...about })
  return err({ code, position, reason, lift, details })
}
