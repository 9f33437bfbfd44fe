import { isJsonObject, isKey, type Json, type JsonObject } from '../base/json.ts'
import type { Expression } from '../expressions/types.ts'
import type { ConfigPath, ConfigReport, Entry, NodeContext } from '../nodes/index.ts'

/** The values of a record of expressions, by name. */
export function valuesOf(
  context: NodeContext<unknown>,
  entries: readonly Entry<Expression>[] = [],
): JsonObject {
  const values: { [name: string]: Json } = {}
  for (const { name, value } of entries) values[name] = context.evaluate(value)
  return values
}

/** Reports the names of a record that no variable, and no field of a contact, can have; `what` says what they name. */
export function reportBadNames(
  record: Json | undefined,
  what: string,
  at: string,
  report: ConfigReport,
): void {
  if (!isJsonObject(record)) return
  for (const name of Object.keys(record)) reportBadName(name, what, [at, name], report)
}

/** The same for one name. */
export function reportBadName(name: string, what: string, path: ConfigPath, report: ConfigReport): void {
  if (isKey(name)) return
  report('config.wrongType', path, {
    field: what,
    expected: 'a name as variables have them',
    got: name,
  })
}
