/** A property as text: numbers and booleans as they print, anything else as `undefined`. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** Seconds as a duration; a wait has no deadline where there are none. */
export function durationOf(value: unknown, longest = MAX_SECONDS): string | undefined {
  const seconds = Math.ceil(Number(textOf(value)))
  return seconds > 0 && Number.isFinite(seconds) ? `${Math.min(seconds, longest)}s` : undefined
}

export function timeoutOf(value: unknown): { readonly timeout?: string } {
  const timeout = durationOf(value)
  return timeout === undefined ? {} : { timeout }
}

/** 366 days, the longest duration that a flow may name. */
const MAX_SECONDS = 31_622_400

/** A task waits so long in a queue where nothing is said. */
export const QUEUE_WAIT = '3600s'
