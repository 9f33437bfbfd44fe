import { isUnsafeKey } from '../../base/json.ts'
import { nearest } from '../../base/nearest.ts'
import type { TextRange } from '../../diagnostics/diagnostic.ts'
import type { Details } from '../../diagnostics/entry.ts'
import type { ExpressionFault, Read, Scope, ValueType } from '../../expressions/types.ts'
import { isListType, isObjectType, typeWord } from '../../expressions/value-types.ts'
import { FILTER_NAMES, FILTERS } from './filters.ts'
import type { Member, Reference, Survey } from './survey.ts'

/** What a template reads, and which names it uses that nothing has. */
export interface CheckedNames {
  readonly reads: readonly Read[]
  readonly faults: readonly ExpressionFault[]
}

/**
 * Holds the names of a template against a scope. Liquid takes what is absent for empty, so that every read is guarded.
 * A name that the template assigns somewhere may still be read before that, or where a branch was not taken: where the
 * scope has it, it counts as read.
 */
export function checkNames({ references, filters, locals }: Survey, scope: Scope): CheckedNames {
  const reads: Read[] = []
  const faults: ExpressionFault[] = []
  for (const { name, begin } of filters) {
    if (Object.hasOwn(FILTERS, name)) continue
    const range = { start: begin, end: begin + name.length }
    faults.push({ code: 'expression.unknownFilter', range, details: withNearest(name, FILTER_NAMES) })
  }
  for (const reference of references) {
    const { name, token, root } = reference
    const entry = scope.resolve(name)
    if (entry === undefined) {
      if (locals.has(name)) continue
      faults.push({
        code: 'expression.unknownName',
        range: rangeOf(root),
        details: withNearest(name, scope.names()),
      })
      continue
    }
    const { path, fault } = follow(entry.path, entry.type, reference)
    reads.push({ path, range: rangeOf(token), guarded: true })
    if (fault !== undefined && !locals.has(name)) faults.push(fault)
  }
  return { reads, faults }
}

/** The longest constant path of a reference, and the first member on it that its type does not have. */
function follow(
  start: Read['path'],
  type: ValueType,
  { members }: Reference,
): { readonly path: Read['path']; readonly fault?: ExpressionFault } {
  const path: string[] = [...start]
  let at = type
  let constant = true
  for (const member of members) {
    const { key } = member
    const next = memberType(at, key)
    if (next === undefined) return { path: path as never, fault: memberFault(at, member) }
    constant &&= typeof key === 'string' && !isListType(at) && (at !== 'text' || key !== 'size')
    if (constant) path.push(key as string)
    at = next
  }
  return { path: path as never }
}

/** Type of a member; `undefined` where there can be none. */
export function memberType(type: ValueType, key: Member['key']): ValueType | undefined {
  if (type === 'any' || type === 'null')
    return key !== undefined && isUnsafeKey(String(key)) ? undefined : 'any'
  if (key === 'size' && (type === 'text' || isListType(type))) return 'number'
  if (isListType(type)) {
    const isEntry = key === undefined || typeof key === 'number' || key === 'first' || key === 'last'
    return isEntry ? type.list : undefined
  }
  if (!isObjectType(type)) return undefined
  if (key === undefined) return 'any'
  const name = String(key)
  if (Object.hasOwn(type.fields, name) && !isUnsafeKey(name)) return type.fields[name]!
  return type.open === true && !isUnsafeKey(name) ? 'any' : undefined
}

function memberFault(type: ValueType, { key, token }: Member): ExpressionFault {
  const name = key === undefined ? '[…]' : String(key)
  const range = rangeOf(token)
  if (isObjectType(type))
    return { code: 'expression.unknownMember', range, details: withNearest(name, Object.keys(type.fields)) }
  if (type === 'any') return { code: 'expression.unknownMember', range, details: { name } }
  return { code: 'expression.noMembers', range, details: { name, type: typeWord(type) } }
}

function withNearest(name: string, candidates: Iterable<string>): Details {
  const suggestion = nearest(name, candidates)
  return suggestion === undefined ? { name } : { name, suggestion }
}

function rangeOf({ begin, end }: { readonly begin: number; readonly end: number }): TextRange {
  return { start: begin, end }
}
