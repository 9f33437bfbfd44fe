import type { NodeFacts } from './node-facts.ts'

/** The nodes and connectors of a flow by number, for algorithms. Loose connectors are left out. */
export interface FlowGraph {
  /** Number of each node, by id. */
  readonly indexOf: ReadonlyMap<string, number>
  /** Numbers of the nodes that each node leads to. */
  readonly next: readonly (readonly number[])[]
  /** Numbers of the nodes that lead to each node. */
  readonly previous: readonly (readonly number[])[]
}

/** The nodes by the numbers that they have, and what their connectors lead to; those that lead nowhere are left out. */
export function graphOf(nodes: readonly Pick<NodeFacts, 'node' | 'index' | 'connectors'>[]): FlowGraph {
  const indexOf = new Map<string, number>()
  for (const { node, index } of nodes) indexOf.set(node.id, index)
  const previous: number[][] = nodes.map(() => [])
  const next = nodes.map(({ connectors, index }) => {
    const targets: number[] = []
    for (const { to } of connectors.values()) {
      const target = to === undefined ? undefined : indexOf.get(to)
      if (target === undefined) continue
      targets.push(target)
      previous[target]!.push(index)
    }
    return targets
  })
  return { indexOf, next, previous }
}

/** Marks every node that a walk from `roots` along `edges` comes to, the roots included. */
export function reach(roots: Iterable<number>, edges: readonly (readonly number[])[]): Uint8Array {
  const reached = new Uint8Array(edges.length)
  const stack: number[] = []
  for (const root of roots) {
    if (reached[root] === 1) continue
    reached[root] = 1
    stack.push(root)
  }
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    for (const target of edges[at]!) {
      if (reached[target] === 1) continue
      reached[target] = 1
      stack.push(target)
    }
  }
  return reached
}

/**
 * Marks nodes so that every cycle reachable from `start` holds a marked one: the targets of edges that lead back
 * to a node on the path of a depth-first walk.
 */
export function loopHeads(start: number, next: readonly (readonly number[])[]): Uint8Array {
  const heads = new Uint8Array(next.length)
  const UNSEEN = 0
  const OPEN = 1
  const DONE = 2
  const state = new Uint8Array(next.length)
  const path: { node: number; edge: number }[] = [{ node: start, edge: 0 }]
  state[start] = OPEN
  while (path.length > 0) {
    const top = path[path.length - 1]!
    const target = next[top.node]![top.edge++]
    if (target === undefined) {
      state[top.node] = DONE
      path.pop()
    } else if (state[target] === OPEN) {
      heads[target] = 1
    } else if (state[target] === UNSEEN) {
      state[target] = OPEN
      path.push({ node: target, edge: 0 })
    }
  }
  return heads
}

/**
 * Sets of nodes that lie on a common cycle (strongly connected components that hold an edge), within the part of
 * the graph that `included` marks.
 */
export function cycles(next: readonly (readonly number[])[], included: Uint8Array): number[][] {
  const left = withoutLooseEnds(next, included)
  return left.includes(1) ? components(next, left) : []
}

/** Takes away, again and again, nodes to which none of the rest leads: most graphs have nothing left then. */
function withoutLooseEnds(next: readonly (readonly number[])[], included: Uint8Array): Uint8Array {
  const left = included.slice()
  const arriving = new Int32Array(next.length)
  for (let node = 0; node < next.length; node++) {
    if (left[node] === 1) for (const target of next[node]!) arriving[target]!++
  }
  const loose: number[] = []
  for (let node = 0; node < next.length; node++)
    if (left[node] === 1 && arriving[node] === 0) loose.push(node)
  for (let node = loose.pop(); node !== undefined; node = loose.pop()) {
    left[node] = 0
    for (const target of next[node]!) if (--arriving[target]! === 0 && left[target] === 1) loose.push(target)
  }
  return left
}

/** Tarjan's algorithm, without recursion. */
function components(next: readonly (readonly number[])[], included: Uint8Array): number[][] {
  const found: number[][] = []
  const order = new Int32Array(next.length).fill(-1)
  const low = new Int32Array(next.length)
  const onStack = new Uint8Array(next.length)
  const stack: number[] = []
  let counter = 0
  for (let root = 0; root < next.length; root++) {
    if (included[root] !== 1 || order[root] !== -1) continue
    const path: { node: number; edge: number }[] = []
    const open = (node: number) => {
      order[node] = low[node] = counter++
      onStack[node] = 1
      stack.push(node)
      path.push({ node, edge: 0 })
    }
    open(root)
    while (path.length > 0) {
      const top = path[path.length - 1]!
      const target = next[top.node]![top.edge++]
      if (target !== undefined) {
        if (included[target] !== 1) continue
        if (order[target] === -1) open(target)
        else if (onStack[target] === 1) low[top.node] = Math.min(low[top.node]!, order[target]!)
        continue
      }
      path.pop()
      const parent = path[path.length - 1]
      if (parent !== undefined) low[parent.node] = Math.min(low[parent.node]!, low[top.node]!)
      if (low[top.node] !== order[top.node]) continue
      const members = stack.splice(stack.lastIndexOf(top.node))
      for (const member of members) onStack[member] = 0
      if (members.length > 1 || next[top.node]!.includes(top.node)) found.push(members)
    }
  }
  return found
}
