import { LiquidError, type Template } from 'liquidjs'
import { nearest } from '../../base/nearest.ts'
import { MAX_TEMPLATE_LENGTH } from '../../expressions/templates.ts'
import type { ExpressionFault } from '../../expressions/types.ts'
import { engine, TAG_NAMES } from './engine.ts'
import { findDeepNesting } from './scan.ts'
import { type Survey, survey } from './survey.ts'

export interface ReadTemplate {
  readonly templates: Template[]
  readonly survey: Survey
}

/** Reads a source. Never throws: whatever liquidjs does with a hostile source comes back as a fault. */
export function readTemplate(source: string): ReadTemplate | ExpressionFault {
  const whole = { start: 0, end: source.length }
  if (source.length > MAX_TEMPLATE_LENGTH) {
    const details = { length: source.length, max: MAX_TEMPLATE_LENGTH }
    return { code: 'expression.tooLong', range: whole, details }
  }
  const deep = findDeepNesting(source)
  if (deep !== undefined) return { code: 'expression.tooDeep', range: deep, details: {} }
  try {
    const templates = engine().parse(source)
    return { templates, survey: survey(templates) }
  } catch (error) {
    return LiquidError.is(error)
      ? syntaxFault(source, error)
      : { code: 'expression.tooDeep', range: whole, details: {} }
  }
}

/** Names of tags that only mean something inside of others. */
export const INNER_TAGS: readonly string[] = [
  'else',
  'elsif',
  'when',
  'endif',
  'endfor',
  'endcase',
  'endunless',
  'endcapture',
]

function syntaxFault(source: string, error: LiquidError): ExpressionFault {
  const { token } = error
  const range = { start: token.begin, end: endOfMarkup(source, token.begin, token.end) }
  const problem = error.originalError?.message ?? error.message
  const found = source.slice(range.start, range.end)
  const [, unknown] = /^tag "([^"]{0,64})" not found$/.exec(problem) ?? []
  if (unknown !== undefined) {
    const suggestion = nearest(unknown, [...TAG_NAMES, ...INNER_TAGS])
    const details = suggestion === undefined || suggestion === unknown ? {} : { suggestion }
    return { code: 'expression.unknownTag', range, details: { name: unknown, ...details } }
  }
  if (/not closed/.test(problem)) {
    const name = /^\{%-?\s*(\w+)/.exec(found)?.[1]
    return name === undefined
      ? { code: 'expression.unclosedHole', range: { start: range.start, end: range.start + 2 }, details: {} }
      : { code: 'expression.unclosedTag', range, details: { name } }
  }
  if (found.trim() === '') return unfinished(source, range.start)
  return { code: 'expression.syntax', range, details: { found: found.slice(0, 40) } }
}

/** Nothing stands where something should: the whole markup is marked, because its end alone would show nothing. */
function unfinished(source: string, at: number): ExpressionFault {
  const start = Math.max(source.lastIndexOf('{{', at), source.lastIndexOf('{%', at), 0)
  const range = { start, end: endOfMarkup(source, start, source.length) }
  const empty = /^\{\{-?\s*-?\}\}$/.test(source.slice(range.start, range.end))
  return { code: empty ? 'expression.emptyHole' : 'expression.unfinished', range, details: {} }
}

/** Faults of liquidjs reach to the end of what it was reading, which can be the whole rest of the source. */
function endOfMarkup(source: string, begin: number, end: number): number {
  const ends = ['}}', '%}'].map((close) => source.indexOf(close, begin + 1)).filter((at) => at >= 0)
  return Math.min(end, source.length, ...ends.map((at) => at + 2))
}
