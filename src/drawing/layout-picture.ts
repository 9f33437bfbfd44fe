import { arrange } from './arrange.ts'
import { type CardBox, fitCard, fitLabel, type LabelBox } from './boxes.ts'
import type { FlowPicture, PictureEdge, PictureNode, PictureOutcome } from './flow-picture.ts'
import { type PartNumbers, pack, partsOf, shiftToOrigin } from './pack.ts'
import { type Point, routeEdges } from './route-edges.ts'
import type { NumberedEdge } from './walk-edges.ts'

/** Which way a flow runs. */
export type Direction = 'down' | 'right'

export interface Box {
  /** Of the upper left corner. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A node in its place. */
export interface LaidOutNode extends PictureNode {
  readonly box: Box
  readonly text: CardBox
}

/** An edge in its place: a line from border to border that passes below its label. */
export interface LaidOutEdge extends PictureEdge {
  readonly label: Box
  readonly text: LabelBox
  /** Corners of the line. One that leads nowhere ends a little beyond its label. */
  readonly route: readonly Point[]
}

/** A flow laid out, in pixels. */
export interface FlowLayout {
  readonly width: number
  readonly height: number
  readonly nodes: readonly LaidOutNode[]
  readonly edges: readonly LaidOutEdge[]
  /** What the picture leaves out, where it does. */
  readonly note?: string
}

export interface LayoutPictureOptions {
  readonly direction?: Direction | undefined
  /** What stands on an edge for each of its outcomes; its name unless given. */
  readonly labelOf?: ((edge: PictureEdge, outcome: PictureOutcome) => string) | undefined
}

/** How far the line of what leads nowhere goes on behind its label. */
const TAIL = 16

/** Lays a picture out: each part of it that hangs together by itself, then all of them beside each other. */
export function layoutPicture(
  { nodes, edges }: FlowPicture,
  { direction = 'down', labelOf = (_, { name }) => name }: LayoutPictureOptions = {},
): FlowLayout {
  const turned = direction === 'right'
  const turn = <T extends { width: number; height: number }>({ width, height }: T) =>
    turned ? { width: height, height: width } : { width, height }
  const numbers = new Map(nodes.map(({ id }, number) => [id, number]))
  const texts = nodes.map(fitCard)
  const labels = edges.map((edge) => fitLabel(edge.outcomes.map((outcome) => labelOf(edge, outcome))))
  const cards = texts.map(turn)
  const numbered = edges.map(({ from, to }) => ({
    from: numbers.get(from)!,
    to: to === undefined ? undefined : numbers.get(to),
  }))
  const sizes = labels.map((label, edge) => {
    const { width, height } = turn(label)
    return { width, height: numbered[edge]!.to === undefined ? height + TAIL : height }
  })
  const parts = partsOf(nodes.length, numbered).map((part) => layoutPart(part, { cards, sizes, numbered }))
  const packed = pack(parts)
  const place = (box: Box): Box =>
    turned ? { x: box.y, y: box.x, width: box.height, height: box.width } : box
  const swap = ({ x, y }: Point): Point => (turned ? { x: y, y: x } : { x, y })
  const labelBox = (edge: number): Box => {
    const box = packed.labels.get(edge)!
    return place(numbered[edge]!.to === undefined ? { ...box, height: box.height - TAIL } : box)
  }
  return {
    ...(turned
      ? { width: packed.height, height: packed.width }
      : { width: packed.width, height: packed.height }),
    nodes: nodes.map((node, card) => ({ ...node, box: place(packed.cards.get(card)!), text: texts[card]! })),
    edges: edges.map((edge, index) => {
      const route = packed.routes.get(index)!
      const end = route.at(-1)!
      const { height } = packed.labels.get(index)!
      const whole = edge.to === undefined ? [...route.slice(0, -1), { x: end.x, y: end.y + height }] : route
      return { ...edge, label: labelBox(index), text: labels[index]!, route: whole.map(swap) }
    }),
  }
}

/** Boxes and lines by number, and how much room they take from 0,0 on. */
export interface Part {
  readonly width: number
  readonly height: number
  readonly cards: ReadonlyMap<number, Box>
  readonly labels: ReadonlyMap<number, Box>
  readonly routes: ReadonlyMap<number, readonly Point[]>
}

type Sizes = readonly { readonly width: number; readonly height: number }[]

function layoutPart(
  { cards: ids, edges: edgeIds }: PartNumbers,
  { cards, sizes, numbered }: { cards: Sizes; sizes: Sizes; numbered: readonly NumberedEdge[] },
): Part {
  const local = new Map(ids.map((id, number) => [id, number]))
  const edges = edgeIds.map((id) => {
    const { from, to } = numbered[id]!
    return { from: local.get(from)!, to: to === undefined ? undefined : local.get(to)! }
  })
  const cardSizes = ids.map((id) => cards[id]!)
  const labelSizes = edgeIds.map((id) => sizes[id]!)
  const arrangement = arrange(cardSizes, edges, labelSizes)
  const routed = routeEdges({ cards: cardSizes, labels: labelSizes, edges, arrangement })
  return shiftToOrigin({
    cards: new Map(ids.map((id, i) => [id, boxAt(routed.cards[i]!, cardSizes[i]!)])),
    labels: new Map(edgeIds.map((id, i) => [id, boxAt(routed.labels[i]!, labelSizes[i]!)])),
    routes: new Map(edgeIds.map((id, i) => [id, routed.routes[i]!])),
  })
}

function boxAt({ x, y }: Point, { width, height }: { width: number; height: number }): Box {
  return { x: x - width / 2, y, width, height }
}
