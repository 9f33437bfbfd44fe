/** Where a process can be killed, as the counts name it. */
export const PLACES = [
  'before the write',
  'between write and sync',
  'after commit',
  'before the acknowledgement',
  'in a handler',
] as const

export type Place = (typeof PLACES)[number]

/** How one life of the child is to end. */
export interface KillPlan {
  readonly place: Place
  /** The child dies when it comes to the place for the so-manieth time. */
  readonly hits: number
  /** True where the machine loses its power with it: what the disk was not told to keep may be gone. */
  readonly power: boolean
}

/** What is taken out to see that the harness notices. */
export type Without =
  /** The store waits for no disk: `durability: 'relaxed'`. */
  | 'sync'
  /** The host does not remember what it has taken in: claims are neither stored nor found. */
  | 'claims'
  /** The receiver does everything that it is handed, whether it knows the key or not. */
  | 'keys'
  /** Each try at an effect carries another key. */
  | 'stable keys'

/** Numbers from 0 up to 1 that follow from a text: mulberry32 over an FNV-1a hash. */
export function seeded(text: string): () => number {
  let state = 0x811c9dc5
  for (const character of text) state = Math.imul(state ^ character.codePointAt(0)!, 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
