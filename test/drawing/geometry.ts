import { expect } from 'vitest'
import type { Box, FlowLayout, Point } from '../../src/drawing/index.ts'

interface Segment {
  readonly edge: number
  readonly a: Point
  readonly b: Point
}

/** All laws of a layout at once: nothing lies on anything else, lines end at borders, and everything is on the page. */
export function expectSound(layout: FlowLayout): void {
  const nodes = layout.nodes.map(({ id, box }) => ({ name: `node ${id}`, box }))
  const labels = layout.edges.map(({ from, label }, edge) => ({
    name: `label ${edge} of ${from}`,
    box: label,
  }))
  const boxes = [...nodes, ...labels]
  const faults: string[] = []
  boxes.forEach(({ name, box }, i) => {
    if (box.x < 0 || box.y < 0 || box.x + box.width > layout.width || box.y + box.height > layout.height)
      faults.push(`${name} is not on the page`)
    for (const other of boxes.slice(i + 1))
      if (overlap(box, other.box)) faults.push(`${name} lies on ${other.name}`)
  })
  const segments = segmentsOf(layout)
  layout.nodes.forEach(({ box, id }) => {
    for (const { edge, a, b } of segments)
      if (enters(a, b, box)) faults.push(`edge ${edge} runs through ${id}`)
  })
  layout.edges.forEach(({ label }, own) => {
    for (const { edge, a, b } of segments)
      if (edge !== own && enters(a, b, label)) faults.push(`edge ${edge} runs through the label of ${own}`)
  })
  const byId = new Map(layout.nodes.map(({ id, box }) => [id, box]))
  layout.edges.forEach(({ from, to, route, label }, edge) => {
    if (!onBorder(route[0]!, byId.get(from)!)) faults.push(`edge ${edge} does not begin at ${from}`)
    if (to !== undefined && !onBorder(route.at(-1)!, byId.get(to)!))
      faults.push(`edge ${edge} does not end at ${to}`)
    if (!route.some((point, i) => i > 0 && enters(route[i - 1]!, point, label)))
      faults.push(`edge ${edge} does not pass its label`)
  })
  expect(faults).toEqual([])
}

/** At how many places lines of edges to different targets cross; lines that have come together count once. */
export function crossings(layout: FlowLayout): number {
  const segments = segmentsOf(layout)
  const meet = (edge: number, other: number) => {
    const [a, b] = [layout.edges[edge]!, layout.edges[other]!]
    return edge === other || (a.to !== undefined && a.to === b.to)
  }
  const places = new Set<string>()
  segments.forEach((one, i) => {
    for (const other of segments.slice(i + 1))
      if (!meet(one.edge, other.edge) && cross(one, other)) {
        const upright = one.a.x === one.b.x ? one : other
        const level = upright === one ? other : one
        places.add(`${upright.a.x},${level.a.y}`)
      }
  })
  return places.size
}

function segmentsOf({ edges }: FlowLayout): readonly Segment[] {
  return edges.flatMap(({ route }, edge) => route.slice(1).map((b, i) => ({ edge, a: route[i]!, b })))
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/** True where a straight line, level or upright, has a part within a box; its border is not within. */
function enters(a: Point, b: Point, { x, y, width, height }: Box): boolean {
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)]
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)]
  return left < x + width && right > x && top < y + height && bottom > y
}

function onBorder({ x, y }: Point, box: Box): boolean {
  const across = x >= box.x && x <= box.x + box.width
  const down = y >= box.y && y <= box.y + box.height
  return across && down && (x === box.x || x === box.x + box.width || y === box.y || y === box.y + box.height)
}

function cross(one: Segment, other: Segment): boolean {
  const [level, upright] = one.a.y === one.b.y ? [one, other] : [other, one]
  if (level.a.y !== level.b.y || upright.a.x !== upright.b.x || upright.a.y === upright.b.y) return false
  const x = upright.a.x
  const y = level.a.y
  return (
    x > Math.min(level.a.x, level.b.x) &&
    x < Math.max(level.a.x, level.b.x) &&
    y > Math.min(upright.a.y, upright.b.y) &&
    y < Math.max(upright.a.y, upright.b.y)
  )
}
