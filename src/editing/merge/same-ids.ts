import { equalJson, type Json } from '../../base/json.ts'
import type { FlowNode } from '../../document/flow-document.ts'
import { type EditContext, isStart } from '../draft.ts'
import { freshId } from '../fresh-ids.ts'
import { Refused } from '../refusal.ts'
import { renameInNode, renameInSource } from '../rename.ts'
import type { MergeSide, RenamedNode, Three } from './merge.ts'
import { compareJson } from './merge-values.ts'
import type { Side } from './sides.ts'

/**
 * Each side may have added a node of its own under the same id: one of them gets another, wherever its side names it.
 * Which one follows from what they say, not from who is a.
 */
export function renameSameIds({ base, a, b }: Three<Side>, context: EditContext): readonly RenamedNode[] {
  const ids = new Set([...base.nodes.keys(), ...a.nodes.keys(), ...b.nodes.keys()])
  const renamed: RenamedNode[] = []
  for (const id of [...a.nodes.keys()].sort()) {
    const [first, second] = [a.nodes.get(id)!, b.nodes.get(id)]
    if (second === undefined || base.nodes.has(id) || isOne(first, second, context)) continue
    const side: MergeSide = compareJson(json(first), json(second)) > 0 ? 'a' : 'b'
    const to = freshId(id.slice(0, 56), (each) => ids.has(each))
    ids.add(to)
    renamed.push({ side, id, to })
  }
  renameIn(
    a,
    renamed.filter(({ side }) => side === 'a'),
    context,
  )
  renameIn(
    b,
    renamed.filter(({ side }) => side === 'b'),
    context,
  )
  return renamed
}

/** Nodes of one type that do the same, or stand at the same place, are one that both know from elsewhere. */
function isOne(a: FlowNode, b: FlowNode, { registry }: EditContext): boolean {
  if (a.type !== b.type) return false
  if (isStart(registry.get(a.type)) || equalJson(a.config, b.config)) return true
  return a.position !== undefined && equalJson({ ...a.position }, b.position && { ...b.position })
}

function renameIn(side: Side, renamed: readonly RenamedNode[], context: EditContext): void {
  if (renamed.length === 0) return
  const nodes = new Map(renamed.map(({ id, to }) => [id, to]))
  const idOf = (id: string) => nodes.get(id) ?? id
  const all = [...side.nodes.values()]
  side.nodes.clear()
  for (const node of all) {
    const id = idOf(node.id)
    side.nodes.set(id, { ...readable(() => renameInNode(node, { nodes }, context), node), id })
  }
  for (const [id, connector] of side.connectors) {
    const { from, to } = connector
    if (!nodes.has(from.node) && !nodes.has(to ?? '')) continue
    const start = { ...from, node: idOf(from.node) }
    side.connectors.set(id, { ...connector, from: start, ...(to === undefined ? {} : { to: idOf(to) }) })
  }
  for (const [id, note] of side.notes) {
    if (note.node !== undefined && nodes.has(note.node))
      side.notes.set(id, { ...note, node: idOf(note.node) })
  }
  const { duplicates } = side.document.settings
  const before = duplicates?.identifier
  if (duplicates === undefined || before === undefined) return
  const rename = () => renameInSource(before, 'expression', { nodes }, context, 'duplicates')
  const identifier = readable(rename, before)
  if (identifier === before) return
  const { document } = side
  const settings = { ...document.settings, duplicates: { ...duplicates, identifier } }
  side.document = { ...document, settings }
}

/** What is written in a language that nobody here can read stays as it is. */
function readable<Value>(rename: () => Value, before: Value): Value {
  try {
    return rename()
  } catch (error) {
    if (error instanceof Refused) return before
    throw error
  }
}

function json(node: FlowNode): Json {
  return node as unknown as Json
}
