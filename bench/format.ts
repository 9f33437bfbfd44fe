import type { Figure } from './pool.ts'

export function range({ from, to }: Figure, scale = 1): string {
  return `[${number(from / scale)}–${number(to / scale)}]`
}

/** Three digits that mean something, thousands apart. */
export function number(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en')
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
