import type { HttpCall } from './http-client.ts'
import { HttpFault } from './http-fault.ts'

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** What another server may be told. Anything else a flow has set was meant for the first one: keys come by many names. */
const FOR_ANYBODY: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-language',
  'content-length',
  'content-type',
  'idempotency-key',
  'user-agent',
])

/**
 * The request that an answer leads to; `undefined` where it leads nowhere. Methods change as they do in browsers: a POST
 * that is told 301 or 302 becomes a GET, and so does anything that is told 303. To another origin go only those headers
 * that hold no secret.
 */
export function redirect(call: HttpCall, status: number, location: string | undefined): HttpCall | undefined {
  if (location === undefined || !REDIRECTS.has(status)) return undefined
  const url = targetOf(location, call.url)
  const headers = new Map(call.headers)
  if (url.origin !== call.url.origin)
    for (const name of headers.keys()) if (!FOR_ANYBODY.has(name)) headers.delete(name)
  if (!becomesGet(status, call.method)) return { ...call, url, headers }
  for (const name of headers.keys()) if (name.startsWith('content-')) headers.delete(name)
  return { method: 'GET', url, headers }
}

function becomesGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD'
  return (status === 301 || status === 302) && method === 'POST'
}

/** Node reads headers as Latin-1; the address in one is UTF-8 where it is not plain. */
function targetOf(location: string, base: URL): URL {
  const address = Buffer.from(location, 'latin1').toString('utf8')
  const url = URL.canParse(address, base.href) ? new URL(address, base) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw new HttpFault('http.badRedirect', 'The server redirects to an address that requests do not go to')
  return url
}
