import type { Json, JsonObject } from '../base/json.ts'
import { compareValues, type ValueChange } from './compare-values.ts'
import type { Connector, FlowDocument, FlowNode, Note } from './flow-document.ts'
import { behaviourHash } from './serialise-document.ts'

/** What two documents have in common but for some of its members. */
export interface ItemChange {
  readonly id: string
  readonly changes: readonly ValueChange[]
}

/** Things of one kind, by id. */
export interface ItemComparison<Item> {
  readonly added: readonly Item[]
  readonly removed: readonly Item[]
  readonly changed: readonly ItemChange[]
}

/** What one document has and another has not. */
export interface DocumentComparison {
  /** True where nothing differs. */
  readonly equal: boolean
  /** True where the two do something different: not for labels, positions, notes, names and the host's own data. */
  readonly behaviour: boolean
  /** Members of the flow itself, such as its name and medium; its id is not compared. */
  readonly flow: readonly ValueChange[]
  readonly settings: readonly ValueChange[]
  readonly nodes: ItemComparison<FlowNode>
  readonly connectors: ItemComparison<Connector>
  readonly notes: ItemComparison<Note>
}

/**
 * Compares two documents by the stable ids of their nodes, connectors and notes, whatever order they stand in. A
 * connector that has another id but leaves the same outcome counts as the same connector. The ids of the flows are not
 * compared: a copy has one of its own.
 *
 * @example
 * const { nodes, behaviour } = compareDocuments(released, draft)
 * console.log(nodes.added.map(({ id }) => id), behaviour ? 'sessions will notice' : 'only the drawing has changed')
 */
export function compareDocuments(before: FlowDocument, after: FlowDocument): DocumentComparison {
  const flow = compareValues(membersOf(before), membersOf(after))
  const settings = compareValues(json(before.settings), json(after.settings)).map((change) =>
    isSecret(change, before, after) ? { ...change, secret: true as const } : change,
  )
  const nodes = compareItems(before.nodes, after.nodes)
  const connectors = compareItems(before.connectors, likeBefore(before.connectors, after.connectors))
  const notes = compareItems(before.notes, after.notes)
  return {
    equal: flow.length === 0 && settings.length === 0 && [nodes, connectors, notes].every(isEmpty),
    behaviour: behaviourHash(before) !== behaviourHash(after),
    flow,
    settings,
    nodes,
    connectors,
    notes,
  }
}

/** The value that a variable starts with, where it never stands in a log. */
function isSecret({ path }: ValueChange, ...documents: readonly FlowDocument[]): boolean {
  const [list, name, member] = path
  if (list !== 'variables' || member !== 'default') return false
  return documents.some(({ settings: { variables = [] } }) =>
    variables.some((each, index) => each.sensitive === true && (each.name === name || index === name)),
  )
}

function membersOf({
  id: _id,
  settings: _settings,
  nodes: _nodes,
  connectors: _connectors,
  notes: _notes,
  ...members
}: FlowDocument): JsonObject {
  return members as unknown as JsonObject
}

function compareItems<Item extends { readonly id: string }>(
  before: readonly Item[],
  after: readonly Item[],
): ItemComparison<Item> {
  const [old, fresh] = [byId(before), byId(after)]
  const changed: ItemChange[] = []
  for (const [id, item] of old) {
    const other = fresh.get(id)
    const changes = other === undefined ? [] : compareValues(json(item), json(other))
    if (changes.length > 0) changed.push({ id, changes })
  }
  return {
    added: [...fresh.values()].filter(({ id }) => !old.has(id)),
    removed: [...old.values()].filter(({ id }) => !fresh.has(id)),
    changed,
  }
}

/** Connectors that leave the same outcome as one before, under the id that it had there. */
function likeBefore(before: readonly Connector[], after: readonly Connector[]): readonly Connector[] {
  const sourceOf = ({ from }: Connector) => JSON.stringify([from.node, from.outcome])
  const taken = new Set(after.map(({ id }) => id))
  const old = new Map(before.filter(({ id }) => !taken.has(id)).map((each) => [sourceOf(each), each.id]))
  const known = new Set(before.map(({ id }) => id))
  return after.map((connector) => {
    const id = known.has(connector.id) ? undefined : old.get(sourceOf(connector))
    return id === undefined ? connector : { ...connector, id }
  })
}

function byId<Item extends { readonly id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(
    [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)).map((item) => [item.id, item]),
  )
}

function isEmpty({ added, removed, changed }: ItemComparison<unknown>): boolean {
  return added.length + removed.length + changed.length === 0
}

/** Documents are JSON, though their types do not say so. */
function json(value: object): Json {
  return value as Json
}
