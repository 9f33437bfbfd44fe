import { CardGraph, LARGE, type Size, type Waypoint } from './card-graph.ts'
import { type NumberedEdge, walkEdges } from './walk-edges.ts'

/** Where the layout has put an edge: what it passes on the way to its label, the label, and what it passes then. */
export interface ArrangedEdge {
  readonly before: readonly Waypoint[]
  readonly label: Waypoint
  readonly after: readonly Waypoint[]
  /** True for an edge that closes a cycle: it turns below its label and rises to above the card that it leads to. */
  readonly rises: boolean
}

/** Rows from 0 on, cards and labels by the middle of each. */
export interface Arrangement {
  readonly cards: readonly Waypoint[]
  readonly edges: readonly ArrangedEdge[]
}

const POINT: Size = { width: 2, height: 0 }

/**
 * Lays cards and labels out with dagre: which row each stands in, in which order, and where across. Labels are boxes to it,
 * so that nothing comes to lie over them.
 *
 * In a large flow, edges that lead far down to one card are given to it as one lane with a stop for each row in which an
 * edge joins, so that it takes no longer than its lanes are long; in a small one each for itself crosses fewer others. An
 * edge that closes a cycle is three: down from its card to a turn, from a point above its target down to that
 * turn, and from there to the target. So there is room for the line beside all that it rises past.
 */
export function arrange(
  cards: readonly Size[],
  edges: readonly NumberedEdge[],
  labels: readonly Size[],
): Arrangement {
  const { closes, depths } = walkEdges(cards.length, edges)
  const graph = new CardGraph(cards.length)
  cards.forEach((size, card) => {
    graph.box(`card ${card}`, size, depths[card]!)
  })
  const joinsLane = ({ from, to }: NumberedEdge, edge: number) =>
    cards.length > LARGE && to !== undefined && !closes[edge] && depths[from]! + 1 < depths[to]!
  const lanes = lanesOf(edges.filter(joinsLane), depths)
  for (const [to, stops] of lanes) {
    for (const depth of stops) graph.box(stopName(to, depth), POINT, depth)
    const names = [...stops.map((depth) => stopName(to, depth)), `card ${to}`]
    for (let i = 1; i < names.length; i++) graph.join(names[i - 1]!, names[i]!, POINT, 3)
  }
  const firstStop = edges.map((each, edge) => {
    const { from, to } = each
    if (to === undefined || closes[edge]) return `end ${edge}`
    return joinsLane(each, edge) ? stopName(to, depths[from]! + 1) : `card ${to}`
  })
  edges.forEach(({ from, to }, edge) => {
    const end = firstStop[edge]!
    const ends = to === undefined || closes[edge]!
    if (ends) graph.box(end, POINT, depths[from]! + 1)
    graph.join(`card ${from}`, end, labels[edge]!, ends ? 1 : 2)
    if (to === undefined || !closes[edge]) return
    graph.box(`turn ${edge}`, POINT, depths[to]! - 1)
    graph.join(`turn ${edge}`, end, POINT, 2)
    graph.join(`turn ${edge}`, `card ${to}`, POINT, 1)
  })
  graph.layOut()
  return {
    cards: cards.map((_, card) => graph.at(`card ${card}`)),
    edges: edges.map(({ from, to }, edge): ArrangedEdge => {
      const end = firstStop[edge]!
      const { before, label, after } = graph.labelled(`card ${from}`, end)
      if (to === undefined) return { before, label, after: [], rises: false }
      if (!closes[edge]) {
        const stops = (lanes.get(to) ?? []).filter((depth) => depth > depths[from]!)
        const names = [...stops.map((depth) => stopName(to, depth)), `card ${to}`]
        const onLane = joinsLane({ from, to }, edge) ? graph.along(names) : []
        return { before, label, after: [...after, ...onLane], rises: false }
      }
      const row = graph.at(`card ${to}`).row
      const rising = [...graph.between(`turn ${edge}`, end)].reverse()
      const beside = rising.filter((point) => point.row <= label.row && point.row >= row)
      return { before, label, after: beside, rises: true }
    }),
  }
}

/** By card that several rows lead down to from afar: at which depths edges join its lane, from above to below. */
function lanesOf(
  edges: readonly NumberedEdge[],
  depths: readonly number[],
): ReadonlyMap<number, readonly number[]> {
  const lanes = new Map<number, Set<number>>()
  for (const { from, to } of edges) {
    const stops = lanes.get(to!)
    if (stops === undefined) lanes.set(to!, new Set([depths[from]! + 1]))
    else stops.add(depths[from]! + 1)
  }
  return new Map([...lanes].map(([to, stops]) => [to, [...stops].sort((a, b) => a - b)]))
}

function stopName(to: number, depth: number): string {
  return `stop ${to} ${depth}`
}
