import { nearest } from '../../base/nearest.ts'
import { MAX_LIST_ENTRIES } from '../parse.ts'
import type { Comparison, Operator } from './condition.ts'
import { misuse, shown } from './misuse.ts'
import { isShaped, writeOperand } from './operand.ts'
import { isCompare, isList, isPlain, isText, operatorsFor, SIGNS } from './operators.ts'
import { isPath, mayBeMissing } from './path.ts'

/** One comparison as source. `between` stands in brackets, which tell it from two comparisons. */
export function writeComparison(comparison: Comparison): string {
  const [left, operator, right] = comparison as readonly [unknown, unknown, unknown]
  if (!isPath(left)) {
    throw misuse(
      'path',
      `${shown(left)} is no path of a value`,
      'Write names with dots, such as contact.tier, and brackets only where a dot will not do',
    )
  }
  if (!isOperator(operator)) {
    const suggestion = nearest(String(operator), operatorsFor('any'))
    throw misuse(
      'operator',
      `${shown(operator)} is no operator`,
      suggestion === undefined
        ? `Use one of ${operatorsFor('any').join(', ')}`
        : `Did you mean ${suggestion}`,
    )
  }
  const wanted = isPlain(operator) ? 2 : 3
  if (comparison.length !== wanted) {
    throw misuse(
      'operand',
      `${operator} got ${comparison.length} parts`,
      `Give it ${wanted} parts, the path first`,
    )
  }
  const source = writeOperator(left, operator, right)
  if (source === undefined) {
    throw misuse(
      'operand',
      `${operator} does not take ${shown(right)}`,
      `Give it ${WANTED[kindOf(operator)]}`,
    )
  }
  return source
}

function isOperator(operator: unknown): operator is Operator {
  return operatorsFor('any').includes(operator as Operator)
}

function writeOperator(left: string, operator: Operator, right: unknown): string | undefined {
  if (isPlain(operator)) {
    if (operator === 'isBlank') return `default(${left}, "") == ""`
    if (operator === 'isNotBlank') return `default(${left}, "") != ""`
    if (!mayBeMissing(left)) throw misuse('path', `${left} is always there`, 'Ask for one of its members')
    return operator === 'exists' ? `has(${left})` : `!has(${left})`
  }
  if (operator === 'between') {
    if (!Array.isArray(right) || right.length !== 2) return undefined
    const [least, most] = right.map(writeOrdered)
    if (least === undefined || most === undefined) return undefined
    return `(${left} >= ${least} && ${left} <= ${most})`
  }
  if (isList(operator)) {
    const among = writeList(right)
    if (among === undefined) return undefined
    return operator === 'isOneOf' ? `${left} in ${among}` : `!(${left} in ${among})`
  }
  if (isText(operator)) {
    const text = typeof right === 'string' || isShaped(right, ['ref']) ? writeOperand(right) : undefined
    if (text === undefined) return undefined
    return operator === 'notContains' ? `!${left}.contains(${text})` : `${left}.${operator}(${text})`
  }
  const isOrder = operator !== 'equals' && operator !== 'notEquals'
  const operand = isOrder ? writeOrdered(right) : writeOperand(right)
  return operand === undefined ? undefined : `${left} ${SIGNS[operator]} ${operand}`
}

/** True and false have no order. */
function writeOrdered(operand: unknown): string | undefined {
  return typeof operand === 'boolean' ? undefined : writeOperand(operand)
}

function writeList(among: unknown): string | undefined {
  if (Array.isArray(among) && among.length > MAX_LIST_ENTRIES) return undefined
  if (!Array.isArray(among)) return isShaped(among, ['ref']) ? writeOperand(among) : undefined
  const entries = among.map(writeOperand)
  return entries.includes(undefined) ? undefined : `[${entries.join(', ')}]`
}

const VALUE = 'a text, a number, { date }, { instant } or { ref }'

const WANTED = {
  text: 'a text or { ref }',
  list: `a list of values, at most ${MAX_LIST_ENTRIES}, or { ref }`,
  between: `two bounds, each of them ${VALUE}`,
  equality: `true or false, ${VALUE}`,
  order: VALUE,
}

function kindOf(operator: Operator): keyof typeof WANTED {
  if (operator === 'between') return 'between'
  if (isText(operator)) return 'text'
  if (isList(operator)) return 'list'
  return isCompare(operator) && SIGNS[operator].endsWith('=') && !/[<>]/.test(SIGNS[operator])
    ? 'equality'
    : 'order'
}
