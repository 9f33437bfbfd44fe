/** How many rows to read at most. SQLite would take a number below 0 for all of them. */
export function atMost(limit: number): number {
  return Math.max(0, Math.trunc(limit) || 0)
}
