const UNIT_MS: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** The longest duration that a flow may name: 366 days, in milliseconds. */
export const MAX_DURATION_MS = 366 * 86_400_000

/**
 * Milliseconds of a duration as people write it: `10s`, `1h30m`, `2d`; units ms, s, m, h, d and w, each a
 * number that may have a fraction. `undefined` for anything else, and for more than 366 days.
 *
 * @example parseDuration('1m30s') // 90000
 */
export function parseDuration(text: string): number | undefined {
  if (text.length > 32 || !/^(\d+(\.\d+)?(ms|s|m|h|d|w))+$/.test(text)) return undefined
  let total = 0
  for (const [, amount, , unit] of text.matchAll(/(\d+(\.\d+)?)(ms|[smhdw])/g)) {
    total += Number(amount) * (UNIT_MS[unit!] as number)
  }
  return total <= MAX_DURATION_MS ? Math.round(total) : undefined
}
