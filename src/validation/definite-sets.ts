import type { FlowRole, FlowSettings } from '../document/flow-document.ts'
import { type FlowGraph, reach } from './flow-graph.ts'
import { type NodeFacts, writtenBy } from './node-facts.ts'

/** A set of variables, one bit each. */
export type Bits = Uint32Array

/**
 * Which variables are set at each node, whatever path a session has come by. Only those that begin without a value and
 * are read somewhere are looked at; where there is none, nobody asks for sets.
 */
export interface DefiniteSets {
  /** The bit of each variable that is looked at. */
  readonly tracked: ReadonlyMap<string, number>
  /** True where the start leads to the node. */
  reaches(index: number): boolean
  /** What is set when the node is entered. */
  atEntry(index: number): Bits
}

/**
 * A forward analysis over sets of variables: what is set at a node is what every connector into it brings. Subflows are
 * left out, for their callers may give what they do not set.
 */
export function findDefiniteSets(
  nodes: readonly NodeFacts[],
  graph: FlowGraph,
  start: NodeFacts | undefined,
  role: FlowRole,
  settings: FlowSettings,
): DefiniteSets {
  const tracked =
    role === 'subflow' || start === undefined ? new Map<string, number>() : trackedVariables(nodes, settings)
  if (tracked.size === 0) return { tracked, reaches: () => true, atEntry: () => new Uint32Array(0) }
  const words = Math.ceil(tracked.size / 32)
  const sets = settle(nodes, graph, start!.index, tracked, words)
  const reached = reach([start!.index], graph.next)
  return {
    tracked,
    reaches: (index) => reached[index] === 1,
    atEntry: (index) => sets.subarray(index * words, (index + 1) * words),
  }
}

/** Variables that begin without a value and are read: those with a default, and those asked at release, are set. */
function trackedVariables(
  nodes: readonly NodeFacts[],
  { variables = [] }: FlowSettings,
): ReadonlyMap<string, number> {
  const unset = variables.filter(
    (variable) => (variable.default ?? null) === null && variable.askAtRelease !== true,
  )
  if (unset.length === 0) return new Map()
  const read = new Set<string>()
  for (const { sources } of nodes) {
    for (const { checked } of sources) {
      if (checked === undefined) continue
      for (const { path } of checked.reads) if (path[0] === 'vars' && path[1] !== undefined) read.add(path[1])
    }
  }
  return new Map(unset.filter(({ name }) => read.has(name)).map(({ name }, bit) => [name, bit]))
}

/** Goes round until nothing changes; sets only shrink, so that it ends. */
function settle(
  nodes: readonly NodeFacts[],
  graph: FlowGraph,
  start: number,
  tracked: ReadonlyMap<string, number>,
  words: number,
): Uint32Array {
  const sets = new Uint32Array(nodes.length * words).fill(0xffffffff)
  sets.fill(0, start * words, (start + 1) * words)
  const visited = new Uint8Array(nodes.length)
  const queued = new Uint8Array(nodes.length)
  const queue = [start]
  for (let head = 0; head < queue.length; head++) {
    const index = queue[head]!
    queued[index] = 0
    visited[index] = 1
    const facts = nodes[index]!
    const entry = sets.subarray(index * words, (index + 1) * words)
    const entered = union(entry, setOnEntry(facts, tracked))
    for (const [outcome, { to }] of facts.connectors) {
      const target = to === undefined ? undefined : graph.indexOf.get(to)
      if (target === undefined) continue
      const leaving = union(entered, setByOutcome(facts, outcome, tracked))
      const shrunk = intersectInto(sets, target * words, leaving)
      if ((shrunk || visited[target] === 0) && queued[target] === 0) {
        queued[target] = 1
        queue.push(target)
      }
    }
  }
  return sets
}

/** True where the same variables are set at a node as before, under its number then; the bits have to be the same. */
export function isSetAlike(before: DefiniteSets, old: number, now: DefiniteSets, index: number): boolean {
  if (before.reaches(old) !== now.reaches(index)) return false
  const set = before.atEntry(old)
  return now.atEntry(index).every((word, i) => word === set[i])
}

/** What a node sets on the way in; `undefined` for nothing. */
export function setOnEntry({ node }: NodeFacts, tracked: ReadonlyMap<string, number>): Bits | undefined {
  return node.onEnter === undefined ? undefined : bitsOf(setBy(node.onEnter), tracked)
}

/** What a node sets in addition when it is left by an outcome; `undefined` for nothing. */
export function setByOutcome(
  facts: NodeFacts,
  outcome: string,
  tracked: ReadonlyMap<string, number>,
): Bits | undefined {
  const { node, type, config, outcomes, namings } = facts
  const { onLeave = {} } = node
  const actions = Object.hasOwn(onLeave, outcome) ? onLeave[outcome] : undefined
  if (actions === undefined && namings.length === 0) return undefined
  const sets = (type?.setsVariablesOn?.(config) ?? outcomes).includes(outcome)
  return bitsOf([...(sets ? writtenBy(facts) : []), ...setBy(actions)], tracked)
}

function setBy(actions: NodeFacts['node']['onEnter'] = []): string[] {
  return actions.flatMap((action) => ('set' in action ? [action.set] : []))
}

function bitsOf(names: readonly string[], tracked: ReadonlyMap<string, number>): Bits {
  const bits = new Uint32Array(Math.ceil(tracked.size / 32))
  for (const name of names) {
    const bit = tracked.get(name)
    if (bit !== undefined) bits[bit >>> 5]! |= 1 << (bit & 31)
  }
  return bits
}

export function union(a: Bits, b: Bits | undefined): Bits {
  return b === undefined ? a : a.map((word, index) => word | b[index]!)
}

export function has(bits: Bits, bit: number): boolean {
  return (bits[bit >>> 5]! & (1 << (bit & 31))) !== 0
}

/** True where something was taken away. */
function intersectInto(sets: Uint32Array, at: number, other: Bits): boolean {
  let changed = false
  for (let i = 0; i < other.length; i++) {
    const word = (sets[at + i]! & other[i]!) >>> 0
    if (word !== sets[at + i]) changed = true
    sets[at + i] = word
  }
  return changed
}
