/** Digits of the longest number that E.164 knows. */
export const MAX_NUMBER_DIGITS = 15

/** UTF-16 units of a text that is looked at for a number; what is longer holds none. */
export const MAX_NUMBER_LENGTH = 64

/** What networks and gateways put in the place of a number that the caller does not show. */
const WITHHELD: ReadonlySet<string> = new Set([
  '',
  'anonymous',
  'private',
  'restricted',
  'unavailable',
  'unknown',
  'withheld',
])

const PLUS = 0x2b
const OPEN = 0x28

/** Space, tab, brackets, dash, dot, slash, and the spaces and dashes that word processors put in their place. */
const SEPARATORS: ReadonlySet<number> = new Set([
  0x20, 0x09, 0x28, 0x29, 0x5b, 0x5d, 0x2d, 0x2e, 0x2f, 0xa0, 0x2007, 0x2009, 0x202f, 0x2010, 0x2011, 0x2012,
  0x2013, 0x2014, 0x2015, 0x2212,
])

/**
 * The digits of a number in E.164 form, without the plus: `+49 151/123-45` is `4915112345`. A leading `00` stands for
 * the plus, and digits without either are taken to be complete. `undefined` for what cannot be compared: a withheld
 * number, one in national form (it begins with a single 0, or has `(0)` in it), more than 15 digits, letters.
 */
export function normalisePhoneNumber(text: string | undefined): string | undefined {
  const value = numberValue(text)
  if (value === 0) return undefined
  // Where there is a digit for every character behind the plus, they stand there already.
  if (text!.charCodeAt(0) === PLUS && value >= 10 ** (text!.length - 2)) return text!.slice(1)
  return String(value)
}

/**
 * The same digits as one number, 0 where there are none to compare. No number in E.164 form begins with 0 and none is
 * longer than 15 digits, so that different numbers have different values, and all of them are exact.
 */
export function numberValue(text: string | undefined): number {
  // A network that knows no number may send null.
  if (typeof text !== 'string' || text.length > MAX_NUMBER_LENGTH) return 0
  let value = 0
  let digits = 0
  let zeros = 0
  let plus = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const digit = code - 0x30
    if (digit >= 0 && digit <= 9) {
      if (value === 0) {
        if (digit === 0) {
          if (plus || ++zeros > 2) return 0
          continue
        }
        if (zeros === 1) return 0
      }
      if (++digits > MAX_NUMBER_DIGITS) return 0
      value = value * 10 + digit
    } else if (code === PLUS) {
      if (plus || zeros > 0 || value > 0) return 0
      plus = true
    } else if (!SEPARATORS.has(code) || (code === OPEN && text.startsWith('(0)', i))) return 0
  }
  return value
}

/** True where nobody said which number it is. Only of use where `numberValue` finds none. */
export function isWithheld(text: string | undefined): boolean {
  return (
    typeof text !== 'string' || (text.length <= MAX_NUMBER_LENGTH && WITHHELD.has(text.trim().toLowerCase()))
  )
}
