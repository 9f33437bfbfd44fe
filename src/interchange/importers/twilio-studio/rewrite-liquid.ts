import type { PathPart } from '../shared/reference.ts'
import { hasMarkup, type Markup, type Piece, pastQuoted, scanLiquid } from './scan-liquid.ts'

/** Says what a path is called here, in a text that makes the names in `taken` by itself. */
export type Rename = (path: readonly PathPart[], taken: ReadonlySet<string>) => string

/** Words of expressions that are no names. */
export const WORDS: ReadonlySet<string> = new Set([
  'true',
  'false',
  'nil',
  'null',
  'empty',
  'blank',
  'and',
  'or',
  'not',
  'contains',
  'in',
  'reversed',
  'forloop',
  'tablerowloop',
])

/** Names that sources here begin with: a local of the author's that is called so gets another name. */
const ROOTS = new Set(['vars', 'contact', 'trigger', 'nodes', 'session', 'now'])

/** The same text with its references renamed; `undefined` where markup has no end. Names made in the text stay. */
export function rewriteLiquid(source: string, rename: Rename): string | undefined {
  if (!hasMarkup(source)) return source
  const pieces = scanLiquid(source)
  if (pieces === undefined) return undefined
  const writer = new Writer(localsOf(pieces), rename)
  return pieces
    .map((piece) => {
      if (piece.kind === 'text') return piece.text
      // An output of nothing is nothing there, and a fault here.
      if (piece.kind === 'output' && piece.content.trim() === '') return ''
      return piece.open + writer.markup(piece) + piece.close
    })
    .join('')
}

/** Names that the text makes by itself, wherever it does. */
function localsOf(pieces: readonly Piece[]): ReadonlySet<string> {
  const locals = new Set<string>()
  for (const piece of pieces) {
    if (piece.kind !== 'tag') continue
    const made = /^\s*(?:assign|capture|for|tablerow|increment|decrement)\s+["']?([A-Za-z_][\w-]*)/.exec(
      piece.content,
    )
    if (made !== null) locals.add(made[1]!)
  }
  return locals
}

class Writer {
  readonly #locals: ReadonlySet<string>
  readonly #rename: Rename

  constructor(locals: ReadonlySet<string>, rename: Rename) {
    this.#locals = locals
    this.#rename = rename
  }

  markup({ kind, content }: Markup): string {
    if (kind === 'output') return this.#expression(content)
    const [, tag = '', rest = ''] = /^(\s*[\w#]*)([\s\S]*)$/.exec(content) ?? []
    return tag.trim() === '#' ? content : tag + this.#expression(rest)
  }

  /** Goes through an expression: texts, numbers and filters stay, paths get the names that they have here. */
  #expression(source: string): string {
    let out = ''
    let at = 0
    while (at < source.length) {
      const past = pastQuoted(source, at)
      if (past > at) {
        out += source.slice(at, past)
        at = past
        continue
      }
      const word = /^[A-Za-z_][\w-]*\??/.exec(source.slice(at, at + 256))?.[0]
      if (word === undefined || /[\w]/.test(source[at - 1] ?? '')) {
        // The older way to write `!=`, which Liquid here takes for something else.
        const unequal = source.startsWith('<>', at)
        out += unequal ? '!=' : source[at]
        at += unequal ? 2 : 1
        continue
      }
      const path = this.#path(source, at, word)
      out += this.#isName(source, at, path.end, word) ? this.#nameOf(path.parts) : source.slice(at, path.end)
      at = path.end
    }
    return out
  }

  /** The path that begins with a word; what stands in brackets is gone through by itself. */
  #path(source: string, start: number, root: string): { readonly parts: PathPart[]; readonly end: number } {
    const parts: PathPart[] = [{ name: root }]
    let at = start + root.length
    for (;;) {
      const member = /^\.([A-Za-z0-9_][\w-]*\??)/.exec(source.slice(at, at + 256))
      if (member !== null) {
        parts.push({ name: member[1]! })
        at += member[0].length
        continue
      }
      if (source[at] !== '[') return { parts, end: at }
      const close = closingBracket(source, at)
      if (close === undefined) return { parts, end: at }
      const inner = source.slice(at + 1, close).trim()
      const quoted = /^(?:"([^"\\]*)"|'([^'\\]*)')$/.exec(inner)
      parts.push(
        quoted === null ? { inner: this.#expression(inner) } : { name: quoted[1] ?? quoted[2] ?? '' },
      )
      at = close + 1
    }
  }

  /** False for the name of a filter, for one before a colon, and for words of the language. */
  #isName(source: string, start: number, end: number, word: string): boolean {
    if (/\|\s*$/.test(source.slice(Math.max(0, start - 16), start))) return false
    if (end === start + word.length && /^\s*:/.test(source.slice(end, end + 16))) return false
    if (/offset\s*:\s*$/.test(source.slice(Math.max(0, start - 24), start)) && word === 'continue')
      return false
    return !WORDS.has(word)
  }

  #nameOf(parts: readonly PathPart[]): string {
    const [root] = parts as readonly [{ readonly name: string }]
    if (!this.#locals.has(root.name)) return this.#rename(parts, this.#locals)
    return writePath(ROOTS.has(root.name) ? `${root.name}_` : root.name, parts.slice(1))
  }
}

function closingBracket(source: string, open: number): number | undefined {
  let depth = 0
  for (let i = open; i < source.length; i++) {
    const past = pastQuoted(source, i)
    if (past > i) i = past - 1
    else if (source[i] === '[') depth++
    else if (source[i] === ']' && --depth === 0) return i
  }
  return undefined
}

/** A path as Liquid writes it; `nil` where a member has a name that Liquid cannot write. */
export function writePath(root: string, members: readonly PathPart[]): string {
  let path = root
  for (const member of members) {
    if ('inner' in member) path += `[${member.inner}]`
    else if (/^[A-Za-z_]\w*$/.test(member.name)) path += `.${member.name}`
    else if (/^\d+$/.test(member.name)) path += `[${member.name}]`
    else if (/["\\]/.test(member.name)) return 'nil'
    else path += `["${member.name}"]`
  }
  return path
}
