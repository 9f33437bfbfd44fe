import { parseDuration } from '../base/duration.ts'
import { isJsonObject, isKey, isUnsafeKey, type Json, type JsonObject } from '../base/json.ts'
import { nearest } from '../base/nearest.ts'
import { type Field, type Fields, isBlank, isOptional } from './fields.ts'
import { isSource, promptTemplates } from './prompt.ts'
import { type ConfigPath, visitConfig } from './visit-config.ts'

/** A field whose value is missing or of the wrong kind, or a member that is no field. */
export interface ConfigFault {
  readonly code: 'config.missing' | 'config.wrongType' | 'config.unknownField'
  readonly path: ConfigPath
  readonly details: { readonly [name: string]: Json }
}

/** Checks the shape of a config against its fields; sources are not read here. */
export function checkConfig(fields: Fields, config: JsonObject): readonly ConfigFault[] {
  const faults: ConfigFault[] = []
  findUnknown(fields, config, [], faults)
  visitConfig(fields, config, (field, value, path) => {
    if (value === undefined || isBlank(field, value) || isEmptyList(field, value)) {
      if (!isOptional(field))
        faults.push({ code: 'config.missing', path, details: { field: labelOf(field, path) } })
      return
    }
    const expected = mismatch(field, value)
    if (expected !== undefined) {
      faults.push({
        code: 'config.wrongType',
        path,
        details: { field: labelOf(field, path), expected, got: describe(value) },
      })
    }
    if (field.kind === 'object' && isJsonObject(value)) findUnknown(field.fields, value, path, faults)
  })
  return faults
}

function findUnknown(fields: Fields, object: JsonObject, path: ConfigPath, faults: ConfigFault[]): void {
  for (const name of Object.keys(object).sort()) {
    if (Object.hasOwn(fields, name)) continue
    const suggestion = nearest(name, Object.keys(fields))
    faults.push({
      code: 'config.unknownField',
      path: [...path, name],
      details: { field: name, ...(suggestion === undefined ? {} : { suggestion }) },
    })
  }
}

/** An empty list fills no field that is needed. */
function isEmptyList(field: Field, value: Json): boolean {
  return field.kind === 'list' && Array.isArray(value) && value.length === 0
}

/** What the field expects, where the value is not that; `undefined` where it fits. */
function mismatch(field: Field, value: Json): string | undefined {
  switch (field.kind) {
    case 'text':
      return checkText(field, value)
    case 'number':
      return checkNumber(field, value)
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'true or false'
    case 'options':
      return field.options.includes(value as string) ? undefined : `one of ${field.options.join(', ')}`
    case 'duration':
      return typeof value === 'string' && parseDuration(value) !== undefined
        ? undefined
        : 'a duration such as 10s, 5m or 1h30m, at most 366d'
    case 'template':
    case 'expression':
      return isSource(value) ? undefined : field.kind === 'template' ? 'a text' : 'an expression'
    case 'prompt':
      return isPrompt(value) ? undefined : 'a text, or a prompt with text, speech, audio and media'
    case 'variable':
      return typeof value === 'string' ? undefined : 'the name of a variable'
    case 'pattern':
      return typeof value === 'string' && value.length <= 1_000
        ? undefined
        : 'a pattern of at most 1,000 characters'
    case 'flowRef':
      return typeof value === 'string' ? undefined : 'the id of a flow'
    case 'list':
      return checkList(field, value)
    case 'object':
      return isJsonObject(value) ? undefined : 'an object'
    case 'record':
      if (!isJsonObject(value)) return 'an object of named values'
      if (Object.keys(value).some(isUnsafeKey))
        return 'without the names __proto__, constructor and prototype'
      return Object.keys(value).length > (field.max ?? 200)
        ? `at most ${field.max ?? 200} entries`
        : undefined
    case 'dataFields':
      return Array.isArray(value) && value.every(isDataField)
        ? undefined
        : 'a list of fields with name and type'
    case 'json':
      return undefined
  }
}

function checkText(
  { maxLength = 10_000, pattern }: Field & { kind: 'text' },
  value: Json,
): string | undefined {
  if (typeof value !== 'string') return 'a text'
  if (value.length > maxLength) return `at most ${maxLength} characters`
  return pattern === undefined || new RegExp(pattern).test(value)
    ? undefined
    : `a text of the form ${pattern}`
}

function checkNumber({ min, max, integer }: Field & { kind: 'number' }, value: Json): string | undefined {
  if (typeof value !== 'number') return 'a number'
  if (integer === true && !Number.isInteger(value)) return 'a whole number'
  if (min !== undefined && value < min) return `at least ${min}`
  return max !== undefined && value > max ? `at most ${max}` : undefined
}

function checkList({ min = 0, max = 500 }: Field & { kind: 'list' }, value: Json): string | undefined {
  if (!Array.isArray(value)) return 'a list'
  if (value.length < min) return `at least ${min} entries`
  return value.length > max ? `at most ${max} entries` : undefined
}

const DATA_TYPES = new Set(['text', 'number', 'boolean', 'date', 'list', 'object', 'any'])

function isDataField(value: Json): boolean {
  if (!isJsonObject(value)) return false
  return typeof value.name === 'string' && isKey(value.name) && DATA_TYPES.has(value.type as string)
}

function isPrompt(value: Json): boolean {
  if (isSource(value)) return true
  if (!isJsonObject(value)) return false
  const { audio, ...parts } = value
  if (audio !== undefined && (typeof audio !== 'string' || audio === '')) return false
  const given = Object.keys(parts).filter((part) => parts[part] !== undefined)
  // Every part that is there has text; a part of the wrong kind, or that no prompt has, gives none.
  const texts = new Set<string>(promptTemplates(parts).map(({ part }) => part))
  return given.length + (audio === undefined ? 0 : 1) > 0 && given.every((part) => texts.has(part))
}

/** The field's label, or its path in words: `options.0.value`. */
function labelOf(field: Field, path: ConfigPath): string {
  return path.length > 1 ? path.join('.') : (field.label ?? path.join('.'))
}

function describe(value: Json): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'string')
    return value.length > 40 ? `a text of ${value.length} characters` : `"${value}"`
  return String(value)
}
