import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { decode, encode } from 'jose/base64url'
import { constantTimeEqual } from '../../base/constant-time.ts'
import type { Link, Parameters } from './link.ts'
import { digestOf } from './parameters.ts'

/** HMAC with SHA-256: one side signs and verifies. */
const ALGORITHM = 'HS256'

/** What kind of token it is, so that no other token of the same key is taken for one (RFC 8725, 3.11). */
const TYPE = 'sluice-link+jwt'

/** Why a token is not accepted. */
export type TokenFault =
  | { readonly code: 'link.badToken'; readonly fault: string }
  | { readonly code: 'link.changed' }

/** The token of a link: a JWT that says which link it is, whose, and what it passes on. */
export function signLink(
  link: Link,
  parameters: Parameters,
  workspace: string,
  [key]: readonly Uint8Array[],
): Promise<string> {
  const claims = { ...(link.fixedParameters ? { parameters: digestOf(parameters) } : {}) }
  const token = new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: keyIdOf(link) })
    .setJti(link.id)
    .setIssuer(workspace)
    .setAudience(link.application)
    .setSubject(link.flow)
  // The end of a link is checked by its record, with a reason of its own: the token binds the two together.
  if (link.expiresAt !== undefined) token.setExpirationTime(Math.ceil(link.expiresAt / 1_000))
  return token.sign(key!)
}

/**
 * What is wrong with a token; `undefined` where it is the one of this link. Takes the same time for a link that is there and
 * for one that is not.
 */
export async function checkToken(
  token: string,
  link: Link,
  parameters: Parameters,
  workspace: string,
  keys: readonly Uint8Array[],
): Promise<TokenFault | undefined> {
  if (token === '') return bad('it has none')
  if (!isCanonical(token)) return bad('it is none that could have been signed')
  const claims = await verified(token, keys)
  if (typeof claims === 'string') return bad(claims)
  const { jti, iss, aud, sub, exp } = claims
  // Looked at in any case: what links ask for is not to be told by how long they take.
  const isUnchanged = constantTimeEqual(String(claims.parameters), digestOf(parameters))
  const isOfLink =
    jti === link.id &&
    iss === workspace &&
    aud === link.application &&
    sub === link.flow &&
    exp === (link.expiresAt === undefined ? undefined : Math.ceil(link.expiresAt / 1_000))
  if (!isOfLink) return bad('it belongs to another link')
  return isUnchanged || !link.fixedParameters ? undefined : { code: 'link.changed' }
}

/** The claims of a token that one of the keys has signed, or the fault. */
async function verified(token: string, keys: readonly Uint8Array[]): Promise<JWTPayload | string> {
  for (const key of keys) {
    try {
      // Whether it has expired is for the record to say.
      const { payload } = await jwtVerify(token, key, {
        algorithms: [ALGORITHM],
        typ: TYPE,
        currentDate: new Date(0),
      })
      return payload
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) continue
      return 'it is malformed'
    }
  }
  return 'its signature is not ours'
}

/** False where other characters would decode to the same bytes: one signature has one spelling. */
function isCanonical(token: string): boolean {
  try {
    return token.split('.').every((part) => encode(decode(part)) === part)
  } catch {
    return false
  }
}

function keyIdOf({ application, key }: Link): string {
  return `${application}.${key}`
}

function bad(fault: string): TokenFault {
  return { code: 'link.badToken', fault }
}
