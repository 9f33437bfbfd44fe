/** A server may ask for a pause, not for one that outlasts whatever waits for it. */
const LONGEST_MS = 86_400_000

/** Statuses with which a server says that the same request may do better later. */
export function mayPass(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500
}

/** The header `retry-after` in milliseconds: it holds seconds, or an instant (RFC 9110, 10.2.3). At most a day. */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_MS)
}
