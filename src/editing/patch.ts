import { equalJson, type Json, type JsonObject, ownMember } from '../base/json.ts'

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
  const joined: (Patch | undefined)[] = [...first]
  const places = new Places(joined)
  for (const [at, { path }] of first.entries()) places.add(path, at)
  for (const patch of second) {
    const at = places.lastOverlapping(patch.path)
    const earlier = at === undefined ? undefined : joined[at]
    if (at === undefined || earlier?.path.length !== patch.path.length) {
      places.add(patch.path, joined.length)
      joined.push(patch)
    } else joined[at] = joinTwo(earlier, patch)[0]
  }
  return joined.filter((patch) => patch !== undefined)
}

/** Where the places of a list of patches stand in it; one that has gone from the list counts no more. */
class Places {
  readonly #patches: readonly (Patch | undefined)[]
  /** By key, in the order of the list: patches of the place, and patches inside of it. */
  readonly #at = new Map<string, number[]>()
  readonly #within = new Map<string, number[]>()

  constructor(patches: readonly (Patch | undefined)[]) {
    this.#patches = patches
  }

  add(path: Patch['path'], at: number): void {
    const keys = keysUpTo(path)
    push(this.#at, keys.pop()!, at)
    for (const key of keys) push(this.#within, key, at)
  }

  /** The last patch of the path, of a place inside of it, or of one around it. */
  lastOverlapping(path: Patch['path']): number | undefined {
    const keys = keysUpTo(path)
    const lists = [...keys.map((key) => this.#at.get(key)), this.#within.get(keys.at(-1)!)]
    const last = Math.max(...lists.map((list) => this.#lastOf(list)))
    return last < 0 ? undefined : last
  }

  #lastOf(list: number[] = []): number {
    while (list.length > 0 && this.#patches[list.at(-1)!] === undefined) list.pop()
    return list.at(-1) ?? -1
  }
}

function push(lists: Map<string, number[]>, key: string, at: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [at])
  else list.push(at)
}

/** One key for each place on the way along a path, its own the last. */
function keysUpTo(path: Patch['path']): string[] {
  let key = ''
  return path.map((part) => {
    key += JSON.stringify(part)
    return key
  })
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
  return a.length === b.length && a.every((key, i) => key === b[i])
}

/** One patch for each member of a thing that differs; the members of a config each by itself. */
export function memberPatches(before: JsonObject, after: JsonObject, path: readonly string[]): Patch[] {
  if (before === after) return []
  const patches: Patch[] = []
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, fresh] = [ownMember(before, key), ownMember(after, key)]
    if (equalJson(old, fresh)) continue
    if (key === 'config' && path.length === 2)
      patches.push(...memberPatches(old as JsonObject, fresh as JsonObject, [...path, key]))
    else patches.push(patchOf([...path, key], old, fresh))
  }
  return patches
}
