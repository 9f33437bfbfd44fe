import { DEFAULT_PAGE, MAX_PAGE, type PageQuery } from './pages.ts'

/** A part of what a store lists. */
export interface Slice<Item> {
  readonly items: readonly Item[]
  /** For `after` of the next query; absent on the last slice. Says nothing to anybody but the store. */
  readonly next?: string
}

/** How many items a slice holds: 50 unless a query says otherwise, 500 at most. */
export function sliceSize({ limit = DEFAULT_PAGE }: PageQuery): number {
  return Math.min(Math.max(Math.trunc(limit) || DEFAULT_PAGE, 1), MAX_PAGE)
}

/** The slice that a list of candidates begins with; for stores, which read one item more than it holds. */
export function sliceOf<Item>(
  found: readonly Item[],
  size: number,
  keyOf: (item: Item) => string | number,
): Slice<Item> {
  if (found.length <= size) return { items: found }
  const items = found.slice(0, size)
  return { items, next: String(keyOf(items[size - 1]!)) }
}
