import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import { type Field, type Fields, isBlank } from './fields.ts'

export type ConfigPath = readonly (string | number)[]

/** Called with each field and the value found there; `undefined` where the config leaves it out. */
export type FieldVisitor = (field: Field, value: Json | undefined, path: ConfigPath) => void

/**
 * Walks a config by its fields, outer fields before inner ones. Lists, objects and records are entered only
 * where the value has that shape, so that half-finished configs can be walked too.
 */
export function visitConfig(fields: Fields, config: JsonObject, visit: FieldVisitor): void {
  visitMembers(fields, config, [], visit)
}

const NAMES = new WeakMap<Fields, readonly string[]>()

/** The names of fields; looked up once for a node type, not once for each of its nodes. */
function namesOf(fields: Fields): readonly string[] {
  let names = NAMES.get(fields)
  if (names === undefined) {
    names = Object.keys(fields)
    NAMES.set(fields, names)
  }
  return names
}

function visitMembers(fields: Fields, object: JsonObject, path: ConfigPath, visit: FieldVisitor): void {
  for (const name of namesOf(fields)) {
    visitField(fields[name]!, Object.hasOwn(object, name) ? object[name] : undefined, [...path, name], visit)
  }
}

function visitField(field: Field, value: Json | undefined, path: ConfigPath, visit: FieldVisitor): void {
  visit(field, value, path)
  if (value === undefined) return
  if (field.kind === 'list' && Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) visitField(field.of, value[i], [...path, i], visit)
  } else if (field.kind === 'object' && isJsonObject(value)) {
    visitMembers(field.fields, value, path, visit)
  } else if (field.kind === 'record' && isJsonObject(value)) {
    for (const name of Object.keys(value).sort()) visitField(field.of, value[name], [...path, name], visit)
  }
}

/**
 * The config as the node runs with it: fields left blank are taken out, and defaults stand where fields name one.
 * A form that clears a field leaves `""` or `null` behind; a node sees neither.
 */
export function withDefaults(fields: Fields, config: JsonObject): JsonObject {
  const filled: { [name: string]: Json | undefined } = { ...config }
  for (const name of namesOf(fields)) {
    const field = fields[name]!
    const value = Object.hasOwn(filled, name) ? filled[name] : undefined
    if (value !== undefined && !isBlank(field, value)) filled[name] = fillIn(field, value)
    else if (field.default !== undefined) filled[name] = field.default
    else delete filled[name]
  }
  return filled
}

function fillIn(field: Field, value: Json): Json {
  if (field.kind === 'object' && isJsonObject(value)) return withDefaults(field.fields, value)
  if (field.kind === 'list' && Array.isArray(value))
    return value.map((entry: Json) => fillIn(field.of, entry))
  if (field.kind !== 'record' || !isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [name, fillIn(field.of, entry ?? null)]),
  )
}
