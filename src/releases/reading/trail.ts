import type { Event, EventType } from '../event.ts'
import { type LabelPolicy, labelOf } from '../version-number.ts'
import { TRAIL_WORDING, type TrailFacts, type TrailWording } from './trail-wording.ts'

/** Who did what, when, to which version, and why. */
export interface TrailEntry {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number
  /** Id of the member. */
  readonly by: string
  readonly what: EventType
  /** Id of the flow. */
  readonly flow?: string
  /** Id of the version. */
  readonly version?: string
  /** Its label; absent on a draft that has no number yet. */
  readonly label?: string
  /** What the member has said about it: a comment, or the reason for passing over missing approvals. */
  readonly why?: string
  /** What was done, as one sentence for people. */
  readonly sentence: string
}

export interface TrailOptions {
  /** How labels read. As the policy said at the time, where the events tell it, and else as under `minor`. */
  readonly labels?: LabelPolicy
  /** One sentence for each type of event, in another language. */
  readonly wording?: TrailWording
}

/**
 * The trail of a stream: one entry for each event, the oldest first. Pass a stream from its first event on, for later
 * events name versions by id alone; `mergeStreams` makes one stream of several. Values of variables and content of flows
 * never stand in it; what people have written as comments does.
 *
 * @example
 * for (const { at, sentence, why } of auditTrail(events)) console.log(new Date(at).toISOString(), sentence, why ?? '')
 */
export function auditTrail(events: Iterable<Event>, options: TrailOptions = {}): readonly TrailEntry[] {
  const numbers = new Map<string, string>()
  const { wording = TRAIL_WORDING } = options
  let { labels = 'minor' } = options
  return [...events].map((event) => {
    if (options.labels === undefined && 'policy' in event) labels = event.policy.numbering.labels
    noteNumber(numbers, event)
    return entryOf(event, wording, (flow, version) => {
      const number = numbers.get(keyOf(flow, version))
      return number === undefined ? undefined : labelOf(number, labels)
    })
  })
}

type LabelFor = (flow: string, version: string) => string | undefined

function noteNumber(numbers: Map<string, string>, event: Event): void {
  if (event.type === 'released') numbers.set(keyOf(event.flow, event.pin.version), event.pin.number)
  else if ('number' in event) numbers.set(keyOf(event.flow, event.version), event.number)
}

/** Ids may hold any character, so that no separator would do. */
function keyOf(flow: string, version: string): string {
  return JSON.stringify([flow, version])
}

function entryOf(event: Event, wording: TrailWording, labelFor: LabelFor): TrailEntry {
  const { at, by, type } = event
  const flow = 'flow' in event ? (event.flow ?? undefined) : undefined
  const version =
    event.type === 'released' ? event.pin.version : 'version' in event ? event.version : undefined
  const label = flow === undefined || version === undefined ? undefined : labelFor(flow, version)
  const why = reasonOf(event)
  const named = (id: string) => (flow === undefined ? undefined : labelFor(flow, id)) ?? id
  const facts: TrailFacts = {
    by,
    ...(flow === undefined ? {} : { flow }),
    ...(version === undefined ? {} : { version: label ?? version }),
    ...factsOf(event, named),
  }
  return {
    at,
    by,
    what: type,
    ...(flow === undefined ? {} : { flow }),
    ...(version === undefined ? {} : { version }),
    ...(label === undefined ? {} : { label }),
    ...(why === undefined ? {} : { why }),
    sentence: wording[type](facts),
  }
}

function reasonOf(event: Event): string | undefined {
  if (event.type === 'commented') return event.text
  if (event.type !== 'released') return 'comment' in event ? event.comment : undefined
  const said = [event.emergency, event.comment].filter((each) => each !== undefined && each !== '')
  return said.length === 0 ? undefined : said.join(' · ')
}

/** What the sentence of an event speaks of, beside who did it and to which version. */
function factsOf(event: Event, named: (version: string) => string): Omit<TrailFacts, 'by'> {
  switch (event.type) {
    case 'memberAdded':
    case 'permissionsGranted':
    case 'permissionsRevoked':
      return { member: event.member, permissions: event.permissions }
    case 'memberRemoved':
      return { member: event.member }
    case 'itemDefined':
      return { kind: event.kind, item: event.item.id }
    case 'itemRemoved':
      return { kind: event.kind, item: event.id }
    case 'exceptionFlowSet':
      return { medium: event.medium }
    case 'branched':
      return { other: named(event.from) }
    case 'voiceCompiled':
      return { errors: event.errors, warnings: event.warnings }
    case 'released':
      return {
        slot: event.slot,
        release: event.kind,
        ...(event.replaces === undefined ? {} : { other: named(event.replaces) }),
      }
    case 'releaseCancelled':
      return { slot: event.slot }
    case 'flowPlaced':
      return event.service === null ? {} : { service: event.service }
    case 'flowLabelled':
      return { labels: event.labels }
    case 'keyRegenerated':
      return { item: event.application }
    case 'distributionSet':
      return { applications: event.applications, on: event.protect }
    case 'shareSwitched':
      return { on: event.on }
    default:
      return {}
  }
}
