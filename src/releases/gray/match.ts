import type { Json, JsonObject } from '../../base/json.ts'
import { celLinker } from '../../expressions/cel-linker.ts'
import { isFault } from '../../expressions/fault.ts'
import type { RegexEngine } from '../../expressions/types.ts'
import { BUCKETS, bucketAfter, hashSeed } from './bucket.ts'
import type { ContactMatch, GrayRule, NumberMatch, PercentageMatch } from './gray-rule.ts'
import { createNumberIndex } from './number-index.ts'
import { isWithheld, normalisePhoneNumber, numberValue } from './phone-number.ts'
import {
  type ReasonDetails,
  type RoutingReason,
  type RoutingReasonCode,
  routingReason,
} from './routing-reasons.ts'

/** What routing knows of somebody. Each rule looks at the one member that it goes by. */
export interface RoutedContact {
  readonly id?: string | undefined
  /** As the network gives it; see `normalisePhoneNumber`. */
  readonly number?: string | undefined
  /** What conditions read as `contact`. */
  readonly attributes?: JsonObject | undefined
}

/** Whether a contact matches a rule, and why. */
export interface GrayAnswer extends RoutingReason {
  readonly matches: boolean
  /** Where the rule goes by percentage and the contact has a key: 0 to 9,999. */
  readonly bucket?: number
}

/** A rule ready to be asked. Pure: the same contact always gets the same answer. */
export type GrayMatcher = (contact: RoutedContact) => GrayAnswer

export interface MatchOptions {
  /** Engine for `matches` in conditions; without one such a condition has no answer, and nobody matches. */
  readonly regex?: RegexEngine | undefined
}

const NO_ENGINE = {}
const NO_ATTRIBUTES: JsonObject = Object.freeze({})
const KEPT = new WeakMap<object, WeakMap<GrayRule, GrayMatcher>>()

/**
 * The matcher of a rule that `checkGrayRule` has passed. It is made at the first call and kept as long as the object of
 * the rule lives, once for each engine, so that asking again costs a look-up.
 */
export function matcherOf(rule: GrayRule, { regex }: MatchOptions = {}): GrayMatcher {
  const engine = regex ?? NO_ENGINE
  let kept = KEPT.get(engine)
  if (kept === undefined) {
    kept = new WeakMap()
    KEPT.set(engine, kept)
  }
  let matcher = kept.get(rule)
  if (matcher === undefined) {
    matcher = compileRule(rule, regex)
    kept.set(rule, matcher)
  }
  return matcher
}

/** A rule that is damaged, or of a kind that a later release has added, lets nobody in: routing does not stop for it. */
function compileRule(rule: GrayRule, regex: RegexEngine | undefined): GrayMatcher {
  try {
    const matcher = compileMatch(rule, regex)
    if (matcher !== undefined) return matcher
  } catch {
    // Told by the answer.
  }
  const unread = answer(false, 'routing.ruleUnread', { rule: rule.id })
  return () => unread
}

function compileMatch({ id, match }: GrayRule, regex: RegexEngine | undefined): GrayMatcher | undefined {
  switch (match.kind) {
    case 'numbers':
      return byNumber(match, id)
    case 'contacts':
      return byContact(match, id)
    case 'condition':
      return match.tree === undefined ? undefined : byCondition(match.tree, id, regex)
    case 'percentage':
      return byShare(match, id)
    default:
      return undefined
  }
}

/** An answer that all contacts who get it share. */
function answer(matches: boolean, code: RoutingReasonCode, details: ReasonDetails): GrayAnswer {
  return Object.freeze({ matches, ...routingReason(code, details) })
}

function byNumber(match: NumberMatch, rule: string): GrayMatcher {
  const has = createNumberIndex(match)
  const named = answer(true, 'routing.number', { rule })
  const other = answer(false, 'routing.otherNumber', { rule })
  const withheld = answer(false, 'routing.numberWithheld', { rule })
  const unread = answer(false, 'routing.numberUnread', { rule })
  return ({ number }) => {
    const value = numberValue(number)
    if (value === 0) return isWithheld(number) ? withheld : unread
    return has(value) ? named : other
  }
}

function byContact({ contacts }: ContactMatch, rule: string): GrayMatcher {
  const ids = new Set(contacts)
  const named = answer(true, 'routing.contact', { rule })
  const other = answer(false, 'routing.otherContact', { rule })
  const nobody = answer(false, 'routing.noContact', { rule })
  return ({ id }) => {
    if (!id) return nobody
    return ids.has(id) ? named : other
  }
}

function byCondition(tree: Json, rule: string, regex: RegexEngine | undefined): GrayMatcher {
  const holds = celLinker.linkExpression(tree, { regex })
  const yes = answer(true, 'routing.condition', { rule })
  const no = answer(false, 'routing.conditionFails', { rule })
  const faulty = (fault: string, problem: string) =>
    answer(false, 'routing.conditionFault', { rule, fault, problem })
  const neither = faulty('evaluation.type', 'It is neither true nor false.')
  return ({ attributes }) => {
    const value = holds({
      vars: NO_ATTRIBUTES,
      contact: attributes ?? NO_ATTRIBUTES,
      trigger: NO_ATTRIBUTES,
      nodes: NO_ATTRIBUTES,
      session: NO_ATTRIBUTES,
      now: 0,
    })
    if (value === true) return yes
    if (value === false) return no
    return isFault(value) ? faulty(value.code, value.message) : neither
  }
}

function byShare({ percent, seed }: PercentageMatch, rule: string): GrayMatcher {
  const below = Math.round((percent * BUCKETS) / 100)
  const hash = hashSeed(seed ?? rule)
  const within = routingReason('routing.share', { rule, percent })
  const beyond = routingReason('routing.otherShare', { rule, percent })
  const unknown = answer(false, 'routing.noKey', { rule })
  return ({ id, number }) => {
    const key = id || normalisePhoneNumber(number)
    if (key === undefined) return unknown
    const bucket = bucketAfter(hash, key)
    const matches = bucket < below
    const { code, reason, details } = matches ? within : beyond
    return { matches, code, reason, details, bucket }
  }
}
