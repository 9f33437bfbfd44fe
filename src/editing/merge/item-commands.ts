import { equalJson, type Json, type JsonObject } from '../../base/json.ts'
import type { Connector, FlowNode, Note } from '../../document/flow-document.ts'
import type { EditCommand } from '../command.ts'

/** From one version of a node to another. */
export function nodeCommands(now: FlowNode, wanted: FlowNode): readonly EditCommand[] {
  const node = now.id
  const { type, label, config, position, onEnter, onLeave, meta } = wanted
  const commands: EditCommand[] = []
  if (now.type !== type) commands.push({ type: 'changeType', node, to: type })
  const isConfigured = !same(now.config, config)
  if (isConfigured) commands.push({ type: 'configure', node, config })
  if (!same(now.label, label)) commands.push({ type: 'label', node, ...member('label', label) })
  if (!same(now.position, position)) commands.push({ type: 'move', nodes: { [node]: position ?? null } })
  // After the config: where that renames an outcome, its actions go with it.
  if (!same(now.onEnter, onEnter) || !same(now.onLeave, onLeave) || isConfigured) {
    commands.push({ type: 'setActions', node, onEnter: onEnter ?? [], onLeave: onLeave ?? {} })
  }
  if (!same(now.meta, meta)) commands.push({ type: 'setMeta', node, ...member('meta', meta) })
  return commands
}

/** From one version of a connector to another; `occupant` leaves the wanted outcome so far and makes room. */
export function connectorCommands(
  now: Connector,
  wanted: Connector,
  occupant?: string | undefined,
): readonly EditCommand[] {
  const connector = now.id
  const { from, to, label, meta } = wanted
  const commands: EditCommand[] = []
  if (occupant !== undefined) commands.push({ type: 'disconnect', connector: occupant })
  const isElsewhere = !same(now.from, from)
  if (isElsewhere || now.to !== to) {
    commands.push({
      type: 'reconnect',
      connector,
      ...(isElsewhere ? { from } : {}),
      ...(now.to === to ? {} : { to: to ?? null }),
    })
  }
  if (now.label !== label) commands.push({ type: 'label', connector, ...member('label', label) })
  if (!same(now.meta, meta)) commands.push({ type: 'setMeta', connector, ...member('meta', meta) })
  return commands
}

/** From one version of a note to another. */
export function noteCommands(now: Note, wanted: Note): readonly EditCommand[] {
  const note = now.id
  const { text, node, position, meta } = wanted
  const commands: EditCommand[] = []
  if (now.text !== text || now.node !== node) {
    commands.push({
      type: 'changeNote',
      note,
      ...(now.text === text ? {} : { text }),
      ...(now.node === node ? {} : { node: node ?? null }),
    })
  }
  if (!same(now.position, position)) commands.push({ type: 'move', notes: { [note]: position ?? null } })
  if (!same(now.meta, meta)) commands.push({ type: 'setMeta', note, ...member('meta', meta) })
  return commands
}

function same(a: object | string | undefined, b: object | string | undefined): boolean {
  return equalJson(a as Json | undefined, b as Json | undefined)
}

function member<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [N in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: Value }
}

/** The thing with one member set, or taken away. */
export function withMemberAt<Item extends object>(item: Item, name: string, value: Json | undefined): Item {
  const { [name]: _before, ...others } = item as unknown as JsonObject
  return (value === undefined ? others : { ...others, [name]: value }) as unknown as Item
}
