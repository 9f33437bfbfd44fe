import type { Connector, FlowNode } from '../../../document/flow-document.ts'
import type { LossEntry } from '../../importer.ts'
import type { Names } from './names.ts'

interface Graph {
  readonly nodes: readonly FlowNode[]
  readonly connectors: readonly Connector[]
}

/**
 * Gives every circle a place that waits. Studio waits while it speaks, and runs a circle of splits until it has counted
 * enough; here one that never waits is an error. What speaks in the circle waits until it has been said; where nothing
 * does, the circle pauses for a second.
 */
export function breakCircles(graph: Graph, names: Names, loss: LossEntry[]): Graph {
  let { nodes, connectors } = graph
  for (;;) {
    const circle = findCircle(nodes, connectors)
    if (circle === undefined) return { nodes, connectors }
    const speaking = nodes.filter(({ id, type }) => circle.has(id) && type === 'send-message@1')
    const where = [...circle][0]!
    if (speaking.length > 0) {
      const ids = new Set(speaking.map(({ id }) => id))
      nodes = nodes.map((node) =>
        ids.has(node.id) ? { ...node, config: { ...node.config, await: 'accepted' } } : node,
      )
      connectors = connectors.flatMap((connector) =>
        ids.has(connector.from.node) && connector.from.outcome === 'next'
          ? ['sent', 'failed', 'timeout'].map((outcome) => leavingBy(connector, outcome))
          : [connector],
      )
      continue
    }
    const pause = names.freshNode(`${where}_pause`)
    const into = connectors.find(({ from, to }) => circle.has(from.node) && to === where)!
    nodes = [...nodes, { id: pause, type: 'delay@1', config: { duration: '1s' } }]
    connectors = connectors.map((each) => (each === into ? { ...each, to: pause } : each))
    connectors = [...connectors, { id: `${pause}:done`, from: { node: pause, outcome: 'done' }, to: where }]
    loss.push({
      severity: 'warning',
      code: 'import.changed',
      where,
      message: 'The flow runs in a circle here without waiting; it pauses for a second each time',
    })
  }
}

function leavingBy(connector: Connector, outcome: string): Connector {
  const { node } = connector.from
  return { ...connector, id: `${node}:${outcome}`, from: { node, outcome } }
}

/** Types that go on at once, whatever their config says. */
const AT_ONCE = new Set(['branch@1', 'set-variables@1'])

function waits({ type, config }: FlowNode): boolean {
  if (AT_ONCE.has(type)) return false
  if (type === 'send-message@1') return config.await === 'accepted'
  return type !== 'custom-effect@1' || config.outcomes !== undefined
}

/** The nodes of one circle in which none waits; `undefined` where there is no such circle. Does not recurse. */
function findCircle(
  nodes: readonly FlowNode[],
  connectors: readonly Connector[],
): ReadonlySet<string> | undefined {
  const next = new Map<string, string[]>()
  for (const node of nodes) if (!waits(node)) next.set(node.id, [])
  for (const { from, to } of connectors) if (to !== undefined && next.has(to)) next.get(from.node)?.push(to)
  const done = new Set<string>()
  for (const start of next.keys()) {
    const path: string[] = []
    const stack = [{ id: start, depth: 0 }]
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      while (path.length > at.depth) done.add(path.pop()!)
      const { id } = at
      const seen = path.indexOf(id)
      if (seen >= 0) return new Set(path.slice(seen))
      if (done.has(id)) continue
      path.push(id)
      for (const target of next.get(id)!) stack.push({ id: target, depth: path.length })
    }
    for (const id of path) done.add(id)
  }
  return undefined
}
