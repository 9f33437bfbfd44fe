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

export interface LayoutOptions {
  /** The node types on offer: they tell outcomes and summaries. */
  readonly nodes: NodeTypes
  /** Which way the flow runs; down unless given. */
  readonly direction?: Direction | undefined
}

/** Beyond so many nodes or edges a layout takes seconds, and nobody could read the picture. */
const MAX_NODES = 800
const MAX_EDGES = 1_600

/**
 * Where everything stands in a picture of a flow, in pixels: nodes with their texts fitted, and edges with their labels. All
 * outcomes that lead from one node to the same next one are one edge. Beyond 800 nodes it is a plain grid, and `note` says
 * so. The same document gives the same layout, whatever order it is in.
 */
export function layoutFlow(document: FlowDocument, { nodes, direction }: LayoutOptions): FlowLayout {
  return layoutAny(readPicture(document, nodes), { direction })
}

export function layoutAny(picture: FlowPicture, options: LayoutPictureOptions): FlowLayout {
  const small = picture.nodes.length <= MAX_NODES && picture.edges.length <= MAX_EDGES
  return small ? layoutPicture(picture, options) : layoutGrid(picture)
}
