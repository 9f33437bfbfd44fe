import { nearest } from '../../base/nearest.ts'
import type { Connector, FlowNode } from '../../document/flow-document.ts'
import { isImplicitOutcome } from '../../nodes/events.ts'
import { withDefaults } from '../../nodes/visit-config.ts'
import type { ConnectCommand, ConnectorStart, DisconnectCommand, ReconnectCommand } from '../command.ts'
import { isStart } from '../draft.ts'
import { freshConnectorId } from '../fresh-ids.ts'
import type { Transaction } from '../transaction.ts'

export function connect(tx: Transaction, { from, to, id, label }: ConnectCommand): Connector {
  checkStart(tx, from)
  const there = tx.leavingBy(from.node, from.outcome)
  if (there !== undefined) tx.refuse('edit.outcomeTaken', { ...from, connector: there.id })
  if (to !== undefined) checkTarget(tx, to)
  if (id !== undefined && tx.get('connectors', id) !== undefined) tx.refuse('edit.idTaken', { id })
  const connector = {
    id: id ?? freshConnectorId(tx, from),
    from,
    ...(to === undefined ? {} : { to }),
    ...(label === undefined ? {} : { label }),
  }
  tx.putConnector(connector)
  return connector
}

export function disconnect(tx: Transaction, { connector }: DisconnectCommand): void {
  tx.connector(connector)
  tx.remove('connectors', connector)
}

export function reconnect(tx: Transaction, { connector: id, from, to }: ReconnectCommand): void {
  if (from === undefined && to === undefined) {
    tx.refuse('edit.badCommand', {
      fault: 'reconnect names neither where the connector leaves nor where it leads',
    })
  }
  const connector = tx.connector(id)
  if (from !== undefined) {
    checkStart(tx, from)
    const there = tx.leavingBy(from.node, from.outcome)
    if (there !== undefined && there.id !== id)
      tx.refuse('edit.outcomeTaken', { ...from, connector: there.id })
  }
  if (typeof to === 'string') checkTarget(tx, to)
  const { to: before, ...rest } = connector
  const target = to === undefined ? before : (to ?? undefined)
  tx.putConnector({ ...rest, from: from ?? connector.from, ...(target === undefined ? {} : { to: target }) })
}

/** The outcomes that a node has as it is configured; none where its type is not known. */
export function outcomesOf(tx: Transaction, node: FlowNode): readonly string[] {
  const type = tx.typeOf(node)
  return type === undefined ? [] : type.runtime.outcomes(withDefaults(type.fields, node.config))
}

function checkStart(tx: Transaction, { node: id, outcome }: ConnectorStart): void {
  const node = tx.node(id)
  const type = tx.typeOf(node)
  if (type?.place === 'end') tx.refuse('edit.outOfEnd', { node: id })
  // What an unknown type can come to is unknown as well.
  if (type === undefined || isImplicitOutcome(outcome)) return
  const outcomes = outcomesOf(tx, node)
  if (!outcomes.includes(outcome))
    tx.refuse('edit.noOutcome', { node: id, outcome, suggestion: nearest(outcome, outcomes) })
}

export function checkTarget(tx: Transaction, id: string): void {
  if (isStart(tx.typeOf(tx.node(id)))) tx.refuse('edit.intoStart')
}
