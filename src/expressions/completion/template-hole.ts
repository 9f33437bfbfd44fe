import { MAX_SOURCE_LENGTH } from '../scan.ts'
import { MAX_TEMPLATE_LENGTH, splitTemplate } from '../templates.ts'
import type { SourceKind } from '../types.ts'

/** The expression in which an offset lies, and the offset within it. */
export interface Spot {
  readonly source: string
  /** Position of the expression within the whole source. */
  readonly start: number
  readonly offset: number
}

/** Nothing outside of the holes of a template, and in sources that are too long to be read. */
export function findSpot(kind: SourceKind, source: string, offset: number): Spot | undefined {
  const at = clamp(offset, source.length)
  const spot = kind === 'expression' ? { source, start: 0, offset: at } : findHole(source, at)
  return spot === undefined || spot.source.length > MAX_SOURCE_LENGTH ? undefined : spot
}

/** Offsets come from editors, which may be ahead of the source or behind it. */
export function clamp(offset: number, length: number): number {
  return Math.min(Math.max(Math.trunc(offset) || 0, 0), length)
}

function findHole(template: string, at: number): Spot | undefined {
  if (template.length > MAX_TEMPLATE_LENGTH) return undefined
  const { parts, unclosed } = splitTemplate(template)
  for (const { kind, source, range } of parts) {
    if (kind === 'hole' && range.start <= at && at <= range.end)
      return { source, start: range.start, offset: at - range.start }
  }
  if (unclosed === undefined || at < unclosed.end) return undefined
  return { source: template.slice(unclosed.end), start: unclosed.end, offset: at - unclosed.end }
}
