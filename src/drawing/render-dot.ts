import type { FlowDocument } from '../document/flow-document.ts'
import { shortLine } from './fit-text.ts'
import { type PictureEdge, type PictureNode, readPicture } from './flow-picture.ts'
import { labelWith, type Marks, readMarks } from './marks.ts'
import type { DrawingOptions } from './render-svg.ts'
import { COLOURS } from './svg-theme.ts'

/**
 * A flow in the DOT language of Graphviz. Every text is a quoted string.
 *
 * @example const text = renderDot(document, { nodes: palette })
 */
export function renderDot(document: FlowDocument, options: DrawingOptions): string {
  const picture = readPicture(document, options.nodes)
  const marks = readMarks(document.id, picture, options)
  const names = new Map(picture.nodes.map(({ id }, index) => [id, `n${index}`]))
  const lines = [
    'digraph flow {',
    `  graph [label=${quote(options.title ?? document.name)}, labelloc=t, fontname="Helvetica"${options.direction === 'right' ? ', rankdir=LR' : ''}]`,
    '  node [shape=box, style=rounded, fontname="Helvetica", fontsize=14]',
    '  edge [fontname="Helvetica", fontsize=12]',
    ...picture.nodes.map((node) => `  ${names.get(node.id)} [${attributes(nodeAttributes(node, marks))}]`),
  ]
  picture.edges.forEach((edge, index) => {
    const loose = `loose${index}`
    if (edge.to === undefined) lines.push(`  ${loose} [shape=point]`)
    const to = edge.to === undefined ? loose : names.get(edge.to)
    lines.push(`  ${names.get(edge.from)} -> ${to} [${attributes(edgeAttributes(edge, marks))}]`)
  })
  return `${[...lines, '}'].join('\n')}\n`
}

type Attributes = { readonly [name: string]: string | undefined }

function nodeAttributes(node: PictureNode, marks: Marks): Attributes {
  const { name, caption, summary, place } = node
  const findings = marks.ofNode(node.id)
  const texts = place === 'between' ? [caption, name, summary] : [name, summary]
  if (findings !== undefined) texts.push(`${findings.count} × ${findings.severity}`)
  const style = marks.reached(node.id) ? undefined : '"rounded,dashed"'
  return {
    label: [...new Set(texts)]
      .filter((text) => text !== '')
      .map(escapeDot)
      .join('\\n'),
    shape: place === 'between' ? undefined : 'box',
    style,
    color: findings === undefined ? undefined : `"${COLOURS[findings.severity].light}"`,
    penwidth: findings === undefined ? undefined : '2',
    tooltip: findings === undefined ? undefined : escapeDot(findings.text),
  }
}

function edgeAttributes(edge: PictureEdge, marks: Marks): Attributes {
  const findings = marks.ofEdge(edge)
  const taken = marks.taken(edge)
  const mark = taken ?? findings?.severity
  return {
    label: edge.outcomes.map((outcome) => escapeDot(labelWith(marks)(edge, outcome))).join(', '),
    style: taken === 'missed' || edge.to === undefined ? 'dashed' : undefined,
    color: mark === undefined ? undefined : `"${COLOURS[mark].light}"`,
    penwidth: taken === 'taken' || taken === 'partly' ? '2.5' : undefined,
    tooltip: findings === undefined ? undefined : escapeDot(findings.text),
  }
}

/** Labels and tooltips are texts to be quoted; everything else is written by us. */
function attributes(given: Attributes): string {
  return Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${name === 'label' || name === 'tooltip' ? `"${value}"` : value}`)
    .join(', ')
}

function quote(text: string): string {
  return `"${escapeDot(text)}"`
}

/** A backslash would begin an escape of DOT's own, such as `\N`, and an ampersand a character of HTML. */
function escapeDot(text: string): string {
  return shortLine(text).replace(/["\\]/g, '\\$&').replace(/&/g, '&amp;')
}
