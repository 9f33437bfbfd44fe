import type { Json } from '../../base/json.ts'
import type { FlowDocument, FlowNode } from '../../document/flow-document.ts'
import { checkPart } from '../../document/parse-document.ts'
import { PLACEHOLDER } from './availability.ts'

/**
 * A flow with placeholders for some of its nodes. A placeholder keeps id, label, connectors and actions, and in its
 * config the type and config of the node, for whoever puts the node back; validation reports each as an error.
 */
export function withPlaceholders(document: FlowDocument, ids: ReadonlySet<string>): FlowDocument {
  if (ids.size === 0) return document
  return { ...document, nodes: document.nodes.map((node) => (ids.has(node.id) ? placeholderOf(node) : node)) }
}

function placeholderOf(node: FlowNode): FlowNode {
  const original = node.type === '' ? 'a node without a type' : node.type
  const placeholder = { ...node, type: PLACEHOLDER, config: { original, config: node.config } }
  // One level deeper than it was, which may be one too many.
  return checkPart('node', placeholder as unknown as Json).length === 0
    ? placeholder
    : { ...placeholder, config: { original } }
}
