import type { Source } from '../../../document/flow-document.ts'
import type { LossEntry } from '../../importer.ts'
import { textOf } from '../shared/values.ts'
import { celCondition } from './condition-cel.ts'
import { liquidCondition } from './condition-liquid.ts'
import { CONDITION_TYPES, problemOf, type ReadCondition } from './condition-types.ts'
import { plainPath } from './plain-reference.ts'
import { hasMarkup } from './scan-liquid.ts'
import type { StudioCondition } from './studio-flow.ts'
import type { StudioTexts } from './texts.ts'

/**
 * The expression of a transition's conditions, all of which must hold. It is CEL where every condition asks about one
 * plain reference, and Liquid otherwise; `undefined` where one condition has no counterpart, so that none may hold.
 */
export function translateConditions(
  conditions: readonly StudioCondition[],
  input: string,
  where: string,
  texts: StudioTexts,
  loss: LossEntry[],
): Source | undefined {
  const read = conditions.map((condition): ReadCondition => {
    const value = Array.isArray(condition.value)
      ? condition.value.map((entry) => textOf(entry) ?? '').join(',')
      : (textOf(condition.value) ?? '')
    return {
      type: condition.type,
      argument: textOf(condition.arguments[0]) ?? input,
      value,
      values: condition.type.includes('any_of') ? value.split(',') : [value],
    }
  })
  const broken = read.filter((condition) => {
    const problem = problemOf(condition)
    if (problem !== undefined)
      loss.push({ severity: 'error', code: 'import.condition', where, message: `${problem}; it never holds` })
    return problem !== undefined
  })
  if (read.length === 0 || broken.length > 0) return undefined
  const plain = read.every(
    ({ argument, value, type }) =>
      plainPath(argument) !== undefined &&
      (!hasMarkup(value) || (CONDITION_TYPES[type] === 'text' && plainPath(value) !== undefined)),
  )
  if (!plain) {
    const source = read.reduceRight(
      (inner, condition, index) => liquidCondition(condition, index, inner, texts, where),
      'true',
    )
    return { language: 'liquid', source }
  }
  const cel = read.map((condition) => celCondition(condition, texts, where))
  return cel.length === 1 ? cel[0]! : cel.map((each) => `(${each})`).join(' && ')
}
