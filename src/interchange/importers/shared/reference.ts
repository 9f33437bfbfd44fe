import { isKey } from '../../../base/json.ts'

/** One part of a path: a name, or what stands in brackets and only rendering tells. */
export type PathPart = { readonly name: string } | { readonly inner: string }

/** What a path of a foreign flow comes to here. */
export interface Reference {
  /** A path that is declared, such as `nodes.lookup.body`, or a variable by its bare name. */
  readonly root: string
  /** What the root is known to hold. */
  readonly type: 'text' | 'number' | 'any'
  /** Members of the root, which may hold anything. */
  readonly members: readonly PathPart[]
  /** True for a variable by its bare name. */
  readonly bare?: true
}

/** A CEL expression whose value is always a text: what is missing is the empty one. */
export function celText({ root, type, members }: Reference): string {
  if (type === 'text') return `default(${root}, "")`
  if (type === 'number') return `string(default(${root}, ""))`
  const value = members.length === 0 ? `default(${root}, "")` : guardedMember(root, members)
  return `(isText(${value}) ? ${value} : json(${value}))`
}

/** Every value on the way must be an object, or a list where a position is asked for. */
export function guardedMember(root: string, members: readonly PathPart[]): string {
  let path = root
  const guards: string[] = []
  for (const member of members) {
    const name = 'name' in member ? member.name : ''
    const value = guards.length === 0 ? path : `default(${path}, null)`
    guards.push(`${/^\d+$/.test(name) ? 'isList' : 'isObject'}(${value})`)
    path += /^\d+$/.test(name) ? `[${name}]` : isKey(name) ? `.${name}` : `[${quote(name)}]`
  }
  return `(${guards.join(' && ')} ? default(${path}, "") : "")`
}

/** A text as a CEL literal. */
export function quote(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}
