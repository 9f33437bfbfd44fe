import type { Json, JsonObject } from './json.ts'

/**
 * A copy that is what writing to JSON text and reading back would give: `-0` becomes 0, members that are
 * `undefined` go, entries that are become null. The value must have passed `checkJson`.
 */
export function normaliseJson(value: Json): Json {
  if (typeof value === 'number') return value === 0 ? 0 : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((entry: Json | undefined) => normaliseJson(entry ?? null))
  const copy: { [name: string]: Json } = {}
  for (const [name, member] of Object.entries(value as JsonObject)) {
    if (member !== undefined) copy[name] = normaliseJson(member)
  }
  return copy
}
