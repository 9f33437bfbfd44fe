import type { Json } from '../../base/json.ts'

/** The values that a message speaks of. */
type Details = { readonly [name: string]: Json }

/** Something that is wrong with a gray rule or with guards, and where. */
export interface GrayFault {
  /** Stable; see `GRAY_FAULTS`. */
  readonly code: GrayFaultCode
  /** Keys and indexes from the value that was checked. */
  readonly path: readonly (string | number)[]
  /** One sentence for people. */
  readonly message: string
  /** The values that the message speaks of, for hosts that word it themselves. */
  readonly details: Details
}

export type GrayFaultCode = keyof typeof GRAY_FAULTS

/** What the table says of one code. */
interface FaultEntry {
  readonly message: (details: Details) => string
  /** Why it happens. */
  readonly cause: string
  /** How to mend it. */
  readonly mend: string
}

function didYouMean({ suggestion }: Details): string {
  return suggestion === undefined ? '' : ` Did you mean ${suggestion}?`
}

/** All that can be wrong with gray rules and guards. Wording lives here alone, so that hosts can translate it. */
export const GRAY_FAULTS = {
  'grayRule.shape': {
    message: (d) => `${d.problem}.`,
    cause: 'A member is missing, unknown or of the wrong kind.',
    mend: 'Look up the members of the kind of rule; the path names the one that is meant.',
  },
  'grayRule.kind': {
    message: (d) => `There is no kind of gray rule called ${d.kind}.${didYouMean(d)}`,
    cause: 'The member `kind` of `match` holds another word, or is missing.',
    mend: 'Choose one of numbers, contacts, condition and percentage.',
  },
  'grayRule.empty': {
    message: () => 'The rule names nothing, so that it would match nobody.',
    cause: 'A rule by numbers has neither ranges, prefixes nor numbers, or a rule by contacts has none.',
    mend: 'Name at least one, or choose a percentage of 0.',
  },
  'grayRule.tooMany': {
    message: (d) => `The rule has ${d.count} ${d.what}; at most ${d.max} are allowed.`,
    cause: 'Every router keeps a compiled copy of the rule in memory.',
    mend: 'Join neighbouring numbers into ranges, or match by a condition or a percentage.',
  },
  'grayRule.number': {
    message: (d) => `${d.value} cannot be compared as a phone number.`,
    cause: 'Numbers compare in international form: +, country code and number, at most 15 digits.',
    mend: 'Write it as in +4915112345678, without the 0 that stands before an area code.',
  },
  'grayRule.rangeLengths': {
    message: (d) => `The range from ${d.begin} to ${d.end} has ends of different length.`,
    cause: 'Numbers of different length are not neighbours in any numbering plan.',
    mend: 'Make a range for each length, or use a prefix.',
  },
  'grayRule.rangeReversed': {
    message: (d) => `The range from ${d.begin} to ${d.end} ends before it begins.`,
    cause: 'The ends have been swapped.',
    mend: 'Swap them.',
  },
  'grayRule.percent': {
    message: (d) => `${d.percent} is no percentage from 0 to 100.`,
    cause: 'The share is below 0 or above 100.',
    mend: 'Choose a percentage from 0 to 100.',
  },
  'grayRule.percentStep': {
    message: (d) => `${d.percent} % is finer than 0.01 %.`,
    cause: 'Contacts fall into 10,000 buckets, and a share is a number of whole buckets.',
    mend: 'Round the percentage to two decimals.',
  },
  'grayRule.condition': {
    message: (d) => `The condition cannot be used: ${d.problem}`,
    cause: 'It cannot be read, reads something else than contact, or is not true or false.',
    mend: 'Write a condition on contact, such as contact.tier == "gold".',
  },
  'guards.shape': {
    message: (d) => `${d.problem}.`,
    cause: 'A member is missing, unknown or of the wrong kind.',
    mend: 'Look up the members of guards; the path names the one that is meant.',
  },
  'guards.minSessions': {
    message: (d) => `${d.minSessions} is no count of sessions from 1 to ${d.max}.`,
    cause: 'No verdict can rest on no sessions at all, on a fraction of one, or on more than ever come.',
    mend: 'Choose how many sessions have to end before the gray version is promoted.',
  },
  'guards.rate': {
    message: (d) => `${d.rate} is no share from 0 to 1.`,
    cause: 'Shares are fractions: 0.05 is 5 %.',
    mend: 'Choose a share from 0 to 1.',
  },
  'guards.noBound': {
    message: (d) => `The guard of ${d.outcome} bounds nothing.`,
    cause: 'A guard of an outcome has neither a least nor a largest share.',
    mend: 'Give it a least share, a largest share or both, or leave it out.',
  },
  'guards.order': {
    message: (d) => `${d.outcome} should have at least ${d.min} and at most ${d.max}.`,
    cause: 'The least share is above the largest one.',
    mend: 'Swap them.',
  },
  'guards.repeated': {
    message: (d) => `${d.outcome} has more than one guard.`,
    cause: 'Two guards name the same outcome.',
    mend: 'Put both bounds into one guard.',
  },
  'guards.unknownOutcome': {
    message: (d) => `The flow declares no outcome ${d.outcome}.${didYouMean(d)}`,
    cause: 'The code is misspelt, or the outcome was renamed or removed.',
    mend: 'Name an outcome that the flow declares.',
  },
  'guards.unreachable': {
    message: (d) => `No ${d.minSessions} sessions can keep to all of the shares.`,
    cause: 'Least shares add up to more than all sessions, or no whole number lies between two bounds.',
    mend: 'Lower a least share, or ask for more sessions.',
  },
} as const satisfies Readonly<Record<string, FaultEntry>>

/** The fault of a code, in words. */
export function grayFault(code: GrayFaultCode, path: GrayFault['path'], details: Details = {}): GrayFault {
  return { code, path, message: GRAY_FAULTS[code].message(details), details }
}
