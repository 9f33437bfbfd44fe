/** A value that JSON can carry. `undefined`, `NaN`, dates and class instances are not among them. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject

/** A plain JSON object; a member that is `undefined` counts as absent. */
export interface JsonObject {
  readonly [key: string]: Json | undefined
}

/** True for a JSON object, false for arrays, `null` and scalars. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Keys that could reach a prototype when copied carelessly; refused wherever a person or a file names one. */
export function isUnsafeKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype'
}

/** True for a name that a node or a variable may have: a letter or `_`, then letters, digits or `_`. */
export function isKey(name: string): boolean {
  return name.length <= 64 && /^[A-Za-z_]\w*$/.test(name) && !(name in Object.prototype)
}

/** An own member of an object: `toString` and its like, which every object inherits, are none. */
export function ownMember(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** The value at a path of keys and indexes; `undefined` where the path leads nowhere. */
export function valueAt(root: Json, path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, part) => (typeof value === 'object' && value !== null ? (value as JsonObject)[part] : undefined),
    root,
  )
}

/** How many values a JSON value holds: itself, and all that is in it. */
export function countValues(value: Json | undefined): number {
  if (value === undefined) return 0
  if (typeof value !== 'object' || value === null) return 1
  let count = 1
  for (const each of Array.isArray(value) ? value : Object.values(value)) count += countValues(each)
  return count
}

/** Structural equality of two JSON values; order of object members does not matter. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (!equalJson(a[i], b[i])) return false
    return true
  }
  const left = a as JsonObject
  const right = b as JsonObject
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  for (const key of keys) if (!Object.hasOwn(right, key) || !equalJson(left[key], right[key])) return false
  return true
}
