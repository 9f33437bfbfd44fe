import type { Json } from '../../base/json.ts'
import type { Program, ProgramNode } from '../../interpreter/program.ts'
import { partsOf } from './demand.ts'
import type { Demands } from './gather-demands.ts'
import { FILLERS } from './values.ts'

/** Members below a node's own place, and the values they are to have. */
export type Members = readonly (readonly [path: readonly string[], value: Json])[]

/** What the rest of a flow wants a node to come up with. */
export interface NodeDemands {
  /** By condition: outputs, and under `value` the variables that the node names. */
  readonly wanted: readonly Members[]
  /** Everything that is read of the node, filled in with one kind of value or another. */
  readonly fills: readonly Members[]
}

const MAX_WANTED = 60

export function nodeDemands(node: ProgramNode, program: Program, { all, reads }: Demands): NodeDemands {
  const { flow, variables, executable } = program
  const own = new Set(textsIn(executable.nodes[node.index]!.config).filter((text) => variables.has(text)))
  const found = new Map<string, Members>()
  for (const demand of all) {
    const members: [readonly string[], Json][] = []
    for (const [place, value] of demand) {
      const { flow: where, path } = partsOf(place)
      if (where !== flow) continue
      if (path[0] === 'nodes' && path[1] === node.id) members.push([path.slice(2), value])
      else if (path[0] === 'vars' && own.has(path[1]!)) members.push([['value', ...path.slice(2)], value])
    }
    if (members.length > 0 && found.size < MAX_WANTED) found.set(JSON.stringify(members), members)
  }
  const wanted = [...found.values()]
  const known = new Map(wanted.flat().map(([path, value]) => [path.join('.'), value]))
  const read = [...reads]
    .map(partsOf)
    .filter(({ flow: where, path }) => where === flow && path[0] === 'nodes' && path[1] === node.id)
    .map(({ path }) => path.slice(2))
    .filter((path) => path.length > 1 || !WHOLE.has(path[0] ?? 'body'))
  const fills = FILLERS.map(
    (filler): Members => read.map((path) => [path, known.get(path.join('.')) ?? filler]),
  )
  return { wanted, fills }
}

/** Outputs that stand for a whole result, or for its status. */
const WHOLE = new Set(['body', 'value', 'status', 'data'])

/** Short texts of a config, wherever they stand. */
export function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return value.length <= 64 ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
