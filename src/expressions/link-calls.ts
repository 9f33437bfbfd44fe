import { isJsonObject, type Json } from '../base/json.ts'
import { fault, isFault, NO_REGEX_ENGINE, NOT_FINITE, notUsable, PATTERN, TYPE, type Value } from './fault.ts'
import { IMPLEMENTATIONS } from './functions/functions.ts'
import type { Implementation } from './functions/implementation.ts'
import { memo } from './functions/memo.ts'
import { type LinkContext, type Run, unknownTree } from './link-context.ts'
import { isMissing } from './link-reads.ts'
import { type Meter, spend, textCost } from './meter.ts'
import { patternWeight } from './pattern-weight.ts'
import type { Tree } from './tree.ts'

/** `["call", name, …]` */
export function linkCall(name: string, args: readonly Run[], trees: readonly Tree[], cx: LinkContext): Run {
  cx.spends = true
  if (name === 'matches') return linkMatches(args, trees, cx)
  if (!Object.hasOwn(IMPLEMENTATIONS, name)) throw unknownTree(name)
  const { needs, run } = IMPLEMENTATIONS[name] as Implementation
  const letters = needs.replace('?', '')
  const rest = letters.endsWith('+')
  const { meter } = cx
  return (env) => {
    const values: Json[] = []
    for (let i = 0; i < args.length; i++) {
      const value = args[i]!(env)
      if (isFault(value)) return value
      if (!isA(value, letters[rest ? 0 : i])) return TYPE
      values.push(value)
    }
    return spend(meter, 1 + sizeCost(values)) ?? settle(run(meter, ...values), meter)
  }
}

function settle(result: Value, meter: Meter): Value {
  if (typeof result === 'number') return Number.isFinite(result) ? result + 0 : NOT_FINITE
  return spend(meter, sizeCost([result])) ?? result
}

function isA(value: Json, letter: string | undefined): boolean {
  switch (letter) {
    case 't':
      return typeof value === 'string'
    case 'n':
      return typeof value === 'number'
    case 'l':
      return Array.isArray(value)
    case 'o':
      return isJsonObject(value)
    default:
      return true
  }
}

/** What the lengths of texts and lists cost. */
function sizeCost(values: readonly Value[]): number {
  let cost = 0
  for (const value of values) {
    if (typeof value === 'string') cost += textCost(value.length)
    else if (Array.isArray(value)) cost += value.length
  }
  return cost
}

/** `["default", x, y]`: a null and something missing give way; every other fault stays. */
export function linkDefault(read: Run, fallback: Run): Run {
  return (env) => {
    const value = read(env)
    return value === null || isMissing(value) ? fallback(env) : value
  }
}

type Test = (text: string) => boolean

/** Never the RegExp of JavaScript: its time can grow exponentially with the text. */
function linkMatches(
  [text, pattern]: readonly Run[],
  trees: readonly Tree[],
  { regex, meter }: LinkContext,
): Run {
  if (regex === undefined) return () => NO_REGEX_ENGINE
  const compile = memo((source: string): Test | null => {
    try {
      return regex.compile(source)
    } catch {
      return null
    }
  })
  const source = trees[1]
  if (typeof source !== 'string') return linkDynamicPattern(text!, pattern!, compile, meter)
  const test = compile(source)
  if (test === null) {
    const unreadable = fault(
      'pattern',
      `The regular expression ${JSON.stringify(source)} cannot be read or is too large.`,
    )
    return () => unreadable
  }
  const weight = patternWeight(source)
  return (env) => {
    const value = text!(env)
    if (typeof value !== 'string') return notUsable(value)
    return spend(meter, searchCost(value, weight)) ?? test(value)
  }
}

/** Reading the pattern costs its length, whether or not it was read before, so that the cost is always the same. */
function linkDynamicPattern(
  text: Run,
  pattern: Run,
  compile: (source: string) => Test | null,
  meter: Meter,
): Run {
  return (env) => {
    const value = text(env)
    if (typeof value !== 'string') return notUsable(value)
    const source = pattern(env)
    if (typeof source !== 'string') return notUsable(source)
    const broke = spend(meter, source.length) ?? spend(meter, searchCost(value, patternWeight(source)))
    if (broke) return broke
    const test = compile(source)
    return test === null ? PATTERN : test(value)
  }
}

/** Steps of a pattern that may be looked at for 64 characters at the price of one operation. */
const STEPS_PER_OPERATION = 16

/** A linear-time engine takes time in proportion to the text and to the pattern with its counters written out. */
function searchCost(text: string, weight: number): number {
  return 1 + textCost(text.length) * (1 + Math.floor(weight / STEPS_PER_OPERATION))
}
