import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { compareValues, namedEntries } from '../../document/compare-values.ts'
import type { FlowDocument, FlowSettings } from '../../document/flow-document.ts'
import type { EditCommand } from '../command.ts'
import { hasCommandsByName } from './merge-values.ts'

type Path = readonly (string | number)[]

/** Commands that set a place of the settings, or take it away. */
export function settingsCommands(
  document: FlowDocument,
  path: Path,
  value: Json | undefined,
): readonly EditCommand[] {
  if (hasCommandsByName(path) && path.length > 2)
    return declarationCommands(document.settings, path as readonly string[], value)
  const [, ...place] = path
  const root = document.settings as unknown as JsonObject
  const at = indexPath(root, place)
  const last = at.at(-1)
  if (value === undefined && typeof last === 'number') {
    // The list as a whole: an index would mean another entry once one before it is gone.
    const list = valueIn(root, at.slice(0, -1)) as readonly Json[]
    const others = list.filter((_, index) => index !== last)
    return [{ type: 'changeSettings', path: at.slice(0, -1), value: others }]
  }
  return [{ type: 'changeSettings', path: at, ...(value === undefined ? {} : { value }) }]
}

function declarationCommands(
  settings: FlowSettings,
  [, list, name, member]: readonly string[],
  value: Json | undefined,
): readonly EditCommand[] {
  const of = name!
  if (member !== undefined) {
    const changes = { [member]: value ?? null }
    return list === 'variables'
      ? [{ type: 'changeVariable', name: of, changes }]
      : [{ type: 'changeFlowOutcome', code: of, changes }]
  }
  if (value === undefined) {
    return list === 'variables'
      ? [{ type: 'removeVariable', name: of }]
      : [{ type: 'removeFlowOutcome', code: of }]
  }
  const entries = (settings[list as 'variables' | 'outcomes'] ?? []) as unknown as readonly JsonObject[]
  const now = entries.find((each) => (each.name ?? each.code) === of)!
  const changes = Object.fromEntries(
    compareValues(now, value).map(({ path: [key] }) => [key!, (value as JsonObject)[key!] ?? null] as const),
  )
  return list === 'variables'
    ? [{ type: 'changeVariable', name: of, changes }]
    : [{ type: 'changeFlowOutcome', code: of, changes }]
}

/** The path with the indexes of entries for their names, as commands take it. */
export function indexPath(root: Json, path: Path): Path {
  const found: (string | number)[] = []
  let value: Json | undefined = root
  for (const key of path) {
    if (Array.isArray(value) && typeof key === 'string') {
      const list: readonly Json[] = value
      const at = [...(namedEntries(list)?.keys() ?? list)].indexOf(key)
      found.push(at)
      value = list[at]
    } else {
      found.push(key)
      value = valueIn(value, [key])
    }
  }
  return found
}

/** The path with the names of entries for their indexes, so that it means the same in another document. */
export function namePath(root: Json, path: Path): Path {
  let value: Json | undefined = root
  return path.map((key) => {
    const list = Array.isArray(value) ? (value as readonly Json[]) : undefined
    const names = list === undefined || typeof key !== 'number' ? undefined : namedEntries(list)
    value = valueIn(value, [key])
    return names === undefined ? key : ([...names.keys()][key as number] ?? key)
  })
}

function valueIn(root: Json | undefined, path: Path): Json | undefined {
  let value = root
  for (const key of path) {
    if (Array.isArray(value)) value = value[key as number]
    else if (isJsonObject(value) && Object.hasOwn(value, key)) value = value[key]
    else return undefined
  }
  return value
}
