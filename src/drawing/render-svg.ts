import type { FlowDocument } from '../document/flow-document.ts'
import type { NodeTypes } from '../nodes/registry.ts'
import { cut, oneLine } from './fit-text.ts'
import { readPicture } from './flow-picture.ts'
import { layoutAny } from './layout-flow.ts'
import type { Direction, FlowLayout } from './layout-picture.ts'
import { labelWith, type MarkOptions, type Marks, readMarks } from './marks.ts'
import { svgLabel, svgLine } from './svg-edge.ts'
import { svgLegend } from './svg-legend.ts'
import { svgNode } from './svg-node.ts'
import { styleSheet } from './svg-theme.ts'
import { element, escapeXml, textElement } from './xml.ts'

/** What every kind of picture takes. */
export interface DrawingOptions extends MarkOptions {
  /** The node types on offer: they tell outcomes and summaries. */
  readonly nodes: NodeTypes
  /** What stands above the flow; its name unless given. */
  readonly title?: string | undefined
  /** Which way the flow runs; down unless given. */
  readonly direction?: Direction | undefined
}

const HEAD = 44
const FOOT = 40
const MIN_WIDTH = 360

/**
 * A picture of a flow as one SVG text, light or dark as its reader prefers. It holds no scripts and loads nothing; whatever
 * comes from the flow is escaped. The same document gives the same bytes.
 *
 * @example
 * const svg = renderSvg(document, { nodes: palette, diagnostics: validate(document, { nodes: palette }) })
 */
export function renderSvg(document: FlowDocument, options: DrawingOptions): string {
  const picture = readPicture(document, options.nodes)
  const marks = readMarks(document.id, picture, options)
  const { direction = 'down' } = options
  const labelOf = labelWith(marks)
  const layout = layoutAny(picture, { direction, labelOf })
  const legend = svgLegend(layout, marks)
  const width = Math.ceil(Math.max(layout.width, legend.width, MIN_WIDTH))
  const foot = legend.content === '' ? 0 : FOOT
  const height = Math.ceil(layout.height + HEAD + foot)
  const title = oneLine(options.title ?? document.name) || oneLine(document.id)
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'sluice-flow',
      role: 'img',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
    },
    element('title', {}, escapeXml(title)),
    element('desc', {}, escapeXml(describe(layout, marks))),
    element('style', {}, styleSheet()),
    element('rect', { class: 'page', width, height }),
    textElement(cut(title, width - 48, { size: 17, bold: true }), 24, 33, 'title'),
    element('g', { transform: `translate(0 ${HEAD - 12})` }, ...drawn(layout, marks, direction)),
    foot === 0 ? '' : element('g', { transform: `translate(0 ${height - FOOT})` }, legend.content),
  )}\n`
}

/** Lines lie at the bottom, and of those the ones that sessions took on top. */
function drawn(layout: FlowLayout, marks: Marks, direction: Direction): readonly string[] {
  const order = ['missed', 'partly', 'taken']
  const place = (edge: FlowLayout['edges'][number]) => order.indexOf(marks.taken(edge) ?? '')
  const lines = [...layout.edges].sort((a, b) => place(a) - place(b))
  const labelled = layout.edges.filter(({ label }) => label.width > 0)
  return [
    ...lines.map((edge) => `${svgLine(edge, marks, direction)}\n`),
    ...labelled.map((edge) => `${svgLabel(edge, marks)}\n`),
    ...layout.nodes.map((node) => `${svgNode(node, marks)}\n`),
  ]
}

function describe({ nodes, edges, note }: FlowLayout, { flow }: Marks): string {
  const counts = `A flow of ${nodes.length} nodes and ${edges.length} edges.`
  return [counts, note, flow?.text].filter((each) => each !== undefined).join(' ')
}
