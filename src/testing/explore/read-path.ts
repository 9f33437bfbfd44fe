import type { Json } from '../../base/json.ts'
import { placeOf } from './demand.ts'
import { loosened, NOTHING, type Wish, type Wishes } from './wish.ts'

/** A root and the members below it, as in `['nodes', 'lookup', 'body']`. */
export type Path = readonly (string | number)[]

/** The path that an expression reads, through functions that only change how the value is written. */
export function readPath(tree: Json): Path | undefined {
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

/** What is wished for of an expression, as a wish for the place that it reads. */
export function read(tree: Json, flow: string, wish: Wish): readonly Wishes[] {
  const path = readPath(tree)
  if (path === undefined || path.length < 2) return [NOTHING]
  const ways = [new Map([[placeOf(flow, path), [wish]]])]
  return isPlainRead(tree) ? ways : loosened(ways)
}

/** The value of a tree that is a constant. */
export function constantOf(tree: Json): Json | undefined {
  if (!Array.isArray(tree)) return tree
  return tree[0] === 'neg' && typeof tree[1] === 'number' ? -tree[1] : undefined
}

/** True where an expression reads a value just as it stands, so that what is said of the one holds for the other. */
function isPlainRead(tree: Json): boolean {
  if (!Array.isArray(tree)) return false
  const [operator, first, second] = tree as readonly Json[]
  if (operator === 'root') return true
  return (operator === 'get' || operator === 'need' || operator === 'at') && !Array.isArray(second)
    ? isPlainRead(first!)
    : false
}

/** Every path that a tree reads, whatever it does with the values. */
export function readPaths(tree: Json): readonly Path[] {
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
  'timestamp',
])
