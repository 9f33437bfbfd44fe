import { SluiceError } from '../../base/sluice-error.ts'

/**
 * What signs: `whsec_` and the key in base64, as Standard Webhooks writes secrets, or any other text, which is the key
 * itself. Several while one takes over from another: all of them sign, and each is believed.
 */
export type WebhookSecret = string | readonly string[]

const PREFIX = 'whsec_'

/** Shorter keys could be found by trying. */
const LEAST_BYTES = 16

/** The keys of a secret. Throws `webhook.secret` for one that could not protect anything; the secret itself is not named. */
export function webhookKeys(secret: WebhookSecret): readonly Uint8Array[] {
  // Secrets come out of the environment, where one that nobody has set is undefined.
  const secrets: readonly unknown[] = Array.isArray(secret) ? secret : [secret]
  const keys = secrets.map(keyOf)
  if (keys.length === 0) throw badSecret('There is no secret to sign with')
  return keys
}

function keyOf(secret: unknown): Uint8Array {
  if (typeof secret !== 'string') throw badSecret('A secret is missing, or is no text')
  const key = secret.startsWith(PREFIX)
    ? fromBase64(secret.slice(PREFIX.length))
    : new TextEncoder().encode(secret)
  if (key.length < LEAST_BYTES) throw badSecret(`A secret is shorter than ${LEAST_BYTES} bytes`)
  return key
}

function fromBase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw badSecret(`What follows ${PREFIX} in a secret is no base64`)
  return Buffer.from(text, 'base64')
}

function badSecret(problem: string): SluiceError {
  return new SluiceError({
    code: 'webhook.secret',
    problem,
    next: `Take 24 or more random bytes, write them in base64 and put ${PREFIX} before them`,
  })
}
