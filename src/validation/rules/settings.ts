import { isKey, type Json } from '../../base/json.ts'
import { LIMITS, type LimitName } from '../../base/limits.ts'
import { FITS_TYPE } from '../../document/data-type.ts'
import type { DataType, FlowSettings, Logbook } from '../../document/flow-document.ts'
import { RESERVED_NAMES } from '../../expressions/scope.ts'
import { isImplicitOutcome } from '../../nodes/events.ts'
import type { FlowRule, Report } from '../rule.ts'

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
      if (word.trim() === '') report('settings.blankStopWord', { path: ['settings', 'stopWords', index] })
    })
    if (settings.duplicates?.prevent === true && isBlank(settings.duplicates.identifier)) {
      report('settings.noDuplicateIdentifier', { path: ['settings', 'duplicates', 'identifier'] })
    }
  },
}

function checkVariables({ variables = [] }: FlowSettings, report: Report): void {
  checkNames('variables', 'name', variables, isKey, report)
  variables.forEach(({ name, type, default: preset }, index) => {
    const path = ['settings', 'variables', index]
    if (RESERVED_NAMES.has(name)) report('variable.reserved', { path: [...path, 'name'] }, { name })
    if (preset !== undefined && preset !== null && !fits(type, preset)) {
      report('variable.defaultType', { path: [...path, 'default'] }, { name, expected: type })
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
  entries: readonly { readonly [M in Member]: string }[] = [],
  isUsable: (name: string) => boolean,
  report: Report,
): void {
  const seen = new Set<string>()
  entries.forEach((entry, index) => {
    const name = entry[member]
    const location = { path: ['settings', list, index, member] }
    if (!isUsable(name)) report(NAME_CODES[list].bad, location, { name })
    else if (seen.has(name)) report(NAME_CODES[list].repeated, location, { name })
    seen.add(name)
  })
}

/** A caller goes on by the flow outcome of a subflow: its code has to be good for an outcome. */
function isOutcomeName(code: string): boolean {
  return code !== '' && code.length <= 64 && !isImplicitOutcome(code)
}

function checkLogbook({ name, fields }: Logbook, index: number, report: Report): void {
  const path = ['settings', 'logbooks', index]
  if (name === '') report('logbook.noName', { path: [...path, 'name'] })
  fields.forEach((field, at) => {
    if (field === '') report('logbook.noName', { path: [...path, 'fields', at] }, { logbook: name })
  })
}

function checkLanguages({ languages }: FlowSettings, report: Report): void {
  const path = ['settings', 'languages']
  if (languages?.default === '') report('settings.noLanguage', { path: [...path, 'default'] })
  languages?.others?.forEach(({ tag }, index) => {
    if (tag === '') report('settings.noLanguage', { path: [...path, 'others', index, 'tag'] })
  })
}

function checkLimits({ limits = {} }: FlowSettings, report: Report): void {
  for (const limit of Object.keys(LIMITS) as LimitName[]) {
    const value = limits[limit]
    const { max } = LIMITS[limit]
    if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= max)) continue
    report('settings.limit', { path: ['settings', 'limits', limit] }, { limit, max, got: value })
  }
}

function fits(type: DataType, value: Json): boolean {
  return FITS_TYPE[type](value) && (type !== 'date' || /^\d{4}-\d{2}-\d{2}/.test(value as string))
}

function isBlank(identifier: unknown): boolean {
  return identifier === undefined || identifier === ''
}
