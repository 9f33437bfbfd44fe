import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { FlowDocument, FlowNode } from '../document/flow-document.ts'
import { createRegistry, type NodeRegistry, type NodeTypes } from '../nodes/registry.ts'
import { type FocusTarget, focusOf } from './focus.ts'

/** What a pane of errors and warnings shows. */
export interface Pane {
  readonly errors: number
  readonly warnings: number
  /** First what concerns the flow as a whole, then node by node, in the order of their titles. */
  readonly groups: readonly PaneGroup[]
}

export interface PaneGroup {
  /** Id of the node; absent for the flow as a whole. */
  readonly node?: string
  /** What people call it: the label of the node or the name of the flow, else the id. */
  readonly title: string
  /** The title of the node's type; its pin where the palette does not have it. */
  readonly typeTitle?: string
  /** Name of the icon of the node's type. */
  readonly icon?: string
  readonly errors: number
  readonly warnings: number
  /** Errors before warnings. */
  readonly entries: readonly PaneEntry[]
}

export interface PaneEntry {
  readonly diagnostic: Diagnostic
  readonly focus: FocusTarget
  /** What people read on the button that mends it; absent where nothing can be mended by one call. */
  readonly fix?: string
}

/** Sorts the diagnostics of a document into what a pane shows. */
export function paneOf(diagnostics: readonly Diagnostic[], document: FlowDocument, nodes: NodeTypes): Pane {
  const byId = new Map(document.nodes.map((node) => [node.id, node]))
  return buildPane(diagnostics, nameOf(document), (id) => byId.get(id), createRegistry(nodes))
}

export function buildPane(
  diagnostics: readonly Diagnostic[],
  flowName: string,
  nodeOf: (id: string) => FlowNode | undefined,
  registry: NodeRegistry,
): Pane {
  const byNode = new Map<string, Diagnostic[]>()
  for (const diagnostic of diagnostics) {
    const node = diagnostic.location.node ?? ''
    const found = byNode.get(node)
    if (found === undefined) byNode.set(node, [diagnostic])
    else found.push(diagnostic)
  }
  const groups = [...byNode].map(([id, found]) => ({
    ...(id === '' ? { title: flowName } : headOf(id, nodeOf(id), registry)),
    ...entriesOf(found),
  }))
  groups.sort(byTitle)
  const sum = (of: 'errors' | 'warnings') => groups.reduce((total, group) => total + group[of], 0)
  return { errors: sum('errors'), warnings: sum('warnings'), groups }
}

/** What people call a flow. */
export function nameOf({ name, id }: Pick<FlowDocument, 'name' | 'id'>): string {
  return name.trim() === '' ? id : name
}

/** What stands over a group. */
export function headOf(
  id: string,
  node: FlowNode | undefined,
  registry: NodeRegistry,
): Pick<PaneGroup, 'node' | 'title' | 'typeTitle' | 'icon'> {
  const label = node?.label?.trim() ?? ''
  const head = { node: id, title: label === '' ? id : label }
  if (node === undefined) return head
  const type = registry.get(node.type)
  return type === undefined
    ? { ...head, typeTitle: node.type }
    : { ...head, typeTitle: type.title, icon: type.icon }
}

function entriesOf(found: readonly Diagnostic[]): Pick<PaneGroup, 'errors' | 'warnings' | 'entries'> {
  const errors = found.filter(({ severity }) => severity === 'error')
  const warnings = found.filter(({ severity }) => severity !== 'error')
  const entries = [...errors, ...warnings].map((diagnostic) => ({
    diagnostic,
    focus: focusOf(diagnostic),
    ...(diagnostic.fix === undefined ? {} : { fix: diagnostic.fix.title }),
  }))
  return { errors: errors.length, warnings: warnings.length, entries }
}

function byTitle(a: PaneGroup, b: PaneGroup): number {
  if (a.node === undefined || b.node === undefined) return a.node === undefined ? -1 : 1
  return compare(a.title, b.title) || compare(a.node, b.node)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
