import { HttpFault } from './http-fault.ts'

/** The longest that a timer of Node takes; beyond, it would fire at once. */
const LONGEST_MS = 2 ** 31 - 1

/**
 * Runs a request with a signal that aborts when the time is over or the host gives up. Rejects with an `HttpFault` alone:
 * errors of the machine hold addresses and parts of what was sent, and leave nothing here but their code.
 */
export async function withDeadline<T>(
  timeoutMs: number,
  outer: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const inner = new AbortController()
  const giveUp = () => inner.abort(new HttpFault('http.aborted', 'The host has given the request up'))
  const timer = setTimeout(
    () => inner.abort(new HttpFault('http.timeout', 'The time for the request is over')),
    Math.min(timeoutMs, LONGEST_MS),
  )
  outer.addEventListener('abort', giveUp, { once: true })
  if (outer.aborted) giveUp()
  try {
    inner.signal.throwIfAborted()
    return await run(inner.signal)
  } catch (error) {
    inner.signal.throwIfAborted()
    throw error instanceof HttpFault ? error : networkFault(error)
  } finally {
    clearTimeout(timer)
    outer.removeEventListener('abort', giveUp)
  }
}

function networkFault(error: unknown): HttpFault {
  const { code } = error as { readonly code?: unknown }
  const detail = typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? ` (${code})` : ''
  return new HttpFault('http.network', `The request could not be made, or its answer not be read${detail}`)
}
