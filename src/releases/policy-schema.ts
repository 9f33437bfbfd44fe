import * as z from 'zod/mini'
import { err, ok, type Result } from '../base/result.ts'
import { checkForm, readPlain } from './form-fault.ts'
import { id, listOf, running } from './form-parts.ts'
import type { Policy } from './policy.ts'
import { type Refusal, refuse } from './refusal.ts'

/** Approvals that a policy may ask for, and members whom it may name for them. */
export const MAX_APPROVALS = 50

/** Characters of the word for a state. */
const MAX_WORD = 64

const word = z.string().check(z.minLength(1), z.maxLength(MAX_WORD))
const flag = z.boolean()
const severity = z.optional(z.enum(['error', 'warning']))

/** The form of a policy that is given as data. Nothing is left to defaults, so that a policy says all that it does. */
export const policySchema = z.strictObject({
  numbering: z.strictObject({
    labels: z.enum(['minor', 'decimal', 'integer']),
    minted: z.enum(['atDraft', 'atRelease']),
  }),
  drafts: z.strictObject({ kept: z.enum(['one', 'many']), branchFrom: z.enum(['released', 'any']) }),
  release: z.strictObject({
    gray: flag,
    warningsBlock: flag,
    needsExceptionFlow: flag,
    accessCodes: z.enum(['all', 'voice', 'none']),
    compileVoice: flag,
    ofRunning: running,
  }),
  approvals: z.strictObject({
    required: z.int().check(z.minimum(0), z.maximum(MAX_APPROVALS)),
    approvers: z.optional(listOf(id, MAX_APPROVALS)),
    ownWork: flag,
    emergency: flag,
  }),
  validation: z.strictObject({ optionalOutcomes: severity, unreachable: severity }),
  imports: z.optional(z.strictObject({ placeholders: flag })),
  words: z.strictObject({
    new: word,
    gray: word,
    official: word,
    unreleased: word,
    retired: word,
    setAside: word,
    deleted: word,
    paused: word,
  }),
})

/**
 * Reads a policy from outside, as from a file of a host. Every member must be there, `approvers`, `imports` and the
 * members of `validation` apart; what is unknown is refused, and named.
 *
 * @example
 * const policy = parsePolicy(JSON.parse(await readFile('policy.json', 'utf8')))
 * if (!policy.ok) console.error(policy.error.reason)
 */
export function parsePolicy(value: unknown): Result<Policy, Refusal> {
  const plain = readPlain(value, { maxDepth: 8, maxValues: 1_000, maxStringLength: 1_000 }, 'the policy')
  if (!plain.ok) return err(refuse('policy.bad', { ...plain.error }))
  const fault = checkForm(plain.value, policySchema, 'the policy')
  return fault === undefined ? ok(plain.value as unknown as Policy) : err(refuse('policy.bad', { ...fault }))
}
