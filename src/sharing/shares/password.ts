import { scryptAsync } from '@noble/hashes/scrypt.js'
import { randomBytes } from '@noble/hashes/utils.js'
import { decode, encode } from 'jose/base64url'
import { constantTimeEqual } from '../../base/constant-time.ts'
import type { PasswordHash } from '../../releases/state.ts'

/** What hashing costs: 64 MB and a fifth of a second for each guess. */
export const SCRYPT_COST = { n: 2 ** 16, r: 8, p: 1 } as const

export type ScryptCost = Pick<PasswordHash, 'n' | 'r' | 'p'>

const SALT_BYTES = 16
const HASH_BYTES = 32

/** Hashes a password with a salt of its own, by scrypt (RFC 7914). The parameters stand beside the hash. */
export async function hashPassword(password: string, cost: ScryptCost = SCRYPT_COST): Promise<PasswordHash> {
  const salt = randomBytes(SALT_BYTES)
  const { n, r, p } = cost
  const hash = await derive(password, salt, { n, r, p })
  return { kdf: 'scrypt', n, r, p, salt: encode(salt), hash: encode(hash) }
}

/** True for the password that a hash was made of. */
export async function verifyPassword(
  password: string,
  { salt, hash, ...cost }: PasswordHash,
): Promise<boolean> {
  return constantTimeEqual(await derive(password, decode(salt), cost), decode(hash))
}

/** Keyboards write one character in several ways; NFKC makes them one. */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC')
}

function derive(password: string, salt: Uint8Array, { n, r, p }: ScryptCost): Promise<Uint8Array> {
  // Others get their turn in between.
  return scryptAsync(normalisePassword(password), salt, { N: n, r, p, dkLen: HASH_BYTES, asyncTick: 10 })
}
