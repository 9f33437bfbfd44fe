import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/index.ts'
import { isLargerThan, isLight, utf8Length } from '../../src/interpreter/json-size.ts'

const TEXTS = [
  '',
  'a',
  'é',
  '€',
  '😀',
  '\u07ff',
  '\u0800',
  '\uffff',
  '\u0080',
  '\u007f',
  'aé€😀',
  'x'.repeat(50),
]

describe('the size of JSON', () => {
  it.each(TEXTS)('counts the UTF-8 bytes of %j', (text) => {
    expect(utf8Length(text)).toBe(Buffer.byteLength(text))
  })

  it.each<[Json]>([
    ...TEXTS.map((text): [Json] => [text]),
    ['"\\\n'],
    [{ a: 'é' }],
    [['😀', { b: [1, null, true] }]],
    [[]],
    [{}],
    ['\u0001'.repeat(7)],
  ])('finds the exact size of %j', (value) => {
    const bytes = Buffer.byteLength(JSON.stringify(value))
    expect(isLargerThan(value, bytes)).toBe(false)
    expect(isLargerThan(value, bytes - 1)).toBe(true)
  })

  it.each<[Json]>([[1], [true], [null]])('takes %j for small', (value) => {
    expect(isLargerThan(value, 1)).toBe(false)
  })

  it.each<[Json, boolean]>([
    ['', true],
    ['x'.repeat(128), true],
    ['x'.repeat(129), false],
    [5, true],
    [false, true],
    [null, true],
    [[], false],
    [{}, false],
  ])('%j is light: %s', (value, light) => {
    expect(isLight(value)).toBe(light)
  })
})
