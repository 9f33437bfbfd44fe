import { checkJson } from '../../base/check-json.ts'
import type { Json } from '../../base/json.ts'
import { HttpFault } from './http-fault.ts'

/**
 * What a body says: JSON where its type says so, else its text; nothing is null. Text that claims to be JSON and is not
 * stays text, for that is how servers in front of others report their errors. Throws `http.badBody` for JSON that no
 * session may hold: too deep, or with a name that could reach a prototype.
 */
export function readAnswer(bytes: Uint8Array, contentType: string | undefined): Json {
  if (bytes.length === 0) return null
  const text = new TextDecoder().decode(bytes)
  if (!isJsonType(contentType)) return text
  let value: Json
  try {
    value = JSON.parse(text)
  } catch {
    return text
  }
  const fault = checkJson(value)
  if (fault !== undefined)
    throw new HttpFault('http.badBody', `The JSON of the answer is refused (${fault.code})`)
  return value
}

/** `application/json`, and whatever builds on it: `application/problem+json`. */
export function isJsonType(contentType = ''): boolean {
  return /^\s*application\/([\w.+-]+\+)?json\s*(;|$)/i.test(contentType)
}
