import type { Source } from '../document/flow-document.ts'
import { isSyntax, parseSource, type Syntax } from '../expressions/parse.ts'
import { quoteText } from '../expressions/quote.ts'
import { applyEdits, type Edit } from '../expressions/rename/edits.ts'
import { cleanAddress, cleanPlainAddress } from './clean-address.ts'
import { namesCredential } from './credential-names.ts'
import { coverHoles, HOLE, readSource, tellingLiterals, tellsSecret } from './literal-text.ts'
import { childrenOf, secretLiterals } from './secret-literals.ts'

/**
 * True where an expression comes to what its author wrote down, and not to what a session reads. A source that does not
 * parse is taken for one that does.
 */
export function isConstant(source: Source): boolean {
  const { language, text } = readSource(source)
  if (text.trim() === '') return false
  if (language !== 'cel') return !coverHoles(source).includes(HOLE)
  const syntax = parseSource(text)
  return !isSyntax(syntax) || secretLiterals(syntax).length > 0
}

/** True where what an expression gives for a credential tells something of it: `"Bearer abc"`, not `"Bearer " + token`. */
export function givesCredential(source: Source): boolean {
  const { language, text } = readSource(source)
  if (text.trim() === '') return false
  if (language !== 'cel') return tellsSecret(coverHoles(source))
  const syntax = parseSource(text)
  return !isSyntax(syntax) || tellingLiterals(syntax).length > 0
}

/**
 * An expression without the credentials that stand in it in plain text: as members of objects that it writes out, and in
 * addresses. Empty texts take their place, so that it parses as before; one that does not parse is emptied as a whole.
 */
export function cleanExpression(source: Source): Source {
  const { language, text } = readSource(source)
  if (language !== 'cel') return cleanAddress(source)
  // Most expressions hold no text, and need not be read for this.
  if (!/["']/.test(text)) return cleanAddress(source)
  const syntax = parseSource(text)
  if (!isSyntax(syntax)) return mayHoldCredential(text) ? '' : cleanAddress(source)
  const edits = new Map<number, Edit>()
  collectEdits(syntax, edits)
  if (edits.size === 0) return source
  const clean = applyEdits(text, [...edits.values()])
  return typeof source === 'string' ? clean : { language, source: clean }
}

/** A name before a colon or an equals sign, in quotes or without, and what stands before the host of an address. */
const NAMED = /([\w.-]{1,64})["']?\s*(?::|=(?!=))/g
const USER_INFO = /:\/\/[^/?#\s"']{0,1000}@/

/** For half-typed sources, in which nobody can tell what a text belongs to. */
function mayHoldCredential(text: string): boolean {
  return USER_INFO.test(text) || [...text.matchAll(NAMED)].some(([, name]) => namesCredential(name!))
}

function collectEdits(node: Syntax, edits: Map<number, Edit>): void {
  if (node.op === 'map') {
    for (const [key, value] of node.args) {
      if (key.op !== 'value' || typeof key.args !== 'string' || !namesCredential(key.args)) continue
      for (const { start, end } of tellingLiterals(value)) edits.set(start, { start, end, text: '""' })
    }
  }
  if (node.op === 'value' && typeof node.args === 'string' && !edits.has(node.start)) {
    const clean = cleanPlainAddress(node.args)
    if (clean !== node.args)
      edits.set(node.start, { start: node.start, end: node.end, text: quoteText(clean) })
  }
  for (const child of childrenOf(node)) collectEdits(child, edits)
}
