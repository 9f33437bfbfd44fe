import type { Json } from '../../base/json.ts'
import { ARGUMENT, NOT_FINITE, TYPE, type Value } from '../fault.ts'
import { define } from './implementation.ts'

const rounding = (round: (x: number) => number) => define('n', (_, x: number) => round(x))

/** The argument that wins against all others; a single list stands for its entries. */
const choice = (better: (a: number, b: number) => boolean) =>
  define('*+', (_, ...args: Json[]): Value => {
    const numbers = args.length === 1 && Array.isArray(args[0]) ? (args[0] as readonly Json[]) : args
    let best: number | null = null
    for (const number of numbers) {
      if (typeof number !== 'number') return TYPE
      if (best === null || better(number, best)) best = number
    }
    return best
  })

export const numberFunctions = {
  abs: rounding(Math.abs),
  ceil: rounding(Math.ceil),
  floor: rounding(Math.floor),
  round: define('n?n', (_, x: number, digits = 0) => {
    const places = digits as number
    if (!Number.isInteger(places) || places < 0 || places > 15) return ARGUMENT
    // Shifting the decimal exponent in text avoids the binary error of 1.005 * 100.
    const [mantissa, exponent = '0'] = String(Math.abs(x)).split('e')
    const shifted = Number(`${mantissa}e${Number(exponent) + places}`)
    // A number this large has no further digits to round.
    if (shifted > Number.MAX_SAFE_INTEGER) return x
    return Math.sign(x) * Number(`${Math.round(shifted)}e-${places}`)
  }),
  min: choice((a, b) => a < b),
  max: choice((a, b) => a > b),
  sum: define('l', (_, numbers: readonly Json[]) => {
    let total = 0
    for (const number of numbers) {
      if (typeof number !== 'number') return TYPE
      total += number
    }
    return Number.isFinite(total) ? total : NOT_FINITE
  }),
}
