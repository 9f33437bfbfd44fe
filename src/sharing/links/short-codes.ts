import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { encode } from 'jose/base64url'
import { customAlphabet } from 'nanoid'
import type { Ids } from '../../base/ports.ts'

/** Letters and digits that nobody takes for one another when reading them out. */
const ALPHABET = '23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ'

/** 14 of 56 characters are 81 bits: with a million links, a million guesses a second find one in 90,000 years. */
const LENGTH = 14

const next = customAlphabet(ALPHABET, LENGTH)

/** Codes for short links: unguessable, and easy to read out. */
export const randomCodes: Ids = { next: () => next() }

/** What is kept of a code: whoever reads the store of links cannot open them by it. */
export function hashCode(code: string): string {
  return encode(sha256(utf8ToBytes(code)))
}
