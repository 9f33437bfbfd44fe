import type { Connector, FlowDocument, Position } from '../document/flow-document.ts'
import { layoutFlow } from '../drawing/layout-flow.ts'
import type { Direction } from '../drawing/layout-picture.ts'
import { canApply } from '../editing/apply-command.ts'
import type { ConnectorStart, EditCommand, MoveCommand } from '../editing/command.ts'
import type { Draft } from '../editing/draft.ts'

/**
 * The nodes to which an outcome may be connected, or a connector led: asks the command once, without a target, and leaves
 * out the one kind of node that it refuses as a target.
 */
export function connectableTargets(
  draft: Draft,
  from: ConnectorStart | { readonly connector: string },
): readonly string[] {
  const command: EditCommand =
    'connector' in from
      ? { type: 'reconnect', connector: from.connector, to: null }
      : { type: 'connect', from: { node: from.node, outcome: from.outcome } }
  if (!canApply(draft, command).ok) return []
  const { starts } = draft.parts
  return draft.order.nodes.filter((id) => !starts.includes(id))
}

/**
 * Puts nodes in layers: all of them, or some, which then stand where the upper left corner of theirs was. Attached notes
 * keep their place beside their node.
 */
export function layoutCommand(
  draft: Draft,
  only: readonly string[] | undefined,
  direction?: Direction,
): MoveCommand {
  const document = only === undefined ? draft.document : partOf(draft, only)
  const { nodes } = layoutFlow(document, { nodes: draft.context.registry, direction })
  // A layout of all nodes begins at the origin.
  const corner = only === undefined ? undefined : cornerOf(document)
  const least = cornerOf({ nodes: nodes.map(({ box }) => ({ position: box })) })
  const offset =
    corner === undefined || least === undefined
      ? { x: 0, y: 0 }
      : { x: corner.x - least.x, y: corner.y - least.y }
  const places: { [id: string]: Position } = {}
  const notes: { [id: string]: Position } = {}
  for (const { id, box } of nodes) {
    const place = { x: Math.round(box.x + offset.x), y: Math.round(box.y + offset.y) }
    places[id] = place
    Object.assign(notes, notesMoved(draft, id, place))
  }
  return { type: 'move', nodes: places, notes }
}

/** The chosen nodes with the connectors between them. */
function partOf(draft: Draft, ids: readonly string[]): FlowDocument {
  const nodes = ids.flatMap((id) => draft.node(id) ?? [])
  const chosen = new Set(nodes.map(({ id }) => id))
  const connectors: Connector[] = []
  for (const id of chosen) {
    for (const each of draft.parts.leaving.get(id)?.ids() ?? []) {
      const connector = draft.connector(each)!
      if (connector.to !== undefined && chosen.has(connector.to)) connectors.push(connector)
    }
  }
  return { ...draft.parts.flow, settings: {}, nodes, connectors, notes: [] }
}

/** The upper left corner of what has a place; `undefined` where nothing has. */
function cornerOf({
  nodes,
}: {
  readonly nodes: readonly { readonly position?: Position }[]
}): Position | undefined {
  const placed = nodes.flatMap(({ position }) => position ?? [])
  if (placed.length === 0) return undefined
  const least = (axis: 'x' | 'y') => placed.reduce((min, each) => Math.min(min, each[axis]), Infinity)
  return { x: least('x'), y: least('y') }
}

/** Notes attached to a node, as far from its new place as they were from the old one. */
function notesMoved(draft: Draft, node: string, { x, y }: Position): { readonly [id: string]: Position } {
  const before = draft.node(node)?.position
  if (before === undefined) return {}
  const moved: { [id: string]: Position } = {}
  for (const id of draft.parts.attached.get(node)?.ids() ?? []) {
    const at = draft.note(id)?.position
    if (at !== undefined) moved[id] = { x: at.x + x - before.x, y: at.y + y - before.y }
  }
  return moved
}
