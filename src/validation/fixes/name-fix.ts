import { equalJson, isKey, type Json, type JsonObject } from '../../base/json.ts'
import type { Logbook, Variable } from '../../document/flow-document.ts'
import type { EditCommand } from '../../editing/command.ts'
import { RESERVED_NAMES } from '../../expressions/scope.ts'
import { accepts } from '../../expressions/value-types.ts'
import type { ConfigPath } from '../../nodes/visit-config.ts'
import { valueTypeOf } from '../flow-scope.ts'
import type { NodeFacts } from '../node-facts.ts'
import { breaksNothing } from './breaks-nothing.ts'
import { changeSettings, configure, fixOf, short, type WithFix } from './fix.ts'
import { setActionAt } from './source-fix.ts'
import { withValue } from './with-value.ts'

/** Names the variable that was meant, where what goes into it fits; else declares the one that is named. */
export function fixVariable(
  name: string,
  path: ConfigPath,
  suggestion: string | undefined,
  facts: NodeFacts,
  variables: ReadonlyMap<string, Variable>,
): WithFix {
  if (suggestion !== undefined) {
    const takes = suggestion !== '' && takesValue(path, variables.get(suggestion)!, facts)
    return takes ? writeName(path, suggestion, facts) : {}
  }
  return isKey(name) && !RESERVED_NAMES.has(name)
    ? fixOf(`Declare ${short(name)}`, { type: 'addVariable', variable: { name, type: 'any' } })
    : {}
}

/** True where a variable can take the values of the sources beside its name; of some languages only they know. */
function takesValue(path: ConfigPath, { type }: Variable, { sources }: NodeFacts): boolean {
  return sources.every(
    (source) =>
      type === 'any' ||
      !equalJson(source.path.slice(0, -1), path.slice(0, -1)) ||
      (source.language === 'cel' &&
        source.checked !== undefined &&
        accepts(valueTypeOf(type), source.checked.type)),
  )
}

/** Names the logbook that was meant, where it has every field that is written. */
export function fixLogbook(
  path: ConfigPath,
  other: Logbook | undefined,
  records: readonly (readonly [ConfigPath, JsonObject])[],
  facts: NodeFacts,
): WithFix {
  if (other === undefined || other.name === '') return {}
  const fits = records.every(([, record]) =>
    Object.keys(record).every((field) => other.fields.includes(field)),
  )
  return fits ? writeName(path, other.name, facts) : {}
}

/** Calls a field by the name that was meant where that is free, else declares it. */
export function fixField(
  path: ConfigPath,
  record: JsonObject,
  suggestion: string | undefined,
  { index, fields }: { readonly index: number; readonly fields: readonly string[] },
  { node }: NodeFacts,
): WithFix {
  const field = String(path.at(-1))
  if (suggestion === undefined || suggestion === '' || Object.hasOwn(record, suggestion)) {
    const command = changeSettings(['logbooks', index, 'fields', fields.length], field)
    return isDeclarable(field) ? fixOf(`Add ${short(field)} to the logbook`, command) : {}
  }
  const { [field]: value, ...others } = record
  const parent = path.slice(0, -1)
  const renamed = { ...others, [suggestion]: value! }
  const command: EditCommand =
    parent[0] === 'config' ? configure(node.id, parent, renamed) : setActionAt(node, parent, renamed)
  return fixOf(`Call it ${short(suggestion)}`, command)
}

/** What the settings can hold as a name. */
function isDeclarable(name: string): boolean {
  return name !== '' && name.length <= 256
}

function writeName(path: ConfigPath, name: string, facts: NodeFacts): WithFix {
  const { node } = facts
  const title = `Use ${short(name)}`
  if (path[0] !== 'config') return fixOf(title, setActionAt(node, path, name))
  const config = withValue(node.config as Json, path.slice(1), name) as JsonObject
  return breaksNothing(facts, config, { namings: true }) ? fixOf(title, configure(node.id, path, name)) : {}
}
