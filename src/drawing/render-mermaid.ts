import type { FlowDocument } from '../document/flow-document.ts'
import { shortLine } from './fit-text.ts'
import { type PictureEdge, type PictureNode, readPicture } from './flow-picture.ts'
import { labelWith, type Marks, readMarks, type Taken } from './marks.ts'
import type { DrawingOptions } from './render-svg.ts'

const STYLES = [
  'classDef error stroke:#b42318,stroke-width:3px',
  'classDef warning stroke:#8a5200,stroke-width:3px',
  'classDef unreached stroke-dasharray:4 3',
]

const LINKS: { readonly [State in Taken]: string } = {
  taken: 'stroke:#13773b,stroke-width:3px',
  partly: 'stroke:#8a5200,stroke-width:3px,stroke-dasharray:12 3 2 3',
  missed: 'stroke:#b42318,stroke-dasharray:5 4',
}

/**
 * A flow as Mermaid's flowchart text. Nodes have names of its own, and whatever comes from the flow stands in quotes with
 * its special characters as numbers, so that no label can be a directive, a link or HTML.
 *
 * @example const text = renderMermaid(document, { nodes: palette })
 */
export function renderMermaid(document: FlowDocument, options: DrawingOptions): string {
  const picture = readPicture(document, options.nodes)
  const marks = readMarks(document.id, picture, options)
  const names = new Map(picture.nodes.map(({ id }, index) => [id, `n${index}`]))
  const title = options.title ?? document.name
  const lines = [
    // A title of the front matter is YAML; a text in double quotes with all else escaped is one there, too.
    ...(shortLine(title) === '' ? [] : ['---', `title: "${escapeMermaid(title)}"`, '---']),
    `flowchart ${options.direction === 'right' ? 'LR' : 'TD'}`,
    ...picture.nodes.map((node) => `  ${names.get(node.id)}${shapeOf(node, marks)}`),
  ]
  const links: string[] = []
  picture.edges.forEach((edge, index) => {
    const from = names.get(edge.from)!
    const text = escapeMermaid(edge.outcomes.map((outcome) => labelWith(marks)(edge, outcome)).join(', '))
    const loose = `loose${index}`
    if (edge.to === undefined) lines.push(`  ${loose}(( ))`)
    const arrow = edge.to === undefined ? '-.-' : '-->'
    lines.push(`  ${from} ${arrow}|"${text}"| ${edge.to === undefined ? loose : names.get(edge.to)}`)
    const style = linkStyle(edge, marks)
    if (style !== undefined) links.push(`  linkStyle ${index} ${style}`)
  })
  const classes = picture.nodes.flatMap(({ id }) =>
    classesOf(id, marks).map((each) => `  class ${names.get(id)} ${each}`),
  )
  const used = STYLES.filter((style) =>
    classes.some((each) => style.startsWith(`classDef ${each.split(' ').at(-1)}`)),
  )
  return `${[...lines, ...used.map((style) => `  ${style}`), ...classes, ...links].join('\n')}\n`
}

function shapeOf(node: PictureNode, marks: Marks): string {
  const { name, caption, summary, place } = node
  const findings = marks.ofNode(node.id)
  const texts = place === 'between' ? [caption, name, summary] : [name, summary]
  if (findings !== undefined) texts.push(`${findings.count} × ${findings.severity}`)
  const shown = [...new Set(texts)]
    .filter((text) => text !== '')
    .map(escapeMermaid)
    .join('<br/>')
  return place === 'between' ? `["${shown}"]` : `(["${shown}"])`
}

function classesOf(id: string, marks: Marks): readonly string[] {
  const findings = marks.ofNode(id)
  return [...(findings === undefined ? [] : [findings.severity]), ...(marks.reached(id) ? [] : ['unreached'])]
}

function linkStyle(edge: PictureEdge, marks: Marks): string | undefined {
  const taken = marks.taken(edge)
  if (taken !== undefined) return LINKS[taken]
  const findings = marks.ofEdge(edge)
  return findings === undefined ? undefined : STYLES[findings.severity === 'error' ? 0 : 1]!.split(' ').at(-1)
}

/** A text for between double quotes: everything that could end them or mean something stands as its number. */
function escapeMermaid(text: string): string {
  return shortLine(text).replace(
    /[^\p{L}\p{N} .,:_/?!×·…'-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  )
}
