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

/** Whatever a place lies in, the place itself first, with what leads on from there. */
export function placesAround(place: Place): readonly { readonly outer: Place; readonly rest: string }[] {
  const around = [{ outer: place, rest: '' }]
  for (let at = place.lastIndexOf(SEPARATOR); at > 0; at = place.lastIndexOf(SEPARATOR, at - 1))
    around.push({ outer: place.slice(0, at), rest: place.slice(at) })
  return around
}

/** The flow and the path of a place. */
export function partsOf(place: Place): { readonly flow: string; readonly path: readonly string[] } {
  const [flow = '', ...path] = place.split(SEPARATOR)
  return { flow, path }
}

/** More than this many ways of one condition are not looked at. */
export const MAX_DEMANDS = 48
