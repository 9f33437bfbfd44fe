import { isJsonObject, type Json } from '../../base/json.ts'
import type { RefusalDetails } from '../../releases/refusal.ts'
import type { RefusalEntry } from '../../releases/refusal-table.ts'
import { MAX_BUNDLE_FLOWS, MAX_BUNDLE_LENGTH, MAX_BUNDLE_VALUES } from './bundle.ts'

type Details = { readonly [name: string]: Json }

/** Why flows were not exported or imported; nothing has changed. */
export interface ExchangeRefusal {
  readonly ok: false
  /** Stable; see `EXCHANGE_REFUSALS`. */
  readonly code: ExchangeRefusalCode
  /** What is in the way, for people. */
  readonly reason: string
  /** What would lift it, as one sentence. */
  readonly lift: string
  /** The values that the reason speaks of, for hosts that word it themselves. */
  readonly details: RefusalDetails
}

/** Nodes, ranges and faults that a reason names; the details have all of them. */
const MAX_NAMED = 50

const say = (text: string) => () => text

/** Every reason for which an export or import is refused. Wording lives here alone, so that hosts can translate it. */
export const EXCHANGE_REFUSALS = {
  'export.noFlows': {
    reason: say('No flow was named.'),
    lift: say('Name the flows that should be exported.'),
  },
  'export.repeated': {
    reason: (d: Details) => `The flow ${d.flow} was named twice.`,
    lift: say('Name each flow once; export two versions of one flow by themselves.'),
  },
  'export.unreadable': {
    reason: (d: Details) => `This is no flow document. ${list(d.faults, messageOf, ' ')}`,
    lift: say('Correct what the details name; whatever is merely incomplete can be exported.'),
  },
  'export.tooLarge': {
    reason: (d: Details) =>
      `A bundle holds ${MAX_BUNDLE_FLOWS} flows, ${MAX_BUNDLE_VALUES} values and ${MAX_BUNDLE_LENGTH} characters at most, and this would be ${d.got}.`,
    lift: say('Export fewer flows at a time.'),
  },
  'import.unreadable': {
    reason: (d: Details) => `This is no bundle of flows that can be read. ${list(d.faults, messageOf, ' ')}`,
    lift: say('Export the flows again, and import the file as it was written.'),
  },
  'import.noName': {
    reason: say('The flow has no name.'),
    lift: say('Ask for a name that is not blank.'),
  },
  'import.noRemark': {
    reason: say('The flow has no remark.'),
    lift: say('Ask for a remark, and pass an empty text where there is none.'),
  },
  'import.badNames': {
    reason: (d: Details) => `The flow cannot be called this. ${list(d.faults, messageOf, ' ')}`,
    lift: say('Give a shorter name or remark.'),
  },
  'import.tooLarge': {
    reason: (d: Details) => `A flow grows too large by its placeholders. ${list(d.faults, messageOf, ' ')}`,
    lift: say('Take the nodes that are not available out of the flow, and export it again.'),
  },
  'import.unavailable': {
    reason: (d: Details) =>
      `The flow cannot be imported: these nodes of the source are not available or not supported in this account: ${list(d.nodes, nodeOf)}.`,
    lift: say(
      'Take these nodes out, export again and add them here; or import with placeholders where the policy allows it.',
    ),
  },
  'import.versionRange': {
    reason: (d: Details) =>
      `Node types have other versions here than the flows need: ${list(d.types, rangeOf)}.`,
    lift: say('Register the versions that the details name, then import again.'),
  },
  'import.placeholdersOff': {
    reason: say('The policy of the workspace takes no flows with placeholders.'),
    lift: say('Import without placeholders, or allow them in the policy.'),
  },
} as const satisfies { readonly [code: string]: RefusalEntry }

export type ExchangeRefusalCode = keyof typeof EXCHANGE_REFUSALS

/** Makes the refusal of a code. */
export function refuseExchange(code: ExchangeRefusalCode, details: RefusalDetails = {}): ExchangeRefusal {
  const { reason, lift } = EXCHANGE_REFUSALS[code] as RefusalEntry
  return { ok: false, code, reason: reason(details), lift: lift(details), details }
}

function list(items: Json | undefined, word: (item: Details) => string, between = ', '): string {
  const all = Array.isArray(items) ? items.filter(isJsonObject) : []
  const named = all.slice(0, MAX_NAMED).map((item) => word(item as Details))
  const more = all.length - named.length
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(between)
}

function messageOf({ message }: Details): string {
  return String(message).replace(/([^.])$/, '$1.')
}

function nodeOf({ type, label, id, flow }: Details): string {
  return `${type}${label === undefined ? '' : ` “${label}”`} (${id} in ${flow})`
}

function rangeOf({ pin, range, version }: Details): string {
  return `${pin} needs ${range}, and ${version} is here`
}
