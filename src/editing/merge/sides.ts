import { equalJson, type Json } from '../../base/json.ts'
import type { Connector, FlowDocument, FlowNode, Note } from '../../document/flow-document.ts'
import { slotOf } from './merge-connectors.ts'

/** A document with its things by id, to look up and to change. */
export interface Side {
  document: FlowDocument
  readonly nodes: Map<string, FlowNode>
  readonly connectors: Map<string, Connector>
  readonly notes: Map<string, Note>
}

export function sideOf(document: FlowDocument): Side {
  return {
    document,
    nodes: byId(document.nodes),
    connectors: byId(document.connectors),
    notes: byId(document.notes),
  }
}

/** The document that a side has become. */
export function documentOf({ document, nodes, connectors, notes }: Side): FlowDocument {
  return {
    ...document,
    nodes: inOrder(nodes.values()),
    connectors: inOrder(connectors.values()),
    notes: inOrder(notes.values()),
  }
}

/** Things in canonical order. */
export function inOrder<Item extends { readonly id: string }>(items: Iterable<Item>): Item[] {
  return [...items].sort((x, y) => (x.id < y.id ? -1 : x.id > y.id ? 1 : 0))
}

/**
 * Nodes of the base that one side has removed and the other has changed, connected anew or put notes on: how it did,
 * by id.
 */
export function removedButNeeded(
  base: Side,
  remover: Side,
  other: Side,
): ReadonlyMap<string, 'changed' | 'used'> {
  const needed = new Map<string, 'changed' | 'used'>()
  for (const [id, node] of base.nodes) {
    const kept = other.nodes.get(id)
    if (kept !== undefined && !remover.nodes.has(id) && !isSame(node, kept)) needed.set(id, 'changed')
  }
  const use = (id: string | undefined) => {
    if (id !== undefined && base.nodes.has(id) && !remover.nodes.has(id) && other.nodes.has(id)) {
      if (!needed.has(id)) needed.set(id, 'used')
    }
  }
  for (const [id, connector] of other.connectors) {
    if (isSame(base.connectors.get(id), connector)) continue
    use(connector.from.node)
    use(connector.to)
  }
  for (const [id, note] of other.notes) if (!isSame(base.notes.get(id), note)) use(note.node)
  return needed
}

/** Puts nodes back into a side that has removed them, with those of their connectors and notes that still fit. */
export function putBack(ids: Iterable<string>, base: Side, remover: Side): void {
  const back = new Set(ids)
  if (back.size === 0) return
  for (const id of back) remover.nodes.set(id, base.nodes.get(id)!)
  const taken = new Set([...remover.connectors.values()].map(slotOf))
  for (const [id, connector] of base.connectors) {
    const { from, to } = connector
    if (remover.connectors.has(id) || taken.has(slotOf(connector))) continue
    if (!back.has(from.node) && !back.has(to ?? '')) continue
    if (!remover.nodes.has(from.node) || (to !== undefined && !remover.nodes.has(to))) continue
    remover.connectors.set(id, connector)
    taken.add(slotOf(connector))
  }
  for (const [id, note] of base.notes) {
    if (note.node !== undefined && back.has(note.node) && !remover.notes.has(id)) remover.notes.set(id, note)
  }
}

function isSame(x: object | undefined, y: object | undefined): boolean {
  return x === y || equalJson(x as Json | undefined, y as Json | undefined)
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.id, item]))
}
