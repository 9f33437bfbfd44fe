import type { JsonObject } from '../base/json.ts'

/** The schema version that this release writes. */
export const CURRENT_SCHEMA = 1

/** Turns a document of one schema version into the next; pure, and kept for ever. */
export type Migration = (document: JsonObject) => JsonObject

/** By the version that it starts from: `MIGRATIONS.get(1)` makes schema 2. None yet: 1 is the first. */
export const MIGRATIONS: ReadonlyMap<number, Migration> = new Map()

/** Brings a document of an older schema to `target`, one step at a time; `undefined` where a step is missing. */
export function migrate(
  document: JsonObject,
  from: number,
  { target = CURRENT_SCHEMA, migrations = MIGRATIONS } = {},
): JsonObject | undefined {
  let current = document
  for (let version = from; version < target; version++) {
    const step = migrations.get(version)
    if (step === undefined) return undefined
    current = { ...step(current), schema: version + 1 }
  }
  return current
}
