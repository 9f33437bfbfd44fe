import type { Json, JsonObject } from '../base/json.ts'
import type { Meter } from './meter.ts'

/**
 * Structural equality as `equalJson` has it, paid for entry by entry. With nothing left to spend the answer
 * is false and the meter is below zero, which whoever asked has to look at.
 */
export function equalWithin(meter: Meter, a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (--meter.left < 0) return false
  if (Array.isArray(a)) {
    const [left, right] = [a as readonly Json[], b as readonly Json[]]
    return (
      Array.isArray(b) &&
      left.length === right.length &&
      left.every((entry, i) => equalWithin(meter, entry, right[i]))
    )
  }
  if (Array.isArray(b)) return false
  const [left, right] = [a as JsonObject, b as JsonObject]
  let members = 0
  for (const key of Object.keys(left)) {
    if (left[key] === undefined) continue
    members++
    if (!Object.hasOwn(right, key) || !equalWithin(meter, left[key], right[key])) return false
  }
  for (const key of Object.keys(right)) if (right[key] !== undefined) members--
  return members === 0
}
