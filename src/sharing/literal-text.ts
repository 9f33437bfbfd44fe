import type { Source } from '../document/flow-document.ts'
import { isSyntax, parseSource, type Syntax } from '../expressions/parse.ts'
import { splitTemplate } from '../expressions/templates.ts'
import { secretLiterals } from './secret-literals.ts'

/** Stands for a character of a hole that reads something; of a private area, so that no language writes it. */
export const HOLE = '\ue000'

/** The words that say how what follows them is meant; they are no secret themselves. */
const SCHEME =
  /^\s*(?:apikey|aws4-hmac-sha256|basic|bearer|digest|dpop|geniekey|hawk|hmac|hmac-sha256|key|klaviyo-api-key|negotiate|oauth|privatetoken|sharedkey|splunk|ssws|token)(?=[\s\ue000]|$)/i

/** `token=` before what is filled in: the name of a parameter. */
const PARAMETER = /[\w.-]{1,40}\s*=\s*["']?(?=\ue000)/g

/**
 * The text of a template with holes covered, as long as the template itself. Holes that fill in a constant are as good as
 * literal text, and so is what does not parse.
 */
export function coverHoles(source: Source): string {
  const { language, text } = readSource(source)
  return language === 'cel' ? coverCel(text) : coverMarkup(text)
}

/** The text of a source and the language that it is in. */
export function readSource(source: Source): { readonly language: string; readonly text: string } {
  return typeof source === 'string'
    ? { language: 'cel', text: source }
    : { language: source.language, text: source.source }
}

/** True where a covered text says more than how a credential is meant: `Bearer abc123`, not `Bearer {{token}}`. */
export function tellsSecret(covered: string): boolean {
  return /[^\s\ue000:;,"'=]/.test(covered.replace(SCHEME, '').replace(PARAMETER, ''))
}

/** What an expression gives for a credential in plain text: of `"Bearer abc"` all, of `"Bearer " + token` nothing. */
export function tellingLiterals(syntax: Syntax): readonly Syntax[] {
  return secretLiterals(syntax, true).filter(({ args }) => typeof args !== 'string' || tellsSecret(args))
}

function coverCel(text: string): string {
  const { parts, unclosed } = splitTemplate(text)
  const covered = parts.map(({ kind, source }) => {
    if (kind === 'text') return source
    const syntax = parseSource(source)
    const reads = isSyntax(syntax) && tellingLiterals(syntax).length === 0
    return (reads ? HOLE : 'x').repeat(source.length + 4)
  })
  return covered.join('') + (unclosed === undefined ? '' : text.slice(unclosed.start))
}

/** Liquid, and whatever a host has that looks like it. A block without an end is literal text. */
function coverMarkup(text: string): string {
  let covered = ''
  let at = 0
  for (const { index, 0: opening } of text.matchAll(/\{[{%]/g)) {
    if (index < at) continue
    const close = text.indexOf(opening === '{{' ? '}}' : '%}', index + 2)
    if (close < 0) break
    const block = text.slice(index, close + 2)
    covered += text.slice(at, index) + (givesText(block) ? 'x' : HOLE).repeat(block.length)
    at = close + 2
  }
  return covered + text.slice(at)
}

/** A text or number that stands at the head of a block, in a tag that keeps it, or in a filter that puts it in. */
const GIVEN = [
  /^\{\{-?\s*["'\d]/,
  /^\{%-?\s*(?:assign|capture|cycle|echo)\b[\s\S]*["'\d]/,
  /\|\s*(?:append|default|prepend)\s*:\s*["'\d]/,
]

/** True for a block that gives a text or number of its own, as `{{ "abc" }}` does. */
function givesText(block: string): boolean {
  return GIVEN.some((form) => form.test(block))
}
