import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Json, JsonObject } from './json.ts'

/**
 * JSON text with object members in code-unit order and no white space: equal values give equal text.
 * Members that are `undefined` are left out. The value must have passed `checkJson` where it comes from outside.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value !== 'object' || value === null) return String(value)
  let text = ''
  if (Array.isArray(value)) {
    for (const entry of value) text += `${text === '' ? '' : ','}${canonicalJson(entry ?? null)}`
    return `[${text}]`
  }
  const object = value as JsonObject
  for (const key of Object.keys(object).sort()) {
    const member = object[key]
    if (member !== undefined) text += `${text === '' ? '' : ','}${quote(key)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}

/** Most texts need no escapes; quoting those by hand is several times faster. */
function quote(text: string): string {
  return /["\\\p{Cc}\p{Cs}]/u.test(text) ? JSON.stringify(text) : `"${text}"`
}

/**
 * The hash by which documents and executables are named: the first 160 bits of SHA-256 over the canonical
 * JSON, in base64url, 27 characters. Long enough to name content, short enough to stand in every session.
 */
export function hashJson(value: Json): string {
  return base64url(sha256(utf8ToBytes(canonicalJson(value))).subarray(0, 20))
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function base64url(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += ALPHABET.charAt(group >> 18) + ALPHABET.charAt((group >> 12) & 63)
    if (i + 1 < bytes.length) text += ALPHABET.charAt((group >> 6) & 63)
    if (i + 2 < bytes.length) text += ALPHABET.charAt(group & 63)
  }
  return text
}
