import type { LossEntry } from '../../importer.ts'
import { quote } from '../shared/reference.ts'
import { shown } from '../shared/report.ts'
import type { ConnectCondition } from './connect-flow.ts'
import { isDynamic } from './paths.ts'
import { type ConnectTexts, MAX_EXPRESSION } from './texts.ts'

/** Operators on texts, as CEL. Case and spaces count, as there. */
const TEXT: { readonly [operator: string]: (left: string, right: string) => string } = {
  Equals: (left, right) => `${left} == ${right}`,
  TextEquals: (left, right) => `${left} == ${right}`,
  TextStartsWith: (left, right) => `${left}.startsWith(${right})`,
  TextEndsWith: (left, right) => `${left}.endsWith(${right})`,
  TextContains: (left, right) => `${left}.contains(${right})`,
}

/** Operators on numbers; a text that is none holds in none of them. */
const NUMBER: { readonly [operator: string]: '>' | '>=' | '<' | '<=' } = {
  NumberGreaterThan: '>',
  NumberGreaterOrEqualTo: '>=',
  NumberLessThan: '<',
  NumberLessOrEqualTo: '<=',
  NumericGreaterThan: '>',
  NumericGreaterOrEqualTo: '>=',
  NumericLessThan: '<',
  NumericLessOrEqualTo: '<=',
}

/** A condition as CEL; `left` is an expression whose value is a text. What has no counterpart is reported and never holds. */
export function celCondition(
  condition: ConnectCondition,
  left: string,
  where: string,
  texts: ConnectTexts,
  loss: LossEntry[],
): string {
  const written = write(condition, left, where, texts, loss)
  if (written.length <= MAX_EXPRESSION) return written
  const message = 'The condition is longer than any that is read here; it never holds'
  loss.push({ severity: 'error', code: 'import.condition', where, message })
  return 'false'
}

function write(
  { operator, operands, event }: ConnectCondition,
  left: string,
  where: string,
  texts: ConnectTexts,
  loss: LossEntry[],
): string {
  const refuse = (problem: string) => {
    loss.push({ severity: 'error', code: 'import.condition', where, message: `${problem}; it never holds` })
    return 'false'
  }
  const [operand, another] = operands
  const words = shown(event, 80)
  if (operand === undefined || another !== undefined)
    return refuse(`The condition ${words} does not compare with one value`)
  const isText = Object.hasOwn(TEXT, operator)
  if (!isText && !Object.hasOwn(NUMBER, operator))
    return refuse(`There is no counterpart for the condition ${words}`)
  const receiver = / \+ /.test(left) ? `(${left})` : left
  if (isText) {
    const right = texts.text(operand, where)
    return TEXT[operator]!(receiver, right.includes(' + ') && operator === 'Equals' ? `(${right})` : right)
  }
  const sign = NUMBER[operator]!
  if (isDynamic(operand)) {
    const right = texts.text(operand, where)
    // Without a number on both sides there is nothing to compare.
    return `[${left}, ${right}].all(side, side.matches(${quote(NUMBER_FORM)})) && number(${left}, 0) ${sign} number(${right}, 0)`
  }
  const number = Number(operand)
  if (operand.trim() === '' || !Number.isFinite(number))
    return refuse(`The condition ${words} compares with what is no number`)
  // What is no number stands as one with which the comparison fails.
  const other = sign === '>' || sign === '<' ? number : sign === '>=' ? number - 1 : number + 1
  return `number(${left}, ${other}) ${sign} ${number}`
}

const NUMBER_FORM = '^-?[0-9]{1,15}([.][0-9]{1,15})?$'
