import { isJsonObject, type Json } from '../../base/json.ts'

type Container = { [part: string]: Json } | Json[]

/** A value with the members that paths name; later ones win, and whole numbers make lists. */
export function buildValue(members: Iterable<readonly [readonly string[], Json]>): Json | undefined {
  let root: Json | undefined
  for (const [path, value] of members) root = place(root, path, value)
  return root
}

function place(into: Json | undefined, path: readonly string[], value: Json): Json {
  const [part, ...rest] = path
  if (part === undefined) return value
  const container = containerFor(into, part)
  const held = (container as { [part: string]: Json })[part]
  ;(container as { [part: string]: Json })[part] = place(held, rest, value)
  if (Array.isArray(container)) for (let i = 0; i < container.length; i++) container[i] ??= null
  return container
}

function containerFor(value: Json | undefined, part: string): Container {
  // A copy: the value may be part of a demand that others are made of, too.
  if (Array.isArray(value)) return [...value]
  if (isJsonObject(value)) return { ...(value as { [part: string]: Json }) }
  return /^\d{1,2}$/.test(part) ? [] : {}
}

/** What stands where any value will do: nodes that convert it want a text, a number or an instant. */
export const FILLERS: readonly Json[] = ['x', 1, '2026-06-15T12:00:00Z']

/** Each value once. */
export function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}
