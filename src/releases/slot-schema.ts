import * as z from 'zod/mini'
import {
  audience,
  documentKey,
  guards,
  id,
  instant,
  json,
  listOf,
  MAX_LONG_LIST,
  medium,
  optional,
  recordOf,
  role,
  text,
  versionNumber,
} from './form-parts.ts'

/** The form of what a version was released with. */
export const releaseAnswers = {
  applications: recordOf(id, MAX_LONG_LIST, documentKey),
  values: recordOf(json, MAX_LONG_LIST, documentKey),
}

const slot = {
  version: id,
  number: versionNumber,
  contentHash: id,
  behaviourHash: id,
  executable: id,
  at: instant,
  by: id,
  name: text,
  role,
  medium,
  audience,
  trigger: z.optional(
    z.strictObject({ kind: text, channel: optional.text, segment: optional.text, event: optional.text }),
  ),
  references: listOf(text, MAX_LONG_LIST),
  ...releaseAnswers,
  sensitive: listOf(documentKey, MAX_LONG_LIST),
  mediaFolder: optional.text,
}

/** The form of what an official release pins new sessions to. */
export const officialSlot = z.strictObject(slot)

/** The form of a gray one, which has a rule. */
export const graySlot = z.strictObject({ ...slot, rule: id, guards: z.optional(guards) })
