import * as z from 'zod/mini'
import type { JsonObject } from '../../base/json.ts'
import { isJsonObject, isUnsafeKey } from '../../base/json.ts'
import { BUNDLE_FORMAT, MAX_BUNDLE_FLOWS } from './bundle.ts'

/** Names in one list of a bundle. */
const MAX_NAMES = 10_000

const name = z.string().check(
  z.minLength(1),
  z.maxLength(256),
  z.refine((text) => !isUnsafeKey(text), { error: 'safe' }),
)
const names = z.array(name).check(z.maxLength(MAX_NAMES))
const pin = z.string().check(z.maxLength(128))
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
        references: z.optional(z.array(reference).check(z.maxLength(50_000))),
      }),
    )
    .check(z.minLength(1), z.maxLength(MAX_BUNDLE_FLOWS)),
  nodeTypes: z.record(pin, z.string().check(z.maxLength(64))),
  integrations: z.optional(z.strictObject({ tenant: name, pins: z.record(pin, name) })),
  languages: names,
  expressions: names,
  prompts: names,
  mediaFolders: names,
  segments: names,
})
