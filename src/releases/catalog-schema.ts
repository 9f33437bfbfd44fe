import * as z from 'zod/mini'
import { documentKey, id, linkRules, listOf, name, objectOf, optional } from './form-parts.ts'
import type { GrayRule } from './gray/gray-rule.ts'

const named = { id, name }

/** The form of each kind of thing that a workspace lists. What a gray rule says is checked by `checkGrayRule`. */
export const CATALOG_SCHEMAS = {
  group: z.strictObject(named),
  team: z.strictObject({ ...named, group: optional.id }),
  service: z.strictObject({ ...named, group: optional.id, team: optional.id }),
  testContact: z.strictObject({ ...named, addresses: listOf(name) }),
  segment: z.strictObject(named),
  application: z.strictObject({
    ...named,
    channel: documentKey,
    address: optional.name,
    links: z.optional(linkRules),
  }),
  mediaFolder: z.strictObject(named),
  grayRule: objectOf<GrayRule>(),
  integration: z.strictObject({ ...named, group: optional.id, team: optional.id, service: optional.id }),
} as const

export const catalogKind = z.enum(Object.keys(CATALOG_SCHEMAS) as (keyof typeof CATALOG_SCHEMAS)[])

/** The form of one thing with its kind, beside the members given. */
export function catalogItem<Head extends z.core.$ZodShape>(head: Head) {
  const of = <Kind extends keyof typeof CATALOG_SCHEMAS>(kind: Kind) =>
    z.strictObject({ ...head, kind: z.literal(kind), item: CATALOG_SCHEMAS[kind] })
  return z.discriminatedUnion('kind', [
    of('group'),
    of('team'),
    of('service'),
    of('testContact'),
    of('segment'),
    of('application'),
    of('mediaFolder'),
    of('grayRule'),
    of('integration'),
  ])
}
