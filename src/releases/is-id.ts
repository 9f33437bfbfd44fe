import { isUnsafeKey } from '../base/json.ts'

/** The longest id of a member, a flow, a version or a thing of the catalog, in UTF-16 units. */
export const MAX_ID = 128

/** True for a text that may be the id of something: not empty, bounded, and no key that could reach a prototype. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && text !== '' && text.length <= MAX_ID && !isUnsafeKey(text)
}
