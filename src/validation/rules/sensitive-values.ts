import { isJsonObject, type JsonObject, valueAt } from '../../base/json.ts'
import { contactFieldAt } from '../../nodes/fields.ts'
import type { Analysis } from '../analysis.ts'
import { type NodeFacts, writtenBy } from '../node-facts.ts'
import type { NodeRule } from '../rule.ts'
import type { CheckedSource } from '../source-reader.ts'

/** What is computed from a sensitive value goes into variables and fields of the contact that are sensitive as well. */
export const sensitiveValuesRule: NodeRule = {
  name: 'sensitive-values',
  scope: 'node',
  reads: ['node', 'sources', 'settings'],
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
  facts: NodeFacts,
  { variables, settings }: Analysis,
): readonly string[] {
  const { node, type, config } = facts
  const inConfig = source.path[0] === 'config' && type !== undefined
  const field = inConfig ? contactFieldAt(type.fields, source.path.slice(1)) : undefined
  if (field !== undefined) {
    const declared = settings.contact?.find(({ name }) => name === field)
    return declared === undefined || declared.sensitive === true ? [] : [`contact.${field}`]
  }
  const names =
    inConfig && source.kind === 'expression' && type.valuesFollowExpressions === true
      ? writtenBy(facts)
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
