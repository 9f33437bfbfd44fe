import { isUnsafeKey } from './json.ts'

/** Values in one piece of JSON from outside, unless a caller says otherwise. */
export const MAX_JSON_VALUES = 1_000_000

/** How large a JSON value from outside may be. */
export interface JsonLimits {
  /** Nesting of arrays and objects. Default 64. */
  readonly maxDepth?: number
  /** Values in all, scalars included. Default 1,000,000. */
  readonly maxValues?: number
  /** UTF-16 units of one string or key. Default 1,000,000. */
  readonly maxStringLength?: number
}

/** Why a value is not acceptable JSON, and where: `path` holds keys and indexes from the root. */
export interface JsonFault {
  readonly code:
    | 'json.tooDeep'
    | 'json.tooLarge'
    | 'json.stringTooLong'
    | 'json.unsafeKey'
    | 'json.cyclic'
    | 'json.notPlain'
  readonly path: readonly (string | number)[]
  /** What was found, in a word or a number. */
  readonly got: string
}

interface Visit {
  readonly value: unknown
  readonly parent: Visit | undefined
  readonly key: string | number
  readonly depth: number
}

/**
 * Checks that a value from outside is plain, bounded JSON: no cycles, no prototype keys, no class instances,
 * no accessors, no non-finite numbers. Never recurses and never runs code of the value, so that no input
 * overflows the stack. Returns the first fault found, or `undefined`.
 */
export function checkJson(root: unknown, limits: JsonLimits = {}): JsonFault | undefined {
  const { maxDepth = 64, maxValues = MAX_JSON_VALUES, maxStringLength = 1_000_000 } = limits
  const stack: Visit[] = [{ value: root, parent: undefined, key: '', depth: 0 }]
  let seen = 0
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    const { value, depth } = visit
    if (++seen > maxValues) return fault('json.tooLarge', visit, `more than ${maxValues} values`)
    if (typeof value === 'string') {
      if (value.length > maxStringLength)
        return fault('json.stringTooLong', visit, `${value.length} characters`)
      continue
    }
    if (value === null || typeof value === 'boolean') continue
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) return fault('json.notPlain', visit, String(value))
      continue
    }
    if (typeof value !== 'object') return fault('json.notPlain', visit, typeof value)
    for (let up = visit.parent; up !== undefined; up = up.parent) {
      if (up.value === value) return fault('json.cyclic', visit, 'a value that contains itself')
    }
    if (depth >= maxDepth) return fault('json.tooDeep', visit, `more than ${maxDepth} levels`)
    if (Array.isArray(value)) {
      if (value.length > maxValues) return fault('json.tooLarge', visit, `${value.length} entries`)
      for (let i = value.length - 1; i >= 0; i--) {
        const below = { parent: visit, key: i, depth: depth + 1 }
        const property = Object.getOwnPropertyDescriptor(value, i)
        if (property !== undefined && !('value' in property)) {
          return fault('json.notPlain', { ...below, value: undefined }, 'an accessor')
        }
        stack.push({ ...below, value: property?.value ?? null })
      }
      continue
    }
    if (!isPlain(value)) {
      return fault('json.notPlain', visit, 'an instance of a class')
    }
    for (const key of Object.keys(value)) {
      const below = { parent: visit, key, depth: depth + 1 }
      if (isUnsafeKey(key)) return fault('json.unsafeKey', { ...below, value: undefined }, key)
      if (key.length > maxStringLength)
        return fault('json.stringTooLong', { ...below, value: undefined }, 'a key')
      const property = Object.getOwnPropertyDescriptor(value, key)
      if (property === undefined || !('value' in property)) {
        return fault('json.notPlain', { ...below, value: undefined }, 'an accessor')
      }
      if (property.value !== undefined) stack.push({ ...below, value: property.value })
    }
  }
  return undefined
}

/**
 * True for an object without a prototype, or with the `Object.prototype` of some realm: a frame or a `vm` context has
 * its own. Anything else could inherit members that no check has seen.
 */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype) return true
  if (Object.getPrototypeOf(prototype) !== null) return false
  const maker: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value
  return typeof maker === 'function' && Object.getOwnPropertyDescriptor(maker, 'name')?.value === 'Object'
}

function fault(code: JsonFault['code'], visit: Visit, got: string): JsonFault {
  const path: (string | number)[] = []
  for (let at: Visit = visit; at.parent !== undefined; at = at.parent) path.unshift(at.key)
  return { code, path, got }
}
