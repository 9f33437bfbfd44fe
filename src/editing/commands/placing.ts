import type { Connector, FlowNode, Position } from '../../document/flow-document.ts'
import type { AddCommand, InsertCommand, NewNode } from '../command.ts'
import { isStart } from '../draft.ts'
import { freshNodeId } from '../fresh-ids.ts'
import type { Transaction } from '../transaction.ts'
import { checkTarget, connect, outcomesOf } from './connectors.ts'

export function add(tx: Transaction, { node, from }: AddCommand): void {
  const { id } = addNode(tx, node)
  if (from !== undefined) connect(tx, { type: 'connect', from, to: id })
}

function addNode(tx: Transaction, { id, config = {}, ...rest }: NewNode): FlowNode {
  const type = tx.context.registry.get(rest.type)
  if (type === undefined) {
    tx.refuse('edit.unknownType', { type: rest.type, suggestion: tx.context.registry.suggest(rest.type) })
  }
  if (isStart(type) && tx.starts.size > 0) tx.refuse('edit.secondStart')
  if (id !== undefined && tx.get('nodes', id) !== undefined) tx.refuse('edit.idTaken', { id })
  const node = { ...rest, id: id ?? freshNodeId(tx, rest.type), config }
  tx.putNode(node)
  return node
}

/** What the connector led to comes after the node that is put in. */
export function insert(tx: Transaction, { connector: id, node: what, outcome }: InsertCommand): void {
  const connector = tx.connector(id)
  const place = between(tx, connector)
  const node =
    typeof what === 'string'
      ? tx.node(what)
      : addNode(tx, place === undefined ? what : { position: place, ...what })
  checkTarget(tx, node.id)
  const type = tx.typeOf(node)
  if (type?.place === 'end') tx.refuse('edit.outOfEnd', { node: node.id })
  const onward = outcome ?? outcomesOf(tx, node)[0]
  if (onward === undefined) tx.refuse('edit.noOutcome', { node: node.id, outcome: 'that could lead on' })
  tx.putConnector({ ...connector, to: node.id })
  const { to } = connector
  connect(tx, {
    type: 'connect',
    from: { node: node.id, outcome: onward },
    ...(to === undefined ? {} : { to }),
  })
}

/** Half way between the ends of a connector; `undefined` where one of them has no place. */
function between(tx: Transaction, { from, to }: Connector): Position | undefined {
  const a = tx.get('nodes', from.node)?.position
  const b = to === undefined ? undefined : tx.get('nodes', to)?.position
  return a === undefined || b === undefined ? undefined : { x: middle(a.x, b.x), y: middle(a.y, b.y) }
}

/** A whole number, and never the `-0` that JSON has no word for. */
function middle(a: number, b: number): number {
  return Math.round((a + b) / 2) + 0
}
