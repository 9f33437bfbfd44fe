import { isFault, NOT_TEXT, type Value } from './fault.ts'
import type { EvaluationFault } from './types.ts'

/** How a value stands in a text: null as nothing, numbers as JSON prints them; lists and objects are a fault. */
export function toText(value: Value): string | EvaluationFault {
  if (typeof value === 'string') return value
  if (value === null) return ''
  if (typeof value !== 'object') return String(value)
  return isFault(value) ? value : NOT_TEXT
}
