import type { ResultEvent } from '../nodes/index.ts'

/** True where an awaited effect could not be done, or its receiver answered with an error status. */
export function resultFailed({ error, status }: ResultEvent): boolean {
  return error !== undefined || (status !== undefined && status >= 400)
}

/** True where the host gave up waiting for whoever should have done it. */
export function resultTimedOut({ error }: ResultEvent): boolean {
  return error === 'timeout'
}
