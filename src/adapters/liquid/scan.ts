import type { TextRange } from '../../diagnostics/diagnostic.ts'
import { MAX_NESTING } from '../../expressions/scan.ts'

const BLOCKS = new Set(['capture', 'case', 'comment', 'for', 'if', 'raw', 'unless'])

/**
 * Finds nesting that would make the recursive parser overflow its stack: the range of the tag or bracket that is one
 * too many. Counts generously: what stands in quotes or comments counts as well.
 */
export function findDeepNesting(source: string): TextRange | undefined {
  let blocks = 0
  for (const { 0: markup, 1: tag = '', index } of source.matchAll(
    /\{(?:\{|%-?\s*(\w*))(?:[^}%]|\}(?!\})|%(?!\}))*/g,
  )) {
    if (BLOCKS.has(tag)) blocks++
    else if (tag.startsWith('end')) blocks--
    if (blocks > MAX_NESTING) return { start: index, end: index + markup.length }
    let brackets = 0
    for (let i = 0; i < markup.length; i++) {
      const char = markup[i]
      if (char === '[' || char === '(') brackets++
      else if (char === ']' || char === ')') brackets--
      if (brackets > MAX_NESTING) return { start: index + i, end: index + i + 1 }
    }
  }
  return undefined
}
