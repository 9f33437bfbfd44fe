import { equalJson, type Json, type JsonObject } from '../../base/json.ts'
import type { Connector, FlowNode, Note } from '../../document/flow-document.ts'
import type { EditCommand } from '../command.ts'

/** Commands that make one version of a thing of another; `undefined` where no command does. */
export type ItemCommands = readonly EditCommand[] | undefined

/** From one version of a node to another; its type cannot change, nor can it lose its place on the canvas. */
export function nodeCommands(now: FlowNode, wanted: FlowNode): ItemCommands {
  const node = now.id
  const { label, config, position, onEnter, onLeave, meta } = wanted
  if (wanted.type !== now.type) return undefined
  if (position === undefined && now.position !== undefined) return undefined
  const commands: EditCommand[] = []
  if (!same(now.config, config)) commands.push({ type: 'configure', node, config })
  if (!same(now.label, label)) commands.push({ type: 'label', node, ...member('label', label) })
  if (position !== undefined && !same(now.position, position)) {
    commands.push({ type: 'move', nodes: { [node]: position } })
  }
  // After the config: where that renames an outcome, its actions go with it.
  if (!same(now.onEnter, onEnter) || !same(now.onLeave, onLeave) || commands[0]?.type === 'configure') {
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

/** From one version of a note to another; it cannot lose its place on the canvas. */
export function noteCommands(now: Note, wanted: Note): ItemCommands {
  const note = now.id
  const { text, node, position, meta } = wanted
  if (position === undefined && now.position !== undefined) return undefined
  const commands: EditCommand[] = []
  if (now.text !== text || now.node !== node) {
    commands.push({
      type: 'changeNote',
      note,
      ...(now.text === text ? {} : { text }),
      ...(now.node === node ? {} : { node: node ?? null }),
    })
  }
  if (position !== undefined && !same(now.position, position)) {
    commands.push({ type: 'move', notes: { [note]: position } })
  }
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
