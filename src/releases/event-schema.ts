import * as z from 'zod/mini'
import { catalogItem, catalogKind } from './catalog-schema.ts'
import { EVENT_SCHEMA, type EventType } from './event.ts'
import {
  audience,
  count,
  id,
  instant,
  labels,
  listOf,
  MAX_LONG_LIST,
  medium,
  name,
  optional,
  passwordHash,
  permissions,
  reason,
  role,
  running,
  slotName,
  text,
} from './form-parts.ts'
import { policySchema } from './policy-schema.ts'
import { graySlot, officialSlot } from './slot-schema.ts'

const head = { schema: z.literal(EVENT_SCHEMA), at: instant, by: id }
const yes = z.optional(z.literal(true))
const setAside = listOf(id, MAX_LONG_LIST)
const saved = {
  contentHash: id,
  behaviourHash: id,
  name: text,
  remark: optional.text,
  role,
  medium,
  audience,
}

/** The form of each event of the schema that this release writes. */
export const EVENT_SCHEMAS = {
  workspaceCreated: event('workspaceCreated', { workspace: id, name, policy: policySchema }),
  policySet: event('policySet', { policy: policySchema }),
  memberAdded: event('memberAdded', { member: id, name: optional.name, permissions }),
  memberRemoved: event('memberRemoved', { member: id }),
  permissionsGranted: event('permissionsGranted', { member: id, permissions }),
  permissionsRevoked: event('permissionsRevoked', { member: id, permissions }),
  itemDefined: catalogItem({ ...head, type: z.literal('itemDefined') }),
  itemRemoved: event('itemRemoved', { kind: catalogKind, id }),
  exceptionFlowSet: event('exceptionFlowSet', { medium, flow: z.nullable(id) }),
  keyRegenerated: event('keyRegenerated', { application: id, key: count }),
  flowCreated: ofVersion('flowCreated', {
    number: optional.number,
    service: optional.id,
    labels: z.optional(labels),
    comment: optional.comment,
    ...saved,
  }),
  draftSaved: ofVersion('draftSaved', { revision: count, ...saved }),
  branched: ofVersion('branched', {
    from: id,
    number: optional.number,
    contentHash: id,
    behaviourHash: id,
    setAside,
    comment: optional.comment,
  }),
  draftRestored: ofVersion('draftRestored', { setAside }),
  lockTaken: ofVersion('lockTaken', {}),
  lockReleased: ofVersion('lockReleased', {}),
  commented: ofVersion('commented', { text: reason }),
  approvalRequested: ofVersion('approvalRequested', { behaviourHash: id }),
  approved: ofVersion('approved', { behaviourHash: id, comment: optional.comment }),
  approvalWithdrawn: ofVersion('approvalWithdrawn', { comment: optional.comment }),
  voiceCompiled: ofVersion('voiceCompiled', { behaviourHash: id, errors: count, warnings: count }),
  released: event('released', {
    flow: id,
    kind: z.enum(['release', 'promotion', 'rollback']),
    slot: slotName,
    pin: z.union([officialSlot, graySlot]),
    replaces: optional.id,
    accessCode: optional.accessCode,
    comment: optional.comment,
    emergency: optional.reason,
    running,
    withdrawEnded: yes,
    triggerSegment: optional.text,
    plan: id,
  }).check(
    z.refine(({ slot, pin }) => (slot === 'gray') === 'rule' in pin, {
      error: 'a pin with a rule in the gray slot, and without one in the official slot',
      path: ['pin'],
    }),
  ),
  releaseCancelled: ofVersion('releaseCancelled', { slot: slotName, running, comment: optional.comment }),
  versionRetired: ofVersion('versionRetired', { slot: z.optional(slotName), comment: optional.comment }),
  flowPaused: event('flowPaused', { flow: id, comment: optional.comment }),
  flowResumed: event('flowResumed', { flow: id, comment: optional.comment }),
  flowPlaced: event('flowPlaced', { flow: id, service: z.nullable(id) }),
  flowLabelled: event('flowLabelled', { flow: id, labels }),
  distributionSet: event('distributionSet', {
    flow: id,
    applications: listOf(id),
    protect: z.boolean(),
  }),
  flowShared: event('flowShared', {
    flow: id,
    share: id,
    password: passwordHash,
    expiresAt: z.optional(instant),
  }),
  shareSwitched: event('shareSwitched', { flow: id, on: z.boolean() }),
  versionDeleted: ofVersion('versionDeleted', {}),
  flowDeleted: event('flowDeleted', { flow: id }),
} as const satisfies { readonly [Type in EventType]: z.core.$ZodType }

function event<Type extends EventType, Shape extends z.core.$ZodShape>(type: Type, shape: Shape) {
  return z.strictObject({ ...head, type: z.literal(type), ...shape })
}

function ofVersion<Type extends EventType, Shape extends z.core.$ZodShape>(type: Type, shape: Shape) {
  return z.strictObject({ ...head, type: z.literal(type), flow: id, version: id, ...shape })
}
