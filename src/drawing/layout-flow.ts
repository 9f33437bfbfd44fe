import type { FlowDocument } from '../document/flow-document.ts'
import type { NodeTypes } from '../nodes/registry.ts'
import { type FlowPicture, readPicture } from './flow-picture.ts'
import { layoutGrid } from './layout-grid.ts'
import {
  type Direction,
  type FlowLayout,
  type LayoutPictureOptions,
  layoutPicture,
} from './layout-picture.ts'
import { walkEdges } from './walk-edges.ts'

export interface LayoutOptions {
  /** The node types on offer: they tell outcomes and summaries. */
  readonly nodes: NodeTypes
  /** Which way the flow runs; down unless given. */
  readonly direction?: Direction | undefined
}

/** Beyond so many nodes or edges a layout takes seconds, and nobody could read the picture. */
const MAX_NODES = 800
const MAX_EDGES = 1_600
/** Rows that all lines pass together: what a layout's time goes by where few nodes are joined far and wide. */
const MAX_ROWS_PASSED = 20_000

/**
 * Where everything stands in a picture of a flow, in pixels: nodes with their texts fitted, and edges with their labels. All
 * outcomes that lead from one node to the same next one are one edge. Beyond 800 nodes, 1,600 edges or 20,000 rows that edges
 * pass it is a plain grid, and `note` says so. The same document gives the same layout, whatever order it is in.
 */
export function layoutFlow(document: FlowDocument, { nodes, direction }: LayoutOptions): FlowLayout {
  return layoutAny(readPicture(document, nodes), { direction })
}

export function layoutAny(picture: FlowPicture, options: LayoutPictureOptions): FlowLayout {
  const small = picture.nodes.length <= MAX_NODES && picture.edges.length <= MAX_EDGES
  return small && rowsPassed(picture) <= MAX_ROWS_PASSED
    ? layoutPicture(picture, options)
    : layoutGrid(picture)
}

/** Rows that lines pass on their way; those that lead down to one node share theirs. */
function rowsPassed({ nodes, edges }: FlowPicture): number {
  const numbers = new Map(nodes.map(({ id }, number) => [id, number]))
  const joints = edges.map(({ from, to }) => ({
    from: numbers.get(from)!,
    to: to === undefined ? undefined : numbers.get(to),
  }))
  const { closes, depths } = walkEdges(nodes.length, joints)
  const lanes = new Map<number, number>()
  let rising = 0
  joints.forEach(({ from, to }, edge) => {
    if (to === undefined) return
    const rows = Math.abs(depths[to]! - depths[from]!)
    if (closes[edge]) rising += rows
    else lanes.set(to, Math.max(lanes.get(to) ?? 0, rows))
  })
  return [...lanes.values()].reduce((sum, rows) => sum + rows, rising)
}
