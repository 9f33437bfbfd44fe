import { KNOWN_FILTERS, KNOWN_TAGS } from './known-liquid.ts'
import { type Markup, type Piece, scanLiquid } from './scan-liquid.ts'

/** Something in a text that Liquid does not read here, or reads in another way. */
export interface LiquidProblem {
  readonly severity: 'error' | 'warning'
  readonly message: string
}

const BLOCKS = new Set(['if', 'unless', 'case', 'for', 'capture'])
/** Tags that stand inside of blocks and end none. */
const INNER = new Set(['else', 'elsif', 'when'])
/** Tags that are nothing without what follows them. */
const UNFINISHED = new Set([...BLOCKS, 'elsif', 'when', 'assign', 'cycle', 'increment', 'decrement'])

/** What no expression of Liquid has outside of quotes, such as `&&`, `+` or a single `=`; brackets only around a range. */
const FOREIGN = /[&{}$^~;@+*/\\`%]|\|\s*\||===|(?<![=!<>])=(?!=)|!(?!=)|\((?![^()]*\.\.[^()]*\))/

const FILTER_NOTES: { readonly [filter: string]: string } = {
  date: 'Dates are shown in UTC here unless the filter names a time zone',
  divided_by:
    'Two whole numbers divide with a fraction here; add the filter floor where there should be none',
}

/**
 * What validation would point at, and what it cannot know, said without a parser: an importer loads none. It finds what
 * people get wrong, not everything.
 */
export function problemsOf(source: string): readonly LiquidProblem[] {
  const problems: LiquidProblem[] = []
  const error = (message: string) => problems.push({ severity: 'error', message })
  const pieces = scanLiquid(source) ?? []
  for (const piece of pieces) {
    if (piece.kind === 'text') continue
    const { tag, words } = partsOf(piece)
    if (tag === '#') continue
    if (tag !== undefined && !KNOWN_TAGS.has(tag)) {
      error(`Liquid has no tag ${tag} here`)
      continue
    }
    if (tag !== undefined && UNFINISHED.has(tag) && words.trim() === '')
      error(`The tag ${tag} asks for nothing`)
    const foreign = FOREIGN.exec(tag === 'assign' ? words.replace(/^[^=]*=/, '') : words)?.[0]
    if (foreign !== undefined) error(`Liquid does not read ${foreign} in ${piece.content.trim()}`)
    for (const [, filter = ''] of words.matchAll(/\|\s*([A-Za-z_]\w*)/g)) {
      if (!KNOWN_FILTERS.has(filter)) error(`Liquid has no filter ${filter} here`)
      else if (Object.hasOwn(FILTER_NOTES, filter))
        problems.push({ severity: 'warning', message: FILTER_NOTES[filter]! })
    }
  }
  for (const message of unbalanced(pieces)) error(message)
  return problems
}

/** The name of a tag, and the rest with nothing in its quotes. */
function partsOf({ kind, content }: Markup): { readonly tag?: string; readonly words: string } {
  const words = content.replace(/"[^"]*"|'[^']*'/g, '""')
  if (kind === 'output') return { words }
  const [whole, tag = ''] = /^\s*([\w#]*)/.exec(words)!
  return { tag, words: words.slice(whole.length) }
}

/** Blocks without an end, and ends without a block. */
function* unbalanced(pieces: readonly Piece[]): Generator<string> {
  const open: string[] = []
  for (const piece of pieces) {
    if (piece.kind !== 'tag') continue
    const { tag = '' } = partsOf(piece)
    if (BLOCKS.has(tag)) open.push(tag)
    else if (INNER.has(tag) && open.length === 0) yield `The tag ${tag} stands in no block`
    else if (tag.startsWith('end') && KNOWN_TAGS.has(tag) && `end${open.pop()}` !== tag) {
      yield `The tag ${tag} ends nothing`
      return
    }
  }
  for (const tag of open) yield `The tag ${tag} has no end`
}
