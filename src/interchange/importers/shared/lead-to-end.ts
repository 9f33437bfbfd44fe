import type { Connector, FlowNode } from '../../../document/flow-document.ts'
import type { LossEntry } from '../../importer.ts'
import { waits } from './break-circles.ts'
import { reach, waysOf } from './reach.ts'

interface Graph {
  readonly nodes: readonly FlowNode[]
  readonly connectors: readonly Connector[]
}

/**
 * Gives every node a way to an end. A menu that comes back to itself whatever is pressed ends there when the contact
 * hangs up, which needs no transition; here a flow without an end is an error, so that the signal leads to one.
 */
export function leadToEnd(
  { nodes, connectors }: Graph,
  end: FlowNode,
  signal: string,
  loss: LossEntry[],
): Graph {
  const back = waysOf(connectors.flatMap(({ from, to }) => (to === undefined ? [] : [[to, from.node]])))
  const ends = nodes.filter(({ type }) => type === 'end@1').map(({ id }) => id)
  // Whoever goes on in another flow for good has left this one.
  const jumps = nodes.filter(({ type, config }) => type === 'jump@1' && config.flow !== undefined)
  const ending = reach([...ends, ...jumps.map(({ id }) => id)], back)
  const leaving = new Map<string, Connector>()
  for (const node of nodes) {
    const { id, label = id } = node
    if (ending.has(id) || !isWaiting(node)) continue
    reach([id], back, ending)
    leaving.set(`${id}:${signal}`, { id: `${id}:${signal}`, from: { node: id, outcome: signal }, to: end.id })
    const message = `The flow goes in circles from here until somebody ends it; ${signal} leads to an end`
    loss.push({ severity: 'info', code: 'import.changed', where: label, message })
  }
  return {
    nodes: leaving.size === 0 || ends.includes(end.id) ? nodes : [...nodes, end],
    connectors: [...connectors.filter(({ id }) => !leaving.has(id)), ...leaving.values()],
  }
}

/** True where a signal can come: at what waits, and is known. */
function isWaiting(node: FlowNode): boolean {
  return waits(node) && !['start@1', 'end@1', 'placeholder@1', 'loop@1', 'jump@1'].includes(node.type)
}
