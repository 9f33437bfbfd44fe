import { isUnsafeKey, type Json } from '../base/json.ts'
import { isFault, OBJECT_KEY, type Value } from './fault.ts'
import { linkCall, linkDefault } from './link-calls.ts'
import { type LinkContext, type Run, slotOf, unknownTree } from './link-context.ts'
import { linkMacro } from './link-macros.ts'
import {
  linkArithmetic,
  linkEquality,
  linkIf,
  linkIn,
  linkLogical,
  linkNegate,
  linkNot,
  linkOrdering,
  linkPlus,
} from './link-operators.ts'
import { linkAt, linkHas, linkMember, linkRoot } from './link-reads.ts'
import { isLiteral, type Tree } from './tree.ts'

/** Links a checked tree, one closure for each part. */
export function link(tree: Tree, cx: LinkContext): Run {
  if (isLiteral(tree)) return () => tree
  switch (tree[0]) {
    case 'root':
      return linkRoot(tree[1])
    case 'get':
    case 'need':
      return linkMember(tree, cx, link)
    case 'has':
      return linkHas(tree, cx, link)
    case 'at':
      return linkAt(link(tree[1], cx), link(tree[2], cx))
    case 'loop': {
      const slot = slotOf(cx, tree[1])
      return () => slot.value
    }
    case 'not':
      return linkNot(link(tree[1], cx))
    case 'neg':
      return linkNegate(link(tree[1], cx))
    case 'and':
    case 'or':
      return linkLogical(linkAll(tree.slice(1) as Tree[], cx), tree[0] === 'or')
    case 'if':
      return linkIf(link(tree[1], cx), link(tree[2], cx), link(tree[3], cx))
    case '==':
    case '!=':
      return linkEquality(tree[1], tree[2], tree[0] === '==', cx, link)
    case 'in':
      return linkIn(link(tree[1], cx), link(tree[2], cx), cx)
    case '+':
      return linkPlus(link(tree[1], cx), link(tree[2], cx), cx)
    case '-':
    case '*':
    case '/':
    case '%':
      return linkArithmetic(tree[0], link(tree[1], cx), link(tree[2], cx))
    case '<':
    case '<=':
    case '>':
    case '>=':
      return linkOrdering(tree[0], link(tree[1], cx), link(tree[2], cx), tree[2])
    case 'list':
      return linkList(tree.slice(1) as Tree[], cx)
    case 'object':
      return linkObject(tree.slice(1) as Tree[], cx)
    case 'all':
    case 'exists':
    case 'exists_one':
    case 'filter':
    case 'map':
      return linkMacro(tree as Parameters<typeof linkMacro>[0], cx, link)
    case 'default':
      return linkDefault(link(tree[1], cx), link(tree[2], cx))
    case 'call': {
      const args = tree.slice(2) as Tree[]
      return linkCall(tree[1], linkAll(args, cx), args, cx)
    }
    default:
      throw unknownTree(tree[0])
  }
}

function linkAll(trees: readonly Tree[], cx: LinkContext): Run[] {
  return trees.map((tree) => link(tree, cx))
}

function linkList(trees: readonly Tree[], cx: LinkContext): Run {
  if (trees.every(isLiteral)) {
    const constant = Object.freeze([...trees]) as readonly Json[]
    return () => constant
  }
  const entries = linkAll(trees, cx)
  return (env) => {
    const list: Json[] = []
    for (let i = 0; i < entries.length; i++) {
      const value = entries[i]!(env)
      if (isFault(value)) return value
      list.push(value)
    }
    return list
  }
}

function linkObject(trees: readonly Tree[], cx: LinkContext): Run {
  const parts = linkAll(trees, cx)
  return (env): Value => {
    const object: Record<string, Json> = {}
    for (let i = 0; i < parts.length; i += 2) {
      const key = parts[i]!(env)
      if (isFault(key)) return key
      if (typeof key !== 'string' || isUnsafeKey(key) || Object.hasOwn(object, key)) return OBJECT_KEY
      const value = parts[i + 1]!(env)
      if (isFault(value)) return value
      object[key] = value
    }
    return object
  }
}
