import { CONVERSION, isFault } from '../../expressions/fault.ts'
import type { EvaluationFault } from '../../expressions/types.ts'

/** True for the text `true`, spaces around it aside; every other text is false, as a condition of Liquid has no else. */
export function toBoolean(text: string | EvaluationFault): boolean | EvaluationFault {
  return isFault(text) ? text : text.trim() === 'true'
}

export function toNumber(text: string | EvaluationFault): number | EvaluationFault {
  if (isFault(text)) return text
  const number = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number + 0 : CONVERSION
}
