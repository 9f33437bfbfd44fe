import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWithheld, normalisePhoneNumber, numberValue } from '../../../src/releases/gray/phone-number.ts'

const digits = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 14 }))
  .map(([first, rest]) => `${first}${rest}`)

describe('phone numbers', () => {
  it.each([
    '+4915112345678',
    '4915112345678',
    '004915112345678',
    '00 49 151 12345678',
    '+49 151 123-45-678',
    '+49.151.12345678',
    '+49 151/12345678',
    '(+49) 151 [12345678]',
    ' +49\t151\u00a0123\u202f45\u2011678 ',
  ])('[GRY-3] compare as E.164: %j', (text) => {
    expect(normalisePhoneNumber(text)).toBe('4915112345678')
  })

  it.each([
    '0151 12345678',
    '0',
    '(0)151 12345678',
    '000491511',
    '+0151',
    '+00491511',
    '+49 (0)151 12345678',
  ])('[GRY-3] in national form cannot be compared: %j', (text) => {
    expect(normalisePhoneNumber(text)).toBeUndefined()
    expect(isWithheld(text)).toBe(false)
  })

  it.each([
    '+',
    '00',
    '--',
    '++491',
    '49+151',
    '+49a151',
    'sip:491511@example.com',
    '1'.repeat(16),
    '*100#',
    '٤٩١٥١',
  ])('[GRY-3] are not made out of anything else: %j', (text) => {
    expect(normalisePhoneNumber(text)).toBeUndefined()
  })

  it.each([
    undefined,
    '',
    ' ',
    'anonymous',
    'Anonymous',
    'unknown',
    'RESTRICTED',
    'private',
    'withheld',
    'unavailable',
  ])('[GRY-3] that are withheld are none: %j', (text) => {
    expect(normalisePhoneNumber(text)).toBeUndefined()
    expect(isWithheld(text)).toBe(true)
  })

  it('[GRY-3] have 1 to 15 digits', () => {
    expect(normalisePhoneNumber('+1')).toBe('1')
    expect(normalisePhoneNumber(`+${'9'.repeat(15)}`)).toBe('9'.repeat(15))
    expect(normalisePhoneNumber(`+${'9'.repeat(16)}`)).toBeUndefined()
  })

  it('[GRY-3] are read from 64 characters and from no more', () => {
    expect(normalisePhoneNumber('+1'.padEnd(64))).toBe('1')
    expect(normalisePhoneNumber('+1'.padEnd(65))).toBeUndefined()
  })

  it('[GRY-3] are the same with and without a plus, 00 and separators', () => {
    fc.assert(
      fc.property(
        digits,
        fc.constantFrom('+', '00', '', ' + ', '(00)'),
        fc.constantFrom('', ' ', '-', '/ '),
        (n, head, gap) => {
          expect(normalisePhoneNumber(head + [...n].join(gap))).toBe(n)
          expect(numberValue(head + n)).toBe(Number(n))
        },
      ),
    )
  })
})
