import type { Json } from '../../base/json.ts'
import { combine, type Demand, MAX_DEMANDS, NOTHING, placeOf } from './demand.ts'
import { sampleText } from './sample-text.ts'

/**
 * Demands that would make a checked condition true, or false. None says that, as far as this looks, nothing does. It
 * understands comparisons of one place with a constant, and their logical combinations; about the rest it says nothing,
 * which is one demand that asks for nothing.
 */
export function demandsOf(tree: Json, wanted: boolean, flow: string): readonly Demand[] {
  return solve(tree, wanted, flow).slice(0, MAX_DEMANDS)
}

/** The path that an expression reads, through functions that only change how the value is written. */
export function readPath(tree: Json): readonly (string | number)[] | undefined {
  if (!Array.isArray(tree)) return undefined
  const [operator, first, second] = tree as readonly Json[]
  switch (operator) {
    case 'root':
      return [first as string]
    case 'get':
    case 'need':
    case 'at': {
      const base = readPath(first!)
      return base !== undefined && (typeof second === 'string' || typeof second === 'number')
        ? [...base, second]
        : undefined
    }
    case 'default':
      return readPath(first!)
    // What imported conditions ask first: whether there is something to read.
    case 'if':
      return readPath(second!) ?? readPath((tree as readonly Json[])[3]!)
    case 'call':
      return REWRITES.has(first as string) ? readPath(second!) : undefined
    default:
      return undefined
  }
}

/** Every path that a tree reads, whatever it does with the values. */
export function readPaths(tree: Json): readonly (readonly (string | number)[])[] {
  const whole = readPath(tree)
  if (whole !== undefined) return [whole]
  return Array.isArray(tree) ? tree.flatMap((part: Json) => readPaths(part)) : []
}

/** Functions whose value says the same as their argument. */
const REWRITES = new Set([
  'lower',
  'upper',
  'trim',
  'string',
  'number',
  'int',
  'double',
  'text',
  'bool',
  'dyn',
])
const TESTS = new Set(['contains', 'startsWith', 'endsWith', 'matches'])
const MIRRORED: { readonly [operator: string]: string } = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

function solve(tree: Json, wanted: boolean, flow: string): readonly Demand[] {
  if (typeof tree === 'boolean') return tree === wanted ? [NOTHING] : []
  if (!Array.isArray(tree)) return [NOTHING]
  const [operator, ...parts] = tree as unknown as readonly [string, ...Json[]]
  const each = (want: boolean) => parts.map((part) => solve(part, want, flow))
  switch (operator) {
    case 'not':
      return solve(parts[0]!, !wanted, flow)
    case 'and':
      return wanted ? combine(each(true)) : each(false).flat()
    case 'or':
      return wanted ? each(true).flat() : combine(each(false))
    case 'if':
      return [true, false].flatMap((way) =>
        combine([solve(parts[0]!, way, flow), solve(parts[way ? 1 : 2]!, wanted, flow)]),
      )
    case 'default':
      return solve(parts[0]!, wanted, flow)
    case 'has':
      return read(['get', ...parts], flow, [wanted ? 'x' : null])
    case '==':
    case '!=':
      return compare(parts[0]!, parts[1]!, (operator === '==') === wanted, flow)
    case '<':
    case '<=':
    case '>':
    case '>=':
      return order(parts[0]!, operator, parts[1]!, wanted, flow)
    case 'in':
      return constants(parts[1]!).length === 0
        ? [NOTHING]
        : constants(parts[1]!).flatMap((value) => compare(parts[0]!, value, wanted, flow))
    case 'call':
      if (TESTS.has(parts[0] as string))
        return test(parts as unknown as readonly [string, ...Json[]], wanted, flow)
      return read(tree, flow, [wanted])
    default:
      return read(tree, flow, [wanted])
  }
}

/** One demand for each value, where the tree reads a place. */
function read(tree: Json, flow: string, values: readonly Json[]): readonly Demand[] {
  const path = readPath(tree)
  if (path === undefined || path.length < 2) return [NOTHING]
  return values.map((value) => new Map([[placeOf(flow, path), value]]))
}

function compare(left: Json, right: Json, equal: boolean, flow: string): readonly Demand[] {
  if (readPath(left) === undefined && readPath(right) !== undefined) return compare(right, left, equal, flow)
  const size = sizeOf(left)
  if (size !== undefined && typeof right === 'number')
    return read(size, flow, ['x'.repeat(bounded(equal ? right : right + 1))])
  if (isConstant(right)) return read(left, flow, [equal ? right : other(right)])
  const [a, b] = [readPath(left), readPath(right)]
  if (a === undefined || b === undefined || a.length < 2 || b.length < 2) return [NOTHING]
  return [
    new Map<string, Json>([
      [placeOf(flow, a), 'x'],
      [placeOf(flow, b), equal ? 'x' : 'y'],
    ]),
  ]
}

function order(left: Json, operator: string, right: Json, wanted: boolean, flow: string): readonly Demand[] {
  if (typeof left === 'number') return order(right, MIRRORED[operator]!, left, wanted, flow)
  if (typeof right !== 'number') return [NOTHING]
  const larger = operator.startsWith('>') === wanted
  const value = larger ? right + 1 : right - 1
  const size = sizeOf(left)
  if (size !== undefined) return read(size, flow, ['x'.repeat(bounded(value))])
  const path = readPath(left)
  if (path !== undefined) return read(left, flow, [value, right])
  // A sum or the like: the constant is near enough to try.
  return readPaths(left).flatMap((each) =>
    each.length < 2 ? [] : [value, right].map((near) => new Map([[placeOf(flow, each), near]])),
  )
}

function test(
  [name, subject, argument]: readonly [string, ...Json[]],
  wanted: boolean,
  flow: string,
): readonly Demand[] {
  if (typeof argument !== 'string') return [NOTHING]
  if (!wanted) return read(subject!, flow, ['', `not ${argument}`])
  return read(subject!, flow, [name === 'matches' ? sampleText(argument) : argument])
}

function sizeOf(tree: Json): Json | undefined {
  return Array.isArray(tree) && tree[0] === 'call' && tree[1] === 'size' ? (tree[2] as Json) : undefined
}

function constants(tree: Json): readonly Json[] {
  return Array.isArray(tree) && tree[0] === 'list' ? tree.slice(1).filter(isConstant) : []
}

function isConstant(tree: Json): boolean {
  return typeof tree !== 'object' || tree === null
}

function other(value: Json): Json {
  if (typeof value === 'number') return value + 1
  return typeof value === 'boolean' ? !value : `not ${value ?? 'null'}`
}

function bounded(length: number): number {
  return Math.min(Math.max(Math.trunc(length), 0), 5_000)
}
