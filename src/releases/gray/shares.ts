/**
 * True where `count` of `total` is at most the share `max`. A quotient and a share that is written as a decimal are
 * rounded alike, so that 7 of 100 is exactly 0.07.
 */
export function meetsMax(count: number, total: number, max: number | undefined): boolean {
  return max === undefined || count / total <= max
}

/** True where `count` of `total` is at least the share `min`. */
export function meetsMin(count: number, total: number, min: number | undefined): boolean {
  return min === undefined || count / total >= min
}

/** The smallest count that is at least the share `min` of `total`. */
export function leastCount(min: number, total: number): number {
  // The product may be rounded to either side of the whole number that is meant, hence one below.
  let count = Math.max(0, Math.floor(min * total) - 1)
  while (!meetsMin(count, total, min)) count++
  return count
}
