import type { Note } from '../document/flow-document.ts'
import type { EditCommand } from '../editing/command.ts'
import type { Draft } from '../editing/draft.ts'
import { copyFragment, type Fragment } from '../editing/fragment.ts'
import type { Patch } from '../editing/patch.ts'

/** What is selected, by id, in the order in which it was selected. Not part of the document. */
export interface Selection {
  readonly nodes: readonly string[]
  readonly connectors: readonly string[]
  readonly notes: readonly string[]
}

export const NOTHING_SELECTED: Selection = { nodes: [], connectors: [], notes: [] }

const KINDS = ['nodes', 'connectors', 'notes'] as const

/** What of a selection is in the draft; the same selection where that is all of it. */
export function presentIn(draft: Draft, selection: Selection): Selection {
  const present = {
    nodes: selection.nodes.filter((id) => draft.node(id) !== undefined),
    connectors: selection.connectors.filter((id) => draft.connector(id) !== undefined),
    notes: selection.notes.filter((id) => draft.note(id) !== undefined),
  }
  return isSameSelection(present, selection) ? selection : present
}

export function joinSelections(a: Selection, b: Partial<Selection>): Selection {
  const join = (kind: keyof Selection) => [...new Set([...a[kind], ...(b[kind] ?? [])])]
  return { nodes: join('nodes'), connectors: join('connectors'), notes: join('notes') }
}

export function isSameSelection(a: Selection, b: Selection): boolean {
  return KINDS.every(
    (kind) => a[kind].length === b[kind].length && a[kind].every((id, i) => id === b[kind][i]),
  )
}

/** The nodes and notes that patches have added. */
export function addedBy(patches: readonly Patch[]): Selection {
  const added = (kind: keyof Selection) =>
    patches.flatMap(({ path, before }) =>
      path[0] === kind && path.length === 2 && before === undefined ? [path[1]!] : [],
    )
  return { nodes: added('nodes'), connectors: [], notes: added('notes') }
}

/** True where something that could be selected has gone. */
export function takesAway(patches: readonly Patch[]): boolean {
  return patches.some(({ path, after }) => path.length === 2 && after === undefined)
}

/** What copying the selection puts on the clipboard, notes that stand by themselves included. */
export function fragmentOf(draft: Draft, selection: Selection): Fragment {
  const fragment = copyFragment(draft, selection.nodes)
  const loose = looseNotes(draft, selection)
  return loose.length === 0 ? fragment : { ...fragment, notes: [...fragment.notes, ...loose] }
}

/** Selected notes that do not come along with a selected node; they are copied as notes on the flow. */
function looseNotes(draft: Draft, selection: Selection): readonly Note[] {
  const nodes = new Set(withoutStarts(draft, selection.nodes))
  return selection.notes.flatMap((id) => {
    const note = draft.note(id)
    if (note === undefined || (note.node !== undefined && nodes.has(note.node))) return []
    const { node: _node, ...loose } = note
    return [loose]
  })
}

/** Start nodes stay where they are, unless nothing else is selected: then the command says why it is refused. */
export function removalOf(draft: Draft, { nodes, connectors, notes }: Selection): EditCommand {
  const others = withoutStarts(draft, nodes)
  const isMore = others.length + connectors.length + notes.length > 0
  return { type: 'remove', nodes: isMore ? others : nodes, connectors, notes }
}

/** How far beside the original a copy stands, in canvas units. */
const BESIDE = 40

/** Copies of selected nodes and of notes that stand by themselves; as with removals, start nodes are left out. */
export function duplicationOf(draft: Draft, selection: Selection): EditCommand {
  const others = withoutStarts(draft, selection.nodes)
  const notes = looseNotes(draft, selection)
  const nodes = others.length > 0 || notes.length > 0 ? others : selection.nodes
  const copies: EditCommand[] = notes.map(({ id: _id, position, ...note }) => ({
    type: 'addNote',
    note: {
      ...note,
      ...(position === undefined ? {} : { position: { x: position.x + BESIDE, y: position.y + BESIDE } }),
    },
  }))
  if (notes.length === 0) return { type: 'duplicate', nodes }
  const commands: EditCommand[] = nodes.length === 0 ? copies : [{ type: 'duplicate', nodes }, ...copies]
  return { type: 'batch', commands }
}

function withoutStarts(draft: Draft, nodes: readonly string[]): readonly string[] {
  const starts = new Set(draft.parts.starts)
  return nodes.filter((id) => !starts.has(id))
}
