import type { Json } from '../base/json.ts'
import type { EvaluationFault } from './types.ts'

// A registered symbol, so that faults are recognised across bundles; JSON cannot carry a symbol, so that no
// value of a session passes for a fault.
const BRAND: unique symbol = Symbol.for('sluice.evaluationFault') as never

/** What evaluating a part of an expression gives. */
export type Value = Json | EvaluationFault

/** True for a fault, false for every JSON value, whatever its members are called. */
export function isFault(value: unknown): value is EvaluationFault {
  return typeof value === 'object' && value !== null && BRAND in value
}

/** Faults are made while linking or once per module, and handed out by reference. */
export function fault(code: string, message: string): EvaluationFault {
  return Object.freeze({ fault: true, code: `evaluation.${code}`, message, [BRAND]: true } as const)
}

export const TYPE = fault('type', 'A value is missing or not of the kind that is needed here.')
export const NOT_FINITE = fault(
  'notFinite',
  'A calculation has no finite result, such as a division by zero.',
)
export const COST = fault('cost', 'The expression takes more operations than its limit allows.')
export const NO_MEMBER = fault('noSuchMember', 'An object has no member of the name that is asked for.')
export const NO_INDEX = fault('noSuchIndex', 'A list has no entry at the position that is asked for.')
export const OBJECT_KEY = fault('objectKey', 'The keys of an object must be different, safe texts.')
export const NOT_TEXT = fault('notText', 'A list or an object cannot stand in a text.')
export const CONVERSION = fault('conversion', 'A text cannot be read as what it should be converted to.')
export const ARGUMENT = fault('argument', 'An argument of a function is out of its range.')
export const TIME_ZONE = fault('timeZone', 'A time zone is not known.')
export const NO_REGEX_ENGINE = fault(
  'noRegexEngine',
  'No engine for regular expressions was passed when linking.',
)
export const PATTERN = fault('pattern', 'A regular expression cannot be read or is too large.')

/** The fault that an operand already is, or else that it has the wrong kind. */
export function notUsable(value: Value): EvaluationFault {
  return isFault(value) ? value : TYPE
}
