import { isJsonObject } from '../base/json.ts'
import { CURRENT_SCHEMA } from '../document/migrations.ts'
import { pinFor } from './vocabulary.ts'

/** Anything with members; what they hold is for the checks of a document to judge. */
interface Loose {
  readonly [member: string]: unknown
}

/**
 * The document of a flow as it was written, not checked yet. Whatever has another shape than it should is handed on as
 * it is, so that the checks of a document name it.
 */
export function assemble(flow: unknown): unknown {
  // A text would be read as JSON.
  if (!isLoose(flow)) return typeof flow === 'string' ? null : flow
  if (!isLoose(flow.nodes)) return { ...flow, schema: CURRENT_SCHEMA }
  const { nodes, connectors, ...frame } = flow
  const written = Object.entries(nodes)
  const ways = written.flatMap(([id, node]) => connectorsOf(id, node))
  return {
    ...frame,
    schema: CURRENT_SCHEMA,
    nodes: written.map(([id, node]) => nodeOf(id, node)),
    connectors:
      connectors === undefined ? ways : Array.isArray(connectors) ? [...ways, ...connectors] : connectors,
  }
}

function nodeOf(id: string, node: unknown): unknown {
  if (!isLoose(node)) return node
  const { type, unchecked, to: _to, ...rest } = node
  return { ...rest, id, type: unchecked ?? (typeof type === 'string' ? pinFor(type) : type) }
}

function connectorsOf(node: string, written: unknown): unknown[] {
  if (!isLoose(written) || written.to === undefined) return []
  if (!isLoose(written.to)) return [written.to]
  return Object.entries(written.to).flatMap(([outcome, way]) => {
    if (way === undefined) return []
    const from = { node, outcome }
    if (typeof way === 'string') return [{ from, to: way }]
    return [isLoose(way) ? { ...way, from } : way]
  })
}

function isLoose(value: unknown): value is Loose {
  return isJsonObject(value)
}
