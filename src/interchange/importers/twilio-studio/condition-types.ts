import { re2Engine } from '../../../expressions/re2.ts'
import { hasMarkup } from './scan-liquid.ts'

/** A condition with its parts as texts. */
export interface ReadCondition {
  readonly type: string
  /** What is tested. */
  readonly argument: string
  readonly value: string
  /** The value, or the entries of the list that it is. */
  readonly values: readonly string[]
}

/**
 * What each type of condition compares. Texts are compared without case and outer spaces; a date is `2026-11-21`, a
 * time `17:30`.
 */
export const CONDITION_TYPES: {
  readonly [type: string]: 'text' | 'list' | 'number' | 'blank' | 'pattern' | 'date' | 'time'
} = {
  equal_to: 'text',
  not_equal_to: 'text',
  contains: 'text',
  does_not_contain: 'text',
  starts_with: 'text',
  does_not_start_with: 'text',
  matches_any_of: 'list',
  does_not_match_any_of: 'list',
  less_than: 'number',
  greater_than: 'number',
  is_blank: 'blank',
  is_not_blank: 'blank',
  regex: 'pattern',
  is_before_date: 'date',
  is_after_date: 'date',
  is_before_time: 'time',
  is_after_time: 'time',
}

const FORMS = {
  number: { form: /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i, wanted: 'a number' },
  date: { form: /^\s*\d{4}-\d{2}-\d{2}\s*$/, wanted: 'a date such as 2026-11-21' },
  time: { form: /^\s*\d{1,2}:\d{2}\s*$/, wanted: 'a time such as 17:30' },
} as const

/** Why a condition has no counterpart; `undefined` for one that has. What Liquid fills in is known only later. */
export function problemOf({ type, value }: ReadCondition): string | undefined {
  const kind = Object.hasOwn(CONDITION_TYPES, type) ? CONDITION_TYPES[type] : undefined
  if (kind === undefined) return `There is no counterpart for the condition ${shown(type)}`
  if (hasMarkup(value)) return undefined
  if (kind === 'pattern') return patternProblem(value)
  const rule = kind === 'number' || kind === 'date' || kind === 'time' ? FORMS[kind] : undefined
  if (rule === undefined || rule.form.test(value)) return undefined
  return `The condition ${type} compares with ${shown(value)}, which is not ${rule.wanted}`
}

function patternProblem(value: string): string | undefined {
  try {
    re2Engine.compile(wholePattern(value))
    return undefined
  } catch {
    return `The regular expression ${shown(value)} is not one of RE2, which has no look-around and no back-references`
  }
}

/** Studio holds a pattern against the whole text, without regard to case. */
export function wholePattern(pattern: string): string {
  return `(?i)^(?:${pattern})$`
}

function shown(text: string): string {
  return JSON.stringify(text.length <= 80 ? text : `${text.slice(0, 80)}…`)
}
