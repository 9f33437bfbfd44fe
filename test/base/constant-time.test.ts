import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { constantTimeEqual } from '../../src/base/constant-time.ts'

const bytes = (...octets: number[]) => Uint8Array.from(octets)

describe('constantTimeEqual', () => {
  it.each<[Uint8Array | string, Uint8Array | string]>([
    ['', ''],
    ['v1,abc', 'v1,abc'],
    [bytes(), bytes()],
    [bytes(0, 255), bytes(0, 255)],
    ['ü', bytes(0xc3, 0xbc)],
    [bytes(0x61), 'a'],
  ])('finds %j and %j the same', (a, b) => {
    expect(constantTimeEqual(a, b)).toBe(true)
  })

  it.each<[Uint8Array | string, Uint8Array | string]>([
    ['', 'a'],
    ['abc', 'abd'],
    ['abc', 'bbc'],
    ['abc', 'abcd'],
    ['\ud800', '\ufffd'],
    ['Ā', '\0'],
    [bytes(1, 2), bytes(1, 3)],
    [bytes(1, 2), bytes(1)],
    ['ü', bytes(0xfc)],
  ])('finds %j and %j different', (a, b) => {
    expect(constantTimeEqual(a, b)).toBe(false)
  })

  it('agrees with the plain comparison of texts', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 8 })
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        expect(constantTimeEqual(a, b)).toBe(a === b)
        expect(constantTimeEqual(a, a)).toBe(true)
      }),
    )
  })

  it('agrees with the plain comparison of bytes', () => {
    const octets = fc.uint8Array({ max: 1, maxLength: 6 })
    fc.assert(
      fc.property(octets, octets, (a, b) => {
        expect(constantTimeEqual(a, b)).toBe(Buffer.compare(a, b) === 0)
      }),
    )
  })
})
