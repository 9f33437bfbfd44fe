import type { Json } from '../../base/json.ts'

/**
 * Decides which contacts reach a gray version. Plain JSON; belongs to the workspace, and several flows may use it. Made by
 * `checkGrayRule`, never changed in place: what routing has compiled of it is kept by the object.
 */
export interface GrayRule {
  readonly id: string
  readonly name: string
  readonly match: GrayMatch
}

export type GrayMatch = NumberMatch | ContactMatch | ConditionMatch | PercentageMatch

/**
 * Phone numbers in E.164 form: `+4915112345678`. Spaces, dashes, dots, slashes and brackets do not count, and `00` stands for `+`. A number
 * matches where one of the three matches; a withheld number never does.
 */
export interface NumberMatch {
  readonly kind: 'numbers'
  /** From the first to the last, both included; both ends have the same length. */
  readonly ranges?: readonly NumberRange[]
  /** How numbers begin, as in `+49151`. */
  readonly prefixes?: readonly string[]
  readonly numbers?: readonly string[]
}

export interface NumberRange {
  readonly begin: string
  readonly end: string
}

/** Contacts by id. */
export interface ContactMatch {
  readonly kind: 'contacts'
  readonly contacts: readonly string[]
}

/** Contacts of which a CEL condition holds: `contact.tier == "gold"`. */
export interface ConditionMatch {
  readonly kind: 'condition'
  /** Reads `contact` and nothing else, so that its answer changes with the contact alone. */
  readonly condition: string
  /** The condition checked, so that routing needs no parser. Made by `checkGrayRule`. */
  readonly tree?: Json
}

/** A share of all contacts, always the same ones: see `bucketOf`. */
export interface PercentageMatch {
  readonly kind: 'percentage'
  /** 0 to 100, in steps of 0.01. */
  readonly percent: number
  /** Contacts fall into other buckets with another seed. The id of the rule unless given. */
  readonly seed?: string
}
