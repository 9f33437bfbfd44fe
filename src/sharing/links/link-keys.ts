import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from '../../base/canonical.ts'
import { SluiceError } from '../../base/sluice-error.ts'

/** Bytes that a secret has at least: as many as the keys that are made of it. */
const MIN_SECRET = 32

const KEY_BYTES = 32

/** Keys that are kept; a workspace has few applications. */
const KEPT = 1_000

/**
 * The keys of applications. Each is derived from a secret of the host (HKDF with SHA-256, RFC 5869), so that no store and
 * no event ever holds one.
 */
export class LinkKeys {
  readonly #secrets: readonly Uint8Array[]
  readonly #known = new Map<string, readonly Uint8Array[]>()

  /** The first secret signs; those behind it are still accepted. Throws `sharing.secret` for one that is too short. */
  constructor(secrets: readonly string[]) {
    if (secrets.length === 0) throw badSecret()
    this.#secrets = secrets.map((secret) => {
      const bytes = typeof secret === 'string' ? utf8ToBytes(secret) : new Uint8Array()
      if (bytes.length < MIN_SECRET) throw badSecret()
      return bytes
    })
  }

  /** One key for each secret. `number` counts the keys of an application. */
  of(workspace: string, application: string, number: number): readonly Uint8Array[] {
    const info = canonicalJson(['sluice.link', workspace, application, number])
    const known = this.#known.get(info)
    if (known !== undefined) return known
    const keys = this.#secrets.map((secret) => hkdf(sha256, secret, undefined, utf8ToBytes(info), KEY_BYTES))
    if (this.#known.size >= KEPT) this.#known.clear()
    this.#known.set(info, keys)
    return keys
  }
}

function badSecret(): SluiceError {
  return new SluiceError({
    code: 'sharing.secret',
    problem: `A secret for links has to have ${MIN_SECRET} bytes at least`,
    next: 'Make one with a generator of random bytes, and keep it where other secrets of the host are kept',
  })
}
