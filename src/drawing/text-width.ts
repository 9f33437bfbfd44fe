/**
 * Advance widths of printable ASCII from the space on, in thousandths of the font size: those of Helvetica and its metric
 * twins (Arial, Liberation Sans), or of DejaVu Sans with the spare below taken off, where that is more.
 */
const ASCII =
  '278343393716556889667235333333427716278333278288556556556556556556556556556556288288716716716556' +
  '999667667722722667611778722278500667556833722778667778722667611722667944667667611333288333716556' +
  '427556556500556556301556556237237500237833556556556556351500335556506722506500506544288544716'

const WIDTHS = /* @__PURE__ */ readWidths()

/** Other sans fonts run a little wider, and nobody knows which one the reader has. */
const SPARE = 1.17
const BOLD = 1.06

/** Scripts that are set in squares, and pictures; everything else counts as a letter of average width. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{3fffd}]/u
const WITHOUT_WIDTH = /\p{M}|\p{Cf}/u

export interface TextStyle {
  /** Font size in pixels. */
  readonly size: number
  readonly bold?: boolean
}

/** How wide a text is at most in the fonts that a picture names, in pixels. Needs no screen. */
export function textWidth(text: string, { size, bold = false }: TextStyle): number {
  let thousandths = 0
  for (const character of text) thousandths += characterWidth(character)
  return (thousandths / 1000) * size * SPARE * (bold ? BOLD : 1)
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0)!
  if (code >= 0x20 && code < 0x7f) return WIDTHS[code - 0x20]!
  if (WITHOUT_WIDTH.test(character)) return 0
  return WIDE.test(character) ? 1100 : 620
}

function readWidths(): readonly number[] {
  return [...ASCII.matchAll(/\d{3}/g)].map(([width]) => Number(width))
}
