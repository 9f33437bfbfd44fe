import type { Box, Part } from './layout-picture.ts'
import type { NumberedEdge } from './walk-edges.ts'

/** Cards and edges that hang together. */
export interface PartNumbers {
  readonly cards: readonly number[]
  readonly edges: readonly number[]
}

const MARGIN = 24
const BETWEEN_PARTS = 40
/** Small parts stand side by side up to this width, or to that of the first. */
const MIN_WIDTH = 900

/** Parts of a flow that no edge joins, in the order of their first cards. */
export function partsOf(count: number, edges: readonly NumberedEdge[]): readonly PartNumbers[] {
  const parent = Array.from({ length: count }, (_, card) => card)
  const rootOf = (card: number): number => {
    let root = card
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!
      root = parent[root]!
    }
    return root
  }
  for (const { from, to } of edges) {
    if (to === undefined) continue
    const [a, b] = [rootOf(from), rootOf(to)]
    parent[Math.max(a, b)] = Math.min(a, b)
  }
  const parts = new Map<number, { cards: number[]; edges: number[] }>()
  parent.forEach((_, card) => {
    const root = rootOf(card)
    const part = parts.get(root)
    if (part === undefined) parts.set(root, { cards: [card], edges: [] })
    else part.cards.push(card)
  })
  edges.forEach(({ from }, edge) => {
    parts.get(rootOf(from))!.edges.push(edge)
  })
  return [...parts.values()]
}

/** The first part, and below it the others in rows, as words in a paragraph. */
export function pack(parts: readonly Part[]): Part {
  const cards = new Map<number, Box>()
  const labels = new Map<number, Box>()
  const routes = new Map<number, Part['routes'] extends ReadonlyMap<number, infer Route> ? Route : never>()
  const widest = Math.max(MIN_WIDTH, parts[0]?.width ?? 0)
  let [x, y, rowHeight, width] = [0, 0, 0, 0]
  parts.forEach((part, index) => {
    if (x > 0 && (index === 1 || x + part.width > widest)) {
      x = 0
      y += rowHeight + BETWEEN_PARTS
      rowHeight = 0
    }
    const [dx, dy] = [x + MARGIN, y + MARGIN]
    const move = <T extends { x: number; y: number }>(at: T): T => ({ ...at, x: at.x + dx, y: at.y + dy })
    for (const [card, box] of part.cards) cards.set(card, move(box))
    for (const [edge, box] of part.labels) labels.set(edge, move(box))
    for (const [edge, route] of part.routes) routes.set(edge, route.map(move))
    x += part.width + BETWEEN_PARTS
    width = Math.max(width, x - BETWEEN_PARTS)
    rowHeight = Math.max(rowHeight, part.height)
  })
  return { width: width + 2 * MARGIN, height: y + rowHeight + 2 * MARGIN, cards, labels, routes }
}

/** A part with its upper left corner at 0,0. */
export function shiftToOrigin({ cards, labels, routes }: Pick<Part, 'cards' | 'labels' | 'routes'>): Part {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  const reach = (x: number, y: number) => {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }
  for (const boxes of [cards, labels]) {
    for (const { x, y, width, height } of boxes.values()) {
      reach(x, y)
      reach(x + width, y + height)
    }
  }
  for (const route of routes.values()) for (const { x, y } of route) reach(x, y)
  const move = <T extends { x: number; y: number }>(at: T): T => ({ ...at, x: at.x - left, y: at.y - top })
  const moved = <T extends { x: number; y: number }>(boxes: ReadonlyMap<number, T>) =>
    new Map([...boxes].map(([key, box]) => [key, move(box)]))
  return {
    width: right - left,
    height: bottom - top,
    cards: moved(cards),
    labels: moved(labels),
    routes: new Map([...routes].map(([edge, route]) => [edge, route.map(move)])),
  }
}
