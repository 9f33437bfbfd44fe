import * as z from 'zod/mini'
import type { JsonObject } from '../../base/json.ts'
import { isJsonObject, isUnsafeKey } from '../../base/json.ts'
import { MAX_FAULTS } from '../../document/document-schema.ts'
import { BUNDLE_FORMAT, MAX_BUNDLE_FLOWS } from './bundle.ts'

/** Node types that one bundle names; no palette comes near. */
const MAX_PINS = 10_000

/**
 * Forgets all but the first faults of a list or record: zod hands them on as arguments of one call, and more of them than
 * the stack holds would throw. Runs although there are faults.
 */
const fewFaults = z.check(
  ({ issues }) => {
    if (issues.length > MAX_FAULTS) issues.length = MAX_FAULTS
  },
  { when: () => true },
)

function listOf<T extends z.core.$ZodType>(entry: T) {
  return z.array(entry).check(fewFaults)
}

const name = z.string().check(
  z.minLength(1),
  z.maxLength(256),
  z.refine((text) => !isUnsafeKey(text), { error: 'safe' }),
)
/** A recording may be called anything: these names are keys of nothing here. */
const names = listOf(z.string().check(z.minLength(1), z.maxLength(256)))
const pin = z.string().check(z.maxLength(128))

/** One with too many members is refused before they are looked at. */
function byPin<T extends z.core.$ZodType>(value: T) {
  const few = z.unknown().check(({ value: input, issues }) => {
    if (!isJsonObject(input) || Object.keys(input).length <= MAX_PINS) return
    issues.push({ code: 'too_big', origin: 'array', maximum: MAX_PINS, inclusive: true, input })
  })
  return z.pipe(few, z.record(pin, value).check(fewFaults))
}

const document = z.custom<JsonObject>(isJsonObject, { error: 'object' })

const reference = z.strictObject({
  node: z.string().check(z.maxLength(64)),
  path: z.array(z.union([z.string(), z.number()])).check(z.minLength(1), z.maxLength(64)),
  place: z.number().check(z.int(), z.gte(0), z.lt(MAX_BUNDLE_FLOWS)),
})

/** The shape of a bundle of schema 1. Its documents are read by themselves. */
export const bundleSchema = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  schema: z.literal(1),
  roots: z.array(name).check(z.minLength(1), z.maxLength(MAX_BUNDLE_FLOWS)),
  flows: z
    .array(
      z.strictObject({
        document,
        behaviourHash: name,
        references: z.optional(listOf(reference)),
      }),
    )
    .check(z.minLength(1), z.maxLength(MAX_BUNDLE_FLOWS)),
  nodeTypes: byPin(z.string().check(z.maxLength(64))),
  integrations: z.optional(z.strictObject({ tenant: name, pins: byPin(name) })),
  languages: names,
  expressions: names,
  prompts: names,
  mediaFolders: names,
  segments: names,
})
