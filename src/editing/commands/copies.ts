import { equalJson } from '../../base/json.ts'
import type {
  Connector,
  FlowDocument,
  FlowNode,
  FlowSettings,
  Note,
  Position,
  Variable,
} from '../../document/flow-document.ts'
import { parseDocument } from '../../document/parse-document.ts'
import type { Renaming } from '../../expressions/types.ts'
import type { DuplicateCommand, PasteCommand } from '../command.ts'
import { isStart } from '../draft.ts'
import type { Fragment } from '../fragment.ts'
import { freshConnectorId, freshId, freshNodeId, freshNoteId } from '../fresh-ids.ts'
import { renameInNode } from '../rename.ts'
import type { Transaction } from '../transaction.ts'

/** How far beside the original a copy stands, in canvas units. */
const BESIDE: Position = { x: 40, y: 40 }

export function duplicate(tx: Transaction, { nodes: ids, offset = BESIDE }: DuplicateCommand): void {
  const chosen = new Set(ids)
  const nodes = [...chosen].map((id) => tx.node(id))
  if (nodes.some((node) => isStart(tx.typeOf(node)))) tx.refuse('edit.secondStart')
  const connectors = nodes
    .flatMap(({ id }) => tx.leaving(id))
    .filter(({ to }) => to !== undefined && chosen.has(to))
  const notes = nodes.flatMap(({ id }) => tx.attached(id))
  putCopies(tx, { nodes, connectors, notes }, new Map(), offset)
}

export function paste(tx: Transaction, { fragment, at }: PasteCommand): void {
  const { nodes, connectors, notes, settings } = readFragment(tx, fragment)
  if (tx.starts.size > 0 && nodes.some((node) => isStart(tx.typeOf(node)))) tx.refuse('edit.secondStart')
  const variables = takeDeclarations(tx, settings)
  putCopies(tx, { nodes, connectors, notes }, variables, at === undefined ? BESIDE : offsetTo(nodes, at))
}

/** The fragment, checked as an import is: its shape, its ids, its size. */
function readFragment(tx: Transaction, fragment: Fragment): FlowDocument {
  const parsed = parseDocument({ ...fragment, id: 'fragment' })
  if (!parsed.ok) {
    const fault = parsed.error[0]!
    tx.refuse('edit.invalid', { at: 'fragment', fault: fault.message, code: fault.code })
  }
  return parsed.value
}

/**
 * Declares what the fragment brings along and the flow has not. A variable that the flow declares in another way gets
 * another name; of everything else that is declared here already, this flow's own declaration holds.
 */
function takeDeclarations(tx: Transaction, brought: FlowSettings): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>()
  const { settings } = tx
  const own = new Map(settings.variables?.map((variable) => [variable.name, variable]))
  const taken = new Set([...own.keys(), ...(brought.variables ?? []).map(({ name }) => name)])
  const variables = [...(settings.variables ?? [])]
  for (const variable of new Map(brought.variables?.map((each) => [each.name, each])).values()) {
    const same = own.get(variable.name)
    if (same === undefined) variables.push(variable)
    else if (isOther(variable, same)) {
      // Room for a number, for names are at most 64 long.
      const name = freshId(variable.name.slice(0, 56), (each) => taken.has(each))
      taken.add(name)
      renamed.set(variable.name, name)
      variables.push({ ...variable, name })
    }
  }
  tx.setSettings({
    ...settings,
    ...nonEmpty('variables', variables),
    ...nonEmpty('contact', joinBy('name', settings.contact, brought.contact)),
    ...nonEmpty('outcomes', joinBy('code', settings.outcomes, brought.outcomes)),
    ...nonEmpty('logbooks', joinBy('name', settings.logbooks, brought.logbooks)),
  })
  return renamed
}

/** A value that was secret where it comes from does not go into a variable that anybody may log. */
function isOther(brought: Variable, own: Variable): boolean {
  if (brought.sensitive === true && own.sensitive !== true) return true
  return own.type !== brought.type || !equalJson(own.default ?? null, brought.default ?? null)
}

function joinBy<Key extends string, Entry extends { readonly [K in Key]: string }>(
  key: Key,
  own: readonly Entry[] = [],
  brought: readonly Entry[] = [],
): readonly Entry[] {
  const known = new Set(own.map((entry) => entry[key]))
  return [...own, ...brought.filter((entry) => !known.has(entry[key]))]
}

function nonEmpty(name: string, list: readonly unknown[]): { readonly [name: string]: readonly unknown[] } {
  return list.length === 0 ? {} : { [name]: list }
}

interface Copied {
  readonly nodes: readonly FlowNode[]
  readonly connectors: readonly Connector[]
  readonly notes: readonly Note[]
}

/** Puts copies under free ids; what they read of each other they read of the copies. */
function putCopies(
  tx: Transaction,
  { nodes, connectors, notes }: Copied,
  variables: ReadonlyMap<string, string>,
  offset: Position,
): void {
  const ids = new Map<string, string>()
  const taken = new Set<string>()
  for (const { id } of nodes) {
    const fresh = tx.get('nodes', id) === undefined && !taken.has(id) ? id : freshNodeId(tx, id, taken)
    taken.add(fresh)
    ids.set(id, fresh)
  }
  const names: Renaming = { variables, nodes: new Map([...ids].filter(([old, fresh]) => old !== fresh)) }
  const idOf = (id: string) => ids.get(id) ?? id
  for (const node of nodes) {
    const renamed = renameInNode(node, names, tx.context)
    tx.putNode({ ...renamed, id: idOf(node.id), ...movedBy(node.position, offset) })
  }
  for (const { id, from, to, ...rest } of connectors) {
    const start = { node: idOf(from.node), outcome: from.outcome }
    const fresh =
      tx.get('connectors', id) === undefined && start.node === from.node ? id : freshConnectorId(tx, start)
    tx.putConnector({ ...rest, id: fresh, from: start, ...(to === undefined ? {} : { to: idOf(to) }) })
  }
  for (const { id, node, position, ...rest } of notes) {
    const fresh = tx.get('notes', id) === undefined ? id : freshNoteId(tx, id)
    tx.putNote({
      ...rest,
      id: fresh,
      ...(node === undefined ? {} : { node: idOf(node) }),
      ...movedBy(position, offset),
    })
  }
}

function movedBy(position: Position | undefined, { x, y }: Position): { readonly position?: Position } {
  return position === undefined ? {} : { position: { x: position.x + x, y: position.y + y } }
}

/** How far the upper left corner of what is pasted is from where it is to go. */
function offsetTo(nodes: readonly FlowNode[], { x, y }: Position): Position {
  const placed = nodes.flatMap(({ position }) => position ?? [])
  const least = (axis: 'x' | 'y') => placed.reduce((min, each) => Math.min(min, each[axis]), Infinity)
  return placed.length === 0 ? { x: 0, y: 0 } : { x: x - least('x'), y: y - least('y') }
}
