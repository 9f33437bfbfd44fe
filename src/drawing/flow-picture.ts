import type { Connector, FlowDocument, FlowNode } from '../document/flow-document.ts'
import type { Category, NodeType } from '../nodes/node-type.ts'
import { createRegistry, type NodeTypes } from '../nodes/registry.ts'
import { withDefaults } from '../nodes/visit-config.ts'
import { oneLine } from './fit-text.ts'
import { summarise } from './summary.ts'

/** A node as a picture tells of it. */
export interface PictureNode {
  readonly id: string
  /** What people call it: its label, else its id. */
  readonly name: string
  /** What it is: the title of its type, with its id where a label stands in place of that. */
  readonly caption: string
  /** What it says or does; may be empty. */
  readonly summary: string
  readonly place: 'start' | 'end' | 'between'
  /** `unknown` where no type of that name is on offer. */
  readonly category: Category | 'unknown'
}

/** All outcomes that lead from one node to the same next one, or all of one node that lead nowhere. */
export interface PictureEdge {
  readonly from: string
  /** Absent for outcomes that lead nowhere yet. */
  readonly to?: string
  readonly outcomes: readonly PictureOutcome[]
}

export interface PictureOutcome {
  readonly outcome: string
  /** What people call it: the label of its connector, else its name. */
  readonly name: string
  /** Absent where nothing has been drawn from the outcome. */
  readonly connector?: string
}

/** What is drawn of a flow, whatever it is drawn with. */
export interface FlowPicture {
  /** As a session comes to them, and behind them those that none comes to. */
  readonly nodes: readonly PictureNode[]
  readonly edges: readonly PictureEdge[]
}

/** Reads what a picture shows out of a document. Equal documents give equal pictures, whatever order they are in. */
export function readPicture(document: FlowDocument, types: NodeTypes): FlowPicture {
  const registry = createRegistry(types)
  const byId = new Map(document.nodes.map((node) => [node.id, node]))
  const leaving = connectorsByNode(document)
  const ids = [...byId.keys()].sort()
  const outcomesOf = new Map<string, readonly PictureOutcome[]>()
  const starts: string[] = []
  for (const id of ids) {
    const node = byId.get(id)!
    const type = registry.get(node.type)
    if (type?.place === 'start') starts.push(id)
    outcomesOf.set(id, readOutcomes(node, type, leaving.get(id) ?? new Map()))
  }
  const targetOf = (id: string, outcome: string) => {
    const to = leaving.get(id)?.get(outcome)?.to
    return to !== undefined && byId.has(to) ? to : undefined
  }
  const order = runningOrder([...starts, ...ids], (id) =>
    outcomesOf.get(id)!.map(({ outcome }) => targetOf(id, outcome)),
  )
  return {
    nodes: order.map((id) => readNode(byId.get(id)!, registry.get(byId.get(id)!.type))),
    edges: order.flatMap((id) => mergeOutcomes(id, outcomesOf.get(id)!, targetOf)),
  }
}

function readNode(node: FlowNode, type: NodeType | undefined): PictureNode {
  const label = oneLine(node.label ?? '')
  const id = oneLine(node.id)
  const title = type?.title ?? oneLine(node.type)
  return {
    id: node.id,
    name: label === '' ? id : label,
    caption: label === '' || label === id ? title : `${title} · ${id}`,
    summary: summarise(type, type === undefined ? {} : withDefaults(type.fields, node.config)),
    place: type?.place ?? 'between',
    category: type?.category ?? 'unknown',
  }
}

/** The outcomes that its type declares, and behind them those that only connectors name, such as `on:error`. */
function readOutcomes(
  node: FlowNode,
  type: NodeType | undefined,
  connectors: ReadonlyMap<string, Connector>,
): readonly PictureOutcome[] {
  const declared = type?.runtime.outcomes(withDefaults(type.fields, node.config)) ?? []
  const names = new Set([...declared, ...[...connectors.keys()].sort()])
  return [...names].map((outcome) => {
    const connector = connectors.get(outcome)
    const label = oneLine(connector?.label ?? '')
    return {
      outcome,
      name: label === '' ? oneLine(outcome) : label,
      ...(connector === undefined ? {} : { connector: connector.id }),
    }
  })
}

function connectorsByNode({ connectors }: FlowDocument): Map<string, Map<string, Connector>> {
  const byNode = new Map<string, Map<string, Connector>>()
  for (const connector of [...connectors].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const { node, outcome } = connector.from
    const leaving = byNode.get(node) ?? new Map<string, Connector>()
    byNode.set(node, leaving.set(outcome, connector))
  }
  return byNode
}

/** Depth first, outcome by outcome, without recursion. */
function runningOrder(
  roots: readonly string[],
  next: (id: string) => readonly (string | undefined)[],
): readonly string[] {
  const order = new Set<string>()
  for (const root of roots) {
    const stack = [root]
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (order.has(id)) continue
      order.add(id)
      for (const target of [...next(id)].reverse()) if (target !== undefined) stack.push(target)
    }
  }
  return [...order]
}

function mergeOutcomes(
  from: string,
  outcomes: readonly PictureOutcome[],
  targetOf: (id: string, outcome: string) => string | undefined,
): readonly PictureEdge[] {
  const byTarget = new Map<string | undefined, PictureOutcome[]>()
  for (const each of outcomes) {
    const target = targetOf(from, each.outcome)
    byTarget.set(target, [...(byTarget.get(target) ?? []), each])
  }
  return [...byTarget].map(([to, merged]) => ({
    from,
    ...(to === undefined ? {} : { to }),
    outcomes: merged,
  }))
}
