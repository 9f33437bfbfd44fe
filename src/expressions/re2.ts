import { RE2JS } from 're2js'
import { patternWeight } from './pattern-weight.ts'
import type { RegexEngine } from './types.ts'

/** UTF-16 units of one pattern. */
export const MAX_PATTERN_LENGTH = 1_000

/** Steps of one pattern with its counters written out, which is what each character of a text may cost. */
export const MAX_PATTERN_STEPS = 1_200

/**
 * Regular expressions in time linear to the text, whatever the pattern: RE2 syntax, so no look-around and no
 * back-references. `compile` throws for a pattern that it cannot read, and for one that is too large: linear time is
 * still long where counters inside of counters make thousands of steps of a few characters.
 */
export const re2Engine: RegexEngine = {
  compile(pattern) {
    if (pattern.length > MAX_PATTERN_LENGTH) {
      throw new RangeError(
        `A pattern has at most ${MAX_PATTERN_LENGTH} characters, this one has ${pattern.length}.`,
      )
    }
    const steps = patternWeight(pattern)
    if (steps > MAX_PATTERN_STEPS) {
      throw new RangeError(
        `A pattern has at most ${MAX_PATTERN_STEPS} steps when its counters are written out, this one has ${steps}.`,
      )
    }
    const compiled = RE2JS.compile(pattern)
    return (text) => compiled.matcher(text).find()
  },
}
