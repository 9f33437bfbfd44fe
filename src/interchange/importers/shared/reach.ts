/** Where each id leads. */
export type Ways = ReadonlyMap<string, readonly string[]>

export function waysOf(edges: Iterable<readonly [from: string, to: string | undefined]>): Ways {
  const ways = new Map<string, string[]>()
  for (const [from, to] of edges) {
    if (to === undefined) continue
    const known = ways.get(from)
    if (known === undefined) ways.set(from, [to])
    else known.push(to)
  }
  return ways
}

/** Adds the ids that can be reached from some, themselves included, to those that are known. Does not recurse. */
export function reach(starts: Iterable<string>, ways: Ways, reached = new Set<string>()): Set<string> {
  const queue = [...starts]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    for (const target of ways.get(id) ?? []) queue.push(target)
  }
  return reached
}
