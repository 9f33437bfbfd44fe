import type { TextRange } from '../diagnostics/diagnostic.ts'
import { skipLiteral } from './scan.ts'

/** UTF-16 units of one template. */
export const MAX_TEMPLATE_LENGTH = 20_000

/** A stretch of literal text, or the source between `{{` and `}}`. `range` speaks of the whole template. */
export interface TemplatePart {
  readonly kind: 'text' | 'hole'
  readonly source: string
  readonly range: TextRange
}

/** The parts of a template in order; `unclosed` is the place of a `{{` that has no end. */
export function splitTemplate(source: string): { parts: TemplatePart[]; unclosed?: TextRange } {
  const parts: TemplatePart[] = []
  let at = 0
  while (at < source.length) {
    const open = source.indexOf('{{', at)
    const stop = open < 0 ? source.length : open
    if (stop > at)
      parts.push({ kind: 'text', source: source.slice(at, stop), range: { start: at, end: stop } })
    if (open < 0) break
    const close = findClose(source, open + 2)
    if (close === undefined) return { parts, unclosed: { start: open, end: open + 2 } }
    parts.push({
      kind: 'hole',
      source: source.slice(open + 2, close),
      range: { start: open + 2, end: close },
    })
    at = close + 2
  }
  return { parts }
}

/** Where the hole that starts at `from` ends: at `}}` outside of literal texts and of braces of its own. */
function findClose(source: string, from: number): number | undefined {
  let braces = 0
  for (let i = from; i < source.length; i++) {
    const past = skipLiteral(source, i)
    if (past > i) {
      i = past - 1
      continue
    }
    if (source[i] === '{') braces++
    else if (source[i] === '}') {
      if (braces > 0) braces--
      else if (source[i + 1] === '}') return i
    }
  }
  return undefined
}
