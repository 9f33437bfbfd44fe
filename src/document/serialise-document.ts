import { canonicalJson, hashJson } from '../base/canonical.ts'
import type { Json, JsonObject } from '../base/json.ts'
import type { FlowDocument } from './flow-document.ts'

/**
 * The document as JSON text in canonical order: equal documents give equal bytes, whatever order they were
 * built in. Nodes, connectors and notes are sorted by id.
 */
export function serialiseDocument(document: FlowDocument): string {
  return canonicalJson(inOrder(document))
}

/** The hash of everything that the document says, positions and notes included. */
export function contentHash(document: FlowDocument): string {
  return hashJson(inOrder(document))
}

/**
 * The hash of what the flow does: without ids of the flow and its connectors, names, remarks, labels, positions,
 * notes and the host's own data. Sessions, approvals and recordings bind to it: moving a box voids nothing.
 */
export function behaviourHash(document: FlowDocument): string {
  const {
    medium,
    role,
    audience,
    settings: { meta: _ownData, ...settings },
  } = document
  return hashJson({
    medium,
    role,
    audience,
    settings: {
      ...settings,
      variables: settings.variables?.map(withoutLabel),
      contact: settings.contact?.map(withoutLabel),
      outcomes: settings.outcomes?.map(withoutLabel),
    } as unknown as Json,
    nodes: sortedBy(document.nodes, (node) => node.id).map(
      ({ label: _label, position: _position, meta: _meta, ...behaviour }) =>
        behaviour as unknown as JsonObject,
    ),
    connectors: sortedBy(document.connectors, ({ from }) => `${from.node}:${from.outcome}`).map(
      ({ from, to }) => ({
        from,
        to,
      }),
    ),
  })
}

function inOrder(document: FlowDocument): Json {
  return {
    ...document,
    nodes: sortedBy(document.nodes, (node) => node.id),
    connectors: sortedBy(document.connectors, (connector) => connector.id),
    notes: sortedBy(document.notes, (note) => note.id),
  } as unknown as Json
}

function withoutLabel<T extends { readonly label?: string }>({ label: _label, ...rest }: T) {
  return rest
}

function sortedBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0))
}
