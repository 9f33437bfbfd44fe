import { isKey } from '../../../base/json.ts'
import type { Reference } from './references.ts'
import type { PathPart } from './rewrite-liquid.ts'

/** One output with a path in it, and filters that make no difference to a comparison without case and outer spaces. */
const PLAIN =
  /^\s*\{\{-?\s*([A-Za-z_][\w-]*(?:\.[A-Za-z0-9_][\w-]*\??|\[\s*(?:"[^"\\\]]*"|'[^'\\\]]*'|\d+)\s*\])*)\s*(?:\|\s*(?:downcase|upcase|strip)\s*)*-?\}\}\s*$/

/** The path of a text that is one reference and nothing else. */
export function plainPath(source: string): readonly PathPart[] | undefined {
  const path = PLAIN.exec(source)?.[1]
  if (path === undefined) return undefined
  return [...path.matchAll(/[\w-]+\??|\[\s*(?:"([^"]*)"|'([^']*)'|(\d+))\s*\]/g)].map(([whole, a, b, c]) => ({
    name: a ?? b ?? c ?? whole,
  }))
}

/** A CEL expression whose value is always a text: what is missing is the empty one. */
export function celText({ root, type, members }: Reference): string {
  if (type === 'text') return `default(${root}, "")`
  if (type === 'number') return `string(default(${root}, ""))`
  const value = members.length === 0 ? `default(${root}, "")` : guardedMember(root, members)
  return `(isText(${value}) ? ${value} : json(${value}))`
}

/** Every value on the way must be an object, or a list where a position is asked for. */
function guardedMember(root: string, members: readonly PathPart[]): string {
  let path = root
  const guards: string[] = []
  for (const member of members) {
    const name = 'name' in member ? member.name : ''
    const value = guards.length === 0 ? path : `default(${path}, null)`
    guards.push(`${/^\d+$/.test(name) ? 'isList' : 'isObject'}(${value})`)
    path += /^\d+$/.test(name) ? `[${name}]` : isKey(name) ? `.${name}` : `[${JSON.stringify(name)}]`
  }
  return `(${guards.join(' && ')} ? default(${path}, "") : "")`
}
