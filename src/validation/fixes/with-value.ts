import { isJsonObject, type Json } from '../../base/json.ts'
import type { ConfigPath } from '../../nodes/visit-config.ts'

/** A copy of a value with another one at a path that exists in it; without a value the member is taken away. */
export function withValue<Root extends Json>(root: Root, path: ConfigPath, value: Json | undefined): Root {
  return put(root, path, value) as Root
}

function put(at: Json | undefined, path: ConfigPath, value: Json | undefined): Json | undefined {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(at)) {
    const entry = put(at[key as number] as Json, rest, value)
    return at.flatMap((each: Json, index) => (index !== key ? [each] : entry === undefined ? [] : [entry]))
  }
  if (!isJsonObject(at)) return at
  const { [key]: before, ...others } = at
  const member = put(before, rest, value)
  return member === undefined ? others : { ...at, [key]: member }
}
