/** Longer names are keys of machines rather than words that somebody mistypes. */
const MAX_LENGTH = 64

/** Beyond so many slips it is another name, however long. It also bounds what a comparison costs. */
const MAX_SLIPS = 4

/** Names of similar length that are compared; a document may hold thousands of names and as many misses. */
const MAX_COMPARED = 200

/**
 * The candidate that a mistyped name most likely meant, or `undefined` where none is near: a letter that is
 * missing, added, wrong or swapped with the next one is a slip, and there may be one slip for every three letters,
 * one at least and four at most. For messages that end in "did you mean …?", so that it would rather miss a
 * suggestion than take long: of the candidates of similar length it looks at the first 200.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_LENGTH) return undefined
  const wanted = name.toLowerCase()
  let best: string | undefined
  let bestDistance = Math.min(Math.max(Math.floor(name.length / 3), 1), MAX_SLIPS) + 1
  let compared = 0
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue
    if (++compared > MAX_COMPARED) break
    const distance = slipsBetween(...withoutCommonEnds(wanted, candidate.toLowerCase()), bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Names of one flow often begin or end alike, and what they share holds no slip. */
function withoutCommonEnds(a: string, b: string): [string, string] {
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a[start] === b[start]) start++
  let end = 0
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)]
}

/**
 * Damerau's distance in its restricted form, where letters that were swapped are not touched again; `limit` where it
 * is that or more. Only cells within `limit` of the diagonal can stay below it, so that only those are computed, and
 * none after a row that has left nothing below it.
 */
function slipsBetween(a: string, b: string, limit: number): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => Math.min(j, limit))
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - limit + 1)
    const to = Math.min(b.length, i + limit - 1)
    const row = new Array<number>(b.length + 1).fill(limit)
    if (from === 1) row[0] = Math.min(i, limit)
    let least = row[from - 1]!
    for (let j = from; j <= to; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      let slips = Math.min(limit, previous[j]! + 1, row[j - 1]! + 1, substitution)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        slips = Math.min(slips, beforePrevious[j - 2]! + 1)
      }
      row[j] = slips
      if (slips < least) least = slips
    }
    if (least >= limit) return limit
    beforePrevious = previous
    previous = row
  }
  return previous[b.length]!
}
