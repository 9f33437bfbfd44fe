import * as z from 'zod/mini'
import { isJsonObject, isUnsafeKey, type Json } from '../base/json.ts'
import { MAX_ID } from './is-id.ts'
import { PERMISSIONS } from './permission.ts'

/** Characters of a name or a label. */
export const MAX_NAME = 256
/** Characters of a comment, a reason or a remark that a command carries. */
export const MAX_COMMENT = 10_000
/** Characters of a text that comes out of a document: the longest one that a document can hold (`checkJson`). */
export const MAX_TEXT = 1_000_000
/** Entries of a list or a record that a person makes: labels, addresses, answers, guards. */
export const MAX_LIST = 1_000
/** Entries of a list or a record that comes out of a document or a history. */
export const MAX_LONG_LIST = 100_000

/** More faults than these are forgotten: only the first one is told. */
const MAX_FAULTS = 20

const safe = z.refine<string>((value) => !isUnsafeKey(value), {
  error: 'a text other than __proto__, constructor and prototype',
})

/** Of a member, a flow, a version or a thing of the catalog; hashes keep to the same bounds. */
export const id = z.string().check(z.minLength(1), z.maxLength(MAX_ID), safe)
export const name = z.string().check(z.minLength(1), z.maxLength(MAX_NAME))
/** A name that the author of a document has chosen, as a key: a variable, a channel. */
export const documentKey = z.string().check(z.minLength(1), z.maxLength(MAX_NAME), safe)
export const comment = z.string().check(z.maxLength(MAX_COMMENT))
/** A comment that must say something. */
export const reason = z.string().check(z.minLength(1), z.maxLength(MAX_COMMENT))
export const text = z.string().check(z.maxLength(MAX_TEXT))
export const json = z.custom<Json>((value) => value !== undefined, { error: 'a JSON value', abort: false })
/** Milliseconds since 1970-01-01T00:00:00Z. Clocks of hosts may give fractions. */
export const instant = z.number()
export const count = z.int().check(z.minimum(0))
export const share = z.number().check(z.minimum(0), z.maximum(1))
export const accessCode = z.string().check(
  z.refine((value) => /^[0-9*#]{1,24}$/.test(value), {
    error: 'an access code of 1 to 24 digits, * and #',
  }),
)
/** A version number in semver form. */
export const versionNumber = z.string().check(
  z.refine((value) => /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/.test(value), {
    error: 'a version number such as 1.0.0',
  }),
)

export const optional = {
  id: z.optional(id),
  name: z.optional(name),
  comment: z.optional(comment),
  reason: z.optional(reason),
  text: z.optional(text),
  flag: z.optional(z.boolean()),
  accessCode: z.optional(accessCode),
  number: z.optional(versionNumber),
}

export const permissions = listOf(z.enum(PERMISSIONS), PERMISSIONS.length)
export const labels = listOf(name)
export const slotName = z.enum(['official', 'gray'])
export const running = z.enum(['keep', 'cancel', 'cancelAndWithdraw'])
export const medium = z.enum(['voice', 'messaging', 'any'])
export const role = z.enum(['main', 'subflow', 'exception'])
export const audience = z.enum(['interaction', 'internal'])

/** What a password may take to hash, in bytes; nobody may ask for more by a stored text. */
const MAX_SCRYPT_MEMORY = 2 ** 30

const bytes = z
  .string()
  .check(z.refine((value) => /^[\w-]{16,128}$/.test(value), { error: '16 to 128 characters of base64url' }))

export const passwordHash = z
  .strictObject({
    kdf: z.literal('scrypt'),
    n: z.int().check(
      z.minimum(2),
      z.maximum(MAX_SCRYPT_MEMORY),
      z.refine((n) => (n & (n - 1)) === 0, { error: 'a power of two' }),
    ),
    r: z.int().check(z.minimum(1), z.maximum(32)),
    p: z.int().check(z.minimum(1), z.maximum(16)),
    salt: bytes,
    hash: bytes,
  })
  .check(
    // RFC 7914, section 2: 128 bytes for each unit of n and r.
    z.refine(({ n, r }) => 128 * n * r <= MAX_SCRYPT_MEMORY, {
      error: 'a cost that takes a gigabyte of memory at most',
      path: ['n'],
    }),
  )

const origin = z
  .string()
  .check(
    z.maxLength(MAX_NAME),
    z.refine(isOrigin, { error: 'an origin of http or https such as https://shop.example' }),
  )

export const linkRules = z.strictObject({
  lifetimeMs: z.optional(z.int().check(z.minimum(1))),
  maxInvocations: z.optional(z.int().check(z.minimum(1))),
  fixedParameters: z.optional(z.boolean()),
  embedding: z.optional(listOf(origin, 100)),
})

export const guards = z.strictObject({
  minSessions: count,
  maxErrorRate: z.optional(share),
  outcomes: z.optional(
    listOf(z.strictObject({ outcome: documentKey, min: z.optional(share), max: z.optional(share) })),
  ),
})

/** An object whose form is checked elsewhere. */
export function objectOf<Type>() {
  return z.custom<Type>(isJsonObject, { error: 'an object', abort: false })
}

export function listOf<Entry extends z.core.$ZodType>(entry: Entry, maxEntries = MAX_LIST) {
  return z.array(entry).check(z.maxLength(maxEntries), fewFaults())
}

/** A record by ids, or by the keys given. */
export function recordOf<Item extends z.core.$ZodType>(item: Item, maxEntries = MAX_LIST, key = id) {
  return z.record(key, item).check(
    z.refine((value) => Object.keys(value).length <= maxEntries, {
      error: `an object of at most ${maxEntries} members`,
    }),
    fewFaults(),
  )
}

/**
 * Forgets all but the first faults of a list or record: zod hands them on as arguments of one call, and more of them
 * than the stack holds would throw.
 */
function fewFaults() {
  return z.check<unknown>(
    ({ issues }) => {
      if (issues.length > MAX_FAULTS) issues.length = MAX_FAULTS
    },
    { when: () => true },
  )
}

/** Scheme, host and port alone, written as browsers write them: it becomes part of a header. */
function isOrigin(value: string): boolean {
  try {
    return /^https?:\/\//.test(value) && new URL(value).origin === value
  } catch {
    return false
  }
}
