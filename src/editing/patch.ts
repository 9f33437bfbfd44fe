import { equalJson, type Json, type JsonObject } from '../base/json.ts'

/**
 * One place of a document that an edit has changed. It reads both ways: without `before` something was added there,
 * without `after` it was taken away. Nodes, connectors and notes stand under their ids, as in
 * `['nodes', 'menu', 'config', 'prompt']`; what an edit changes inside of a list changes the list as a whole.
 */
export interface Patch {
  readonly path: readonly string[]
  readonly before?: Json
  readonly after?: Json
}

/** What undoes the patches. */
export function invertPatches(patches: readonly Patch[]): readonly Patch[] {
  return patches.map(({ path, before, after }) => patchOf(path, after, before)).reverse()
}

export function patchOf(path: Patch['path'], before: Json | undefined, after: Json | undefined): Patch {
  return {
    path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  }
}

/**
 * Two lists of patches as one: what both touch stands there once, with the value before the first and the one after the
 * second. A place inside of another that was touched before stays a patch of its own.
 */
export function joinPatches(first: readonly Patch[], second: readonly Patch[]): readonly Patch[] {
  if (touchTheSame(first, second)) return first.flatMap((earlier, i) => joinTwo(earlier, second[i]!))
  const joined = [...first]
  for (const patch of second) {
    const at = joined.findLastIndex((earlier) => overlap(earlier.path, patch.path))
    const earlier = joined[at]
    if (earlier === undefined || earlier.path.length !== patch.path.length) joined.push(patch)
    else joined.splice(at, 1, ...joinTwo(earlier, patch))
  }
  return joined
}

/** None where the second takes back the first. */
function joinTwo({ path, before }: Patch, { after }: Patch): readonly Patch[] {
  return equalJson(before, after) ? [] : [patchOf(path, before, after)]
}

/** A drag touches the same places again and again; places of one depth do not lie in each other. */
function touchTheSame(first: readonly Patch[], second: readonly Patch[]): boolean {
  const depth = first[0]?.path.length
  return (
    first.length === second.length &&
    first.every(({ path }, i) => path.length === depth && isSame(path, second[i]!.path))
  )
}

function isSame(a: Patch['path'], b: Patch['path']): boolean {
  return a.length === b.length && overlap(a, b)
}

/** True where one path leads to the other. */
function overlap(a: Patch['path'], b: Patch['path']): boolean {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return false
  return true
}

/** One patch for each member of a thing that differs; the members of a config each by itself. */
export function memberPatches(before: JsonObject, after: JsonObject, path: readonly string[]): Patch[] {
  if (before === after) return []
  const patches: Patch[] = []
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, fresh] = [before[key], after[key]]
    if (equalJson(old, fresh)) continue
    if (key === 'config' && path.length === 2)
      patches.push(...memberPatches(old as JsonObject, fresh as JsonObject, [...path, key]))
    else patches.push(patchOf([...path, key], old, fresh))
  }
  return patches
}
