import { isJsonObject, type JsonObject, valueAt } from '../../base/json.ts'
import type { CheckedSource } from '../analysis.ts'
import type { NodeRule } from '../rule.ts'

/** What is computed from a sensitive value goes into variables that are marked sensitive themselves. */
export const sensitiveValuesRule: NodeRule = {
  name: 'sensitive-values',
  scope: 'node',
  reads: ['node', 'scope', 'settings'],
  check({ node, config, sources }, { variables }, report) {
    for (const source of sources) {
      if (source.checked?.sensitive !== true) continue
      const name = variableBeside(source, { ...node, config } as unknown as JsonObject)
      const variable = name === undefined ? undefined : variables.get(name)
      if (variable !== undefined && variable.sensitive !== true)
        report('sensitive.leak', { node: node.id, path: source.path }, { name: variable.name })
    }
  },
}

/** The variable that takes the value of a source: the member `variable` or `set` beside it. */
function variableBeside({ path }: CheckedSource, node: JsonObject): string | undefined {
  const beside = valueAt(node, path.slice(0, -1))
  if (!isJsonObject(beside)) return undefined
  const name = beside.variable ?? beside.set
  return typeof name === 'string' ? name : undefined
}
