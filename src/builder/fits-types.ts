import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { type Field, type Fields, isOptional } from '../nodes/fields.ts'
import { PROMPT_PARTS } from '../nodes/prompt.ts'

/*
 * Whether the compiler takes a config for that of a node type: what `AuthoredConfig` says, for values. It is less than
 * `checkConfig`, which looks at lengths and patterns too, and stricter: no type has room for a blank number.
 */

/** True where a config has every field that it needs, no other, and each of the right kind. */
export function fitsFields(fields: Fields, config: JsonObject): boolean {
  return (
    Object.keys(config).every((name) => config[name] === undefined || Object.hasOwn(fields, name)) &&
    Object.entries(fields).every(([name, field]) => {
      const value = Object.hasOwn(config, name) ? config[name] : undefined
      return value === undefined ? isOptional(field) : fitsField(field, value)
    })
  )
}

function fitsField(field: Field, value: Json): boolean {
  switch (field.kind) {
    case 'text':
    case 'duration':
    case 'variable':
    case 'pattern':
    case 'flowRef':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'options':
      return field.options.includes(value as string)
    case 'template':
    case 'expression':
      return isPlainSource(value)
    case 'prompt':
      return isPlainPrompt(value)
    case 'list':
      return Array.isArray(value) && value.every((entry: Json) => fitsField(field.of, entry))
    case 'object':
      return isJsonObject(value) && fitsFields(field.fields, value)
    case 'record':
      return isJsonObject(value) && membersOf(value).every(([, member]) => fitsField(field.of, member))
    case 'dataFields':
      return Array.isArray(value) && value.every(isPlainDataField)
    case 'json':
      return true
  }
}

function isPlainSource(value: Json): boolean {
  if (typeof value === 'string') return true
  return hasOnly(value, { language: isText, source: isText }, ['language', 'source'])
}

function isPlainPrompt(value: Json): boolean {
  if (isPlainSource(value)) return true
  const isLocalised = (part: Json) =>
    isPlainSource(part) ||
    hasOnly(
      part,
      { texts: (texts) => isJsonObject(texts) && membersOf(texts).every(([, each]) => isPlainSource(each)) },
      ['texts'],
    )
  const parts = Object.fromEntries(PROMPT_PARTS.map((part) => [part, isLocalised]))
  return hasOnly(value, { ...parts, media: isPlainSource, audio: isText }, [])
}

const DATA_TYPES: readonly Json[] = ['text', 'number', 'boolean', 'date', 'list', 'object', 'any']

function isPlainDataField(value: Json): boolean {
  const isFlag = (flag: Json) => typeof flag === 'boolean'
  const isType = (type: Json) => DATA_TYPES.includes(type)
  const members = { name: isText, type: isType, sensitive: isFlag, required: isFlag, label: isText }
  return hasOnly(value, members, ['name', 'type'])
}

/** True for an object with the members that it needs, no unknown ones, and each as it should be. */
function hasOnly(
  value: Json,
  members: { readonly [name: string]: (value: Json) => boolean },
  needed: readonly string[],
): boolean {
  if (!isJsonObject(value)) return false
  return (
    needed.every((name) => value[name] !== undefined) &&
    membersOf(value).every(([name, member]) => Object.hasOwn(members, name) && members[name]!(member))
  )
}

function isText(value: Json): boolean {
  return typeof value === 'string'
}

function membersOf(value: JsonObject): readonly (readonly [string, Json])[] {
  return Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : [[name, member] as const],
  )
}
