import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js'
import { findDeepNesting, MAX_SOURCE_LENGTH } from './scan.ts'
import type { ExpressionFault } from './types.ts'

/** One node of the parser's syntax tree: `op` and `args`, with the source range `start`, `end`. */
export type Syntax = ASTNode

/** Entries of one list that is written out. */
export const MAX_LIST_ENTRIES = 1_000

const parser = new Environment({
  limits: {
    maxAstNodes: 2_000,
    maxDepth: 64,
    maxListElements: MAX_LIST_ENTRIES,
    maxMapEntries: 500,
    maxCallArguments: 32,
  },
})

/** What people write who know other languages, and what CEL has for it. */
const HABITS: Readonly<Record<string, string>> = {
  '=': '==',
  '&': '&&',
  '|': '||',
  and: '&&',
  or: '||',
  not: '!',
  AND: '&&',
  OR: '||',
  NOT: '!',
}

/** Reads a source. Never throws: whatever the parser does with a hostile source comes back as a fault. */
export function parseSource(source: string): Syntax | ExpressionFault {
  const whole = { start: 0, end: source.length }
  if (source.length > MAX_SOURCE_LENGTH) {
    return {
      code: 'expression.tooLong',
      range: whole,
      details: { length: source.length, max: MAX_SOURCE_LENGTH },
    }
  }
  if (source.trim() === '') return { code: 'expression.empty', range: whole, details: {} }
  const deep = findDeepNesting(source)
  if (deep !== undefined) return { code: 'expression.tooDeep', range: deep, details: {} }
  try {
    return parser.parse(source).ast
  } catch (error) {
    return error instanceof ParseError
      ? syntaxFault(source, error)
      : { code: 'expression.tooDeep', range: whole, details: {} }
  }
}

export function isSyntax(parsed: Syntax | ExpressionFault): parsed is Syntax {
  return 'op' in parsed
}

function syntaxFault(source: string, error: ParseError): ExpressionFault {
  const at = error.node ?? error.range
  const start = Math.min(at?.start ?? 0, source.length)
  const end = Math.min(Math.max(at?.end ?? source.length, start), source.length)
  const range = { start, end }
  const found = source.slice(start, end)
  switch (error.code) {
    case 'limit_exceeded':
      return { code: 'expression.tooDeep', range, details: {} }
    case 'invalid_macro_argument':
      return { code: 'expression.loopVariable', range, details: { found } }
    case 'invalid_number':
    case 'invalid_integer':
    case 'invalid_hex_integer':
      return { code: 'expression.numberRange', range, details: { found } }
    case 'unterminated_string':
    case 'unterminated_triple_quoted_string':
    case 'newline_in_string':
      return { code: 'expression.unclosedText', range, details: {} }
    case 'reserved_identifier':
      return { code: 'expression.reservedWord', range, details: { found } }
  }
  if (error.code?.includes('escape') || error.code === 'invalid_unicode_surrogate') {
    return { code: 'expression.escape', range, details: { found } }
  }
  if (start >= source.trimEnd().length) return { code: 'expression.unfinished', range, details: {} }
  const suggestion = habit(source, start, found)
  return {
    code: 'expression.syntax',
    range,
    details: suggestion === undefined ? { found } : { found, suggestion },
  }
}

/** `a and b` fails at `b`, `a = b` at `=`: looks at what was found and at the word before it. */
function habit(source: string, start: number, found: string): string | undefined {
  const before = /(\w+)\s*$/.exec(source.slice(Math.max(0, start - 32), start))?.[1] ?? ''
  for (const word of [found, before]) if (Object.hasOwn(HABITS, word)) return HABITS[word]
  return undefined
}
