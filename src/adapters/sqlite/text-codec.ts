/**
 * SQLite holds text as UTF-8 that ends, to some drivers, at the first NUL. So NUL, lone surrogates and the character
 * that marks them are written in another way; nothing else is. The order of texts stays what it was, but for surrogates.
 */
const MARK = '\u0001'
const NUL = '\u0000'

/** What stands after the mark for a NUL, for the mark itself, and before the four digits of a lone surrogate. */
const [FOR_NUL, FOR_MARK, FOR_SURROGATE] = ['1', '2', '3']
const MARKED = new RegExp(`${MARK}(?:${FOR_SURROGATE}(.{4})|(.))`, 'g')

/** A text as it is kept. */
export function encodeText(text: string): string {
  if (!text.includes(NUL) && !text.includes(MARK) && isWellFormed(text)) return text
  return text
    .replaceAll(MARK, MARK + FOR_MARK)
    .replaceAll(NUL, MARK + FOR_NUL)
    .replace(/\p{Cs}/gu, (unit) => MARK + FOR_SURROGATE + unit.charCodeAt(0).toString(16))
}

/** A text as it was before it was kept. */
export function decodeText(kept: string): string {
  if (!kept.includes(MARK)) return kept
  return kept.replace(MARKED, (_, digits: string | undefined, sign: string) => {
    if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16))
    return sign === FOR_NUL ? NUL : MARK
  })
}

/** A text that stands already as it is kept: as a parameter it is not written in another way once more. */
export class KeptText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/**
 * The first text, in the order in which SQLite compares, that is behind all that begin with another; `undefined` where
 * nothing is behind them.
 */
export function behindPrefix(prefix: string): KeptText | undefined {
  const points = Array.from(encodeText(prefix), (character) => character.codePointAt(0)!)
  while (points.length > 0) {
    const last = points.pop()!
    // Between these two lie the surrogates, which are no characters.
    if (last < 0x10ffff)
      return new KeptText(String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1))
  }
  return undefined
}

// Node has known it since version 20; the types of ES2023 do not.
const isWellFormed = (text: string) => (text as string & { isWellFormed(): boolean }).isWellFormed()
