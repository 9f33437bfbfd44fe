import type { Analysis } from '../validation/analysis.ts'
import { reach } from '../validation/flow-graph.ts'
import type { NodeFacts } from '../validation/node-facts.ts'

/** What the expressions of a flow read from outside of their own node. */
export interface Reads {
  readonly contact: Set<string>
  readonly trigger: Set<string>
  wholeContact: boolean
  wholeTrigger: boolean
  /** Nodes whose output is read. */
  readonly outputs: Set<string>
}

/** Gathers what all expressions of a flow read. */
export function collectReads(nodes: readonly NodeFacts[]): Reads {
  const reads: Reads = {
    contact: new Set(),
    trigger: new Set(),
    wholeContact: false,
    wholeTrigger: false,
    outputs: new Set(),
  }
  for (const { sources } of nodes) {
    for (const { checked } of sources) {
      for (const {
        path: [root, member],
      } of checked?.reads ?? []) {
        if (root === 'contact' && member === undefined) reads.wholeContact = true
        else if (root === 'contact') reads.contact.add(member!)
        else if (root === 'trigger' && member === undefined) reads.wholeTrigger = true
        else if (root === 'trigger') reads.trigger.add(member!)
        else if (root === 'nodes' && member === undefined)
          for (const { node } of nodes) reads.outputs.add(node.id)
        else if (root === 'nodes') reads.outputs.add(member!)
      }
    }
  }
  return reads
}

/** More entries than this are not worth their bytes; sessions then keep all outputs that are read anywhere. */
const MAX_LIVE_ENTRIES = 20_000

/** By node: the nodes whose outputs some expression can still read from there on. */
export function liveOutputs({ nodes, graph }: Analysis, { outputs }: Reads): readonly string[][] | undefined {
  const live: string[][] = nodes.map(() => [])
  let entries = 0
  for (const output of [...outputs].sort()) {
    const readers = nodes.filter((facts) => readsOutput(facts, output)).map(({ index }) => index)
    const ahead = reach(readers, graph.previous)
    for (let index = 0; index < nodes.length; index++) {
      if (ahead[index] !== 1) continue
      if (++entries > MAX_LIVE_ENTRIES) return undefined
      live[index]!.push(output)
    }
  }
  return live
}

function readsOutput({ sources }: NodeFacts, node: string): boolean {
  return sources.some(({ checked }) =>
    checked?.reads.some(
      ({ path: [root, member] }) => root === 'nodes' && (member === undefined || member === node),
    ),
  )
}
