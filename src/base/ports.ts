import { nanoid } from 'nanoid'

/** The port for time: milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  now(): number
}

/** The port for fresh ids: unguessable, unique, made of URL-safe characters. */
export interface Ids {
  next(): string
}

/** The clock of the machine. */
export const systemClock: Clock = { now: () => Date.now() }

/** Ids of 21 URL-safe characters (nanoid). */
export const randomIds: Ids = { next: () => nanoid() }
