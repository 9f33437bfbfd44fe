import type { Store } from '../../../src/runtime/index.ts'

/** A store whose calls take a few turns of the event loop before they do their work, and a few after; by a seed. */
export function slowStore(store: Store, seed: number): Store {
  let state = seed * 2_654_435_761 + 1
  const turns = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 30
  }
  const pause = async () => {
    for (let left = turns(); left > 0; left--) await new Promise<void>((resolve) => setImmediate(resolve))
  }
  const slow = <Port extends object>(port: Port): Port =>
    Object.fromEntries(
      Object.entries(port).map(([name, call]) => [
        name,
        async (...args: unknown[]) => {
          await pause()
          const answer = await (call as (...args: unknown[]) => unknown)(...args)
          await pause()
          return answer
        },
      ]),
    ) as Port
  return { ...store, sessions: slow(store.sessions), contacts: slow(store.contacts) }
}
