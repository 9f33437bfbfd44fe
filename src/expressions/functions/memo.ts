/** The most answers that one function keeps. */
const MAX_KEPT = 64

/** A function that keeps its latest answers by their text argument; for formatters, which are dear to make. */
export function memo<T>(make: (key: string) => T): (key: string) => T {
  const kept = new Map<string, T>()
  return (key) => {
    let value = kept.get(key)
    if (value === undefined) {
      value = make(key)
      if (kept.size >= MAX_KEPT) kept.clear()
      kept.set(key, value)
    }
    return value
  }
}
