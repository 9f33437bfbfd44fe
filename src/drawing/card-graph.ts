import { Graph, layout } from '@dagrejs/dagre'

export interface Size {
  readonly width: number
  readonly height: number
}

/** A point in the middle of a row. */
export interface Waypoint {
  readonly row: number
  readonly x: number
}

const BETWEEN_BOXES = 28
const BETWEEN_LINES = 16

/** For the root that the layout puts above everything; lines that turn above the first cards do so at depth -1. */
const LOWEST_DEPTH = -2

/** Up to so many cards there is time to look for the best picture. */
export const LARGE = 120

/**
 * The graph that dagre lays out. Its ranks are our rows; of what it says about places only those across are used. Names are
 * our own: ids of a flow may be anything, and an object sorts what looks like a number to the front.
 */
export class CardGraph {
  readonly #graph = new Graph()
  readonly #depths = new Map<string, number>()
  #lowest = 0

  constructor(cards: number) {
    // It doubles the ranks, to have one between any two for labels.
    const byDepth = (graph: Graph) => {
      for (const name of graph.nodes()) graph.node(name).rank = 2 * (this.#depths.get(name) ?? LOWEST_DEPTH)
    }
    this.#graph.setGraph({
      nodesep: BETWEEN_BOXES,
      edgesep: BETWEEN_LINES,
      ranksep: 40,
      ranker: cards <= LARGE ? 'network-simplex' : byDepth,
    })
  }

  /** `depth` is where it stands in a flow that is too large to look for anything better: the layout's own ranking is slow. */
  box(name: string, { width, height }: Size, depth: number): void {
    this.#depths.set(name, depth)
    this.#graph.setNode(name, { width, height })
  }

  /** Joins a box to one below it, with room for a label in the middle. */
  join(upper: string, lower: string, { width, height }: Size, weight: number): void {
    this.#graph.setEdge(upper, lower, { width, height, labelpos: 'c', weight })
  }

  layOut(): void {
    layout(this.#graph)
    for (const name of this.#graph.nodes()) this.#lowest = Math.min(this.#lowest, this.#graph.node(name).rank)
  }

  at(name: string): Waypoint {
    const { rank, x } = this.#graph.node(name)
    return { row: rank - this.#lowest, x: Math.round(x) }
  }

  /** The points that a joint passes, one in each row between its boxes. */
  between(upper: string, lower: string): readonly Waypoint[] {
    return this.#points(upper, lower).map(({ row, x }) => ({ row, x }))
  }

  /** The points of a chain of boxes with the first box and those after it, the last one left out. */
  along(names: readonly string[]): readonly Waypoint[] {
    return names.slice(0, -1).flatMap((name, i) => [this.at(name), ...this.between(name, names[i + 1]!)])
  }

  /** The label of a joint, and the points before and behind it. */
  labelled(upper: string, lower: string) {
    const points = this.#points(upper, lower)
    const { y } = this.#graph.edge(upper, lower)
    const at = Math.max(
      0,
      points.findIndex((point) => Math.abs(point.y - y) < 0.5),
    )
    const plain = points.map(({ row, x }) => ({ row, x }))
    return { before: plain.slice(0, at), label: plain[at]!, after: plain.slice(at + 1) }
  }

  #points(upper: string, lower: string): readonly (Waypoint & { readonly y: number })[] {
    const { row } = this.at(upper)
    const inner: { x: number; y: number }[] = this.#graph.edge(upper, lower).points.slice(1, -1)
    return inner.map(({ x, y }, i) => ({ row: row + 1 + i, x: Math.round(x), y }))
  }
}
