import { type FlowGraph, reach } from './flow-graph.ts'
import type { NodeFacts } from './node-facts.ts'

/** How each node stands between the start and the ends, by number. */
export interface Reachability {
  /** True where there is a start, and it leads to the node. */
  isReached(index: number): boolean
  /** True where an end can be reached from the node. */
  reachesEnd(index: number): boolean
  /** True where there is no start, so that nothing can be said. */
  readonly startless: boolean
  /** True where the start leads to some end. */
  readonly completes: boolean
}

export function findReachability(
  nodes: readonly NodeFacts[],
  graph: FlowGraph,
  start: NodeFacts | undefined,
): Reachability {
  const ends: number[] = []
  for (let index = 0; index < nodes.length; index++) if (nodes[index]!.ends) ends.push(index)
  const forward = reach(start === undefined ? [] : [start.index], graph.next)
  const backward = reach(ends, graph.previous)
  return {
    isReached: (index) => forward[index] === 1,
    reachesEnd: (index) => backward[index] === 1,
    startless: start === undefined,
    completes: ends.some((end) => forward[end] === 1),
  }
}

/** True where a node stands between the start and the ends as it did before, under its number then. */
export function standsAlike(before: Reachability, old: number, now: Reachability, index: number): boolean {
  return (
    before.isReached(old) === now.isReached(index) &&
    before.reachesEnd(old) === now.reachesEnd(index) &&
    before.startless === now.startless
  )
}
