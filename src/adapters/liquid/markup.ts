/** The inside of `{{ … }}` or `{% … %}` in a source that need not parse. */
export interface Markup {
  /** Name of a tag; nothing for an output. */
  readonly tag: string | undefined
  /** Behind the opening braces. */
  readonly opening: number
  /** From behind the opening and the name of the tag to before the closing. */
  readonly start: number
  readonly end: number
}

/** A piece of a markup. */
export interface MarkupToken {
  readonly kind: 'name' | 'number' | 'text' | 'sign'
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Finds the markup of a text, without what stands in `raw` and `comment`; the last may have no end. */
export function findMarkup(source: string): Markup[] {
  const found: Markup[] = []
  const opening = /\{(?:\{-?|%-?\s*(\w*|#))/g
  for (let match = opening.exec(source); match !== null; match = opening.exec(source)) {
    const isTag = source[match.index + 1] === '%'
    const tag = isTag ? match[1]! : undefined
    const start = match.index + match[0].length
    const end = findEnd(source, start, isTag ? '%}' : '}}')
    opening.lastIndex = end
    if (tag === 'raw' || tag === 'comment') {
      const close = tag === 'raw' ? /\{%-?\s*endraw/g : /\{%-?\s*endcomment/g
      close.lastIndex = end
      const past = close.exec(source)
      if (past === null) break
      opening.lastIndex = past.index
    } else if (tag !== '#') found.push({ tag, opening: match.index + 2, start, end })
  }
  return found
}

function findEnd(source: string, from: number, close: string): number {
  let quote = ''
  for (let i = from; i < source.length; i++) {
    const char = source[i]!
    if (quote !== '') {
      if (char === quote) quote = ''
    } else if (char === '"' || char === "'") quote = char
    else if (source.startsWith(close, i)) return i
  }
  return source.length
}

/** Cuts a markup into tokens; linear in its length. */
export function tokeniseMarkup(source: string, { start, end }: Pick<Markup, 'start' | 'end'>): MarkupToken[] {
  const tokens: MarkupToken[] = []
  const pattern = /"[^"]*"?|'[^']*'?|[A-Za-z_]\w*(?:-\w+)*|\d[\w.]*|\S/g
  for (const { 0: text, index } of source.slice(start, end).matchAll(pattern)) {
    const kind = /^["']/.test(text)
      ? 'text'
      : /^[A-Za-z_]/.test(text)
        ? 'name'
        : /^\d/.test(text)
          ? 'number'
          : 'sign'
    tokens.push({ kind, text, start: start + index, end: start + index + text.length })
  }
  return tokens
}
