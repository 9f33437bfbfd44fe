import { LIMITS } from '../base/limits.ts'
import { COST } from './fault.ts'
import type { EvaluationFault } from './types.ts'

/**
 * What one evaluation has left to spend. One meter belongs to one linked expression; it is refilled before
 * every evaluation, which never overlap.
 */
export interface Meter {
  left: number
  readonly max: number
}

export function createMeter(max: number = LIMITS.maxExpressionCost.default): Meter {
  return { left: max, max }
}

/** Takes `cost` operations; the fault where fewer are left. */
export function spend(meter: Meter, cost: number): EvaluationFault | undefined {
  meter.left -= cost
  return meter.left < 0 ? COST : undefined
}

/** 64 characters of text cost as much as one operation. */
export function textCost(length: number): number {
  // Not a shift: lengths that are about to be refused can be beyond 32 bits.
  return Math.floor(length / 64)
}
