import type { Syntax } from '../parse.ts'
import type { CompareOperator, Comparison, Operand, Reference } from './condition.ts'
import { readOperand } from './operand.ts'
import { SIGNS } from './operators.ts'
import { mayBeMissing, pathText } from './path.ts'

const OPERATORS = new Map<string, CompareOperator>(
  Object.entries(SIGNS).map(([operator, sign]) => [sign, operator as CompareOperator]),
)

/** The sign that says the same with the sides changed. */
const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** What a node says as one comparison; nothing where it says something else. */
export function readComparison(node: Syntax): Comparison | undefined {
  switch (node.op) {
    case '!_':
      return negate(readComparison(node.args))
    case 'call':
      return readPresence(node.args[0], node.args[1], 'exists')
    case 'rcall':
      return readTextTest(node.args[0], node.args[1], node.args[2])
    case 'in':
      return readMembership(node.args[0], node.args[1])
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return readBinary(node.op, node.args[0], node.args[1])
    default:
      return undefined
  }
}

function negate(comparison: Comparison | undefined): Comparison | undefined {
  if (comparison === undefined) return undefined
  const [left, operator] = comparison
  switch (operator) {
    case 'contains':
      return [left, 'notContains', comparison[2] as string | Reference]
    case 'isOneOf':
      return [left, 'isNotOneOf', comparison[2] as readonly Operand[] | Reference]
    case 'exists':
      return [left, 'notExists']
    default:
      return undefined
  }
}

function readPresence(
  name: string,
  [of, ...more]: readonly Syntax[],
  operator: 'exists' | 'notExists',
): Comparison | undefined {
  const left = of === undefined ? undefined : pathText(of)
  if (name !== 'has' || left === undefined || more.length > 0) return undefined
  return mayBeMissing(left) ? [left, operator] : undefined
}

function readTextTest(name: string, receiver: Syntax, args: readonly Syntax[]): Comparison | undefined {
  if (name !== 'contains' && name !== 'startsWith' && name !== 'endsWith' && name !== 'matches')
    return undefined
  const left = pathText(receiver)
  const [arg] = args
  if (left === undefined || arg === undefined || args.length > 1) return undefined
  if (arg.op === 'value') return typeof arg.args === 'string' ? [left, name, arg.args] : undefined
  const ref = pathText(arg)
  return ref === undefined ? undefined : [left, name, { ref }]
}

function readMembership(leftNode: Syntax, rightNode: Syntax): Comparison | undefined {
  const left = pathText(leftNode)
  if (left === undefined) return undefined
  if (rightNode.op !== 'list') {
    const ref = pathText(rightNode)
    return ref === undefined ? undefined : [left, 'isOneOf', { ref }]
  }
  const entries = rightNode.args.map(readOperand)
  return entries.includes(undefined) ? undefined : [left, 'isOneOf', entries as Operand[]]
}

function readBinary(sign: string, leftNode: Syntax, rightNode: Syntax): Comparison | undefined {
  const isEquality = sign === '==' || sign === '!='
  const blank = readBlank(leftNode, rightNode)
  if (blank !== undefined) return isEquality ? [blank, sign === '==' ? 'isBlank' : 'isNotBlank'] : undefined
  const left = pathText(leftNode)
  if (left === undefined) {
    return pathText(rightNode) === undefined
      ? undefined
      : readBinary(MIRRORED[sign] ?? sign, rightNode, leftNode)
  }
  if (rightNode.op === 'value' && rightNode.args === null) {
    // A member of an object that is open may be missing, which is a fault here and not where `has` asks.
    return isEquality && leftNode.op === 'id' && mayBeMissing(left)
      ? [left, sign === '==' ? 'notExists' : 'exists']
      : undefined
  }
  const right = readOperand(rightNode)
  if (right === undefined || (!isEquality && typeof right === 'boolean')) return undefined
  return [left, OPERATORS.get(sign)!, right]
}

/** The path in `default(path, "")` beside `""`. */
function readBlank(leftNode: Syntax, rightNode: Syntax): string | undefined {
  if (leftNode.op !== 'call' || leftNode.args[0] !== 'default' || !isEmptyText(rightNode)) return undefined
  const [of, fallback, ...more] = leftNode.args[1]
  if (of === undefined || fallback === undefined || more.length > 0 || !isEmptyText(fallback))
    return undefined
  return pathText(of)
}

function isEmptyText(node: Syntax): boolean {
  return node.op === 'value' && node.args === ''
}
