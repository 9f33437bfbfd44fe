import { equalJson, type Json } from '../base/json.ts'
import type { FlowNode } from '../document/flow-document.ts'
import type { Patch } from '../editing/patch.ts'
import type { NodeFacts } from './node-facts.ts'
import type { CheckedSource } from './source-reader.ts'

/** What patches speak of. */
export interface Touched {
  readonly nodes: ReadonlySet<string>
  readonly connectors: ReadonlySet<string>
  readonly settings: boolean
  readonly role: boolean
}

export function touchedBy(patches: readonly Patch[]): Touched {
  const nodes = new Set<string>()
  const connectors = new Set<string>()
  let settings = false
  let role = false
  for (const { path } of patches) {
    const [place, id] = path
    if (place === 'nodes') nodes.add(id!)
    else if (place === 'connectors') connectors.add(id!)
    else if (place === 'settings') settings = true
    else if (place === 'role') role = true
  }
  return { nodes, connectors, settings, role }
}

/** True where nothing has changed that validation reads: a node that was moved or labelled, and no more. */
export function isOnlyMoved(before: FlowNode, after: FlowNode): boolean {
  return (
    before.type === after.type &&
    before.config === after.config &&
    before.onEnter === after.onEnter &&
    before.onLeave === after.onLeave
  )
}

/** True where a node sets the same variables as before, in the same ways. */
export function setsTheSame(before: NodeFacts, after: NodeFacts): boolean {
  return (
    before.type === after.type &&
    before.node.onEnter === after.node.onEnter &&
    before.node.onLeave === after.node.onLeave &&
    isSame(before.namings, after.namings) &&
    (after.namings.length === 0 || before.config === after.config)
  )
}

/** True where the sources read the same variables as before, wherever they stand in them. */
export function readsTheSame(before: readonly CheckedSource[], after: readonly CheckedSource[]): boolean {
  return equalJson(variablesIn(before), variablesIn(after))
}

function variablesIn(sources: readonly CheckedSource[]): readonly string[] {
  return sources.flatMap(
    ({ checked }) => checked?.reads.flatMap(({ path }) => (path[0] === 'vars' ? (path[1] ?? '') : [])) ?? [],
  )
}

/** Equality of facts, which are JSON where they are compared. */
export function isSame(before: unknown, after: unknown): boolean {
  return equalJson(before as Json | undefined, after as Json | undefined)
}
