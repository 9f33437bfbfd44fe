import { fitCard, fitLabel } from './boxes.ts'
import type { FlowPicture } from './flow-picture.ts'
import type { Box, FlowLayout, LaidOutEdge } from './layout-picture.ts'
import type { Point } from './route-edges.ts'

const CELL = { width: 280, height: 170 }
const MARGIN = 24

/**
 * Nodes in a grid, in the order in which a session comes to them, with straight lines between them: for flows so large
 * that all a picture can show is their extent. Labels have no room of their own; they lie in no box.
 */
export function layoutGrid({ nodes, edges }: FlowPicture): FlowLayout {
  const columns = Math.max(1, Math.ceil(Math.sqrt(nodes.length)))
  const placed = nodes.map((node, index) => {
    const text = fitCard(node)
    const x = MARGIN + (index % columns) * CELL.width
    const y = MARGIN + Math.floor(index / columns) * CELL.height
    return { ...node, text, box: { x, y, width: text.width, height: text.height } }
  })
  const boxes = new Map(placed.map(({ id, box }) => [id, box]))
  return {
    width: columns * CELL.width + MARGIN,
    height: Math.ceil(nodes.length / columns) * CELL.height + MARGIN,
    nodes: placed,
    edges: edges.map((edge): LaidOutEdge => {
      const route = lineBetween(
        boxes.get(edge.from)!,
        edge.to === undefined ? undefined : boxes.get(edge.to)!,
      )
      const end = route.at(-1)!
      return {
        ...edge,
        route,
        label: { x: end.x, y: end.y, width: 0, height: 0 },
        text: fitLabel(edge.outcomes.map(({ name }) => name)),
      }
    }),
    note: `${nodes.length} nodes and ${edges.length} lines are too many for a layout: drawn as a plain grid, without labels.`,
  }
}

/** From the lower border of one box to the upper one of the next. */
function lineBetween(from: Box, to: Box | undefined): readonly Point[] {
  const begin = { x: from.x + from.width / 2, y: from.y + from.height }
  const end = to === undefined ? { x: begin.x, y: begin.y + 14 } : { x: to.x + to.width / 2, y: to.y }
  return [begin, end]
}
