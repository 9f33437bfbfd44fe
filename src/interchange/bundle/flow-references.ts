import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { normaliseJson } from '../../base/normalise-json.ts'
import type { FlowDocument, FlowNode } from '../../document/flow-document.ts'
import type { NodeRegistry } from '../../nodes/registry.ts'
import { type ConfigPath, visitConfig } from '../../nodes/visit-config.ts'

/** A field in which a node names another flow. */
export interface FlowReference {
  readonly node: string
  /** From the config of the node. */
  readonly path: ConfigPath
  readonly flow: string
}

/** Where a flow names flows, in the order of its nodes by id. Nodes of unknown types tell nothing. */
export function referencesIn({ nodes }: FlowDocument, registry: NodeRegistry): readonly FlowReference[] {
  return [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1)).flatMap((node) => referencesOf(node, registry))
}

/** Where a node names flows. */
export function referencesOf(node: FlowNode, registry: NodeRegistry): readonly FlowReference[] {
  const type = registry.get(node.type)
  if (type === undefined) return []
  const found: FlowReference[] = []
  visitConfig(type.fields, node.config, (field, value, path) => {
    if (field.kind === 'flowRef' && typeof value === 'string' && value !== '')
      found.push({ node: node.id, path, flow: value })
  })
  return found
}

/** The value at a path of a config; inherited members of objects are none. */
export function ownValueAt(root: Json, path: ConfigPath): Json | undefined {
  let value: Json | undefined = root
  for (const part of path) {
    if (Array.isArray(value)) value = typeof part === 'number' ? (value[part] as Json | undefined) : undefined
    else if (isJsonObject(value))
      value = typeof part === 'string' && Object.hasOwn(value, part) ? value[part] : undefined
    else return undefined
  }
  return value
}

/** A document in which other values stand at some places of the configs of its nodes. */
export function withValues(
  document: FlowDocument,
  places: readonly { readonly node: string; readonly path: ConfigPath; readonly value: Json }[],
): FlowDocument {
  if (places.length === 0) return document
  const byNode = new Map<string, (typeof places)[number][]>()
  for (const place of places) {
    const own = byNode.get(place.node)
    if (own === undefined) byNode.set(place.node, [place])
    else own.push(place)
  }
  const nodes = document.nodes.map((node): FlowNode => {
    const own = byNode.get(node.id)
    if (own === undefined) return node
    // One copy for all places: a config may name thousands of flows.
    const config = normaliseJson(node.config) as JsonObject
    for (const { path, value } of own) put(config, path, value)
    return { ...node, config }
  })
  return { ...document, nodes }
}

function put(root: object, path: ConfigPath, value: Json): void {
  const parent = path.slice(0, -1).reduce<object>((at, part) => at[part as keyof typeof at], root)
  Object.assign(parent, { [path.at(-1)!]: value })
}
