import type { TextRange } from '../diagnostics/diagnostic.ts'

/** Characters of one CEL source. */
export const MAX_SOURCE_LENGTH = 4_000

/** Brackets inside brackets, and unary operators in a row. */
export const MAX_NESTING = 60

/**
 * The position behind the string literal or comment that starts at `at`, or `at` where neither starts there.
 * An unclosed literal reaches to the end; the parser reports it.
 */
export function skipLiteral(source: string, at: number): number {
  const first = source[at]
  if (first === '/' && source[at + 1] === '/') {
    const end = source.indexOf('\n', at)
    return end < 0 ? source.length : end
  }
  if (first !== '"' && first !== "'") return at
  const delimiter = source.startsWith(first.repeat(3), at) ? first.repeat(3) : first
  for (let i = at + delimiter.length; i < source.length; i++) {
    if (source[i] === '\\') i++
    else if (source.startsWith(delimiter, i)) return i + delimiter.length
  }
  return source.length
}

/**
 * Finds nesting that would make a recursive parser overflow its stack, without recursing itself: the range
 * from the bracket or operator that is one too many, `undefined` for a source that is shallow enough.
 */
export function findDeepNesting(source: string): TextRange | undefined {
  let brackets = 0
  let unary = 0
  for (let i = 0; i < source.length; i++) {
    const past = skipLiteral(source, i)
    if (past > i) {
      unary = 0
      i = past - 1
      continue
    }
    const char = source[i]!
    if (char === '!' || char === '-') unary++
    else if (!/\s/.test(char)) unary = 0
    if (char === '(' || char === '[' || char === '{') brackets++
    else if (char === ')' || char === ']' || char === '}') brackets--
    if (brackets > MAX_NESTING || unary > MAX_NESTING) return { start: i, end: i + 1 }
  }
  return undefined
}
