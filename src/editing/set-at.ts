import { isJsonObject, type Json, type JsonObject, ownMember } from '../base/json.ts'

/** Tells a path that leads nowhere from any value. */
export const NOWHERE = Symbol('nowhere')

/**
 * A copy of a value with another one at a path; without a value the member is taken away, and the entry of a list
 * closes up. Objects that are missing on the way are made; an entry behind the last one is added to its list.
 */
export function setAt(
  root: Json | undefined,
  path: readonly (string | number)[],
  value: Json | undefined,
): Json | undefined | typeof NOWHERE {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (root === undefined && value === undefined) return undefined
  if (Array.isArray(root) || (root === undefined && key === 0)) {
    return setEntry((root as readonly Json[] | undefined) ?? [], key, rest, value)
  }
  if (root !== undefined && !isJsonObject(root)) return NOWHERE
  if (typeof key !== 'string') return NOWHERE
  const object: JsonObject = root ?? {}
  const member = setAt(ownMember(object, key), rest, value)
  if (member === NOWHERE) return NOWHERE
  if (member === undefined) {
    const { [key]: _gone, ...others } = object
    return others
  }
  return { ...object, [key]: member }
}

function setEntry(
  list: readonly Json[],
  key: string | number,
  rest: readonly (string | number)[],
  value: Json | undefined,
): Json | typeof NOWHERE {
  if (typeof key !== 'number' || !Number.isInteger(key) || key < 0 || key > list.length) return NOWHERE
  const entry = setAt(list[key], rest, value)
  if (entry === NOWHERE) return NOWHERE
  if (entry === undefined) return list.filter((_, index) => index !== key)
  const copy = [...list]
  copy[key] = entry
  return copy
}
