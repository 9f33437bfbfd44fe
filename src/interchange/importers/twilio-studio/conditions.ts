import type { LossEntry } from '../../importer.ts'
import { type LiquidTranslator, quote } from './liquid.ts'
import { type StudioCondition, textOf } from './studio-flow.ts'

/** Texts compare without case and outer spaces, as Studio compares them. */
interface Operands {
  /** The argument as folded text. */
  readonly left: string
  /** The value as folded text. */
  readonly right: string
  /** The value as it is written. */
  readonly value: string
}

const not = (condition: string) => `!(${condition})`
const anyOf = ({ left, value }: Operands) => `${left} in [${splitList(value).map(quote).join(', ')}]`
// A text that is no number compares false either way: it stands as the very number it is compared with.
const compared = ({ left, value }: Operands, operator: string) => {
  const number = Number(value)
  return Number.isFinite(number) && value.trim() !== ''
    ? `number(${left}, ${number}) ${operator} ${number}`
    : undefined
}

/** Studio's conditions by type. */
const CONDITIONS: { readonly [type: string]: (operands: Operands) => string | undefined } = {
  equal_to: ({ left, right }) => `${left} == ${right}`,
  not_equal_to: ({ left, right }) => `${left} != ${right}`,
  matches_any_of: anyOf,
  does_not_match_any_of: (operands) => not(anyOf(operands)),
  contains: ({ left, right }) => `${left}.contains(${right})`,
  does_not_contain: ({ left, right }) => not(`${left}.contains(${right})`),
  starts_with: ({ left, right }) => `${left}.startsWith(${right})`,
  does_not_start_with: ({ left, right }) => not(`${left}.startsWith(${right})`),
  less_than: (operands) => compared(operands, '<'),
  greater_than: (operands) => compared(operands, '>'),
  is_blank: ({ left }) => `${left} == ""`,
  is_not_blank: ({ left }) => `${left} != ""`,
  regex: ({ left, value }) => `${left}.matches(${quote(`(?i)${value}`)})`,
}

/** The expression of a transition's conditions, all of which must hold; `undefined` where one has no counterpart. */
export function translateConditions(
  conditions: readonly StudioCondition[],
  input: string,
  where: string,
  liquid: LiquidTranslator,
  loss: LossEntry[],
): string | undefined {
  const translated = conditions.map((condition) => {
    const value = textOf(condition.value) ?? ''
    const argument = textOf(condition.arguments[0]) ?? input
    const left = fold(liquid.text(argument, `${where}.arguments`))
    const right = value.includes('{{')
      ? fold(liquid.text(value, `${where}.value`))
      : quote(value.trim().toLowerCase())
    const make = Object.hasOwn(CONDITIONS, condition.type) ? CONDITIONS[condition.type] : undefined
    const cel = make?.({ left, right, value })
    if (cel === undefined) {
      loss.push({
        severity: 'error',
        code: 'import.condition',
        where,
        message: `The condition ${condition.type} with ${quote(value.slice(0, 40))} is not supported yet; it never holds`,
      })
    }
    return cel
  })
  if (translated.length === 0 || translated.includes(undefined)) return undefined
  return translated.length === 1 ? translated[0] : translated.map((each) => `(${each})`).join(' && ')
}

function fold(cel: string): string {
  return `(${cel}).trim().lower()`
}

function splitList(value: string): string[] {
  return value.split(',').map((each) => each.trim().toLowerCase())
}
