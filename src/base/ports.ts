import { nanoid } from 'nanoid'

/** The port for time: milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  now(): number
}

/** The port for being called back later. */
export interface Timers {
  /** Calls once, after so many milliseconds; returns what calls it off. */
  setTimer(delayMs: number, call: () => void): () => void
}

/** The port for fresh ids: unguessable, unique, made of URL-safe characters. */
export interface Ids {
  next(): string
}

/** The clock of the machine. */
export const systemClock: Clock = { now: () => Date.now() }

/** Ids of 21 URL-safe characters (nanoid). */
export const randomIds: Ids = { next: () => nanoid() }

/**
 * Ids that begin with the time and go on with 14 random characters: those that are made one after the other lie side by side
 * in an index.
 */
export function timedIds(clock: Clock): Ids {
  return { next: () => `${clock.now().toString(36).padStart(9, '0')}${nanoid(14)}` }
}

/** Platforms call at once for what is longer. */
const LONGEST_DELAY_MS = 0x7fff_ffff

/** The timers of the machine; none is longer than 24.8 days. One that is set keeps a process alive. */
export const systemTimers: Timers = {
  setTimer(delayMs, call) {
    const timer = setTimeout(call, Math.min(delayMs, LONGEST_DELAY_MS))
    return () => clearTimeout(timer)
  },
}
