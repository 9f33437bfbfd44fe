import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'
import type { Source } from '../document/flow-document.ts'
import type { Field, Fields } from '../nodes/fields.ts'
import { isSource } from '../nodes/prompt.ts'
import type { ConfigPath } from '../nodes/visit-config.ts'
import { cleanAddress } from './clean-address.ts'
import { cleanExpression, givesCredential, isConstant } from './clean-expression.ts'
import { namesCredential } from './credential-names.ts'
import { coverHoles, tellsSecret } from './literal-text.ts'

/** What cleaning needs to know of the flow, and whom it tells. */
export interface Cleaning {
  /** Names of variables that are sensitive. */
  readonly variables: ReadonlySet<string>
  /** Names of fields of the contact that are sensitive. */
  readonly contact: ReadonlySet<string>
  removed(path: ConfigPath): void
}

/** A config without secrets; `fields` are absent where its node type is not known, and names alone can tell. */
export function cleanConfig(fields: Fields | undefined, config: JsonObject, cx: Cleaning): JsonObject {
  return cleanMembers(fields ?? {}, config, ['config'], cx)
}

/** An entry that its name, chosen by the author, tells apart: of a record, or of what a transition logs. */
export function cleanEntry(
  of: Field,
  name: string,
  value: Json,
  path: ConfigPath,
  cx: Cleaning,
  sensitive = cx.variables,
): Json | undefined {
  const isSecret =
    (namesCredential(name) && tells(of, value)) ||
    (of.kind === 'expression' && sensitive.has(name) && comesToConstant(value))
  return isSecret ? drop(path, cx) : cleanField(of, value, path, cx)
}

/** Members of an object; those that are no fields are judged by their names. */
function cleanMembers(fields: Fields, object: JsonObject, path: ConfigPath, cx: Cleaning): JsonObject {
  const pair = isNamedPair(object)
  return mapMembers(object, (name, value) => {
    const at = [...path, name]
    const field = Object.hasOwn(fields, name) ? fields[name]! : undefined
    if (pair && name === 'value' && tells(field ?? ANYTHING, value)) return drop(at, cx)
    if (field === undefined) return cleanEntry(ANYTHING, name, value, at, cx)
    if (field.kind === 'expression' && field.forVariable !== undefined) {
      const variable = Object.hasOwn(object, field.forVariable) ? object[field.forVariable] : undefined
      if (cx.variables.has(variable as string) && comesToConstant(value)) return drop(at, cx)
    }
    return cleanField(field, value, at, cx)
  })
}

function cleanField(field: Field, value: Json, path: ConfigPath, cx: Cleaning): Json | undefined {
  if (field.secret === true) return value === null || value === '' ? value : drop(path, cx)
  if (field.kind === 'expression' && isSource(value)) return told(value, cleanExpression(value), path, cx)
  if (isSource(value)) return told(value, cleanAddress(value as Source), path, cx)
  if (Array.isArray(value)) {
    const of = field.kind === 'list' ? field.of : ANYTHING
    return mapEntries(value, (entry, index) => cleanField(of, entry, [...path, index], cx))
  }
  if (!isJsonObject(value)) return value
  if (field.kind !== 'record')
    return cleanMembers(field.kind === 'object' ? field.fields : {}, value, path, cx)
  // Inputs of another flow have names of their own, but often the same ones; whose else they are the field says.
  const sensitive = field.names === 'contact' ? cx.contact : cx.variables
  return mapMembers(value, (name, entry) => cleanEntry(field.of, name, entry, [...path, name], cx, sensitive))
}

/** For what no field describes: members of unknown node types, of plain JSON, and what is of the wrong shape. */
const ANYTHING: Field = { kind: 'json' }

/** `{ "name": "Authorization", "value": "Bearer abc" }`: an entry of a record by other means. */
function isNamedPair(object: JsonObject): boolean {
  return ['name', 'key', 'header'].some((member) => {
    const name = Object.hasOwn(object, member) ? object[member] : undefined
    return typeof name === 'string' && namesCredential(name)
  })
}

/** True where a value that stands under the name of a credential tells something of it. */
function tells(field: Field, value: Json): boolean {
  if (value === null || typeof value === 'boolean') return false
  if (isSource(value))
    return field.kind === 'expression' ? givesCredential(value) : tellsSecret(coverHoles(value))
  if (typeof value !== 'object') return true
  return Object.values(value).some((each) => each !== undefined && tells(field, each))
}

function comesToConstant(value: Json): boolean {
  if (isSource(value)) return isConstant(value)
  return value !== null && typeof value !== 'boolean'
}

function drop(path: ConfigPath, cx: Cleaning): undefined {
  cx.removed(path)
  return undefined
}

function told(before: Json, after: Json, path: ConfigPath, cx: Cleaning): Json {
  if (after !== before) cx.removed(path)
  return after
}

/** The object with other members; the same one where none differs. */
function mapMembers(object: JsonObject, change: (name: string, value: Json) => Json | undefined): JsonObject {
  let same = true
  const members: [string, Json][] = []
  for (const [name, value] of Object.entries(object)) {
    const next = value === undefined ? undefined : change(name, value)
    if (next !== value) same = false
    if (next !== undefined) members.push([name, next])
  }
  return same ? object : Object.fromEntries(members)
}

function mapEntries(
  list: readonly Json[],
  change: (value: Json, index: number) => Json | undefined,
): readonly Json[] {
  const changed = list.map(change)
  return changed.every((value, index) => value === list[index])
    ? list
    : changed.filter((value) => value !== undefined)
}
