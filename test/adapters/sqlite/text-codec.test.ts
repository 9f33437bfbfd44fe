import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { behindPrefix, decodeText, encodeText } from '../../../src/adapters/sqlite/text-codec.ts'

const texts = fc.string({
  unit: fc.constantFrom('a', '1', '2', '3', '\u0000', '\u0001', '\u0002', '\ud83d', '\ude00', '😀', '\uffff'),
})
/** The order in which SQLite compares. */
const order = (a: string, b: string) => Buffer.compare(Buffer.from(encodeText(a)), Buffer.from(encodeText(b)))

describe('texts as they are kept', () => {
  it('are most texts themselves', () => {
    for (const text of ['', 'ä€😀', '{"a":"\\u0000"}', '\n\t\u2028']) expect(encodeText(text)).toBe(text)
  })

  it('have nothing in them that SQLite or a driver would lose, and come back as they were', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const kept = encodeText(text)
        expect(kept).not.toContain('\u0000')
        expect(Buffer.from(kept).toString()).toBe(kept)
        expect(decodeText(kept)).toBe(text)
      }),
    )
  })

  it('stand in the order of code points', () => {
    const sorted = ['', '\u0000', '\u0000a', '\u0001', '\u0001a', '\u0002', 'a', 'b', '\uffff', '😀']
    expect([...sorted].reverse().sort(order)).toEqual(sorted)
  })
})

describe('what is behind all texts with a prefix', () => {
  it.each([
    ['', undefined],
    ['a', 'b'],
    ['ab/', 'ab0'],
    ['a\u{10FFFF}', 'b'],
    ['\u{10FFFF}\u{10FFFF}', undefined],
    ['\ud7ff', '\ue000'],
    ['\uffff', '\u{10000}'],
  ])('%j is %j', (prefix, behind) => {
    expect(behindPrefix(prefix)?.text).toBe(behind)
  })
})
