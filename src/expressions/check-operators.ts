import { type CheckContext, check, checkWhere, report, settle, type Typed } from './check-context.ts'
import { presentWhere } from './guards.ts'
import type { Syntax } from './parse.ts'
import type { BinaryOperator, Tree } from './tree.ts'
import type { ValueType } from './types.ts'
import { comparable, isListType, isObjectType, join, typeWord } from './value-types.ts'

/** `&&` and `||`: a chain of one operator becomes one node, however long, without recursion. */
export function checkLogical(node: Syntax, cx: CheckContext): Typed {
  const operands: Syntax[] = []
  let left = node
  while (left.op === node.op) {
    const [next, right] = left.args as [Syntax, Syntax]
    operands.unshift(right)
    left = next
  }
  operands.unshift(left)
  const isAnd = node.op === '&&'
  const trees: Tree[] = []
  const outer = cx.present
  for (const operand of operands) {
    const tree = checkCondition(operand, String(node.op), cx)
    trees.push(tree)
    // What comes after decides something only where this one did not.
    cx.present = [...cx.present, ...presentWhere(tree, isAnd)]
  }
  cx.present = outer
  return { tree: [isAnd ? 'and' : 'or', ...trees], type: 'boolean' }
}

export function checkTernary([test, yes, no]: readonly [Syntax, Syntax, Syntax], cx: CheckContext): Typed {
  const condition = checkCondition(test, '? :', cx)
  const then = checkWhere(presentWhere(condition, true), cx, () => check(yes, cx))
  const otherwise = checkWhere(presentWhere(condition, false), cx, () => check(no, cx))
  return { tree: ['if', condition, then.tree, otherwise.tree], type: join(then.type, otherwise.type) }
}

export function checkUnary(op: '!_' | '-_', operand: Syntax, cx: CheckContext): Typed {
  if (op === '!_') return { tree: ['not', checkCondition(operand, '!', cx)], type: 'boolean' }
  const part = check(operand, cx)
  if (!isOneOf(part.type, 'number')) {
    report(cx, operand, 'operand', { operator: '-', wanted: ['number'], got: [typeWord(part.type)] })
  }
  return { tree: typeof part.tree === 'number' ? 0 - part.tree : ['neg', part.tree], type: 'number' }
}

/** A part that must be true or false; its tree. */
export function checkCondition(node: Syntax, operator: string, cx: CheckContext): Tree {
  const part = check(node, cx)
  if (!isOneOf(part.type, 'boolean')) {
    report(cx, node, 'operand', { operator, wanted: ['true or false'], got: [typeWord(part.type)] })
  }
  return part.tree
}

export function checkBinary(
  node: Syntax,
  op: BinaryOperator,
  [leftNode, rightNode]: readonly [Syntax, Syntax],
  cx: CheckContext,
): Typed {
  const isEquality = op === '==' || op === '!='
  const left = checkOperand(leftNode, isEquality && isNull(rightNode), cx)
  const right = checkOperand(rightNode, isEquality && isNull(leftNode), cx)
  const type = resultType(op, left.type, right.type)
  if (type === 'unequal') {
    return report(cx, node, 'comparison', {
      operator: op,
      left: typeWord(left.type),
      right: typeWord(right.type),
    })
  }
  if (type === 'unfit') {
    const got = [typeWord(left.type), typeWord(right.type)]
    return report(cx, node, 'operand', {
      operator: op,
      wanted: WANTED[op],
      got,
      ...advice(op, left.type, right.type, rightNode, leftNode),
    })
  }
  return { tree: [op, left.tree, right.tree], type }
}

/** A declared path that is compared with null may be missing; reading a member that nobody declared is a fault. */
function checkOperand(node: Syntax, againstNull: boolean, cx: CheckContext): Typed {
  const part = cx.checkPart(node, cx)
  const isDeclared = Array.isArray(part.tree) && part.tree[0] === 'get'
  return settle(part, node, cx, againstNull && isDeclared)
}

function isNull(node: Syntax): boolean {
  return node.op === 'value' && node.args === null
}

/** What each operator takes, in words. */
const WANTED: Readonly<Record<BinaryOperator, string[]>> = {
  '==': [],
  '!=': [],
  in: ['list', 'object'],
  '+': ['number', 'text', 'list'],
  '<': ['number', 'text'],
  '<=': ['number', 'text'],
  '>': ['number', 'text'],
  '>=': ['number', 'text'],
  '-': ['number'],
  '*': ['number'],
  '/': ['number'],
  '%': ['number'],
}

function resultType(op: BinaryOperator, left: ValueType, right: ValueType): ValueType | 'unequal' | 'unfit' {
  switch (op) {
    case '==':
    case '!=':
      return comparable(left, right) ? 'boolean' : 'unequal'
    case 'in':
      if (right === 'any') return 'boolean'
      if (isListType(right)) return comparable(left, right.list) ? 'boolean' : 'unequal'
      return isObjectType(right) && isOneOf(left, 'text') ? 'boolean' : 'unfit'
    case '<':
    case '<=':
    case '>':
    case '>=':
      return both(left, right, 'number') || both(left, right, 'text') ? 'boolean' : 'unfit'
    case '+':
      return sumType(left, right)
    default:
      return both(left, right, 'number') ? 'number' : 'unfit'
  }
}

function sumType(left: ValueType, right: ValueType): ValueType | 'unfit' {
  if (left === 'any' && right === 'any') return 'any'
  if (both(left, right, 'number')) return 'number'
  if (both(left, right, 'text')) return 'text'
  const [known, other] = left === 'any' ? [right, left] : [left, right]
  if (!isListType(known)) return 'unfit'
  if (other === 'any') return { list: 'any' }
  return isListType(other) ? { list: join(known.list, other.list) } : 'unfit'
}

/** The call that would mend it, for a number next to a text. */
function advice(
  op: BinaryOperator,
  left: ValueType,
  right: ValueType,
  rightNode: Syntax,
  leftNode: Syntax,
): { suggestion?: string } {
  if (op === 'in' && left === 'text' && right === 'text') {
    return { suggestion: `${sourceOf(rightNode)}.contains(${sourceOf(leftNode)})` }
  }
  if (op !== '+') return {}
  if (left === 'text' && (right === 'number' || right === 'boolean'))
    return { suggestion: `string(${sourceOf(rightNode)})` }
  if (right === 'text' && (left === 'number' || left === 'boolean'))
    return { suggestion: `string(${sourceOf(leftNode)})` }
  return {}
}

function sourceOf(node: Syntax): string {
  const source = node.input.slice(node.start, node.end)
  return source.length > 40 ? '…' : source
}

function both(left: ValueType, right: ValueType, type: ValueType): boolean {
  return isOneOf(left, type) && isOneOf(right, type)
}

/** True where a value may be of the type when it is used; a literal null never is. */
function isOneOf(actual: ValueType, wanted: ValueType): boolean {
  return actual === 'any' || actual === wanted
}
