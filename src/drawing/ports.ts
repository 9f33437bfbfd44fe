import type { Arrangement } from './arrange.ts'
import type { Size } from './card-graph.ts'
import type { NumberedEdge } from './walk-edges.ts'

/** Where edges leave cards, and where they come to them. */
export interface Ports {
  /** By edge. */
  readonly out: readonly number[]
  /** By card: edges that lead to one card come together at one point. */
  readonly in: readonly number[]
}

/** Corners are round. */
const CORNER = 14
const BETWEEN_PORTS = 14

/** Ports stand over the points that lines go on to as far as the card reaches, so that most leave it straight. */
export function assignPorts(
  cards: readonly Size[],
  edges: readonly NumberedEdge[],
  arrangement: Arrangement,
): Ports {
  const leaving: number[][] = cards.map(() => [])
  const coming: number[][] = cards.map(() => [])
  const firstX = arrangement.edges.map(({ before, label }) => (before[0] ?? label).x)
  edges.forEach(({ from, to }, edge) => {
    const { after, label } = arrangement.edges[edge]!
    leaving[from]!.push(edge)
    if (to !== undefined) coming[to]!.push((after.at(-1) ?? label).x)
  })
  const out = new Array<number>(edges.length)
  leaving.forEach((group, card) => {
    const half = cards[card]!.width / 2 - CORNER
    const from = arrangement.cards[card]!.x - half
    const order = [...group].sort((a, b) => firstX[a]! - firstX[b]!)
    const last = order.length - 1
    const step = last <= 0 ? 0 : Math.min(BETWEEN_PORTS, (2 * half) / last)
    let least = Number.NEGATIVE_INFINITY
    order.forEach((edge, i) => {
      const fits = clamp(firstX[edge]!, from + i * step, from + 2 * half - (last - i) * step)
      out[edge] = Math.round(Math.max(fits, least))
      least = out[edge]! + Math.floor(step)
    })
  })
  const into = coming.map((places, card) => {
    const half = cards[card]!.width / 2 - CORNER
    const centre = arrangement.cards[card]!.x
    const over = places.filter((x) => Math.abs(x - centre) <= half)
    return over.sort((a, b) => Math.abs(a - centre) - Math.abs(b - centre) || a - b)[0] ?? centre
  })
  return { out, in: into }
}

function clamp(x: number, from: number, to: number): number {
  return Math.min(Math.max(x, from), to)
}
