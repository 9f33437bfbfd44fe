/** Edges between numbered nodes; `to` is absent for what leads nowhere. */
export interface NumberedEdge {
  readonly from: number
  readonly to: number | undefined
}

/** What a walk through a flow tells before it is laid out. */
export interface Walk {
  /** By edge: true for one that closes a cycle. */
  readonly closes: readonly boolean[]
  /** By node: edges on the longest way to it from where a walk begins; those that close a cycle do not count. */
  readonly depths: readonly number[]
}

/**
 * Walks a flow depth first. Nodes come in the order in which a session comes to them; an edge closes a cycle where the walk has not left
 * its target yet. Without recursion.
 */
export function walkEdges(count: number, edges: readonly NumberedEdge[]): Walk {
  const UNSEEN = 0
  const OPEN = 1
  const DONE = 2
  const leaving: number[][] = Array.from({ length: count }, () => [])
  edges.forEach(({ from }, index) => {
    leaving[from]!.push(index)
  })
  const state = new Uint8Array(count)
  const closes = new Array<boolean>(edges.length).fill(false)
  const left: number[] = []
  for (let root = 0; root < count; root++) {
    if (state[root] !== UNSEEN) continue
    const path = [{ node: root, next: 0 }]
    state[root] = OPEN
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const edge = leaving[top.node]![top.next++]
      if (edge === undefined) {
        state[top.node] = DONE
        left.push(top.node)
        path.pop()
        continue
      }
      const { to } = edges[edge]!
      if (to === undefined) continue
      if (state[to] === OPEN) closes[edge] = true
      else if (state[to] === UNSEEN) {
        state[to] = OPEN
        path.push({ node: to, next: 0 })
      }
    }
  }
  const depths = new Array<number>(count).fill(0)
  // Turned round, the order in which nodes were left has every edge that closes no cycle point forward.
  for (const from of left.reverse()) {
    for (const edge of leaving[from]!) {
      const { to } = edges[edge]!
      if (to !== undefined && !closes[edge]) depths[to] = Math.max(depths[to]!, depths[from]! + 1)
    }
  }
  return { closes, depths }
}
