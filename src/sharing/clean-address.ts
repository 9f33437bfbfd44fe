import type { Source } from '../document/flow-document.ts'
import { namesCredential } from './credential-names.ts'
import { coverHoles, readSource, tellsSecret } from './literal-text.ts'

/** How an address begins: of the web with any slashes, as browsers read it, and of anything else, a database too, with two. */
const ORIGIN = /^\s*(?:https?:[\\/]*|[a-z][a-z\d+.-]{0,20}:\/\/)/i

/** An address whose beginning is filled in, as in `{{base}}/orders?key=abc`; with white space in it, it is none. */
const FILLED_IN = /^\s*\{\{/
const BELOW_HOLE = /^\s*\ue000+[/?]\S*$/

/**
 * An address without what it says of credentials in plain text: user info, and parameters of the query and the fragment
 * that are named like credentials. Everything else is returned as it is.
 */
export function cleanAddress<S extends Source>(source: S): S | string | { language: string; source: string } {
  const { language, text } = readSource(source)
  if (!ORIGIN.test(text) && !FILLED_IN.test(text)) return source
  const covered = coverHoles(source)
  if (!ORIGIN.test(text) && !BELOW_HOLE.test(covered)) return source
  const clean = cleanText(text, covered)
  if (clean === text) return source
  return typeof source === 'string' ? clean : { language, source: clean }
}

/** The same for a text in which nothing is filled in. */
export function cleanPlainAddress(text: string): string {
  return ORIGIN.test(text) ? cleanText(text, text) : text
}

/** `covered` tells what is what in `text`; both are cut at the same places. */
function cleanText(text: string, covered: string): string {
  const from = userInfoStart(covered)
  const to = userInfoEnd(covered, from)
  const keepsUser = !tellsSecret(covered.slice(from, Math.max(from, to - 1)))
  const rest = keepsUser ? from : to
  return text.slice(0, from) + cleanParameters(text.slice(rest), covered.slice(rest))
}

function userInfoStart(covered: string): number {
  return ORIGIN.exec(covered)?.[0].length ?? 0
}

/** Behind the `@`. Passwords that hold a slash should be encoded; where one is not, the last `@` of all ends it. */
function userInfoEnd(covered: string, from: number): number {
  const rest = covered.slice(from)
  const found = /^[^/?#\\]*@/.exec(rest) ?? /^[^/?#\\:@]*:(?!\d*(?:[/?#\\]|$))[^\ue000]*@/.exec(rest)
  return from + (found?.[0].length ?? 0)
}

function cleanParameters(text: string, covered: string): string {
  const hash = covered.indexOf('#')
  const end = hash < 0 ? covered.length : hash
  const query = covered.slice(0, end).indexOf('?')
  const start = query < 0 ? end : query
  const section = (a: number, b: number) => cleanSection(text.slice(a, b), covered.slice(a, b))
  return text.slice(0, start) + section(start, end) + section(end, text.length)
}

/** `?a=1&key=abc` or `#access_token=abc`. A parameter goes as a whole, and with the last one the sign before them. */
function cleanSection(text: string, covered: string): string {
  const kept: string[] = []
  let isClean = true
  let at = 1
  for (const part of covered.slice(1).split('&')) {
    const cut = secretFrom(part)
    if (cut > 0) kept.push(text.slice(at, at + cut))
    else if (cut < 0) kept.push(text.slice(at, at + part.length))
    isClean &&= cut < 0
    at += part.length + 1
  }
  if (isClean) return text
  return kept.length === 0 ? '' : text.slice(0, 1) + kept.join('&')
}

/**
 * Where a credential begins in a parameter: at its start, or behind a `;`, which separates parameters for some servers. For
 * the others it belongs to the value, so that what follows is judged and goes with it.
 */
function secretFrom(part: string): number {
  for (const { index, 0: start, 1: name } of part.matchAll(/(?:^|;)([^=;]*)=/g))
    if (namesCredential(decoded(name!))) return tellsSecret(part.slice(index + start.length)) ? index : -1
  return -1
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.split('?').at(-1)!)
  } catch {
    return name
  }
}
