import type { Json } from '../../base/json.ts'

/**
 * Values that would make a condition come out one way, by the place that each is read from. Places of different flows
 * are kept apart, since equal names mean different values there.
 */
export type Demand = ReadonlyMap<string, Json>

/** A place that expressions read, as one text: `contact` and `trigger` belong to the session, the rest to a flow. */
export type Place = string

const SEPARATOR = '\u0000'

/** The name of a place; `path` begins with a root, as in `['nodes', 'lookup', 'body']`. */
export function placeOf(flow: string, path: readonly (string | number)[]): Place {
  const [root] = path
  return [root === 'nodes' || root === 'vars' ? flow : '', ...path].join(SEPARATOR)
}

/** The flow and the path of a place. */
export function partsOf(place: Place): { readonly flow: string; readonly path: readonly string[] } {
  const [flow = '', ...path] = place.split(SEPARATOR)
  return { flow, path }
}

/** What both ask for together; `undefined` where they ask for different values of one place. */
export function merge(a: Demand, b: Demand): Demand | undefined {
  if (a.size === 0) return b
  const merged = new Map(a)
  for (const [place, value] of b) {
    if (merged.has(place) && merged.get(place) !== value) return undefined
    merged.set(place, value)
  }
  return merged
}

/** Every way in which one demand of each list can be met at once. */
export function combine(lists: readonly (readonly Demand[])[]): readonly Demand[] {
  let combined: readonly Demand[] = [NOTHING]
  for (const list of lists) {
    const next: Demand[] = []
    for (const a of combined) {
      for (const b of list) {
        const merged = merge(a, b)
        if (merged !== undefined && next.length < MAX_DEMANDS) next.push(merged)
      }
    }
    combined = next
  }
  return combined
}

/** Asks for nothing. */
export const NOTHING: Demand = new Map()

/** More than this many ways of one condition are not looked at. */
export const MAX_DEMANDS = 48
