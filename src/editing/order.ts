import type { IdMap } from './id-map.ts'

/** Ids of each kind in canonical order. */
export interface Order {
  readonly nodes: readonly string[]
  readonly connectors: readonly string[]
  readonly notes: readonly string[]
}

/** What an edit wrote, by id; `undefined` for what it took away. */
export interface Written {
  readonly nodes: ReadonlyMap<string, unknown>
  readonly connectors: ReadonlyMap<string, unknown>
  readonly notes: ReadonlyMap<string, unknown>
}

/** What ids are looked up in. */
export interface ItemsById {
  readonly nodes: IdMap<unknown>
  readonly connectors: IdMap<unknown>
  readonly notes: IdMap<unknown>
}

/** More ids than this are quicker merged than put in one by one. */
const FEW = 16

export function orderOf({ nodes, connectors, notes }: ItemsById): Order {
  const sorted = (items: IdMap<unknown>) => [...items.ids()].sort()
  return { nodes: sorted(nodes), connectors: sorted(connectors), notes: sorted(notes) }
}

/** The order after an edit of what stood in another order before; lists in which nothing came or went are kept. */
export function orderAfter(order: Order, before: ItemsById, written: Written): Order {
  const adapt = (kind: keyof Order) => adaptIds(order[kind], before[kind], written[kind])
  return { nodes: adapt('nodes'), connectors: adapt('connectors'), notes: adapt('notes') }
}

function adaptIds(
  known: readonly string[],
  before: IdMap<unknown>,
  written: ReadonlyMap<string, unknown>,
): readonly string[] {
  const came: string[] = []
  const went = new Set<string>()
  for (const [id, item] of written) {
    if (before.has(id) === (item !== undefined)) continue
    if (item === undefined) went.add(id)
    else came.push(id)
  }
  if (came.length === 0 && went.size === 0) return known
  if (came.length + went.size > FEW) {
    return mergeSorted(
      known.filter((id) => !went.has(id)),
      came.sort(),
    )
  }
  const ids = [...known]
  for (const id of went) ids.splice(indexIn(ids, id), 1)
  for (const id of came) ids.splice(indexIn(ids, id), 0, id)
  return ids
}

function mergeSorted(a: readonly string[], b: readonly string[]): readonly string[] {
  const merged: string[] = []
  let j = 0
  for (const id of a) {
    while (j < b.length && b[j]! < id) merged.push(b[j++]!)
    merged.push(id)
  }
  while (j < b.length) merged.push(b[j++]!)
  return merged
}

/** Where an id stands in a sorted list, or would stand. */
export function indexIn(ids: readonly string[], id: string): number {
  let [low, high] = [0, ids.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ids[middle]! < id) low = middle + 1
    else high = middle
  }
  return low
}
