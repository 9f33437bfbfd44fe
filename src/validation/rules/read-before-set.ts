import { writtenVariables } from '../../nodes/visit-config.ts'
import type { Analysis, CheckedSource, NodeFacts } from '../analysis.ts'
import { reach } from '../flow-graph.ts'
import type { FlowRule } from '../rule.ts'

/**
 * Warns of a variable that is read where some path has not set it (VAL-10). Variables with a default, those asked
 * at release, and those of subflows, which the caller may give, count as set; reads that have asked whether there
 * is a value are left alone. A forward analysis over sets of
 * variables, one bit each: what is set at a node is what every connector into it brings.
 */
export const readBeforeSetRule: FlowRule = {
  name: 'read-before-set',
  scope: 'flow',
  reads: ['nodes', 'connectors', 'graph', 'scope', 'settings'],
  check(analysis, report) {
    const { document, nodes, starts } = analysis
    const start = starts[0]
    if (document.role === 'subflow' || start === undefined) return
    const tracked = trackedVariables(analysis)
    if (tracked.size === 0) return
    const effects = nodes.map((facts) => nodeEffects(facts, tracked))
    const setAtEntry = settle(analysis, effects, start.index, tracked.size)
    const reached = reach([start.index], analysis.graph.next)
    for (const { node, index, sources } of nodes) {
      if (reached[index] !== 1) continue
      const warned = new Set<string>()
      for (const source of sources) {
        const known = knownAt(source, setAtEntry[index]!, effects[index]!)
        for (const { path, range, guarded } of source.checked?.reads ?? []) {
          const name = path[0] === 'vars' && !guarded ? path[1] : undefined
          const bit = name === undefined ? undefined : tracked.get(name)
          if (bit === undefined || has(known, bit) || warned.has(name!)) continue
          warned.add(name!)
          report('variable.readBeforeSet', { node: node.id, path: source.path, range }, { name: name! })
        }
      }
    }
  },
}

type Bits = Uint32Array

/** What a node sets: on entry, and in addition by each outcome. */
interface NodeEffects {
  readonly onEnter: Bits
  byOutcome(outcome: string): Bits
}

function trackedVariables({ document, nodes }: Analysis): ReadonlyMap<string, number> {
  const read = new Set<string>()
  for (const { sources } of nodes) {
    for (const { checked } of sources) {
      for (const { path } of checked?.reads ?? [])
        if (path[0] === 'vars' && path[1] !== undefined) read.add(path[1])
    }
  }
  const unset = (document.settings.variables ?? []).filter(
    (variable) =>
      (variable.default ?? null) === null && variable.askAtRelease !== true && read.has(variable.name),
  )
  return new Map(unset.map(({ name }, bit) => [name, bit]))
}

function nodeEffects(
  { node, type, config, outcomes }: NodeFacts,
  tracked: ReadonlyMap<string, number>,
): NodeEffects {
  const onEnter = bitsOf(setBy(node.onEnter), tracked)
  const written = type === undefined ? [] : writtenVariables(type.fields, config)
  const setting = new Set(type?.setsVariablesOn?.(config) ?? outcomes)
  return {
    onEnter,
    byOutcome(outcome) {
      const names = [...(setting.has(outcome) ? written : []), ...setBy(node.onLeave?.[outcome])]
      return union(onEnter, bitsOf(names, tracked))
    },
  }
}

function setBy(actions: NodeFacts['node']['onEnter'] = []): string[] {
  return actions.flatMap((action) => ('set' in action ? [action.set] : []))
}

/** Goes round until nothing changes; sets only shrink, so that it ends. */
function settle(
  { nodes, graph }: Analysis,
  effects: readonly NodeEffects[],
  start: number,
  size: number,
): Bits[] {
  const words = Math.ceil(size / 32)
  const atEntry = nodes.map(() => new Uint32Array(words).fill(0xffffffff))
  atEntry[start]!.fill(0)
  const queue = [start]
  const visited = new Uint8Array(nodes.length)
  for (let index = queue.pop(); index !== undefined; index = queue.pop()) {
    visited[index] = 1
    for (const [outcome, { to }] of nodes[index]!.connectors) {
      const target = to === undefined ? undefined : graph.indexOf.get(to)
      if (target === undefined) continue
      const leaving = union(atEntry[index]!, effects[index]!.byOutcome(outcome))
      if (intersectInto(atEntry[target]!, leaving) || visited[target] === 0) queue.push(target)
    }
  }
  return atEntry
}

/** What is set when a source is evaluated: entry actions come before the config, the node's work before leaving. */
function knownAt({ path }: CheckedSource, atEntry: Bits, effects: NodeEffects): Bits {
  if (path[0] === 'onEnter') return atEntry
  if (path[0] === 'onLeave') return union(atEntry, effects.byOutcome(String(path[1])))
  return union(atEntry, effects.onEnter)
}

function bitsOf(names: readonly string[], tracked: ReadonlyMap<string, number>): Bits {
  const bits = new Uint32Array(Math.ceil(tracked.size / 32))
  for (const name of names) {
    const bit = tracked.get(name)
    if (bit !== undefined) bits[bit >>> 5]! |= 1 << (bit & 31)
  }
  return bits
}

function has(bits: Bits, bit: number): boolean {
  return (bits[bit >>> 5]! & (1 << (bit & 31))) !== 0
}

function union(a: Bits, b: Bits): Bits {
  return a.map((word, index) => word | b[index]!)
}

/** True where something was taken away. */
function intersectInto(target: Bits, other: Bits): boolean {
  let changed = false
  for (let i = 0; i < target.length; i++) {
    const word = (target[i]! & other[i]!) >>> 0
    if (word !== target[i]) changed = true
    target[i] = word
  }
  return changed
}
