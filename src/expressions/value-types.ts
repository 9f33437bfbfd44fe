import type { ListType, ObjectType, ValueType } from './types.ts'

export const ANY_LIST: ListType = { list: 'any' }
export const ANY_OBJECT: ObjectType = { fields: {}, open: true }

export function isListType(type: ValueType): type is ListType {
  return typeof type === 'object' && 'list' in type
}

export function isObjectType(type: ValueType): type is ObjectType {
  return typeof type === 'object' && 'fields' in type
}

/** The word for a type in messages. */
export function typeWord(type: ValueType): string {
  if (type === 'boolean') return 'true or false'
  if (type === 'any') return 'any value'
  if (typeof type === 'string') return type
  return isListType(type) ? 'list' : 'object'
}

/** True where a value of type `actual` may stand in a place of type `wanted`. Nobody objects to null or `any`. */
export function accepts(wanted: ValueType, actual: ValueType): boolean {
  if (wanted === 'any' || actual === 'any' || actual === 'null' || wanted === actual) return true
  if (isListType(wanted)) return isListType(actual) && accepts(wanted.list, actual.list)
  if (isObjectType(wanted))
    return isObjectType(actual) && sharedFields(wanted, actual).every(([a, b]) => accepts(a, b))
  return false
}

/** False where two values can never be equal, so that comparing them is a slip of the author. */
export function comparable(a: ValueType, b: ValueType): boolean {
  if (a === 'any' || b === 'any' || a === 'null' || b === 'null' || a === b) return true
  if (isListType(a)) return isListType(b) && comparable(a.list, b.list)
  return isObjectType(a) && isObjectType(b)
}

/** The narrowest type that holds the values of both; null belongs to every type. */
export function join(a: ValueType, b: ValueType): ValueType {
  if (a === b || b === 'null') return a
  if (a === 'null') return b
  if (isListType(a) && isListType(b)) return { list: join(a.list, b.list) }
  if (isObjectType(a) && isObjectType(b)) return joinObjects(a, b)
  return 'any'
}

/** The type of what a list of these holds; `null` joins with everything, so that it is where joining starts. */
export function joinAll(types: readonly ValueType[]): ValueType {
  return types.length === 0 ? 'any' : types.reduce(join)
}

function joinObjects(a: ObjectType, b: ObjectType): ObjectType {
  const fields: Record<string, ValueType> = {}
  for (const [name, type] of Object.entries(a.fields)) {
    if (Object.hasOwn(b.fields, name)) fields[name] = join(type, b.fields[name]!)
  }
  const same = Object.keys(fields).length
  const closed =
    !a.open && !b.open && same === Object.keys(a.fields).length && same === Object.keys(b.fields).length
  return closed ? { fields } : { fields, open: true }
}

function sharedFields(a: ObjectType, b: ObjectType): [ValueType, ValueType][] {
  return Object.keys(a.fields)
    .filter((name) => Object.hasOwn(b.fields, name))
    .map((name) => [a.fields[name]!, b.fields[name]!])
}
