import { err, ok, type Result } from '../../base/result.ts'
import type { TextRange } from '../../diagnostics/diagnostic.ts'
import { isSyntax, parseSource } from '../parse.ts'
import { type Comparison, type Condition, type ConditionGroup, MAX_CONDITION_DEPTH } from './condition.ts'
import { readComparison } from './read-comparison.ts'
import { isWrapped, type Region, regionOf, splitRegion } from './region.ts'

/** Why a source is no condition of a rule builder: it is free text, for an editor of expressions. */
export interface FreeText {
  readonly code: 'condition.freeText'
  /** The first part that does not fit. */
  readonly range: TextRange
}

/**
 * A CEL source as a condition, where it consists of comparisons that are put together by `&&`, `||` and brackets.
 * `writeCondition` of it says the same. Never throws. A blank source is free text, and so is one with a comment, which
 * would be lost.
 *
 * @example
 * readCondition('contact.tier == "gold" && retries < 3')
 * // { ok: true, value: { all: [['contact.tier', 'equals', 'gold'], ['retries', 'less', 3]] } }
 */
export function readCondition(source: string): Result<ConditionGroup, FreeText> {
  const syntax = parseSource(source)
  if (!isSyntax(syntax)) return freeText(syntax.range)
  const region = regionOf(source)
  // What a person has noted down would be lost.
  const comment = region.tokens.find(({ kind }) => kind === 'comment')
  if (comment !== undefined) return freeText(comment)
  const read = readRegion(region, 1)
  if ('start' in read) return freeText(read)
  return ok(isComparison(read) ? { all: [read] } : read)
}

function freeText({ start, end }: TextRange): Result<never, FreeText> {
  return err({ code: 'condition.freeText', range: { start, end } })
}

/** The condition that a region holds, or the range of the part that is none. */
function readRegion(region: Region, depth: number): Condition | TextRange {
  let inner = region
  while (isWrapped(inner)) inner = { ...inner, first: inner.first + 1, last: inner.last - 1 }
  const { isAll, parts } = splitRegion(inner)
  const word = wordOf(inner)
  const isGroup = parts.length > 1 || word === 'true' || word === 'false'
  if (!isGroup) return readPart(inner)
  // What is one level too deep may still be `between`, which is no group.
  if (depth > MAX_CONDITION_DEPTH + (parts.length === 2 ? 1 : 0)) return rangeOf(inner)
  if (parts.length === 1) return word === 'true' ? { all: [] } : { any: [] }
  const isMarked = wordOf(parts[0]!) === String(isAll)
  const members: Condition[] = []
  for (const part of isMarked ? parts.slice(1) : parts) {
    const member = readRegion(part, depth + 1)
    if ('start' in member) return member
    members.push(member)
  }
  const mayBeBetween = isAll && !isMarked && (depth > 1 || inner !== region)
  const between = mayBeBetween ? readBetween(members) : undefined
  if (between !== undefined) return between
  if (depth > MAX_CONDITION_DEPTH) return rangeOf(inner)
  return isAll ? { all: members } : { any: members }
}

/** A region without `&&` and `||`. */
function readPart(region: Region): Comparison | TextRange {
  const range = rangeOf(region)
  const syntax = parseSource(region.source.slice(range.start, range.end))
  return (isSyntax(syntax) ? readComparison(syntax) : undefined) ?? range
}

function readBetween([least, most, ...more]: readonly Condition[]): Comparison | undefined {
  if (least === undefined || most === undefined || more.length > 0) return undefined
  if (!isComparison(least) || !isComparison(most) || least[0] !== most[0]) return undefined
  if (least[1] !== 'atLeast' || most[1] !== 'atMost') return undefined
  return [least[0], 'between', [least[2], most[2]]]
}

/** The only word of a region, which no brackets stand around. */
function wordOf({ tokens, first, last }: Region): string | undefined {
  return first === last ? tokens[first]!.text : undefined
}

function rangeOf({ tokens, first, last }: Region): TextRange {
  return { start: tokens[first]!.start, end: tokens[last]!.end }
}

function isComparison(condition: Condition | TextRange): condition is Comparison {
  return Array.isArray(condition)
}
