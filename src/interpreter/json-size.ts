import type { Json } from '../base/json.ts'

/** UTF-8 bytes of a text. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    // A surrogate pair is four bytes, two for each half; other units above U+07FF are three.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2
  }
  return bytes
}

/** True where the JSON of a value takes more than `max` UTF-8 bytes. Most texts are settled by their length. */
export function isLargerThan(value: Json, max: number): boolean {
  if (typeof value === 'string') {
    if (value.length * 6 + 2 <= max) return false
    return value.length + 2 > max || utf8Length(JSON.stringify(value)) > max
  }
  if (typeof value !== 'object' || value === null) return false
  const text = JSON.stringify(value)
  return text.length > max || (text.length * 3 > max && utf8Length(text) > max)
}

/** UTF-16 units up to which a text counts as short. */
export const LIGHT_LENGTH = 128

/**
 * True for what cannot make a session large: scalars and short texts. A session that only took such values since
 * it was last measured is bounded by its number of variables, and is not measured again.
 */
export function isLight(value: Json): boolean {
  return typeof value === 'string'
    ? value.length <= LIGHT_LENGTH
    : typeof value !== 'object' || value === null
}
