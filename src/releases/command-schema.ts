import * as z from 'zod/mini'
import { catalogItem, catalogKind } from './catalog-schema.ts'
import type { CommandType } from './command.ts'
import {
  comment,
  count,
  documentKey,
  guards,
  id,
  instant,
  json,
  labels,
  listOf,
  MAX_LIST,
  MAX_LONG_LIST,
  medium,
  name,
  optional,
  passwordHash,
  permissions,
  reason,
  recordOf,
  running,
  slotName,
} from './form-parts.ts'
import { policySchema } from './policy-schema.ts'
import { PRESETS, type PresetName } from './presets/presets.ts'

const policy = z.union([z.enum(Object.keys(PRESETS) as PresetName[]), policySchema])

const answers = {
  applications: z.optional(recordOf(id, MAX_LIST, documentKey)),
  // A plan answers for every variable that the document declares.
  values: z.optional(recordOf(json, MAX_LONG_LIST, documentKey)),
  rule: optional.id,
  guards: z.optional(guards),
  accessCode: optional.accessCode,
  running: z.optional(running),
  withdrawEnded: optional.flag,
  triggerExisting: optional.flag,
  comment: optional.comment,
  emergency: optional.reason,
}

/** The form of each command. Unknown members are refused; nothing is filled in. */
export const COMMAND_SCHEMAS = {
  createWorkspace: command('createWorkspace', { name, policy }),
  setPolicy: command('setPolicy', { policy }),
  addMember: command('addMember', { member: id, name: optional.name, permissions }),
  removeMember: command('removeMember', { member: id }),
  grant: command('grant', { member: id, permissions }),
  revoke: command('revoke', { member: id, permissions }),
  define: catalogItem({ type: z.literal('define') }),
  remove: command('remove', { kind: catalogKind, id }),
  setExceptionFlow: command('setExceptionFlow', { medium, flow: z.nullable(id) }),
  regenerateKey: command('regenerateKey', { application: id }),
  createFlow: command('createFlow', {
    flow: id,
    service: optional.id,
    labels: z.optional(labels),
    comment: optional.comment,
  }),
  saveDraft: ofVersion('saveDraft', { revision: count }),
  branch: command('branch', { flow: id, from: id, over: optional.flag, comment: optional.comment }),
  restoreDraft: ofVersion('restoreDraft', { over: optional.flag }),
  takeLock: ofVersion('takeLock', {}),
  releaseLock: ofVersion('releaseLock', {}),
  comment: ofVersion('comment', { text: reason }),
  requestApproval: ofVersion('requestApproval', {}),
  approve: ofVersion('approve', { behaviourHash: id, comment: optional.comment }),
  withdrawApproval: ofVersion('withdrawApproval', { comment: optional.comment }),
  compileVoice: ofVersion('compileVoice', {}),
  release: ofVersion('release', { slot: slotName, plan: id, ...answers }),
  rollBack: command('rollBack', { flow: id, slot: slotName, version: optional.id, plan: id, ...answers }),
  cancelRelease: command('cancelRelease', {
    flow: id,
    slot: slotName,
    running: z.optional(running),
    comment: z.optional(comment),
  }),
  retire: ofVersion('retire', { comment: optional.comment }),
  pause: command('pause', { flow: id, comment: optional.comment }),
  resume: command('resume', { flow: id, comment: optional.comment }),
  placeFlow: command('placeFlow', { flow: id, service: z.nullable(id) }),
  labelFlow: command('labelFlow', { flow: id, labels }),
  setDistribution: command('setDistribution', {
    flow: id,
    applications: listOf(id),
    protect: z.boolean(),
  }),
  shareFlow: command('shareFlow', {
    flow: id,
    share: id,
    password: passwordHash,
    expiresAt: z.optional(instant),
  }),
  switchShare: command('switchShare', { flow: id, on: z.boolean() }),
  deleteVersion: ofVersion('deleteVersion', {}),
  deleteFlow: command('deleteFlow', { flow: id }),
} as const satisfies { readonly [Type in CommandType]: z.core.$ZodType }

/** The form of what a release is asked for. */
export const REQUEST_SCHEMA = z.strictObject({
  flow: id,
  version: optional.id,
  slot: slotName,
  rollBack: optional.flag,
  answers: z.optional(z.strictObject(answers)),
})

/** The names of all commands. */
export const COMMAND_TYPES = Object.keys(COMMAND_SCHEMAS) as readonly CommandType[]

function command<Type extends CommandType, Shape extends z.core.$ZodShape>(type: Type, shape: Shape) {
  return z.strictObject({ type: z.literal(type), ...shape })
}

function ofVersion<Type extends CommandType, Shape extends z.core.$ZodShape>(type: Type, shape: Shape) {
  return z.strictObject({ type: z.literal(type), flow: id, version: id, ...shape })
}
