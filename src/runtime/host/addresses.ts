import { normalisePhoneNumber } from '../../releases/gray/phone-number.ts'

/** Addresses that look different and reach the same: phone numbers by their digits, everything else as it is written. */
export function sameAddress(a: string, b: string): boolean {
  return a === b || foldAddress(a) === foldAddress(b)
}

/** An address in the form in which it is compared. */
export function foldAddress(address: string): string {
  const digits = normalisePhoneNumber(address)
  return digits === undefined ? address.trim().toLowerCase() : `+${digits}`
}
