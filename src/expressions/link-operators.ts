import { isJsonObject, isUnsafeKey, type Json } from '../base/json.ts'
import { equalWithin } from './equal.ts'
import { COST, isFault, NOT_FINITE, notUsable, TYPE, type Value } from './fault.ts'
import type { Link, LinkContext, Run } from './link-context.ts'
import { type Meter, spend, textCost } from './meter.ts'
import { type Arithmetic, isLiteral, type Ordering, type Tree } from './tree.ts'
import type { EvaluationFault } from './types.ts'

/** The first operand that cannot be used, as a fault. */
function unfit(a: Value, b: Value): EvaluationFault {
  return isFault(a) ? a : notUsable(b)
}

export function linkNot(operand: Run): Run {
  return (env) => {
    const value = operand(env)
    return typeof value === 'boolean' ? !value : notUsable(value)
  }
}

export function linkNegate(operand: Run): Run {
  return (env) => {
    const value = operand(env)
    return typeof value === 'number' ? 0 - value : notUsable(value)
  }
}

/**
 * `&&` (decisive false) and `||` (decisive true): one decisive operand settles the result, even where another
 * one is a fault.
 */
export function linkLogical(operands: readonly Run[], decisive: boolean): Run {
  if (operands.length > 2) return linkLogicalChain(operands, decisive)
  const [left, right] = operands as [Run, Run]
  return decisive
    ? (env) => {
        const a = left(env)
        if (a === true) return true
        const b = right(env)
        return b === true || (a === false && b === false) ? b : undecided(a, b)
      }
    : (env) => {
        const a = left(env)
        if (a === false) return false
        const b = right(env)
        return b === false || (a === true && b === true) ? b : undecided(a, b)
      }
}

function undecided(a: Value, b: Value): EvaluationFault {
  return notUsable(typeof a === 'boolean' ? b : a)
}

function linkLogicalChain(operands: readonly Run[], decisive: boolean): Run {
  return (env) => {
    let broken: EvaluationFault | undefined
    for (let i = 0; i < operands.length; i++) {
      const value = operands[i]!(env)
      if (value === decisive) return decisive
      if (typeof value !== 'boolean') broken ??= notUsable(value)
    }
    return broken ?? !decisive
  }
}

export function linkIf(test: Run, then: Run, otherwise: Run): Run {
  return (env) => {
    const value = test(env)
    if (value === true) return then(env)
    return value === false ? otherwise(env) : notUsable(value)
  }
}

/** `==` and `!=`; `same` is the answer for equal values. */
export function linkEquality(
  leftTree: Tree,
  rightTree: Tree,
  same: boolean,
  cx: LinkContext,
  link: Link,
): Run {
  if (isLiteral(rightTree)) return compareWithLiteral(link(leftTree, cx), rightTree, same)
  if (isLiteral(leftTree)) return compareWithLiteral(link(rightTree, cx), leftTree, same)
  cx.spends = true
  const { meter } = cx
  const left = link(leftTree, cx)
  const right = link(rightTree, cx)
  return (env) => {
    const a = left(env)
    if (isFault(a)) return a
    const b = right(env)
    if (isFault(b)) return b
    const equal = equalWithin(meter, a, b)
    return meter.left < 0 ? COST : equal === same
  }
}

function compareWithLiteral(read: Run, literal: Json, same: boolean): Run {
  return (env) => {
    const value = read(env)
    if (value === literal) return same
    return isFault(value) ? value : !same
  }
}

/** `x in list`, and `name in object`. */
export function linkIn(left: Run, right: Run, cx: LinkContext): Run {
  cx.spends = true
  const { meter } = cx
  return (env) => {
    const wanted = left(env)
    if (isFault(wanted)) return wanted
    const range = right(env)
    if (Array.isArray(range)) {
      const entries = range as readonly Json[]
      if (spend(meter, entries.length)) return COST
      if (typeof wanted !== 'object') return entries.includes(wanted)
      const found = entries.some((entry) => equalWithin(meter, wanted, entry))
      return meter.left < 0 ? COST : found
    }
    if (!isJsonObject(range) || isFault(range) || typeof wanted !== 'string') return notUsable(range)
    return !isUnsafeKey(wanted) && Object.hasOwn(range, wanted) && range[wanted] !== undefined
  }
}

const ORDER: Readonly<Record<Ordering, <T extends number | string>(a: T, b: T) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

export function linkOrdering(op: Ordering, left: Run, right: Run, rightTree: Tree): Run {
  if (typeof rightTree === 'number') return compareWithNumber(op, left, rightTree)
  const holds = ORDER[op]
  return (env) => {
    const a = left(env)
    const b = right(env)
    if (typeof a === 'number' && typeof b === 'number') return holds(a, b)
    if (typeof a === 'string' && typeof b === 'string') return holds(a, b)
    return unfit(a, b)
  }
}

/** The most frequent condition of all gets a closure without a second call. */
function compareWithNumber(op: Ordering, left: Run, limit: number): Run {
  switch (op) {
    case '<':
      return (env) => {
        const a = left(env)
        return typeof a === 'number' ? a < limit : notUsable(a)
      }
    case '<=':
      return (env) => {
        const a = left(env)
        return typeof a === 'number' ? a <= limit : notUsable(a)
      }
    case '>':
      return (env) => {
        const a = left(env)
        return typeof a === 'number' ? a > limit : notUsable(a)
      }
    default:
      return (env) => {
        const a = left(env)
        return typeof a === 'number' ? a >= limit : notUsable(a)
      }
  }
}

const ARITHMETIC: Readonly<Record<Arithmetic, (a: number, b: number) => number>> = {
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
}

export function linkArithmetic(op: Arithmetic, left: Run, right: Run): Run {
  const calculate = ARITHMETIC[op]
  return (env) => {
    const a = left(env)
    const b = right(env)
    if (typeof a !== 'number' || typeof b !== 'number') return unfit(a, b)
    // Adding 0 makes a negative zero positive: JSON has one zero only.
    const result = calculate(a, b) + 0
    return Number.isFinite(result) ? result : NOT_FINITE
  }
}

/** `+` adds numbers, and puts together texts and lists, which is paid for by length. */
export function linkPlus(left: Run, right: Run, cx: LinkContext): Run {
  cx.spends = true
  const { meter } = cx
  return (env) => {
    const a = left(env)
    const b = right(env)
    if (typeof a === 'number' && typeof b === 'number') {
      const result = a + b
      return Number.isFinite(result) ? result : NOT_FINITE
    }
    return concatenate(a, b, meter)
  }
}

function concatenate(a: Value, b: Value, meter: Meter): Value {
  if (typeof a === 'string' && typeof b === 'string')
    return spend(meter, textCost(a.length + b.length)) ?? a + b
  if (Array.isArray(a) && Array.isArray(b)) return spend(meter, a.length + b.length) ?? [...a, ...b]
  if (isFault(a)) return a
  return isFault(b) ? b : TYPE
}
