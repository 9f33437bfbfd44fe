import type { ValueType } from '../types.ts'
import type { CompareOperator, ListOperator, Operator, PlainOperator, TextOperator } from './condition.ts'

/** How comparisons are written. */
export const SIGNS: Readonly<Record<CompareOperator, '==' | '!=' | '>' | '>=' | '<' | '<='>> = {
  equals: '==',
  notEquals: '!=',
  greater: '>',
  atLeast: '>=',
  less: '<',
  atMost: '<=',
}

const EQUALITY: readonly CompareOperator[] = ['equals', 'notEquals']
const ORDER: readonly Operator[] = ['greater', 'atLeast', 'less', 'atMost', 'between']
const TEXT: readonly TextOperator[] = ['contains', 'notContains', 'startsWith', 'endsWith', 'matches']
const LIST: readonly ListOperator[] = ['isOneOf', 'isNotOneOf']
const BLANK: readonly PlainOperator[] = ['isBlank', 'isNotBlank']
const PRESENCE: readonly PlainOperator[] = ['exists', 'notExists']

const OPERATORS: Readonly<Record<'text' | 'number' | 'date' | 'boolean' | 'any', readonly Operator[]>> = {
  text: [...EQUALITY, ...TEXT, ...LIST, ...BLANK, ...PRESENCE],
  number: [...EQUALITY, ...ORDER, ...LIST, ...PRESENCE],
  date: [...EQUALITY, ...ORDER, ...LIST, ...BLANK, ...PRESENCE],
  boolean: [...EQUALITY, ...PRESENCE],
  any: [...EQUALITY, ...ORDER, ...TEXT, ...LIST, ...BLANK, ...PRESENCE],
}

/** The operators that make sense for a value of a type, in the order in which a menu may show them. */
export function operatorsFor(type: ValueType | 'date'): readonly Operator[] {
  return typeof type === 'object' || type === 'null' ? PRESENCE : OPERATORS[type]
}

export function isPlain(operator: Operator): operator is PlainOperator {
  return isOneOf(operator, [...BLANK, ...PRESENCE])
}

export function isCompare(operator: Operator): operator is CompareOperator {
  return Object.hasOwn(SIGNS, operator)
}

export function isText(operator: Operator): operator is TextOperator {
  return isOneOf(operator, TEXT)
}

export function isList(operator: Operator): operator is ListOperator {
  return isOneOf(operator, LIST)
}

function isOneOf(operator: Operator, among: readonly Operator[]): boolean {
  return among.includes(operator)
}
