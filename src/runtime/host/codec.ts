import { SluiceError } from '../../base/sluice-error.ts'

/**
 * Turns what is stored into something that only the host can read, and back: sessions, history, work, dead letters and log
 * entries. What a store has to find things by stays readable: ids, heads with the id of the contact (of somebody unknown
 * their address), marks with addresses and names of events, claims with ids of what came in and the identifiers by which
 * duplicates are prevented, names of counts. Contacts are kept as they are. Texts are UTF-16 and well formed.
 */
export interface Codec {
  encode(text: string): string | Promise<string>
  /** Throws for what it has not encoded. */
  decode(text: string): string | Promise<string>
}

/** Stores texts as they are. */
export const PLAIN: Codec = { encode: (text) => text, decode: (text) => text }

export interface AesCodecOptions {
  /** Keys of 32 bytes by name. Texts of every key that is listed can be read. */
  readonly keys: { readonly [name: string]: Uint8Array }
  /** The key that is written with. */
  readonly current: string
}

/**
 * Encrypts what is stored with AES-256-GCM by the Web Crypto API. Each text names its key, so that keys can be changed: list
 * the new one, make it current, and keep the old one for as long as texts of it are there.
 *
 * @example
 * const codec = aesCodec({ keys: { k1: crypto.getRandomValues(new Uint8Array(32)) }, current: 'k1' })
 */
export function aesCodec({ keys, current }: AesCodecOptions): Codec {
  const imported = new Map<string, Promise<Key>>()
  const keyOf = (name: string): Promise<Key> => {
    const bytes = Object.hasOwn(keys, name) ? keys[name] : undefined
    if (bytes?.length !== 32) {
      const problem = `There is no key ${JSON.stringify(name)} of 32 bytes`
      return Promise.reject(
        new SluiceError({ code: 'codec.key', problem, next: 'List every key that texts were written with' }),
      )
    }
    let key = imported.get(name)
    if (key === undefined) {
      key = crypto.subtle.importKey('raw', Uint8Array.from(bytes), 'AES-GCM', false, ['encrypt', 'decrypt'])
      imported.set(name, key)
    }
    return key
  }
  return {
    async encode(text) {
      const key = await keyOf(current)
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const bytes = new TextEncoder().encode(text)
      const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes))
      return `${PREFIX}:${encodeURIComponent(current)}:${toBase64(iv)}:${toBase64(sealed)}`
    },
    async decode(text) {
      const [prefix, name = '', iv = '', sealed = ''] = text.split(':')
      if (prefix !== PREFIX) throw unreadable('was not written by this codec')
      const key = await keyOf(nameIn(name))
      try {
        const algorithm = { name: 'AES-GCM', iv: fromBase64(iv) }
        return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, fromBase64(sealed)))
      } catch {
        throw unreadable('was changed, or was written with another key')
      }
    },
  }
}

type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>

const PREFIX = 'aes256gcm'

function unreadable(how: string): SluiceError {
  return new SluiceError({
    code: 'codec.unreadable',
    problem: `A stored text ${how}`,
    next: 'Open the database with the codec and the keys that it was written with',
  })
}

/** The name of a key as it was given. */
function nameIn(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    throw unreadable('was not written by this codec')
  }
}

function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
