import { CARD_PADDING, TYPE } from './boxes.ts'
import { oneLine } from './fit-text.ts'
import type { Box, LaidOutNode } from './layout-picture.ts'
import type { Findings, Marks } from './marks.ts'
import { element, escapeXml, textElement } from './xml.ts'

const CORNER = 9
const BADGE = 9

/** A card, or the pill of a start or an end, with a mark where something is wrong with it. */
export function svgNode(node: LaidOutNode, marks: Marks): string {
  const findings = marks.ofNode(node.id)
  const classes = [
    'node',
    node.category,
    findings?.severity,
    marks.reached(node.id) ? undefined : 'unreached',
  ]
  const { x, y, width, height } = node.box
  const radius = node.text.shape === 'pill' ? height / 2 : CORNER
  const badgeY = node.text.shape === 'pill' ? y + height / 2 : y + CARD_PADDING.y + 8
  return element(
    'g',
    { class: classes.filter((each) => each !== undefined).join(' ') },
    element('title', {}, escapeXml(describe(node))),
    element('rect', { class: 'card', x, y, width, height, rx: radius }),
    node.text.shape === 'pill' ? pillTexts(node) : cardTexts(node),
    findings === undefined
      ? ''
      : badge(findings, String(Math.min(findings.count, 99)), x + width - CARD_PADDING.x - 4, badgeY),
  )
}

function describe({ id, name, caption, summary }: LaidOutNode): string {
  const shown = oneLine(id)
  const lines = [name === shown ? name : `${name} (${shown})`, caption, summary]
  return lines.filter((line) => line !== '').join('\n')
}

function cardTexts({ box, text }: LaidOutNode): string {
  const left = box.x + CARD_PADDING.x
  const top = box.y + CARD_PADDING.y
  const names = top + TYPE.caption.line + 13
  const summaries = names + text.name.length * TYPE.name.line + 1
  const parts = [
    // The left border in the colour of its category, as round as the card.
    element('path', { class: 'accent', d: accentOf(box) }),
    textElement(text.caption, left, top + 12, 'caption'),
    ...text.name.map((line, i) => textElement(line, left, names + i * TYPE.name.line, 'name')),
    ...text.summary.map((line, i) => textElement(line, left, summaries + i * TYPE.summary.line, 'summary')),
  ]
  return parts.join('')
}

function accentOf({ x, y, height }: Box): string {
  const straight = height - 2 * CORNER
  const corner = `${CORNER} ${CORNER}`
  return (
    `M${x + CORNER} ${y}a${corner} 0 0 0 -${corner}v${straight}a${corner} 0 0 0 ${corner}` +
    `a5 ${CORNER} 0 0 1 -4 -${CORNER}v-${straight}a5 ${CORNER} 0 0 1 4 -${CORNER}z`
  )
}

/** A triangle that plays, or a square that stops. */
function pillTexts({ box, text, place }: LaidOutNode): string {
  const middle = box.y + box.height / 2
  const left = box.x + 15
  const icon =
    place === 'start'
      ? element('path', { class: 'accent', d: `M${left} ${middle - 6}l10 6l-10 6z` })
      : element('rect', { class: 'accent', x: left, y: middle - 4.5, width: 9, height: 9, rx: 1.5 })
  return icon + textElement(text.name[0] ?? '', left + 17, middle + 5, 'name')
}

/** A sign, usually how many findings: errors on an octagon, warnings on a diamond. */
export function badge(
  { severity, text }: Pick<Findings, 'severity' | 'text'>,
  sign: string,
  x: number,
  y: number,
): string {
  const r = BADGE
  const c = r * 0.42
  const shape =
    severity === 'error'
      ? `M${x - c} ${y - r}h${2 * c}l${r - c} ${r - c}v${2 * c}l-${r - c} ${r - c}h-${2 * c}l-${r - c} -${r - c}v-${2 * c}z`
      : `M${x} ${y - r - 2}l${r + 2} ${r + 2}l-${r + 2} ${r + 2}l-${r + 2} -${r + 2}z`
  return element(
    'g',
    {},
    element('title', {}, escapeXml(text)),
    element('path', { class: `badge-${severity}`, d: shape }),
    textElement(sign, x, y + 4.5, 'badge-text'),
  )
}
