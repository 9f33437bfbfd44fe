import { CONDITION_TYPES, type ReadCondition, wholePattern } from './condition-types.ts'
import { hasMarkup } from './scan-liquid.ts'
import type { StudioTexts } from './texts.ts'

const NUMBER = '^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)$'

/**
 * A condition as Liquid that says `inner` where it holds: both sides are filled in first, trimmed and in lower case.
 * Names carry the number of the condition, so that several stand inside each other.
 */
export function liquidCondition(
  condition: ReadCondition,
  index: number,
  inner: string,
  texts: StudioTexts,
  where: string,
): string {
  const { type, argument } = condition
  const [left, right, each, found] = ['left', 'right', 'each', 'found'].map((name) => `_${name}_${index + 1}`)
  const capture = (name: string, source: string, folds: string) =>
    `{% capture ${name} %}${source}{% endcapture %}{% assign ${name} = ${name} | ${folds} %}`
  const sides =
    capture(left!, texts.liquid(argument, `${where}.arguments`, true), 'strip | downcase') +
    capture(right!, rightSide(condition, texts, where), type === 'regex' ? 'strip' : 'strip | downcase')
  const test = (asked: string) => `${sides}{% if ${asked} %}${inner}{% endif %}`
  switch (type) {
    case 'equal_to':
      return test(`${left} == ${right}`)
    case 'not_equal_to':
      return test(`${left} != ${right}`)
    case 'contains':
      return test(`${left} contains ${right}`)
    case 'does_not_contain':
      return `${sides}{% unless ${left} contains ${right} %}${inner}{% endunless %}`
    case 'starts_with':
    case 'does_not_start_with': {
      const operator = type === 'starts_with' ? '==' : '!='
      const size = `{% assign ${found} = ${right} | size %}{% assign ${each} = ${left} | slice: 0, ${found} %}`
      return `${sides}${size}{% if ${each} ${operator} ${right} %}${inner}{% endif %}`
    }
    case 'matches_any_of':
    case 'does_not_match_any_of': {
      const search =
        `{% assign ${found} = false %}{% assign ${right} = ${right} | split: "," %}{% for ${each} in ${right} %}` +
        `{% assign ${each}_ = ${each} | strip %}{% if ${each}_ == ${left} %}{% assign ${found} = true %}{% endif %}{% endfor %}`
      const tag = type === 'matches_any_of' ? 'if' : 'unless'
      return `${sides}${search}{% ${tag} ${found} %}${inner}{% end${tag} %}`
    }
    case 'is_blank':
      return test(`${left} == ""`)
    case 'is_not_blank':
      return test(`${left} != ""`)
    case 'regex':
      return `${sides}{% assign ${found} = ${left} | matches: ${right} %}{% if ${found} %}${inner}{% endif %}`
    default:
      return sides + order(type, { left: left!, right: right!, found: found! }, inner)
  }
}

function rightSide({ type, value }: ReadCondition, texts: StudioTexts, where: string): string {
  if (CONDITION_TYPES[type] === 'blank') return ''
  if (type !== 'regex') return texts.liquid(value, `${where}.value`, true)
  const pattern = hasMarkup(value)
    ? texts.liquid(value, `${where}.value`, true)
    : `{% raw %}${value}{% endraw %}`
  const [before, after] = wholePattern('\n').split('\n')
  return `{% raw %}${before}{% endraw %}${pattern}${after}`
}

/** Numbers, and dates and times without what separates their parts; what is none of them holds neither way. */
function order(
  type: string,
  { left, right, found }: { readonly left: string; readonly right: string; readonly found: string },
  inner: string,
): string {
  const kind = CONDITION_TYPES[type]
  const separator = kind === 'date' ? ' | remove: "-"' : kind === 'time' ? ' | remove: ":"' : ''
  const operator = type === 'less_than' || type.startsWith('is_before') ? '<' : '>'
  const read = (name: string) => `{% assign ${name} = ${name}${separator} %}`
  const isNumber = (name: string) => `{% assign ${found} = ${name} | matches: "${NUMBER}" %}{% if ${found} %}`
  const number = (name: string) => `{% assign ${name} = ${name} | plus: 0 %}`
  return (
    `${read(left)}${read(right)}${isNumber(left)}${isNumber(right)}${number(left)}${number(right)}` +
    `{% if ${left} ${operator} ${right} %}${inner}{% endif %}{% endif %}{% endif %}`
  )
}
