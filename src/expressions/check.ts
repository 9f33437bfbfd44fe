import { isUnsafeKey } from '../base/json.ts'
import { checkCall, checkMethod } from './check-calls.ts'
import { type CheckContext, check, extend, report, settle, suggest, type Typed } from './check-context.ts'
import { checkBinary, checkLogical, checkTernary, checkUnary } from './check-operators.ts'
import type { Syntax } from './parse.ts'
import type { Tree } from './tree.ts'
import type { ValueType } from './types.ts'
import { isListType, isObjectType, joinAll, typeWord } from './value-types.ts'

/** Levels of a syntax tree, so that neither checking nor linking nor evaluating it can overflow the stack. */
const MAX_DEPTH = 250

/** Checks a part that may be the beginning of a longer path. */
export function checkPart(node: Syntax, cx: CheckContext): Typed {
  if (cx.depth >= MAX_DEPTH) return report(cx, node, 'tooDeep')
  cx.depth++
  const part = dispatch(node, cx)
  cx.depth--
  return part
}

function dispatch(node: Syntax, cx: CheckContext): Typed {
  switch (node.op) {
    case 'value':
      return checkLiteral(node, node.args, cx)
    case 'id':
      return checkName(node, node.args, cx)
    case '.':
      return checkMember(node, node.args[0], node.args[1], cx)
    case '[]':
      return checkIndex(node, node.args[0], node.args[1], cx)
    case 'call':
      return checkCall(node, node.args[0], node.args[1], cx)
    case 'rcall':
      return checkMethod(node, node.args[0], node.args[1], node.args[2], cx)
    case 'list':
      return checkList(node.args, cx)
    case 'map':
      return checkObject(node.args, cx)
    case '?:':
      return checkTernary(node.args, cx)
    case '||':
    case '&&':
      return checkLogical(node, cx)
    case '!_':
    case '-_':
      return checkUnary(node.op, node.args, cx)
    case '.?':
    case '[?]':
      return report(cx, node, 'syntax', { found: '?' })
    default:
      return checkBinary(node, node.op, node.args, cx)
  }
}

function checkLiteral(node: Syntax, value: unknown, cx: CheckContext): Typed {
  if (value === null) return { tree: null, type: 'null' }
  if (typeof value === 'string') return { tree: value, type: 'text' }
  if (typeof value === 'boolean') return { tree: value, type: 'boolean' }
  if (typeof value === 'number') return { tree: value, type: 'number' }
  if (typeof value === 'bigint') {
    const number = Number(value)
    return Number.isSafeInteger(number)
      ? { tree: number, type: 'number' }
      : report(cx, node, 'numberRange', { found: String(value).slice(0, 40) })
  }
  return report(cx, node, value instanceof Uint8Array ? 'bytesLiteral' : 'unsignedLiteral')
}

function checkName(node: Syntax, name: string, cx: CheckContext): Typed {
  for (let loop = cx.loop; loop !== undefined; loop = loop.outer) {
    if (loop.name === name) return { tree: ['loop', loop.slot], type: loop.type }
  }
  const entry = cx.scope.resolve(name)
  if (entry === undefined) {
    const names = new Set(cx.scope.names())
    for (let loop = cx.loop; loop !== undefined; loop = loop.outer) names.add(loop.name)
    return report(cx, node, 'unknownName', suggest({ name }, name, names))
  }
  const [root, member] = entry.path
  const tree: Tree = member === undefined ? ['root', root] : ['get', ['root', root], member]
  return { tree, type: entry.type, path: entry.path }
}

function checkMember(node: Syntax, base: Syntax, name: string, cx: CheckContext): Typed {
  // The range of the member alone: the parser gives it as the place of the access, up to its end.
  return readMember(
    node,
    { start: node.end - name.length, end: node.end },
    checkPart(base, cx),
    base,
    name,
    cx,
  )
}

/** A member by a name that is known while checking, of `x.name` and of `x["name"]`. */
function readMember(
  _node: Syntax,
  at: { start: number; end: number },
  target: Typed,
  base: Syntax,
  name: string,
  cx: CheckContext,
): Typed {
  const { tree, type } = target
  if (type !== 'any' && !isObjectType(type)) {
    settle(target, base, cx)
    return report(cx, at, 'noMembers', { name, type: typeWord(type) })
  }
  if (isUnsafeKey(name)) {
    settle(target, base, cx)
    return report(cx, at, 'unknownMember', { name })
  }
  if (type !== 'any' && Object.hasOwn(type.fields, name)) {
    return { tree: ['get', tree, name], type: type.fields[name]!, ...extend(target.path, name) }
  }
  if (type === 'any' || type.open)
    return { tree: ['need', tree, name], type: 'any', ...extend(target.path, name) }
  settle(target, base, cx)
  return report(cx, at, 'unknownMember', suggest({ name }, name, Object.keys(type.fields)))
}

function checkIndex(node: Syntax, base: Syntax, index: Syntax, cx: CheckContext): Typed {
  const target = checkPart(base, cx)
  const list = isListType(target.type) ? target.type : undefined
  if (list === undefined && index.op === 'value' && typeof index.args === 'string') {
    return readMember(node, index, target, base, index.args, cx)
  }
  settle(target, base, cx)
  const key = check(index, cx)
  const { type } = target
  if (type !== 'any' && list === undefined && !isObjectType(type)) {
    return report(cx, base, 'noMembers', { name: '[…]', type: typeWord(type) })
  }
  const wanted: readonly ValueType[] = type === 'any' ? ['number', 'text'] : list ? ['number'] : ['text']
  if (key.type !== 'any' && !wanted.includes(key.type)) {
    return report(cx, index, 'index', {
      of: typeWord(type),
      wanted: wanted.map(typeWord),
      got: typeWord(key.type),
    })
  }
  const closed = type !== 'any' && isObjectType(type) && !type.open
  const entry = list ? list.list : closed ? joinAll(Object.values(type.fields)) : 'any'
  return { tree: ['at', target.tree, key.tree], type: entry }
}

function checkList(entries: readonly Syntax[], cx: CheckContext): Typed {
  const parts = entries.map((entry) => check(entry, cx))
  return {
    tree: ['list', ...parts.map((part) => part.tree)],
    type: { list: joinAll(parts.map((part) => part.type)) },
  }
}

function checkObject(entries: readonly (readonly [Syntax, Syntax])[], cx: CheckContext): Typed {
  const tree: Tree[] = []
  const fields: Record<string, ValueType> = {}
  let open = false
  for (const [keyNode, valueNode] of entries) {
    const key = check(keyNode, cx)
    const value = check(valueNode, cx)
    if (typeof key.tree === 'string') {
      if (isUnsafeKey(key.tree) || Object.hasOwn(fields, key.tree))
        report(cx, keyNode, 'objectKey', { name: key.tree })
      else fields[key.tree] = value.type
    } else if (key.type === 'any' || key.type === 'text') open = true
    else report(cx, keyNode, 'objectKey', { name: typeWord(key.type) })
    tree.push(key.tree, value.tree)
  }
  return { tree: ['object', ...tree], type: open ? { fields, open } : { fields } }
}
