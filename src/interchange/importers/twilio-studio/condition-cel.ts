import { celText, quote } from '../shared/reference.ts'
import { CONDITION_TYPES, type ReadCondition, wholePattern } from './condition-types.ts'
import { plainPath } from './plain-reference.ts'
import { hasMarkup } from './scan-liquid.ts'
import type { StudioTexts } from './texts.ts'

/** Texts compare without case and outer spaces, as Studio compares them. */
const fold = (text: string) => text.trim().toLowerCase()

/** A condition about a plain reference, as CEL. */
export function celCondition(condition: ReadCondition, texts: StudioTexts, where: string): string {
  const { type, argument, value, values } = condition
  const plain = (source: string, part: string) => {
    const reference = texts.reference(plainPath(source)!, `${where}.${part}`)
    return reference === undefined ? '""' : celText(reference)
  }
  const text = plain(argument, 'arguments')
  const left = `${text}.trim().lower()`
  const right = hasMarkup(value) ? `${plain(value, 'value')}.trim().lower()` : quote(fold(value))
  switch (type) {
    case 'equal_to':
      return `${left} == ${right}`
    case 'not_equal_to':
      return `${left} != ${right}`
    case 'contains':
      return `${left}.contains(${right})`
    case 'does_not_contain':
      return `!${left}.contains(${right})`
    case 'starts_with':
      return `${left}.startsWith(${right})`
    case 'does_not_start_with':
      return `!${left}.startsWith(${right})`
    case 'matches_any_of':
    case 'does_not_match_any_of': {
      const listed = `${left} in [${values.map((each) => quote(fold(each))).join(', ')}]`
      return type === 'matches_any_of' ? listed : `!(${listed})`
    }
    case 'is_blank':
      return `${left} == ""`
    case 'is_not_blank':
      return `${left} != ""`
    case 'regex':
      return `${text}.trim().matches(${quote(wholePattern(value))})`
    default:
      return celOrder(type, left, value)
  }
}

/** What separates the parts of a date or time, without which they compare as numbers. */
const SEPARATORS = { number: '', date: '-', time: ':' } as const

/** A text that is none compares false either way: it stands as the very number it is compared with. */
function celOrder(type: string, left: string, value: string): string {
  const separator = SEPARATORS[CONDITION_TYPES[type] as keyof typeof SEPARATORS]
  const number = Number(separator === '' ? value : value.replaceAll(separator, ''))
  const read = separator === '' ? left : `${left}.replace("${separator}", "")`
  const operator = type === 'less_than' || type.startsWith('is_before') ? '<' : '>'
  return `number(${read}, ${number}) ${operator} ${number}`
}
