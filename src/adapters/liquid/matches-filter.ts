import { toValue } from 'liquidjs'
import { NO_REGEX_ENGINE, PATTERN } from '../../expressions/fault.ts'
import { memo } from '../../expressions/functions/memo.ts'
import { textCost } from '../../expressions/meter.ts'
import { patternWeight } from '../../expressions/pattern-weight.ts'
import type { RegexEngine } from '../../expressions/types.ts'
import { type FilterHandler, Halt, meterOf } from './meter.ts'
import { toText } from './to-text.ts'

type Test = ((text: string) => boolean) | null

/** Patterns that were read, by engine: a template asks for the same ones again and again. */
const KNOWN = new WeakMap<RegexEngine, (pattern: string) => Test>()

/** `{{ text | matches: "pattern" }}`: true where some part of the text matches, in linear time. Not in other Liquids. */
export const matches: FilterHandler = function (value, pattern) {
  const meter = meterOf(this.context)
  if (meter.regex === undefined) throw new Halt(NO_REGEX_ENGINE)
  const text = toText(toValue(value), meter)
  const source = toText(toValue(pattern), meter)
  // As `matches` of CEL is paid for: by the text and the pattern with its counters written out, known or not.
  meter.spend(source.length + (1 + textCost(text.length)) * (1 + Math.floor(patternWeight(source) / 16)))
  const test = compilerOf(meter.regex)(source)
  if (test === null) throw new Halt(PATTERN)
  return test(text)
}

function compilerOf(regex: RegexEngine): (pattern: string) => Test {
  const known = KNOWN.get(regex)
  if (known !== undefined) return known
  const compile = memo((pattern: string): Test => {
    try {
      return regex.compile(pattern)
    } catch {
      return null
    }
  })
  KNOWN.set(regex, compile)
  return compile
}
