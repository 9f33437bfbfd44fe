import { type TextStyle, textWidth } from './text-width.ts'

const ELLIPSIS = '…'

/** Longer texts are cut before they are measured; no box shows as much. */
const MAX_MEASURED = 400

/**
 * A text as one line that a picture can hold: without control characters, without the marks that turn the direction of
 * what follows, and with single spaces.
 */
export function oneLine(text: string): string {
  return text
    .slice(0, MAX_MEASURED * 4)
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

const MAX_LINE = 120

/** One line for pictures that others lay out: at most 120 characters, none of them cut in half. */
export function shortLine(text: string): string {
  const characters = [...oneLine(text)]
  return characters.length > MAX_LINE ? `${characters.slice(0, MAX_LINE).join('')}…` : characters.join('')
}

/** A text, cut with an ellipsis where it is wider than it may be. */
export function cut(text: string, maxWidth: number, style: TextStyle): string {
  if (text.length <= MAX_MEASURED && textWidth(text, style) <= maxWidth) return text
  const room = maxWidth - textWidth(ELLIPSIS, style)
  let kept = ''
  let width = 0
  for (const character of text) {
    width += textWidth(character, style)
    if (width > room) break
    kept += character
  }
  return `${kept.trimEnd()}${ELLIPSIS}`
}

/** A text in at most `maxLines` lines, broken at spaces where there are any; the last one is cut where more would follow. */
export function wrap(text: string, maxWidth: number, maxLines: number, style: TextStyle): readonly string[] {
  if (text === '') return []
  const lines: string[] = []
  let rest = text.slice(0, MAX_MEASURED)
  while (lines.length < maxLines - 1 && textWidth(rest, style) > maxWidth) {
    const end = breakAt(rest, maxWidth, style)
    lines.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  if (rest !== '') lines.push(cut(rest, maxWidth, style))
  return lines
}

/** Where the first line ends: behind the last space or joint that still fits, else in the middle of a word. */
function breakAt(text: string, maxWidth: number, style: TextStyle): number {
  let width = 0
  let at = 0
  let joint = 0
  for (const character of text) {
    width += textWidth(character, style)
    if (width > maxWidth) break
    at += character.length
    if (/[\s,;/&?_.-]/.test(character)) joint = at
  }
  const whole = joint > at / 3 ? joint : at
  return Math.max(whole, String.fromCodePoint(text.codePointAt(0)!).length)
}
