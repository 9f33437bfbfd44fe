import type { Connector } from '../../document/flow-document.ts'
import type { Analysis } from '../analysis.ts'
import type { NodeFacts } from '../node-facts.ts'

/** Nodes that are looked at, at most, to tell whether a connector can go; who draws flows stays far below. */
const MAX_LOOKED_AT = 500

/**
 * True where the start still leads to a connector's target without it. What follows the target is then reached as
 * before.
 */
export function isReachedWithout(
  connector: Connector,
  { index, connectors }: NodeFacts,
  flow: Analysis,
): boolean {
  const { graph, starts, reach } = flow
  const target = targetOf(connector, flow)
  if (target === undefined || reach.startless || !reach.isReached(index)) return true
  if (hasTwin(connector, connectors)) return true
  const start = starts[0]!.index
  return finds(target, (at) => at === start, graph.previous, index)
}

/** True where its source still reaches an end without a connector, or reaches none with it. */
export function endsWithout(connector: Connector, { index, connectors }: NodeFacts, flow: Analysis): boolean {
  const { graph, nodes, reach } = flow
  const target = targetOf(connector, flow)
  if (target === undefined || !reach.reachesEnd(index) || hasTwin(connector, connectors)) return true
  return finds(index, (at) => nodes[at]!.ends, graph.next, target)
}

function targetOf({ to }: Connector, { graph }: Analysis): number | undefined {
  return to === undefined ? undefined : graph.indexOf.get(to)
}

/** Another connector between the same nodes. */
function hasTwin({ id, to }: Connector, connectors: NodeFacts['connectors']): boolean {
  for (const each of connectors.values()) if (each.id !== id && each.to === to) return true
  return false
}

/**
 * Whether a walk comes to a goal whose first step does not lead to `not`. Goes on in rings, so that what it says does not
 * depend on the order of the edges.
 */
function finds(
  from: number,
  isGoal: (index: number) => boolean,
  edges: readonly (readonly number[])[],
  not: number,
): boolean {
  const seen = new Set([from])
  let ring: readonly number[] = [from]
  while (ring.length > 0 && seen.size <= MAX_LOOKED_AT) {
    if (ring.some(isGoal)) return true
    const next: number[] = []
    for (const at of ring) {
      for (const each of edges[at]!) {
        if (seen.has(each) || (at === from && each === not)) continue
        seen.add(each)
        next.push(each)
      }
    }
    ring = next
  }
  return false
}
