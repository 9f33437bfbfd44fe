import { isJsonObject, type Json, type JsonObject, ownMember } from '../../base/json.ts'
import { nearest } from '../../base/nearest.ts'
import { err, ok, type Result } from '../../base/result.ts'
import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import { MAX_FAULTS } from '../../document/document-schema.ts'
import { cel } from '../../expressions/cel.ts'
import type { Scope } from '../../expressions/types.ts'
import { ANY_OBJECT } from '../../expressions/value-types.ts'
import { type GrayFault, grayFault } from './gray-faults.ts'
import type { ConditionMatch, GrayMatch, GrayRule, NumberMatch, PercentageMatch } from './gray-rule.ts'
import { MAX_NAME, RULE_SCHEMAS, UNKNOWN_RULE } from './gray-schema.ts'
import { normalisePhoneNumber } from './phone-number.ts'
import { readJson, readShape } from './read-shape.ts'

/** Ranges, prefixes and numbers of one rule, or contacts of one. */
export const MAX_RULE_ENTRIES = 200_000

/** Prefixes of one rule: each becomes a range for every length of number. */
export const MAX_RULE_PREFIXES = 20_000

/** Conditions read the contact alone: whoever has passed once passes always, until something of the contact changes. */
const CONTACT_ONLY: Scope = {
  resolve: (name) => (name === 'contact' ? { path: ['contact'], type: ANY_OBJECT } : undefined),
  names: () => ['contact'],
  hasSecrets: false,
  isSensitive: () => false,
}

/**
 * Reads a gray rule from outside. What comes back is a copy that routing can rely on: numbers in E.164 form with a plus,
 * a condition with its checked tree. Never throws; at most 20 faults are named at once.
 *
 * @example
 * const rule = checkGrayRule({ id: 'pilot', name: 'Pilot', match: { kind: 'percentage', percent: 5 } })
 * if (!rule.ok) console.error(rule.error[0]?.message)
 */
export function checkGrayRule(value: unknown): Result<GrayRule, readonly GrayFault[]> {
  const json = readJson(value, 'grayRule.shape')
  if (!json.ok) return json
  const read = readRule(json.value)
  if (!read.ok) return read
  const faults: GrayFault[] = []
  const match = checkMatch(read.value.match, faults)
  return faults.length > 0 ? err(faults.slice(0, MAX_FAULTS)) : ok({ ...read.value, match })
}

function readRule(value: Json): Result<GrayRule, readonly GrayFault[]> {
  const match = isJsonObject(value) ? ownMember(value, 'match') : undefined
  const kind = match !== undefined && isJsonObject(match) ? ownMember(match, 'kind') : undefined
  if (typeof kind === 'string' && !Object.hasOwn(RULE_SCHEMAS, kind)) {
    const suggestion = nearest(kind, Object.keys(RULE_SCHEMAS))
    const details = { kind: kind.slice(0, MAX_NAME), ...(suggestion === undefined ? {} : { suggestion }) }
    return err([grayFault('grayRule.kind', ['match', 'kind'], details)])
  }
  if (typeof kind !== 'string') {
    return readShape(value, UNKNOWN_RULE, 'grayRule.shape') as Result<GrayRule, readonly GrayFault[]>
  }
  const many = countEntries(match as JsonObject)
  if (many.length > 0) return err(many)
  return readShape(value, RULE_SCHEMAS[kind as GrayMatch['kind']], 'grayRule.shape') as Result<
    GrayRule,
    readonly GrayFault[]
  >
}

/** Whether there are too many entries, before anything looks at each. */
function countEntries(match: JsonObject): GrayFault[] {
  const lengthOf = (member: string): number => {
    const list = ownMember(match, member)
    return Array.isArray(list) ? list.length : 0
  }
  const count = ['ranges', 'prefixes', 'numbers', 'contacts'].reduce(
    (sum, member) => sum + lengthOf(member),
    0,
  )
  const prefixes = lengthOf('prefixes')
  const tooMany = (what: string, found: number, max: number, path: GrayFault['path']): GrayFault[] =>
    found > max ? [grayFault('grayRule.tooMany', path, { what, count: found, max })] : []
  return [
    ...tooMany('entries', count, MAX_RULE_ENTRIES, ['match']),
    ...tooMany('prefixes', prefixes, MAX_RULE_PREFIXES, ['match', 'prefixes']),
  ]
}

function checkMatch(match: GrayMatch, faults: GrayFault[]): GrayMatch {
  switch (match.kind) {
    case 'numbers':
      return checkNumbers(match, faults)
    case 'contacts':
      if (match.contacts.length === 0) faults.push(grayFault('grayRule.empty', ['match', 'contacts']))
      return match
    case 'condition':
      return checkCondition(match, faults)
    case 'percentage':
      checkPercent(match, faults)
      return match
  }
}

function checkNumbers({ kind, ranges, prefixes, numbers }: NumberMatch, faults: GrayFault[]): NumberMatch {
  if (!ranges?.length && !prefixes?.length && !numbers?.length) {
    faults.push(grayFault('grayRule.empty', ['match']))
  }
  const read = (text: string, ...path: (string | number)[]): string => {
    const digits = normalisePhoneNumber(text)
    if (digits === undefined) faults.push(grayFault('grayRule.number', ['match', ...path], { value: text }))
    return `+${digits}`
  }
  const checked = ranges?.map((range, i) => {
    const found = faults.length
    const begin = read(range.begin, 'ranges', i, 'begin')
    const end = read(range.end, 'ranges', i, 'end')
    if (faults.length === found && begin.length !== end.length) {
      faults.push(grayFault('grayRule.rangeLengths', ['match', 'ranges', i], { begin, end }))
    } else if (faults.length === found && begin > end) {
      faults.push(grayFault('grayRule.rangeReversed', ['match', 'ranges', i], { begin, end }))
    }
    return { begin, end }
  })
  return {
    kind,
    ...(checked && { ranges: checked }),
    ...(prefixes && { prefixes: prefixes.map((prefix, i) => read(prefix, 'prefixes', i)) }),
    ...(numbers && { numbers: numbers.map((number, i) => read(number, 'numbers', i)) }),
  }
}

function checkCondition({ kind, condition }: ConditionMatch, faults: GrayFault[]): ConditionMatch {
  const { checked, faults: found } = cel.checkExpression(condition, CONTACT_ONLY, 'boolean')
  for (const { code, range, details } of found) {
    const { message: problem } = createDiagnostic(code, {}, details)
    faults.push(
      grayFault('grayRule.condition', ['match', 'condition'], {
        ...details,
        problem,
        fault: code,
        range: { ...range },
      }),
    )
  }
  return checked === undefined ? { kind, condition } : { kind, condition, tree: checked.tree }
}

function checkPercent({ percent }: PercentageMatch, faults: GrayFault[]): void {
  if (percent < 0 || percent > 100)
    faults.push(grayFault('grayRule.percent', ['match', 'percent'], { percent }))
  else if (Number(percent.toFixed(2)) !== percent) {
    faults.push(grayFault('grayRule.percentStep', ['match', 'percent'], { percent }))
  }
}
