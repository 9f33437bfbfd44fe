import { skipLiteral } from './scan.ts'

/** A piece of a source that need not parse. Signs are single characters; a text has its prefix and its quotes. */
export interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'comment' | 'sign'
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Cuts a source into tokens, whatever it holds; linear in its length. White space falls out. */
export function tokenise(source: string): Token[] {
  const tokens: Token[] = []
  const pattern = /\s+|[A-Za-z_]\w*|\d\w*(?:\.\d\w*)?|./gs
  for (let at = 0; at < source.length; ) {
    const prefix = /[bBrR]/.test(source[at]!) && /["']/.test(source[at + 1] ?? '') ? 1 : 0
    const past = skipLiteral(source, at + prefix)
    if (past > at + prefix) {
      const kind = source[at] === '/' ? 'comment' : 'text'
      tokens.push({ kind, text: source.slice(at, past), start: at, end: past })
      at = past
      continue
    }
    pattern.lastIndex = at
    const text = pattern.exec(source)![0]
    const kind = /^[A-Za-z_]/.test(text) ? 'name' : /^\d/.test(text) ? 'number' : 'sign'
    if (text.trim() !== '') tokens.push({ kind, text, start: at, end: at + text.length })
    at += text.length
  }
  return tokens
}

/** What stands between the quotes of a text, as it is written; the quotes of one without an end are at its start only. */
export function insideQuotes({ text, start }: Pick<Token, 'text' | 'start'>): {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly closed: boolean
} {
  const [opening = '', quotes = ''] = /^[bBrR]?("""|'''|"|')/.exec(text) ?? []
  // One more character would belong to the text, were it not closed.
  const closed =
    text.length >= opening.length + quotes.length &&
    skipLiteral(`${text} `, opening.length - quotes.length) === text.length
  const inside = text.slice(opening.length, closed ? text.length - quotes.length : text.length)
  const from = start + opening.length
  return { text: inside, start: from, end: from + inside.length, closed }
}
