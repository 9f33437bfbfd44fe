import { cut, oneLine, wrap } from './fit-text.ts'
import type { PictureNode } from './flow-picture.ts'
import { type TextStyle, textWidth } from './text-width.ts'

/** Type sizes of a picture, and the height of a line of each. */
export const TYPE = {
  caption: { size: 12, line: 16 },
  name: { size: 14, line: 19, bold: true },
  summary: { size: 13, line: 17 },
  label: { size: 13, line: 16 },
} as const satisfies Record<string, TextStyle & { readonly line: number }>

/** A box and the texts in it, fitted. */
export interface CardBox {
  readonly shape: 'card' | 'pill'
  readonly width: number
  readonly height: number
  readonly caption: string
  readonly name: readonly string[]
  readonly summary: readonly string[]
}

export interface LabelBox {
  readonly width: number
  readonly height: number
  readonly lines: readonly string[]
  /** The whole text, where the lines do not hold it. */
  readonly full?: string
}

/** Space between the border of a card and its texts. */
export const CARD_PADDING = { x: 16, y: 10 }
const CARD_TEXT = { min: 108, max: 212 }
/** For the mark of what is wrong with the node, right of its caption. */
const BADGE_ROOM = 30
const PILL = { height: 34, icon: 16, text: 240, padding: 24 }
const LABEL = { text: 168, paddingX: 9, paddingY: 3 }
const MAX_LABEL = 600

/** The box of a node: a card with caption, name and summary; a small pill for where a flow begins or ends. */
export function fitCard(node: PictureNode): CardBox {
  if (node.place !== 'between') return fitPill(node)
  const { caption, name, summary } = node
  const widest = Math.max(
    textWidth(caption.slice(0, 60), TYPE.caption) + BADGE_ROOM,
    textWidth(name.slice(0, 60), TYPE.name),
    textWidth(summary.slice(0, 60), TYPE.summary),
  )
  const text = even(Math.min(Math.max(widest, CARD_TEXT.min), CARD_TEXT.max))
  const nameLines = wrap(name, text, 2, TYPE.name)
  const summaryLines = wrap(summary, text, 2, TYPE.summary)
  return {
    shape: 'card',
    width: text + 2 * CARD_PADDING.x,
    height:
      2 * CARD_PADDING.y +
      TYPE.caption.line +
      nameLines.length * TYPE.name.line +
      (summaryLines.length === 0 ? 0 : 2 + summaryLines.length * TYPE.summary.line),
    caption: cut(caption, text - BADGE_ROOM, TYPE.caption),
    name: nameLines,
    summary: summaryLines,
  }
}

/** An end shows what the run came to, for its id says less; a start what sets the flow going besides. */
function fitPill({ id, name, summary, place }: PictureNode): CardBox {
  const own = place === 'end' && name === id ? [] : [name]
  const text = summary === '' ? name : [...new Set([...own, summary])].join(' · ')
  const line = cut(text, PILL.text, TYPE.name)
  const width = even(textWidth(line, TYPE.name)) + PILL.icon + BADGE_ROOM + PILL.padding
  return { shape: 'pill', width, height: PILL.height, caption: '', name: [line], summary: [] }
}

/** The label of an edge: its outcomes, joined. */
export function fitLabel(names: readonly string[]): LabelBox {
  const whole = oneLine(names.join(', '))
  const lines = wrap(whole, LABEL.text, 2, TYPE.label)
  const shown = lines.length === 0 ? [''] : lines
  const widest = Math.max(...shown.map((line) => textWidth(line, TYPE.label)))
  const isCut = shown.at(-1)!.endsWith('…')
  return {
    width: even(Math.max(widest, 12)) + 2 * LABEL.paddingX,
    height: shown.length * TYPE.label.line + 2 * LABEL.paddingY,
    lines: shown,
    ...(isCut ? { full: whole.slice(0, MAX_LABEL) } : {}),
  }
}

/** Middles of boxes of even width lie on whole pixels, and lines stay sharp. */
function even(width: number): number {
  return 2 * Math.ceil(width / 2)
}
