import { isJsonObject, isUnsafeKey, type Json, type JsonObject } from '../base/json.ts'
import { fault, isFault, NO_INDEX, NO_MEMBER, notUsable, TYPE, type Value } from './fault.ts'
import { type Link, type LinkContext, type Run, unknownTree } from './link-context.ts'
import { isLiteral, type Tree } from './tree.ts'
import type { Environment } from './types.ts'

const { hasOwn } = Object

/** One closure literal for each root, so that reading a root is a load of a fixed property. */
export function linkRoot(root: keyof Environment): Run {
  switch (root) {
    case 'vars':
      return (env) => env.vars
    case 'contact':
      return (env) => env.contact
    case 'trigger':
      return (env) => env.trigger
    case 'nodes':
      return (env) => env.nodes
    case 'session':
      return (env) => env.session
    case 'now':
      return (env) => env.now
    default:
      throw unknownTree(root)
  }
}

/** `["get", …]` and `["need", …]`, which differ in what stands for an absent member. */
export function linkMember(
  tree: readonly ['get' | 'need' | 'has', Tree, string],
  cx: LinkContext,
  link: Link,
): Run {
  const [op, base, name] = tree
  const absent = op === 'get' ? null : fault('noSuchMember', `There is no member "${name}".`)
  if (isUnsafeKey(name)) return () => absent
  if (!isLiteral(base) && base[0] === 'root') return linkRootMember(base[1], name, absent)
  const read = link(base, cx)
  return (env) => {
    const object = read(env)
    // What nobody declared may turn out to be no object, and then has no members.
    if (typeof object !== 'object' || Array.isArray(object)) return op === 'get' ? TYPE : absent
    if (object === null) return absent
    if (isFault(object)) return object
    return own(object as JsonObject, name, absent)
  }
}

function linkRootMember(root: keyof Environment, name: string, absent: Value): Run {
  switch (root) {
    case 'vars':
      return (env) => own(env.vars, name, absent)
    case 'contact':
      return (env) => own(env.contact, name, absent)
    case 'trigger':
      return (env) => own(env.trigger, name, absent)
    case 'nodes':
      return (env) => own(env.nodes, name, absent)
    case 'session':
      return (env) => own(env.session, name, absent)
    default:
      throw unknownTree(root)
  }
}

function own(object: JsonObject, name: string, absent: Value): Value {
  if (!hasOwn(object, name)) return absent
  const value = object[name]
  return value === undefined ? absent : value
}

/** Whether a member is there and not null; false as well where something before it is missing. */
export function linkHas(
  [, base, name]: readonly ['get' | 'need' | 'has', Tree, string],
  cx: LinkContext,
  link: Link,
): Run {
  const read = linkMember(['has', base, name], cx, link)
  return (env) => {
    const value = read(env)
    return isMissing(value) ? false : isFault(value) ? value : value !== null
  }
}

/** True for the faults of something that is not there, which `has` and `default` take for an answer. */
export function isMissing(value: Value): boolean {
  return isFault(value) && (value.code === NO_MEMBER.code || value.code === NO_INDEX.code)
}

/** `["at", x, key]`: an entry by position, or a member by a name known only now. */
export function linkAt(target: Run, key: Run): Run {
  return (env) => {
    const container = target(env)
    if (isFault(container)) return container
    const at = key(env)
    if (Array.isArray(container) && typeof at === 'number') {
      const entries = container as readonly Json[]
      return Number.isInteger(at) && at >= 0 && at < entries.length ? (entries[at] ?? null) : NO_INDEX
    }
    if (isJsonObject(container) && typeof at === 'string') {
      return isUnsafeKey(at) ? NO_MEMBER : own(container, at, NO_MEMBER)
    }
    return container === null ? NO_MEMBER : notUsable(at)
  }
}
