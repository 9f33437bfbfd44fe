/** Groups inside of groups, the outermost counted. */
export const MAX_CONDITION_DEPTH = 8

/** What a rule builder shows: conditions of which all, or one or more, must hold. Plain JSON. */
export type ConditionGroup = AllGroup | AnyGroup

/** Holds where every condition holds; without conditions it always does. */
export interface AllGroup {
  readonly all: readonly Condition[]
}

/** Holds where one condition or more holds; without conditions it never does. */
export interface AnyGroup {
  readonly any: readonly Condition[]
}

export type Condition = ConditionGroup | Comparison

/**
 * What is read stands on the left as a path: `retries`, `contact.tier`, `nodes.menu.value`, `contact["first name"]`
 * with brackets only where a dot will not do.
 *
 * @example
 * ['contact.tier', 'isOneOf', ['gold', 'silver']]
 */
export type Comparison =
  | readonly [left: string, operator: PlainOperator]
  | readonly [left: string, operator: CompareOperator, right: Operand]
  | readonly [left: string, operator: TextOperator, right: string | Reference]
  | readonly [left: string, operator: 'between', bounds: readonly [least: Operand, most: Operand]]
  | readonly [left: string, operator: ListOperator, among: readonly Operand[] | Reference]

/** Those that take nothing on the right. Null, a missing value and an empty text are blank. */
export type PlainOperator = 'isBlank' | 'isNotBlank' | 'exists' | 'notExists'
export type CompareOperator = 'equals' | 'notEquals' | 'greater' | 'atLeast' | 'less' | 'atMost'
/** `matches` takes an RE2 pattern, which may match a part of the text. */
export type TextOperator = 'contains' | 'notContains' | 'startsWith' | 'endsWith' | 'matches'
export type ListOperator = 'isOneOf' | 'isNotOneOf'
export type Operator = PlainOperator | CompareOperator | TextOperator | 'between' | ListOperator

/** What a value is compared with. */
export type Operand = string | number | boolean | CalendarDate | Instant | Reference

/** For what is declared as a date, which is text. */
export interface CalendarDate {
  /** Such as `2026-11-21`. */
  readonly date: string
}

/** For `now` and other instants, which are numbers. */
export interface Instant {
  /** Such as `2026-11-21T09:00`, with or without an offset; without one it is local time of the zone, or UTC. */
  readonly instant: string
  /** Such as `Europe/Berlin`. */
  readonly zone?: string
}

/** Another value that the expression may read, as a path. */
export interface Reference {
  readonly ref: string
}
