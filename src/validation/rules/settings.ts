import { isKey, type Json } from '../../base/json.ts'
import { LIMITS, type LimitName } from '../../base/limits.ts'
import { FITS_TYPE } from '../../document/data-type.ts'
import type { DataType, FlowSettings, Logbook } from '../../document/flow-document.ts'
import { RESERVED_NAMES } from '../../expressions/scope.ts'
import { otherKind } from '../fixes/config-fix.ts'
import { changeSettings, fixOf, short, type WithFix } from '../fixes/fix.ts'
import { type Declared, removeRepeated } from '../fixes/repeated.ts'
import type { FlowRule, Report } from '../rule.ts'
import { isOutcomeName } from './flow-outcomes.ts'

/**
 * What the settings declare can be used: names and codes, defaults, limits, stop words, languages, and what tells
 * duplicate sessions apart. Drafts hold all of these half done (DOC-12).
 */
export const settingsRule: FlowRule = {
  name: 'settings',
  scope: 'flow',
  reads: ['settings'],
  check({ settings }, report) {
    checkVariables(settings, report)
    checkNames('contact', 'name', settings.contact, isKey, report)
    checkNames('outcomes', 'code', settings.outcomes, isOutcomeName, report)
    settings.logbooks?.forEach((logbook, index) => {
      checkLogbook(logbook, index, report)
    })
    checkLanguages(settings, report)
    checkLimits(settings, report)
    settings.stopWords?.forEach((word, index) => {
      const fix = fixOf('Remove the blank stop word', changeSettings(['stopWords', index]))
      if (word.trim() === '')
        report('settings.blankStopWord', { path: ['settings', 'stopWords', index] }, {}, fix)
    })
    if (settings.duplicates?.prevent === true && isBlank(settings.duplicates.identifier)) {
      const fix = fixOf('Do not prevent duplicates', changeSettings(['duplicates', 'prevent'], false))
      report('settings.noDuplicateIdentifier', { path: ['settings', 'duplicates', 'identifier'] }, {}, fix)
    }
  },
}

function checkVariables({ variables = [] }: FlowSettings, report: Report): void {
  checkNames('variables', 'name', variables, isKey, report)
  variables.forEach(({ name, type, default: preset }, index) => {
    const path = ['settings', 'variables', index]
    if (RESERVED_NAMES.has(name)) report('variable.reserved', { path: [...path, 'name'] }, { name })
    if (preset !== undefined && preset !== null && !fits(type, preset)) {
      const fix = mendDefault(name, type, preset, ['variables', index, 'default'])
      report('variable.defaultType', { path: [...path, 'default'] }, { name, expected: type }, fix)
    }
  })
}

const NAME_CODES = {
  variables: { bad: 'variable.badName', repeated: 'variable.repeated' },
  contact: { bad: 'contact.badName', repeated: 'contact.repeated' },
  outcomes: { bad: 'flowOutcome.badCode', repeated: 'flowOutcome.repeated' },
} as const

function checkNames<Member extends string>(
  list: keyof typeof NAME_CODES,
  member: Member,
  entries: readonly Declared<Member>[] = [],
  isUsable: (name: string) => boolean,
  report: Report,
): void {
  const seen = new Set<string>()
  entries.forEach((entry, index) => {
    const name = entry[member]
    const location = { path: ['settings', list, index, member] }
    if (!isUsable(name))
      report(NAME_CODES[list].bad, location, { name }, removeUnnamed(list, index, name, entry.label))
    else if (seen.has(name))
      report(NAME_CODES[list].repeated, location, { name }, removeRepeated(list, index, entries, member))
    seen.add(name)
  })
}

/** A flow outcome without a code can be named by nobody; expressions can reach a variable without a name. */
function removeUnnamed(list: keyof typeof NAME_CODES, index: number, name: string, label = ''): WithFix {
  return list === 'outcomes' && name === '' && label === ''
    ? fixOf('Remove the flow outcome', changeSettings([list, index]))
    : {}
}

function mendDefault(
  name: string,
  type: DataType,
  preset: Json,
  path: readonly (string | number)[],
): WithFix {
  const other = otherKind(preset)
  return other !== undefined && fits(type, other)
    ? fixOf(`Make the default ${short(JSON.stringify(other))}`, changeSettings(path, other))
    : fixOf(`Take the default of ${short(name)} away`, changeSettings(path))
}

function checkLogbook({ name, fields }: Logbook, index: number, report: Report): void {
  const path = ['settings', 'logbooks', index]
  // Nodes may write to a field without a name, and to no logbook without one.
  const isEmpty = fields.every((field) => field === '')
  const whole = isEmpty ? fixOf('Remove the logbook', changeSettings(['logbooks', index])) : {}
  if (name === '') report('logbook.noName', { path: [...path, 'name'] }, {}, whole)
  fields.forEach((field, at) => {
    const fix =
      name === '' ? fixOf('Remove the field', changeSettings(['logbooks', index, 'fields', at])) : {}
    if (field === '') report('logbook.noName', { path: [...path, 'fields', at] }, { logbook: name }, fix)
  })
}

function checkLanguages({ languages }: FlowSettings, report: Report): void {
  const path = ['settings', 'languages']
  const others = languages?.others ?? []
  if (languages?.default === '') {
    const isEmpty = others.every(({ tag }) => tag === '')
    const fix = isEmpty ? fixOf('Remove the languages', changeSettings(['languages'])) : {}
    report('settings.noLanguage', { path: [...path, 'default'] }, {}, fix)
  }
  others.forEach(({ tag }, index) => {
    const fix = fixOf('Remove the language', changeSettings(['languages', 'others', index]))
    if (tag === '') report('settings.noLanguage', { path: [...path, 'others', index, 'tag'] }, {}, fix)
  })
}

function checkLimits({ limits = {} }: FlowSettings, report: Report): void {
  for (const limit of Object.keys(LIMITS) as LimitName[]) {
    const value = limits[limit]
    const { max } = LIMITS[limit]
    if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= max)) continue
    const fix = fixOf(`Take ${limit} away`, changeSettings(['limits', limit]))
    report('settings.limit', { path: ['settings', 'limits', limit] }, { limit, max, got: value }, fix)
  }
}

function fits(type: DataType, value: Json): boolean {
  return FITS_TYPE[type](value) && (type !== 'date' || /^\d{4}-\d{2}-\d{2}/.test(value as string))
}

function isBlank(identifier: unknown): boolean {
  return identifier === undefined || identifier === ''
}
