import type { JsonObject } from '../../base/json.ts'

/** Fields of a contact with others set; null takes one away. */
export function changeFields(fields: JsonObject, changes: JsonObject): JsonObject {
  const kept = Object.entries({ ...fields, ...changes }).filter(([, value]) => value !== null)
  return Object.fromEntries(kept)
}
