import { countValues, type Json } from '../base/json.ts'
import type { Connector, FlowDocument, FlowNode, FlowSettings, Note } from '../document/flow-document.ts'
import { authoringCel } from '../expressions/authoring-cel.ts'
import type { ExpressionLanguage } from '../expressions/types.ts'
import type { NodeType } from '../nodes/node-type.ts'
import { createRegistry, type NodeRegistry, type NodeTypes } from '../nodes/registry.ts'
import { IdMap } from './id-map.ts'
import { indexIn, type Order, orderAfter, orderOf, type Written } from './order.ts'

/** What editing needs to know beside the document. */
export interface DraftOptions {
  /** The node types on offer. */
  readonly nodes: NodeTypes
  /** Expression languages beside CEL; without them their sources cannot be rewritten when something is renamed. */
  readonly languages?: readonly ExpressionLanguage[] | undefined
  /** The revision that the document has where it is kept. Default 0. */
  readonly revision?: number | undefined
}

/** What a flow says of itself, beside its nodes, connectors, notes and settings. */
export type FlowMembers = Omit<FlowDocument, 'nodes' | 'connectors' | 'notes' | 'settings'>

/** The parts of a draft, shaped so that a change costs the same however large the flow is. */
export interface DraftParts {
  readonly flow: FlowMembers
  readonly settings: FlowSettings
  readonly nodes: IdMap<FlowNode>
  readonly connectors: IdMap<Connector>
  readonly notes: IdMap<Note>
  /** Ids of the connectors that leave each node; the node may be gone. */
  readonly leaving: IdMap<IdMap<true>>
  /** Ids of the connectors that lead to each node; the node may be gone. */
  readonly arriving: IdMap<IdMap<true>>
  /** Ids of the notes attached to each node. */
  readonly attached: IdMap<IdMap<true>>
  /** Ids of the nodes that a flow begins at: one, but for imports that lack it or have several. */
  readonly starts: readonly string[]
  /** How many values the document holds: one with too many of them could not be read back. */
  readonly values: number
}

/**
 * A flow that is being edited. Immutable: an edit gives another draft that shares all that it did not touch.
 * Nodes, connectors and notes stand in canonical order in its document, so that equal drafts give equal bytes.
 */
export class Draft {
  /** Counts the edits, undone ones too; a write that was made for an older one is refused. */
  readonly revision: number
  /** @internal */
  readonly parts: DraftParts
  /** @internal */
  readonly context: EditContext
  #document: FlowDocument | undefined
  #order: Order | undefined
  /** The document of the draft before, and what this one wrote; until the document is made. */
  #basis: { readonly document: FlowDocument; readonly order: Order; readonly written: Written } | undefined

  /** @internal */
  constructor(parts: DraftParts, context: EditContext, revision: number, order?: Order) {
    this.parts = parts
    this.context = context
    this.revision = revision
    this.#order = order
  }

  /** The plain document; made when it is first asked for. */
  get document(): FlowDocument {
    if (this.#document === undefined) {
      const { flow, settings } = this.parts
      this.#document = {
        ...flow,
        settings,
        nodes: this.#list('nodes'),
        connectors: this.#list('connectors'),
        notes: this.#list('notes'),
      }
      this.#basis = undefined
    }
    return this.#document
  }

  /** A node by its id. */
  node(id: string): FlowNode | undefined {
    return this.parts.nodes.get(id)
  }

  connector(id: string): Connector | undefined {
    return this.parts.connectors.get(id)
  }

  note(id: string): Note | undefined {
    return this.parts.notes.get(id)
  }

  get settings(): FlowSettings {
    return this.parts.settings
  }

  /** @internal Ids in canonical order; handed on from draft to draft while none comes or goes. */
  get order(): Order {
    this.#order ??= orderOf(this.parts)
    return this.#order
  }

  /** @internal The draft that comes of an edit. */
  next(parts: DraftParts, written: Written): Draft {
    const order = this.#order === undefined ? undefined : orderAfter(this.#order, this.parts, written)
    const draft = new Draft(parts, this.context, this.revision + 1, order)
    if (this.#document !== undefined && this.#order !== undefined) {
      draft.#basis = { document: this.#document, order: this.#order, written }
    }
    return draft
  }

  /** Things of one kind in canonical order: the list of before where none was touched. */
  #list<Kind extends keyof Order>(kind: Kind): FlowDocument[Kind] {
    const items = this.parts[kind] as IdMap<FlowDocument[Kind][number]>
    const ids = this.order[kind]
    if (this.#basis === undefined) return ids.map((id) => items.get(id)!) as unknown as FlowDocument[Kind]
    const { document, order, written } = this.#basis
    if (written[kind].size === 0) return document[kind]
    const before = document[kind] as readonly FlowDocument[Kind][number][]
    if (order[kind] === ids) {
      const list = [...before]
      for (const id of written[kind].keys()) if (items.has(id)) list[indexIn(ids, id)] = items.get(id)!
      return list as unknown as FlowDocument[Kind]
    }
    let at = 0
    const list = ids.map((id) => {
      while (at < before.length && before[at]!.id < id) at++
      const item = before[at]
      return item?.id === id && !written[kind].has(id) ? item : items.get(id)!
    })
    return list as unknown as FlowDocument[Kind]
  }
}

/** What commands look things up in. */
export interface EditContext {
  readonly registry: NodeRegistry
  readonly languages: ReadonlyMap<string, ExpressionLanguage>
}

/**
 * Begins to edit a document.
 *
 * @example
 * const draft = openDraft(document, { nodes: palette })
 * const edit = applyCommand(draft, { type: 'connect', from: { node: 'menu', outcome: '1' }, to: 'balance' })
 * if (edit.ok) save(edit.draft.document)
 */
export function openDraft(
  document: FlowDocument,
  { nodes, languages = [], revision = 0 }: DraftOptions,
): Draft {
  const context = {
    registry: createRegistry(nodes),
    languages: new Map([authoringCel, ...languages].map((language) => [language.id, language])),
  }
  return new Draft(partsOf(document, context), context, revision)
}

export function partsOf(document: FlowDocument, { registry }: EditContext): DraftParts {
  const { nodes, connectors, notes, settings, ...flow } = document
  return {
    flow,
    settings,
    nodes: byId(nodes),
    connectors: byId(connectors),
    notes: byId(notes),
    leaving: idsBy(connectors, ({ from }) => from.node),
    arriving: idsBy(connectors, ({ to }) => to),
    attached: idsBy(notes, ({ node }) => node),
    starts: nodes
      .filter(({ type }) => isStart(registry.get(type)))
      .map(({ id }) => id)
      .sort(),
    values: countValues(document as unknown as Json),
  }
}

export function isStart(type: NodeType | undefined): boolean {
  return type?.place === 'start'
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): IdMap<Item> {
  return IdMap.of(items.map((item) => [item.id, item]))
}

function idsBy<Item extends { readonly id: string }>(
  items: readonly Item[],
  keyOf: (item: Item) => string | undefined,
): IdMap<IdMap<true>> {
  const ids = new Map<string, [string, true][]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key === undefined) continue
    const list = ids.get(key)
    if (list === undefined) ids.set(key, [[item.id, true]])
    else list.push([item.id, true])
  }
  return IdMap.of([...ids].map(([key, list]) => [key, IdMap.of(list)]))
}
