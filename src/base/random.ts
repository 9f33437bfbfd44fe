/** The port for randomness outside of sessions, such as ids and jitter: a number in [0, 1). */
export interface Random {
  next(): number
}

/** The 32-bit state that a text seeds (FNV-1a). Equal seeds give equal states. */
export function seedRandom(seed: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** The state after one draw. */
export function advanceRandom(state: number): number {
  return (state + 0x6d2b79f5) >>> 0
}

/** The number in [0, 1) that a state stands for (mulberry32, a public-domain generator by Tommy Ettinger). */
export function readRandom(state: number): number {
  let t = Math.imul(state ^ (state >>> 15), state | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

/** A source of numbers that a seed determines: equal seeds give equal sequences. */
export function seededRandom(seed: string): Random {
  let state = seedRandom(seed)
  return {
    next() {
      state = advanceRandom(state)
      return readRandom(state)
    },
  }
}

/** The randomness of the machine. */
export const systemRandom: Random = { next: () => Math.random() }
