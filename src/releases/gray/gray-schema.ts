import * as z from 'zod/mini'
import { isUnsafeKey, type Json } from '../../base/json.ts'
import { MAX_FAULTS } from '../../document/document-schema.ts'
import { MAX_ID } from '../is-id.ts'
import type { GrayMatch } from './gray-rule.ts'
import { MAX_NUMBER_LENGTH } from './phone-number.ts'

/** Characters of a name, a seed or the id of a contact. */
export const MAX_NAME = 256

/** Guards of outcomes that one release can carry. */
export const MAX_OUTCOME_GUARDS = 100

/** Forgets all but the first faults of a list: zod hands them on as arguments of one call, which the stack bounds. */
const fewFaults = z.check(
  ({ issues }) => {
    if (issues.length > MAX_FAULTS) issues.length = MAX_FAULTS
  },
  { when: () => true },
)

const safe = z.refine<string>((value) => !isUnsafeKey(value), { error: 'safe' })
const name = z.string().check(z.minLength(1), z.maxLength(MAX_NAME), safe)
/** Commands name rules by it, as they name everything else of the catalog. */
const id = z.string().check(z.minLength(1), z.maxLength(MAX_ID), safe)
const title = z.string().check(z.maxLength(MAX_NAME), z.regex(/\S/))
const number = z.string().check(z.maxLength(MAX_NUMBER_LENGTH))
const json = z.custom<Json>((value) => value !== undefined, 'json')

function listOf<Entry extends z.core.$ZodType>(entry: Entry) {
  return z.array(entry).check(fewFaults)
}

function ruleOf<Match extends z.core.$ZodType>(match: Match) {
  return z.strictObject({ id, name: title, match })
}

/** The form of a rule, by its kind. How many entries a rule has is looked at before. */
export const RULE_SCHEMAS = {
  numbers: ruleOf(
    z.strictObject({
      kind: z.literal('numbers'),
      ranges: z.optional(listOf(z.strictObject({ begin: number, end: number }))),
      prefixes: z.optional(listOf(number)),
      numbers: z.optional(listOf(number)),
    }),
  ),
  contacts: ruleOf(z.strictObject({ kind: z.literal('contacts'), contacts: listOf(name) })),
  condition: ruleOf(
    z.strictObject({ kind: z.literal('condition'), condition: z.string(), tree: z.optional(json) }),
  ),
  percentage: ruleOf(
    z.strictObject({ kind: z.literal('percentage'), percent: z.number(), seed: z.optional(name) }),
  ),
} as const satisfies Record<GrayMatch['kind'], z.core.$ZodType>

/** The form of what does not say which kind of rule it is. */
export const UNKNOWN_RULE = ruleOf(z.looseObject({ kind: z.string() }))

/** The form of guards. */
export const GUARDS_SCHEMA = z.strictObject({
  minSessions: z.number(),
  maxErrorRate: z.optional(z.number()),
  outcomes: z.optional(
    z
      .array(z.strictObject({ outcome: name, min: z.optional(z.number()), max: z.optional(z.number()) }))
      .check(z.maxLength(MAX_OUTCOME_GUARDS), fewFaults),
  ),
})
