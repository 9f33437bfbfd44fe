import { equalJson, type Json } from '../../base/json.ts'
import { placeOf } from './demand.ts'
import { constantOf, read, readPath, readPaths } from './read-path.ts'
import { loosened, NOTHING, type Wish, type Wishes } from './wish.ts'

const MIRRORED: { readonly [operator: string]: string } = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** Ways in which two expressions come out equal, or not. */
export function compare(left: Json, right: Json, equal: boolean, flow: string): readonly Wishes[] {
  if (constantOf(left) !== undefined && constantOf(right) === undefined)
    return compare(right, left, equal, flow)
  const sought = constantOf(right)
  if (sought === undefined) return pairs(left, right, equal ? SAME : DIFFERENT, flow)
  const measured = sizeOf(left)
  if (measured !== undefined && typeof sought === 'number')
    return read(
      measured,
      flow,
      sized(equal ? sought : sought + 1, (size) => (size === sought) === equal),
    )
  const solved = typeof sought === 'number' ? undo(left, sought) : undefined
  if (solved !== undefined) return loosened(compare(solved.tree, solved.value, equal, flow))
  return read(left, flow, {
    values: [equal ? sought : other(sought)],
    accepts: (value) => equalJson(value, sought) === equal,
    only: equal,
  })
}

/** Ways in which one expression comes out larger or smaller than another. */
export function order(
  left: Json,
  operator: string,
  right: Json,
  wanted: boolean,
  flow: string,
): readonly Wishes[] {
  if (constantOf(left) !== undefined && constantOf(right) === undefined)
    return order(right, MIRRORED[operator]!, left, wanted, flow)
  const [a, b] = [instantOf(left), instantOf(right)]
  if (a !== undefined && b !== undefined) return loosened(order(a, operator, b, wanted, flow))
  const bound = constantOf(right)
  const larger = operator.startsWith('>') === wanted
  if (typeof bound === 'string') {
    const accepts = (value: Json) => typeof value === 'string' && holds(value, operator, bound) === wanted
    return read(left, flow, { values: [...textsBeside(bound, larger), bound], accepts })
  }
  if (typeof bound !== 'number') return pairs(left, right, larger ? DESCENDING : ASCENDING, flow)
  const value = larger ? bound + 1 : bound - 1
  const accepts = (size: Json) => typeof size === 'number' && holds(size, operator, bound) === wanted
  const measured = sizeOf(left)
  if (measured !== undefined) return read(measured, flow, sized(value, accepts))
  if (readPath(left) !== undefined) return read(left, flow, { values: [value, bound], accepts })
  const near = [value, bound, 2 * bound - value]
  const solved = near.flatMap((each) => undo(left, each) ?? [])
  const first = solved[0]
  if (first !== undefined)
    return loosened(
      read(first.tree, flow, { values: solved.map((each) => each.value), accepts: () => undefined }),
    )
  return together(readPaths(left), [...near, 1, 0, -1], flow)
}

const SAME = [
  ['x', 'x'],
  [1, 1],
] as const
const DIFFERENT = [
  ['x', 'y'],
  [1, 2],
] as const
const LATE = '2100-01-01T00:00:00Z'
const EARLY = '2000-01-01T00:00:00Z'
const DESCENDING = [
  [2, 1],
  [LATE, EARLY],
  [Date.parse(LATE), 0],
] as const
const ASCENDING = DESCENDING.map(([late, early]) => [early, late] as const)

/** Values for two places at once; where only one is read, for that one. */
function pairs(
  left: Json,
  right: Json,
  values: readonly (readonly [Json, Json])[],
  flow: string,
): readonly Wishes[] {
  const accepts = () => undefined
  const ways = values.map(([a, b]) => {
    const [first] = loosened(read(left, flow, { values: [a], accepts }))
    const [second] = loosened(read(right, flow, { values: [b], accepts }))
    return new Map([...(first ?? NOTHING), ...(second ?? NOTHING)])
  })
  return ways.every((way) => way.size === 0) ? [NOTHING] : ways
}

/** The same value for everything that a calculation reads. */
function together(
  paths: readonly (readonly (string | number)[])[],
  values: readonly number[],
  flow: string,
): readonly Wishes[] {
  const places = paths.filter((path) => path.length > 1).map((path) => placeOf(flow, path))
  if (places.length === 0) return [NOTHING]
  return values.map(
    (value) => new Map(places.map((place) => [place, [{ values: [value], accepts: () => undefined }]])),
  )
}

/** What a calculation is made from one value and a constant, turned round: `x * 2` is 84 where x is 42. */
function undo(tree: Json, value: number): { readonly tree: Json; readonly value: number } | undefined {
  if (!Array.isArray(tree)) return undefined
  const [operator, left, right] = tree as readonly Json[]
  const [a, b] = [constantOf(left ?? null), constantOf(right ?? null)]
  const inner = (from: Json, result: number) =>
    Number.isFinite(result) ? (undo(from, result) ?? { tree: from, value: result }) : undefined
  if (typeof b === 'number') {
    if (operator === '+') return inner(left!, value - b)
    if (operator === '-') return inner(left!, value + b)
    if (operator === '*') return inner(left!, value / b)
    if (operator === '/') return inner(left!, value * b)
  }
  if (typeof a !== 'number') return undefined
  if (operator === '+') return inner(right!, value - a)
  if (operator === '-') return inner(right!, a - value)
  return operator === '*' ? inner(right!, value / a) : undefined
}

/** A text, or a list, of so many. */
function sized(length: number, accepts: (size: number) => boolean): Wish {
  const count = Math.min(Math.max(Math.trunc(length), 0), 5_000)
  const sizeOfValue = (value: Json) =>
    typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : undefined
  return {
    values: ['x'.repeat(count), Array.from({ length: Math.min(count, 100) }, () => 'x')],
    accepts(value) {
      const size = sizeOfValue(value)
      return size === undefined ? undefined : accepts(size)
    },
    text: { length: count },
  }
}

function sizeOf(tree: Json): Json | undefined {
  return Array.isArray(tree) && tree[0] === 'call' && tree[1] === 'size' ? (tree[2] as Json) : undefined
}

function instantOf(tree: Json): Json | undefined {
  return Array.isArray(tree) && tree[0] === 'call' && tree[1] === 'timestamp' ? (tree[2] as Json) : undefined
}

function holds(value: string | number, operator: string, bound: string | number): boolean {
  if (operator === '<') return value < bound
  if (operator === '<=') return value <= bound
  return operator === '>' ? value > bound : value >= bound
}

/** A text beside another in their order; beside a date, a date. */
function textsBeside(text: string, larger: boolean): readonly string[] {
  const year = /^\d{4}(?=-)/.exec(text)?.[0]
  const dates = year === undefined ? [] : [`${Number(year) + (larger ? 1 : -1)}${text.slice(4)}`]
  return [...dates, larger ? `${text}x` : '']
}

function other(value: Json): Json {
  if (typeof value === 'number') return value + 1
  return typeof value === 'boolean' ? !value : `not ${value ?? 'null'}`
}
