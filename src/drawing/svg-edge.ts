import { TYPE } from './boxes.ts'
import type { Direction, LaidOutEdge } from './layout-picture.ts'
import type { Marks } from './marks.ts'
import type { Point } from './route-edges.ts'
import { element, escapeXml } from './xml.ts'

const CORNER = 8
const TIP = { length: 8, half: 4.5 }

/** The line of an edge, with its head. Lines lie below all labels and cards. */
export function svgLine(edge: LaidOutEdge, marks: Marks, direction: Direction): string {
  const end = edge.route.at(-1)!
  const leadsOn = edge.to !== undefined
  return element(
    'g',
    { class: classesOf('edge', edge, marks) },
    element('path', { class: 'line', d: rounded(leadsOn ? shortened(edge.route) : edge.route) }),
    leadsOn ? tip(end, direction) : element('circle', { class: 'open', cx: end.x, cy: end.y, r: 3.5 }),
  )
}

/** The label of an edge. */
export function svgLabel(edge: LaidOutEdge, marks: Marks): string {
  const { x, y, width, height } = edge.label
  const findings = marks.ofEdge(edge)
  const title = [edge.text.full, findings?.text].filter((each) => each !== undefined).join('\n')
  const middle = x + width / 2
  const first = y + (height - edge.text.lines.length * TYPE.label.line) / 2 + 12.5
  const lines = edge.text.lines.map((line, i) =>
    element('text', { class: 'label', x: middle, y: first + i * TYPE.label.line }, escapeXml(line)),
  )
  return element(
    'g',
    { class: classesOf('outcome', edge, marks, findings?.severity) },
    title === '' ? '' : element('title', {}, escapeXml(title)),
    element('rect', { class: 'tag', x, y, width, height, rx: Math.min(height / 2, 11) }),
    ...lines,
  )
}

function classesOf(kind: string, edge: LaidOutEdge, marks: Marks, severity?: string): string {
  const classes = [kind, edge.to === undefined ? 'loose' : undefined, marks.taken(edge), severity]
  return classes.filter((each) => each !== undefined).join(' ')
}

/** A head at the end of a line; all lines come from above, or from the left where the flow runs to the right. */
function tip({ x, y }: Point, direction: Direction): string {
  const { length, half } = TIP
  const d =
    direction === 'right'
      ? `M${x} ${y}l-${length} -${half}v${2 * half}z`
      : `M${x} ${y}l-${half} -${length}h${2 * half}z`
  return element('path', { class: 'tip', d })
}

/** The line ends inside its head, so that its own width does not blunt it. */
function shortened(route: readonly Point[]): readonly Point[] {
  const [end, before] = [route.at(-1)!, route.at(-2) ?? route.at(-1)!]
  const length = Math.hypot(end.x - before.x, end.y - before.y)
  const kept = length === 0 ? 1 : Math.max(0, 1 - (TIP.length - 2) / length)
  const x = before.x + (end.x - before.x) * kept
  const y = before.y + (end.y - before.y) * kept
  return [...route.slice(0, -1), { x: round(x), y: round(y) }]
}

/** A path through points, its corners round as far as the parts between them allow. */
function rounded(points: readonly Point[]): string {
  const [first] = points
  let d = `M${first!.x} ${first!.y}`
  for (let i = 1; i < points.length - 1; i++) {
    const [before, corner, after] = [points[i - 1]!, points[i]!, points[i + 1]!]
    const radius = Math.min(CORNER, half(before, corner), half(corner, after))
    const [from, to] = [towards(corner, before, radius), towards(corner, after, radius)]
    d += `L${from.x} ${from.y}Q${corner.x} ${corner.y} ${to.x} ${to.y}`
  }
  const last = points.at(-1)!
  return `${d}L${last.x} ${last.y}`
}

function half(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y) / 2
}

function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const part = length === 0 ? 0 : distance / length
  return { x: round(from.x + (to.x - from.x) * part), y: round(from.y + (to.y - from.y) * part) }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
