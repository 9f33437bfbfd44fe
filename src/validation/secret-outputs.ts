import type { Scope } from '../expressions/types.ts'
import { reach } from './flow-graph.ts'
import type { NodeFacts } from './node-facts.ts'
import type { CheckedSource } from './source-reader.ts'

/**
 * Nodes whose outputs carry something sensitive, because their expressions read it, or outputs that do. `scope` is that
 * of what the flow declares, without what follows from it.
 */
export function findSecretOutputs(nodes: readonly NodeFacts[], scope: Scope): ReadonlySet<string> {
  if (!scope.hasSecrets) return new Set()
  const readers = new Map<string, number[]>()
  const roots: number[] = []
  const readersOfAll: number[] = []
  for (const { type, index, sources } of nodes) {
    if (type?.valuesFollowExpressions !== true) continue
    for (const { kind, path, checked } of sources) {
      if (checked === undefined || kind !== 'expression' || path[0] !== 'config') continue
      for (const each of checked.reads) {
        if (scope.isSensitive(each.path)) roots.push(index)
        const [root, node] = each.path
        if (root !== 'nodes') continue
        if (node === undefined) readersOfAll.push(index)
        else if (readers.get(node)?.push(index) === undefined) readers.set(node, [index])
      }
    }
  }
  if (roots.length === 0) return new Set()
  const edges = nodes.map(({ node }) => readers.get(node.id) ?? [])
  const reached = reach([...roots, ...readersOfAll], edges)
  return new Set(nodes.filter(({ index }) => reached[index] === 1).map(({ node }) => node.id))
}

/** The sources with what they read judged by another scope; the same list where none is judged otherwise. */
export function judgeSources(sources: readonly CheckedSource[], scope: Scope): readonly CheckedSource[] {
  const judged = sources.map((source) => {
    if (source.checked === undefined) return source
    const sensitive = source.checked.reads.some(({ path }) => scope.isSensitive(path))
    return sensitive === source.checked.sensitive
      ? source
      : { ...source, checked: { ...source.checked, sensitive } }
  })
  return judged.every((source, index) => source === sources[index]) ? sources : judged
}
