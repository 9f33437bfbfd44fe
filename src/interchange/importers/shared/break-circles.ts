import type { Connector, FlowNode } from '../../../document/flow-document.ts'
import type { LossEntry } from '../../importer.ts'
import type { Names } from './names.ts'
import { waysOf } from './reach.ts'

interface Graph {
  readonly nodes: readonly FlowNode[]
  readonly connectors: readonly Connector[]
}

/**
 * Gives every circle a place that waits. Other products wait while they speak, and run a circle of branches until they have
 * counted enough; here one that never waits is an error. What speaks in a circle waits until it has been said; where nothing
 * does, the circle pauses for a second.
 */
export function breakCircles(graph: Graph, names: Names, loss: LossEntry[]): Graph {
  for (let { nodes, connectors } = graph; ; ) {
    const circles = findCircles(nodes, connectors)
    const speaks = new Set(nodes.filter(({ type }) => type === 'send-message@1').map(({ id }) => id))
    const waiting = new Set(circles.flat().filter((id) => speaks.has(id)))
    if (waiting.size === 0) return pauseAt(circles, { nodes, connectors }, names, loss)
    nodes = nodes.map((node) =>
      waiting.has(node.id) ? { ...node, config: { ...node.config, await: 'accepted' } } : node,
    )
    connectors = connectors.flatMap((connector) =>
      waiting.has(connector.from.node) && connector.from.outcome === 'next'
        ? ['sent', 'failed', 'timeout'].map((outcome) => leavingBy(connector, outcome))
        : [connector],
    )
  }
}

/** A pause where circles come back to their first node, one for all that come back to the same. */
function pauseAt(
  circles: readonly (readonly string[])[],
  { nodes, connectors }: Graph,
  names: Names,
  loss: LossEntry[],
): Graph {
  const pauses = new Map<string, string>()
  const closing = new Set<string>()
  for (const [first, ...rest] of circles) {
    closing.add(`${rest.at(-1) ?? first!} ${first!}`)
    if (pauses.has(first!)) continue
    pauses.set(first!, names.freshNode(`${first!}_pause`))
    loss.push({
      severity: 'warning',
      code: 'import.changed',
      where: first!,
      message: 'The flow runs in a circle here without waiting; it pauses for a second each time',
    })
  }
  const paused = [...pauses].map(([to, id]) => ({ id, to }))
  return {
    nodes: [...nodes, ...paused.map(({ id }) => ({ id, type: 'delay@1', config: { duration: '1s' } }))],
    connectors: [
      ...connectors.map((each) =>
        closing.has(`${each.from.node} ${each.to}`) ? { ...each, to: pauses.get(each.to!)! } : each,
      ),
      ...paused.map(({ id, to }) => ({ id: `${id}:done`, from: { node: id, outcome: 'done' }, to })),
    ],
  }
}

function leavingBy(connector: Connector, outcome: string): Connector {
  const { node } = connector.from
  return { ...connector, id: `${node}:${outcome}`, from: { node, outcome } }
}

/** Types that go on at once, whatever their config says. */
const AT_ONCE = new Set(['branch@1', 'set-variables@1'])

/** False for a node that goes on at once. */
export function waits({ type, config }: FlowNode): boolean {
  if (AT_ONCE.has(type)) return false
  if (type === 'send-message@1') return config.await === 'accepted'
  return type !== 'custom-effect@1' || config.outcomes !== undefined
}

/**
 * Circles in which no node waits, each from the node that it comes back to: without the last step of each of them there
 * would be none. Not every circle there is, of which there can be more than atoms. Does not recurse.
 */
function findCircles(
  nodes: readonly FlowNode[],
  connectors: readonly Connector[],
): readonly (readonly string[])[] {
  const atOnce = new Set(nodes.filter((node) => !waits(node)).map(({ id }) => id))
  const ways = waysOf(
    connectors.flatMap(({ from, to }) =>
      atOnce.has(from.node) && atOnce.has(to ?? '') ? [[from.node, to]] : [],
    ),
  )
  const circles: (readonly string[])[] = []
  const done = new Set<string>()
  for (const start of atOnce) {
    const path: string[] = []
    const places = new Map<string, number>()
    const leave = (depth: number) => {
      while (path.length > depth) {
        const last = path.pop()!
        places.delete(last)
        done.add(last)
      }
    }
    const stack = [{ id: start, depth: 0 }]
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const { id, depth } = at
      leave(depth)
      const place = places.get(id)
      if (place !== undefined) circles.push(path.slice(place))
      if (place !== undefined || done.has(id)) continue
      places.set(id, path.push(id) - 1)
      for (const target of ways.get(id) ?? []) stack.push({ id: target, depth: depth + 1 })
    }
    leave(0)
  }
  return circles
}
