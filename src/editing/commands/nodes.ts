import { equalJson, type Json, type JsonObject } from '../../base/json.ts'
import type { FlowNode, Position } from '../../document/flow-document.ts'
import { withDefaults } from '../../nodes/visit-config.ts'
import type {
  ChangeTypeCommand,
  ConfigureCommand,
  LabelCommand,
  MoveCommand,
  RemoveCommand,
  SetActionsCommand,
  SetMetaCommand,
} from '../command.ts'
import { isStart } from '../draft.ts'
import { NOWHERE, setAt } from '../set-at.ts'
import type { Transaction } from '../transaction.ts'

export function remove(tx: Transaction, command: RemoveCommand): void {
  const { node, nodes = [], connectors = [], notes = [] } = command
  const all = new Set(node === undefined ? nodes : [node, ...nodes])
  for (const id of all) tx.node(id)
  for (const id of connectors) tx.connector(id)
  for (const id of notes) tx.note(id)
  if (tx.starts.size > 0 && [...tx.starts].every((id) => all.has(id))) tx.refuse('edit.startStays')
  for (const id of all) removeNode(tx, id)
  for (const id of connectors) if (tx.get('connectors', id) !== undefined) tx.remove('connectors', id)
  for (const id of notes) if (tx.get('notes', id) !== undefined) tx.remove('notes', id)
}

/** A node goes with its connectors and the notes attached to it (DOC-8). */
function removeNode(tx: Transaction, id: string): void {
  for (const connector of [...tx.leaving(id), ...tx.arriving(id)]) {
    if (tx.get('connectors', connector.id) !== undefined) tx.remove('connectors', connector.id)
  }
  for (const note of tx.attached(id)) tx.remove('notes', note.id)
  tx.remove('nodes', id)
}

export function move(tx: Transaction, { nodes = {}, notes = {} }: MoveCommand): void {
  for (const [id, position] of Object.entries(nodes)) {
    const node = tx.node(id)
    if (!isAt(node.position, position)) tx.putNode(withMember(node, 'position', position ?? undefined))
  }
  for (const [id, position] of Object.entries(notes)) {
    const note = tx.note(id)
    if (!isAt(note.position, position)) tx.putNote(withMember(note, 'position', position ?? undefined))
  }
}

function isAt(before: Position | undefined, position: Position | null): boolean {
  return before?.x === position?.x && before?.y === position?.y
}

export function label(tx: Transaction, command: LabelCommand): void {
  const { label: text, node, connector } = command
  if ((node === undefined) === (connector === undefined)) {
    tx.refuse('edit.badCommand', { fault: 'label names either a node or a connector' })
  }
  if (node !== undefined) tx.putNode(withMember(tx.node(node), 'label', text))
  if (connector !== undefined) tx.putConnector(withMember(tx.connector(connector), 'label', text))
}

export function configure(tx: Transaction, command: ConfigureCommand): void {
  const node = tx.node(command.node)
  const config = newConfig(tx, node, command)
  if (equalJson(config, node.config)) return
  tx.putNode({ ...node, config })
  followRenamedOutcome(tx, node, config)
}

function newConfig(tx: Transaction, node: FlowNode, { config, path, value }: ConfigureCommand): JsonObject {
  if ((config === undefined) === (path === undefined)) {
    tx.refuse('edit.badCommand', { fault: 'configure takes either a config or a path' })
  }
  if (path === undefined) return config!
  const changed = setAt(node.config, path, value)
  if (changed === NOWHERE) tx.refuse('edit.noPath', { path: path.join('.') })
  return changed as JsonObject
}

/** Where one outcome has gone and one has come, it is the same one under another name. */
function followRenamedOutcome(tx: Transaction, { id, config: before }: FlowNode, config: JsonObject): void {
  const node = tx.node(id)
  const type = tx.typeOf(node)
  if (type === undefined) return
  const outcomesOf = (each: JsonObject) => new Set(type.runtime.outcomes(withDefaults(type.fields, each)))
  const [old, fresh] = [outcomesOf(before), outcomesOf(config)]
  const gone = [...old].filter((outcome) => !fresh.has(outcome))
  const come = [...fresh].filter((outcome) => !old.has(outcome))
  if (gone.length !== 1 || come.length !== 1) return
  const [from, to] = [gone[0]!, come[0]!]
  const leaving = tx.leaving(id)
  const connector = leaving.find((each) => each.from.outcome === from)
  const isTaken = leaving.some((each) => each.from.outcome === to)
  if (connector !== undefined && !isTaken) tx.putConnector({ ...connector, from: { node: id, outcome: to } })
  const { onLeave = {} } = node
  if (Object.hasOwn(onLeave, from) && !Object.hasOwn(onLeave, to)) {
    const { [from]: actions, ...others } = onLeave
    tx.putNode({ ...node, onLeave: { ...others, [to]: actions! } })
  }
}

export function changeType(tx: Transaction, { node: id, to }: ChangeTypeCommand): void {
  const node = tx.node(id)
  if (node.type === to) return
  const type = tx.context.registry.get(to)
  if (type === undefined) {
    tx.refuse('edit.unknownType', { type: to, suggestion: tx.context.registry.suggest(to) })
  }
  const others = tx.starts.size - (tx.starts.has(id) ? 1 : 0)
  if (isStart(type) && others > 0) tx.refuse('edit.secondStart')
  if (!isStart(type) && tx.starts.has(id) && others === 0) tx.refuse('edit.startStays')
  tx.putNode({ ...node, type: to })
}

export function setActions(tx: Transaction, { node, onEnter, onLeave }: SetActionsCommand): void {
  let changed = tx.node(node)
  if (onEnter !== undefined) {
    changed = withMember(changed, 'onEnter', onEnter.length === 0 ? undefined : onEnter)
  }
  if (onLeave !== undefined) {
    changed = withMember(changed, 'onLeave', Object.keys(onLeave).length === 0 ? undefined : onLeave)
  }
  tx.putNode(changed)
}

export function setMeta(tx: Transaction, { node, connector, note, meta }: SetMetaCommand): void {
  if ([node, connector, note].filter((each) => each !== undefined).length > 1) {
    tx.refuse('edit.badCommand', { fault: 'setMeta names one thing at most' })
  }
  if (node !== undefined) tx.putNode(withMember(tx.node(node), 'meta', meta))
  else if (connector !== undefined) tx.putConnector(withMember(tx.connector(connector), 'meta', meta))
  else if (note !== undefined) tx.putNote(withMember(tx.note(note), 'meta', meta))
  else tx.setFlow(withMember(tx.flow, 'meta', meta))
}

/** The object with a member set, or taken away where there is no value; the same where nothing changes. */
export function withMember<Item extends object, Name extends keyof Item>(
  item: Item,
  name: Name,
  value: Item[Name] | undefined,
): Item {
  if (equalJson(item[name] as Json | undefined, value as Json | undefined)) return item
  if (value !== undefined) return { ...item, [name]: value }
  const { [name]: _gone, ...others } = item
  return others as Item
}
