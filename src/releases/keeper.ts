import type { ById } from './state.ts'

/** How a record takes in an item, or lets it go, and how a list takes in one. */
export interface Keeper {
  put<Item>(items: ById<Item>, id: string, item: Item): ById<Item>
  drop<Item>(items: ById<Item>, id: string): ById<Item>
  push<Item>(items: readonly Item[], ...more: readonly Item[]): readonly Item[]
}

/** Leaves every record and list as it is and gives a copy. */
export const COPYING: Keeper = {
  put: (items, id, item) => ({ ...items, [id]: item }),
  drop: (items, id) => {
    const { [id]: _gone, ...rest } = items
    return rest
  },
  push: (items, ...more) => [...items, ...more],
}

/**
 * Copies each record and list once and changes that copy from then on. Only for whoever throws away all states but the last:
 * copying a record of 10,000 flows takes milliseconds, and a stream has one event or more of each of them. A list must
 * not be pushed to and kept as it was before: pass every list on to what comes next.
 */
export function copyingOnce(): Keeper {
  const own = new WeakSet<object>()
  const owned = <Item>(items: ById<Item>): { [id: string]: Item } => {
    if (own.has(items)) return items as { [id: string]: Item }
    const copy = { ...items }
    own.add(copy)
    return copy
  }
  return {
    put(items, id, item) {
      const record = owned(items)
      record[id] = item
      return record
    },
    drop(items, id) {
      const record = owned(items)
      delete record[id]
      return record
    },
    push<Item>(items: readonly Item[], ...more: readonly Item[]) {
      if (!own.has(items)) {
        const copy = [...items, ...more]
        own.add(copy)
        return copy
      }
      const list = items as Item[]
      list.push(...more)
      return list
    },
  }
}
