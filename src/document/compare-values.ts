import { equalJson, isJsonObject, type Json } from '../base/json.ts'

/** One place where two values differ; a member that is left out stands on one side alone. */
export interface ValueChange {
  /** Keys, and of list entries that have a name of their own that name. */
  readonly path: readonly (string | number)[]
  readonly before?: Json
  readonly after?: Json
  /** True where the values are secret: texts for people tell that they differ, and not what they are. */
  readonly secret?: true
}

/** The members by which entries of lists are known; what is assigned to a variable is not its name. */
const NAMES = ['name', 'code', 'tag', 'variable', 'outcome', 'value', 'id'] as const

/**
 * The smallest places at which two values differ. Lists whose entries all carry a name are compared by name, so that
 * an entry put in at the top is one change; where they stand in another order, the list as a whole has changed. Other lists are
 * compared by position.
 */
export function compareValues(
  before: Json | undefined,
  after: Json | undefined,
  path: readonly (string | number)[] = [],
): readonly ValueChange[] {
  if (before === undefined && after === undefined) return []
  if (before === undefined) return [{ path, after: after! }]
  if (after === undefined) return [{ path, before }]
  if (equalJson(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, path)
  if (isJsonObject(before) && isJsonObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .sort()
      .flatMap((key) => compareValues(own(before, key), own(after, key), [...path, key]))
  }
  return [{ path, before, after }]
}

function compareLists(
  before: readonly Json[],
  after: readonly Json[],
  path: readonly (string | number)[],
): readonly ValueChange[] {
  const [old, fresh] = [namedEntries(before), namedEntries(after)]
  if (old === undefined || fresh === undefined) {
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) =>
      compareValues(before[index], after[index], [...path, index]),
    ).flat()
  }
  // In another order nothing smaller than the list says it all.
  if (shared(old, fresh).join('\n') !== shared(fresh, old).join('\n')) return [{ path, before, after }]
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((name) =>
    compareValues(old.get(name), fresh.get(name), [...path, name]),
  )
}

/** The names of a list that another has too, in their order. */
function shared(list: ReadonlyMap<string, Json>, other: ReadonlyMap<string, Json>): readonly string[] {
  return [...list.keys()].filter((name) => other.has(name))
}

/** Entries by name; `undefined` where one has none, or two share one. */
export function namedEntries(list: readonly Json[]): ReadonlyMap<string, Json> | undefined {
  const found = new Map<string, Json>()
  for (const entry of list) {
    const name = isJsonObject(entry) ? NAMES.map((each) => own(entry, each)).find(isName) : undefined
    if (name === undefined || found.has(name as string)) return undefined
    found.set(name as string, entry)
  }
  return found
}

function isName(value: Json | undefined): boolean {
  return typeof value === 'string' && value !== ''
}

function own(object: { readonly [key: string]: Json | undefined }, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}
