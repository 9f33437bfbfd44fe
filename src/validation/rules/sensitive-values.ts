import { isJsonObject, type JsonObject, valueAt } from '../../base/json.ts'
import { contactFieldAt } from '../../nodes/fields.ts'
import type { ConfigPath } from '../../nodes/visit-config.ts'
import type { Analysis } from '../analysis.ts'
import { changeSettings, fixOf } from '../fixes/fix.ts'
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
      for (const { name, declared } of openTargets(source, facts, analysis)) {
        const fix = fixOf(`Mark ${name} sensitive`, changeSettings([...declared, 'sensitive'], true))
        report('sensitive.leak', { node: facts.node.id, path: source.path }, { name }, fix)
      }
    }
  },
}

/** What takes a value, and where the settings declare it. */
interface Target {
  readonly name: string
  readonly declared: ConfigPath
}

/** What takes the value of a source and is not marked sensitive. */
function openTargets(source: CheckedSource, facts: NodeFacts, { settings }: Analysis): readonly Target[] {
  const { node, type, config } = facts
  const { variables = [], contact = [] } = settings
  const inConfig = source.path[0] === 'config' && type !== undefined
  const field = inConfig ? contactFieldAt(type.fields, source.path.slice(1)) : undefined
  if (field !== undefined) {
    const at = contact.findIndex(({ name }) => name === field)
    return at < 0 || contact[at]!.sensitive === true
      ? []
      : [{ name: `contact.${field}`, declared: ['contact', at] }]
  }
  const names =
    inConfig && source.kind === 'expression' && type.valuesFollowExpressions === true
      ? writtenBy(facts)
      : variableBeside(source, { ...node, config } as unknown as JsonObject)
  return names.flatMap((name) => {
    // Of two declarations the last one holds.
    const at = variables.findLastIndex((variable) => variable.name === name)
    return at < 0 || variables[at]!.sensitive === true ? [] : [{ name, declared: ['variables', at] }]
  })
}

/** The variable that takes the value of a source: the member `variable` or `set` beside it. */
function variableBeside({ path }: CheckedSource, node: JsonObject): readonly string[] {
  const beside = valueAt(node, path.slice(0, -1))
  if (!isJsonObject(beside)) return []
  const name = beside.variable ?? beside.set
  return typeof name === 'string' ? [name] : []
}
