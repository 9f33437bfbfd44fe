import type { Connector, FlowDocument } from '../../document/flow-document.ts'
import { readPicture } from '../../drawing/flow-picture.ts'
import type { Category } from '../../nodes/node-type.ts'
import { createRegistry, type NodeTypes } from '../../nodes/registry.ts'
import { withDefaults } from '../../nodes/visit-config.ts'
import { plainText } from './html.ts'

/** Nodes that the page names one by one. */
const MAX_NODES = 500
/** Beyond so many a picture is a plain grid of megabytes, which nobody can read. */
const MAX_PICTURE_NODES = 2_000
const MAX_PICTURE_CONNECTORS = 5_000

/** A node as the page tells of it. */
export interface ShownNode {
  readonly id: string
  /** What people call it; its id where it has no label. */
  readonly name: string
  readonly typeTitle: string
  readonly category: Category | 'unknown'
  readonly outcomes: readonly ShownOutcome[]
}

export interface ShownOutcome {
  readonly name: string
  /** Id of the node it leads to; absent where it leads nowhere. */
  readonly to?: string
}

/** True where a picture of the flow can be drawn. */
export function isDrawable({ nodes, connectors }: FlowDocument): boolean {
  return nodes.length <= MAX_PICTURE_NODES && connectors.length <= MAX_PICTURE_CONNECTORS
}

/** The nodes that the page names, as a session comes to them; those of a flow too large to draw by their ids. */
export function describeNodes(document: FlowDocument, types: NodeTypes): readonly ShownNode[] {
  const registry = createRegistry(types)
  const byId = new Map(document.nodes.map((node) => [node.id, node]))
  const ids = isDrawable(document)
    ? readPicture(document, types).nodes.map(({ id }) => id)
    : [...byId.keys()].sort()
  const leaving = connectorsByNode(document)
  return ids.slice(0, MAX_NODES).map((id) => {
    const node = byId.get(id)!
    const type = registry.get(node.type)
    const connectors = leaving.get(id) ?? new Map<string, Connector>()
    const declared = type?.runtime.outcomes(withDefaults(type.fields, node.config)) ?? []
    return {
      id,
      name: nameOf(node),
      typeTitle: plainText(type?.title ?? node.type),
      category: type?.category ?? 'unknown',
      outcomes: [...new Set([...declared, ...[...connectors.keys()].sort()])].map((outcome) => {
        const { label = '', to } = connectors.get(outcome) ?? {}
        return {
          name: plainText(label) || plainText(outcome),
          ...(to !== undefined && byId.has(to) ? { to } : {}),
        }
      }),
    }
  })
}

/** What people call a node. */
export function nameOf({ id, label = '' }: { readonly id: string; readonly label?: string }): string {
  return plainText(label) || plainText(id)
}

/** Connectors by node and outcome. */
function connectorsByNode({ connectors }: FlowDocument): Map<string, Map<string, Connector>> {
  const byNode = new Map<string, Map<string, Connector>>()
  for (const connector of [...connectors].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const { node, outcome } = connector.from
    const leaving = byNode.get(node) ?? new Map<string, Connector>()
    byNode.set(node, leaving.set(outcome, connector))
  }
  return byNode
}
