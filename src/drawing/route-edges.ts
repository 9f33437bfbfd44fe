import type { Arrangement } from './arrange.ts'
import type { Size, Waypoint } from './card-graph.ts'
import type { Leg, LegEnd } from './channels.ts'
import { assignPorts, type Ports } from './ports.ts'
import { type StackedRow, stackRows } from './stack-rows.ts'
import type { NumberedEdge } from './walk-edges.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Routable {
  readonly cards: readonly Size[]
  readonly labels: readonly Size[]
  readonly edges: readonly NumberedEdge[]
  readonly arrangement: Arrangement
}

/** Cards and labels in their places, by the middle of their upper border, and the lines between them. */
export interface Routed {
  readonly cards: readonly Point[]
  readonly labels: readonly Point[]
  /** By edge, from border to border; it passes below its label. For one that leads nowhere it ends at the label. */
  readonly routes: readonly (readonly Point[])[]
}

/**
 * Draws the lines through the points of the layout: straight down past the rows, and across only in the gaps between them,
 * where each has a track of its own. So none comes near a card or a label that is not its own.
 */
export function routeEdges({ cards, labels, edges, arrangement }: Routable): Routed {
  const ports = assignPorts(cards, edges, arrangement)
  const legs = edges.map((edge, index) => legsOf(edge, index, arrangement, ports))
  const rows = stackRows(
    [
      ...cards.map(({ height }, card) => ({ row: arrangement.cards[card]!.row, height, card: true })),
      ...labels.map(({ height }, edge) => ({ row: arrangement.edges[edge]!.label.row, height, card: false })),
    ],
    legs.flat(),
  )
  const place = ({ row, x }: Waypoint): Point => ({ x, y: rows[row]!.top })
  return {
    cards: arrangement.cards.map(place),
    labels: arrangement.edges.map(({ label }) => place(label)),
    routes: edges.map(({ from, to }, edge) => {
      const begin = { x: ports.out[edge]!, y: place(arrangement.cards[from]!).y + cards[from]!.height }
      const points = [begin, ...legs[edge]!.flatMap((leg) => pointsOf(leg, rows))]
      if (to === undefined) points.push(place(arrangement.edges[edge]!.label))
      return withoutIdle(points)
    }),
  }
}

/** The lines of an edge, gap by gap. */
function legsOf(
  { from, to }: NumberedEdge,
  edge: number,
  arrangement: Arrangement,
  ports: Ports,
): readonly Leg[] {
  const { before, label, after, rises } = arrangement.edges[edge]!
  const legs: Leg[] = []
  let at: Waypoint = { row: arrangement.cards[from]!.row, x: ports.out[edge]! }
  const go = (net: string, next: Waypoint, gap: number, sides: readonly [LegEnd['side'], LegEnd['side']]) => {
    legs.push({ net, gap, from: { x: at.x, side: sides[0] }, to: { x: next.x, side: sides[1] } })
    at = next
  }
  for (const next of [...before, label]) go(`out ${edge}`, next, at.row, DOWN)
  if (to === undefined) return legs
  // Lines that come down to one card may join; each that rises keeps to itself until it is there.
  const net = rises ? `up ${edge}` : `down ${to}`
  for (const next of after) {
    // The line that rises begins beside the label: it turns below it.
    if (next.row === at.row) go(net, next, at.row, TURN_BELOW)
    else if (rises) go(net, next, next.row, UP)
    else go(net, next, at.row, DOWN)
  }
  const target = { row: arrangement.cards[to]!.row, x: ports.in[to]! }
  go(rises ? `up to ${to}` : net, target, target.row - 1, rises ? TURN_ABOVE : DOWN)
  return legs
}

const DOWN = ['above', 'below'] as const
const UP = ['below', 'above'] as const
const TURN_BELOW = ['above', 'above'] as const
const TURN_ABOVE = ['below', 'below'] as const

function pointsOf({ net, gap, from, to }: Leg, rows: readonly StackedRow[]): readonly Point[] {
  const above = rows[gap]!
  const yOf = ({ side }: LegEnd) => (side === 'above' ? above.bottom : rows[gap + 1]!.top)
  const ends = [
    { x: from.x, y: yOf(from) },
    { x: to.x, y: yOf(to) },
  ] as const
  const track = above.channel.trackOf.get(net)
  if (track === undefined || from.x === to.x) return ends
  const y = above.firstTrack + track * above.trackHeight
  return [ends[0], { x: from.x, y }, { x: to.x, y }, ends[1]]
}

/** Points at which a line does not turn are none. */
function withoutIdle(points: readonly Point[]): readonly Point[] {
  const kept: Point[] = []
  for (const point of points) {
    const [before, last] = [kept.at(-2), kept.at(-1)]
    if (last !== undefined && last.x === point.x && last.y === point.y) continue
    const straight =
      before !== undefined &&
      last !== undefined &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y))
    if (straight) kept.pop()
    kept.push(point)
  }
  return kept
}
