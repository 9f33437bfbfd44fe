/** A stretch of a text: words that stand for themselves, or one piece of markup. */
export type Piece = { readonly kind: 'text'; readonly text: string } | Markup

export interface Markup {
  readonly kind: 'output' | 'tag'
  /** What stands between the delimiters and their hyphens. */
  readonly content: string
  readonly open: string
  readonly close: string
}

/** Tags whose content is none of Liquid's business. */
const VERBATIM = /^\s*(raw|comment)\b/

/**
 * Takes a Liquid text apart, quoted texts in outputs and `raw` and `comment` blocks respected; `undefined` where a piece
 * of markup has no end. An importer loads no parser: it changes names, and whether the rest can be read is for
 * validation to say, with the language plugged in.
 */
export function scanLiquid(source: string): readonly Piece[] | undefined {
  const pieces: Piece[] = []
  let from = 0
  while (from < source.length) {
    const at = nextMarkup(source, from)
    if (at > from) pieces.push({ kind: 'text', text: source.slice(from, at) })
    if (at === source.length) break
    const kind = source[at + 1] === '{' ? 'output' : 'tag'
    const end = kind === 'output' ? endOfOutput(source, at + 2) : source.indexOf('%}', at + 2)
    if (end < 0) return undefined
    const open = source.startsWith('-', at + 2) ? source.slice(at, at + 3) : source.slice(at, at + 2)
    const trims = source[end - 1] === '-' && end - 1 >= at + open.length
    const close = source.slice(trims ? end - 1 : end, end + 2)
    const content = source.slice(at + open.length, end + 2 - close.length)
    pieces.push({ kind, content, open, close })
    from = end + 2
    const block = kind === 'tag' ? VERBATIM.exec(content)?.[1] : undefined
    if (block === undefined) continue
    const stop = endOfBlock(source, from, block)
    if (stop === undefined) return undefined
    pieces.push({ kind: 'text', text: source.slice(from, stop) })
    from = stop
  }
  return pieces
}

function nextMarkup(source: string, from: number): number {
  for (let at = source.indexOf('{', from); at >= 0; at = source.indexOf('{', at + 1)) {
    if (source[at + 1] === '{' || source[at + 1] === '%') return at
  }
  return source.length
}

/** The `}}` that ends an output: one within quotes does not. */
function endOfOutput(source: string, from: number): number {
  for (let i = from; i < source.length; i++) {
    const past = pastQuoted(source, i)
    if (past > i) i = past - 1
    else if (source[i] === '}' && source[i + 1] === '}') return i
  }
  return -1
}

/** The position behind the `{% endraw %}` or `{% endcomment %}` that comes next. */
function endOfBlock(source: string, from: number, block: string): number | undefined {
  const close = new RegExp(`\\{%-?\\s*end${block}\\s*-?%\\}`, 'g')
  close.lastIndex = from
  const found = close.exec(source)
  return found === null ? undefined : found.index + found[0].length
}

/** The position behind the quoted text that begins at `at`, or `at`; one without an end reaches to the end. */
export function pastQuoted(source: string, at: number): number {
  const quote = source[at]
  if (quote !== '"' && quote !== "'") return at
  for (let i = at + 1; i < source.length; i++) {
    if (source[i] === '\\') i++
    else if (source[i] === quote) return i + 1
  }
  return source.length
}

/** True for a text with any markup in it, whole or not. */
export function hasMarkup(source: string): boolean {
  return source.includes('{{') || source.includes('{%')
}
