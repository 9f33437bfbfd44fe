import type { Json } from '../../base/json.ts'
import { ARGUMENT, NOT_TEXT } from '../fault.ts'
import { type Meter, spend, textCost } from '../meter.ts'
import { define } from './implementation.ts'

/** Texts without surrogates have as many characters as UTF-16 units. */
const SURROGATE = /[\ud800-\udfff]/

/** Characters, that is Unicode code points, as CEL counts them. */
export function codePoints(text: string): number {
  let count = text.length
  if (SURROGATE.test(text)) {
    count = 0
    for (const _ of text) count++
  }
  return count
}

/** Looking for a part is quadratic where both are long, so it costs their product. */
function searching(meter: Meter, text: string, part: string) {
  return spend(meter, textCost(text.length) * textCost(part.length))
}

const find = (test: (text: string, part: string) => Json) =>
  define('tt', (meter, text: string, part: string) => searching(meter, text, part) ?? test(text, part))

const change = (map: (text: string) => string) => define('t', (_, text: string) => map(text))

export const textFunctions = {
  contains: find((text, part) => text.includes(part)),
  startsWith: define('tt', (_, text: string, part: string) => text.startsWith(part)),
  endsWith: define('tt', (_, text: string, part: string) => text.endsWith(part)),
  indexOf: find((text, part) => {
    const at = text.indexOf(part)
    return at < 0 ? at : codePoints(text.slice(0, at))
  }),
  lowerAscii: change((text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())),
  upperAscii: change((text) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase())),
  lower: change((text) => text.toLowerCase()),
  upper: change((text) => text.toUpperCase()),
  trim: change((text) => text.trim()),
  split: define('tt', (meter, text: string, separator: string) => {
    return searching(meter, text, separator) ?? (separator === '' ? Array.from(text) : text.split(separator))
  }),
  join: define('l?t', (meter, parts: readonly Json[], separator = '') => {
    let length = 0
    for (const part of parts) {
      if (typeof part !== 'string') return NOT_TEXT
      length += part.length + (separator as string).length
    }
    return spend(meter, textCost(length)) ?? parts.join(separator as string)
  }),
  replace: define('ttt', (meter, text: string, part: string, by: string) => {
    const broke = searching(meter, text, part)
    if (broke) return broke
    const pieces = part === '' ? Array.from(text) : text.split(part)
    return spend(meter, pieces.length + textCost(text.length + pieces.length * by.length)) ?? pieces.join(by)
  }),
  substring: define('tn?n', (_, text: string, start: number, end?: number) => {
    const characters = SURROGATE.test(text) ? Array.from(text) : text
    const stop = end ?? characters.length
    if (
      !Number.isInteger(start) ||
      !Number.isInteger(stop) ||
      start < 0 ||
      stop < start ||
      stop > characters.length
    ) {
      return ARGUMENT
    }
    const part = characters.slice(start, stop)
    return typeof part === 'string' ? part : part.join('')
  }),
}
