import { isJsonObject, type JsonObject, valueAt } from '../../base/json.ts'
import { contactFieldAt } from '../../nodes/fields.ts'
import { writtenVariables } from '../../nodes/visit-config.ts'
import type { Analysis, CheckedSource, NodeFacts } from '../analysis.ts'
import type { NodeRule } from '../rule.ts'

/** What is computed from a sensitive value goes into variables and fields of the contact that are sensitive as well. */
export const sensitiveValuesRule: NodeRule = {
  name: 'sensitive-values',
  scope: 'node',
  reads: ['node', 'scope', 'settings'],
  check(facts, analysis, report) {
    for (const source of facts.sources) {
      if (source.checked?.sensitive !== true) continue
      for (const name of openTargets(source, facts, analysis))
        report('sensitive.leak', { node: facts.node.id, path: source.path }, { name })
    }
  },
}

/** What takes the value of a source and is not marked sensitive. */
function openTargets(
  source: CheckedSource,
  { node, type, config }: NodeFacts,
  { variables, document }: Analysis,
): readonly string[] {
  const inConfig = source.path[0] === 'config' && type !== undefined
  const field = inConfig ? contactFieldAt(type.fields, source.path.slice(1)) : undefined
  if (field !== undefined) {
    const declared = document.settings.contact?.find(({ name }) => name === field)
    return declared === undefined || declared.sensitive === true ? [] : [`contact.${field}`]
  }
  const names =
    inConfig && source.kind === 'expression' && type.valuesFollowExpressions === true
      ? writtenVariables(type.fields, config)
      : variableBeside(source, { ...node, config } as unknown as JsonObject)
  return names.filter((name) => variables.has(name) && variables.get(name)!.sensitive !== true)
}

/** The variable that takes the value of a source: the member `variable` or `set` beside it. */
function variableBeside({ path }: CheckedSource, node: JsonObject): readonly string[] {
  const beside = valueAt(node, path.slice(0, -1))
  if (!isJsonObject(beside)) return []
  const name = beside.variable ?? beside.set
  return typeof name === 'string' ? [name] : []
}
