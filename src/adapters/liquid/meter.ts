import type { Context, FilterImplOptions } from 'liquidjs'
import { COST } from '../../expressions/fault.ts'
import { textCost } from '../../expressions/meter.ts'
import type { EvaluationFault, RegexEngine } from '../../expressions/types.ts'

/** Thrown inside liquidjs to leave a rendering with a fault; liquidjs wraps it, and reads `message` on the way. */
export class Halt {
  readonly fault: EvaluationFault
  readonly message: string

  constructor(fault: EvaluationFault) {
    this.fault = fault
    this.message = fault.message
  }
}

/**
 * What one rendering may spend, and what its filters see of the world. It stands in the place of both limits of
 * liquidjs: the one that counts what is allocated, and the one that asks for the time, which would end the same
 * template here and not there.
 */
export class Meter {
  left: number
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number
  readonly regex: RegexEngine | undefined

  constructor(maxCost: number, now: number, regex: RegexEngine | undefined) {
    this.left = maxCost
    this.now = now
    this.regex = regex
  }

  spend(cost: number): void {
    this.left -= cost
    if (this.left < 0) throw new Halt(COST)
  }

  /** For liquidjs, which says how many characters or entries it is about to make. */
  use(count: number): void {
    if (count > 0) this.spend(1 + textCost(count))
  }

  /** For liquidjs, which says what time it is before each tag; tags pay for themselves, see `survey`. */
  check(): void {}
}

/** A filter as liquidjs calls it. */
export type FilterHandler = Extract<FilterImplOptions, (...args: never[]) => unknown>

export function meterOf({ renderLimit }: Context): Meter {
  return renderLimit as unknown as Meter
}

/** What reading a value costs: each entry of a list, however deep, and 64 characters of a text, one operation. */
export function weightOf(value: unknown): number {
  if (typeof value === 'string') return textCost(value.length)
  if (!Array.isArray(value)) return 0
  let weight = value.length
  for (const entry of value) if (Array.isArray(entry)) weight += weightOf(entry)
  return weight
}
