import type { FlowDocument, FlowSettings } from '../../document/flow-document.ts'
import type { NodeTypes } from '../../nodes/registry.ts'
import { withoutSecrets } from '../without-secrets.ts'

/** What a stranger may see of a flow: the document without secrets, and without the host's own data. */
export function viewerDocument(
  document: FlowDocument,
  { nodes }: { readonly nodes: NodeTypes },
): FlowDocument {
  return withoutMeta(withoutSecrets(document, nodes).document)
}

/** The document without the host's own data, wherever it may stand. */
export function withoutMeta(document: FlowDocument): FlowDocument {
  const { meta: _meta, settings, ...rest } = document
  return {
    ...rest,
    settings: withoutOwn<FlowSettings>(settings),
    nodes: document.nodes.map(withoutOwn),
    connectors: document.connectors.map(withoutOwn),
    notes: document.notes.map(withoutOwn),
  }
}

function withoutOwn<Part extends { readonly meta?: unknown }>(part: Part): Part {
  if (part.meta === undefined) return part
  const { meta: _meta, ...rest } = part
  // A member that may be absent is all that it lacks.
  return rest as Part
}
