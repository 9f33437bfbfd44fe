import { isUnsafeKey } from '../../base/json.ts'
import { isSyntax, parseSource, type Syntax } from '../parse.ts'
import { memberAccess } from '../quote.ts'
import { RESERVED_NAMES } from '../scope.ts'

/** The one way to write what a node reads, where it is a name and members of it. */
export function pathText(node: Syntax): string | undefined {
  if (node.op === 'id') return isUnsafeKey(node.args) ? undefined : node.args
  if (node.op !== '.' && node.op !== '[]') return undefined
  const [baseNode, member] = node.args
  const name = typeof member === 'string' ? member : member.op === 'value' ? member.args : undefined
  if (typeof name !== 'string' || isUnsafeKey(name)) return undefined
  const base = pathText(baseNode)
  return base === undefined ? undefined : base + memberAccess(name)
}

/** True for a path that is written that way. */
export function isPath(text: unknown): text is string {
  if (typeof text !== 'string') return false
  const syntax = parseSource(text)
  return isSyntax(syntax) && pathText(syntax) === text
}

/** True where `has` may be asked: a root is always there. */
export function mayBeMissing(path: string): boolean {
  return !RESERVED_NAMES.has(path)
}
