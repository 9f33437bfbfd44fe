import type { JsonObject } from '../../base/json.ts'
import { BUNDLE_SCHEMA } from './bundle.ts'

/** Turns a bundle of one schema version into the next; pure, and kept for ever. Documents migrate by themselves. */
export type BundleMigration = (bundle: JsonObject) => JsonObject

/** By the version that it starts from: `BUNDLE_MIGRATIONS.get(1)` makes schema 2. None yet: 1 is the first. */
export const BUNDLE_MIGRATIONS: ReadonlyMap<number, BundleMigration> = new Map()

/** Brings a bundle of an older schema to `target`, one step at a time; `undefined` where a step is missing. */
export function migrateBundle(
  bundle: JsonObject,
  from: number,
  { target = BUNDLE_SCHEMA as number, migrations = BUNDLE_MIGRATIONS } = {},
): JsonObject | undefined {
  let current = bundle
  for (let version = from; version < target; version++) {
    const step = migrations.get(version)
    if (step === undefined) return undefined
    current = { ...step(current), schema: version + 1 }
  }
  return current
}
