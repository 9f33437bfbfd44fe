import * as z from 'zod/mini'
import { CATALOG_SCHEMAS } from './catalog-schema.ts'
import {
  accessCode,
  audience,
  count,
  id,
  instant,
  labels,
  listOf,
  MAX_LONG_LIST,
  medium,
  optional,
  passwordHash,
  permissions,
  recordOf,
  role,
  slotName,
  text,
} from './form-parts.ts'
import { policySchema } from './policy-schema.ts'
import { releaseAnswers as answers, graySlot, officialSlot } from './slot-schema.ts'
import { STATE_SCHEMA } from './state.ts'

/** Saves, comments or releases of one version. */
const MAX_HISTORY = 10_000_000

const schema = z.literal(STATE_SCHEMA)
const yes = z.optional(z.literal(true))
const behaviour = { behaviourHash: id, at: instant, by: id }

function byId<Item extends z.core.$ZodType>(item: Item) {
  return recordOf(item, MAX_LONG_LIST)
}

function history<Entry extends z.core.$ZodType>(entry: Entry) {
  return listOf(entry, MAX_HISTORY)
}

const entry = z.strictObject({
  id,
  service: optional.id,
  labels,
  accessCode: z.optional(accessCode),
  paused: yes,
  official: z.optional(officialSlot),
  gray: z.optional(graySlot),
  distribution: z.optional(z.strictObject({ applications: listOf(id), protect: z.boolean() })),
  share: z.optional(
    z.strictObject({
      id,
      password: passwordHash,
      on: z.boolean(),
      expiresAt: z.optional(instant),
      at: instant,
      by: id,
    }),
  ),
})

/** The form of a workspace. */
export const workspaceSnapshot = z.strictObject({
  schema,
  id,
  revision: count,
  name: text,
  policy: policySchema,
  members: byId(z.strictObject({ id, name: optional.name, permissions })),
  catalog: z.strictObject({
    group: byId(CATALOG_SCHEMAS.group),
    team: byId(CATALOG_SCHEMAS.team),
    service: byId(CATALOG_SCHEMAS.service),
    testContact: byId(CATALOG_SCHEMAS.testContact),
    segment: byId(CATALOG_SCHEMAS.segment),
    application: byId(CATALOG_SCHEMAS.application),
    mediaFolder: byId(CATALOG_SCHEMAS.mediaFolder),
    grayRule: byId(CATALOG_SCHEMAS.grayRule),
    // Came with bundles; `readWorkspaceSnapshot` fills in what earlier snapshots lack.
    integration: z._default(byId(CATALOG_SCHEMAS.integration), {}),
  }),
  exceptionFlows: z.strictObject({ voice: optional.id, messaging: optional.id, any: optional.id }),
  flows: byId(entry),
  lastAccessCode: count,
  // Came with links.
  applicationKeys: z._default(byId(count), {}),
})

const version = z.strictObject({
  id,
  number: optional.number,
  parent: optional.id,
  state: z.enum(['new', 'gray', 'official', 'unreleased', 'retired', 'setAside', 'deleted']),
  createdAt: instant,
  createdBy: id,
  revisions: history(z.strictObject({ revision: count, contentHash: id, ...behaviour })).check(
    z.minLength(1),
  ),
  lock: z.optional(z.strictObject({ holder: id, expiresAt: instant })),
  comments: history(z.strictObject({ at: instant, by: id, text, slot: z.optional(slotName) })),
  approvalRequest: z.optional(z.strictObject(behaviour)),
  approvals: history(z.strictObject({ ...behaviour, comment: optional.comment })),
  compiled: z.optional(z.strictObject({ ...behaviour, errors: count, warnings: count })),
  releases: history(
    z.strictObject({
      slot: slotName,
      contentHash: id,
      executable: id,
      applications: answers.applications,
      values: answers.values,
      emergency: optional.reason,
      replaced: z.optional(count),
      ...behaviour,
    }),
  ),
})

/** The form of a flow. */
export const flowSnapshot = z.strictObject({
  schema,
  id,
  revision: count,
  name: text,
  remark: optional.text,
  role,
  medium,
  audience,
  createdAt: instant,
  createdBy: id,
  highest: optional.number,
  count,
  versions: byId(version),
  deleted: yes,
})
