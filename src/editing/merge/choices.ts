import type { Json, JsonObject } from '../../base/json.ts'
import type { FlowDocument } from '../../document/flow-document.ts'
import { applyCommand } from '../apply-command.ts'
import type { DescribeCommand, EditCommand } from '../command.ts'
import type { Draft } from '../draft.ts'
import { connectorCommands, nodeCommands, noteCommands, withMemberAt } from './item-commands.ts'
import type { Clash, ConflictChoices } from './merge.ts'
import { slotOf } from './merge-connectors.ts'
import { indexPath, settingsCommands } from './settings-commands.ts'
import { inOrder, type Side, sideOf } from './sides.ts'

/** Finds the commands of every choice. */
export class ChoiceFinder {
  readonly #document: FlowDocument
  readonly #side: Side
  readonly #slots: ReadonlyMap<string, string>
  readonly #draft: () => Draft

  /** `draft` opens the merged document; it is asked for where a command could be refused. */
  constructor(document: FlowDocument, draft: () => Draft) {
    this.#document = document
    this.#side = sideOf(document)
    this.#slots = new Map(document.connectors.map((connector) => [slotOf(connector), connector.id]))
    this.#draft = draft
  }

  choicesOf(clash: Clash): ConflictChoices {
    const commands = (value: Json | undefined) => this.#commandsFor(clash, value)
    return {
      ...(clash.noBase ? {} : { base: commands(clash.base) }),
      a: commands(clash.a),
      b: commands(clash.b),
    }
  }

  #commandsFor({ kind, path }: Clash, value: Json | undefined): readonly EditCommand[] {
    const [room, id, ...rest] = path as readonly string[]
    if (kind === 'secondStart') {
      const kept = new Set(value as readonly string[])
      const others = this.#startsBeside(kept)
      return this.#checked([{ type: 'remove', nodes: others }], () => this.#without(others))
    }
    if (room === 'nodes') return this.#nodeChoice(id!, rest, value)
    if (room === 'connectors') return this.#connectorChoice(id!, rest, value)
    if (room === 'notes') return this.#noteChoice(id!, rest, value)
    if (room === 'settings') return settingsCommands(this.#document, path, value)
    if (room === 'meta') {
      return [{ type: 'setMeta', ...(value === undefined ? {} : { meta: value as JsonObject }) }]
    }
    return [{ type: 'describe', [room!]: value ?? null } as unknown as DescribeCommand]
  }

  #nodeChoice(id: string, [member, ...rest]: readonly string[], value: Json | undefined) {
    const now = this.#side.nodes.get(id)!
    if (member === 'config') {
      const path = indexPath(now.config, rest)
      const set = { type: 'configure', node: id, path, ...(value === undefined ? {} : { value }) } as const
      return [set]
    }
    if (member === undefined && value === undefined) {
      return this.#checked([{ type: 'remove', node: id }], () => this.#without([id]))
    }
    const wanted = member === undefined ? (value as object as typeof now) : withMemberAt(now, member, value)
    const commands = nodeCommands(now, wanted)
    if (wanted.type === now.type) return commands
    return this.#checked(commands, () => ({
      ...this.#document,
      nodes: this.#document.nodes.map((each) => (each.id === id ? wanted : each)),
    }))
  }

  #connectorChoice(id: string, [member]: readonly string[], value: Json | undefined) {
    const now = this.#side.connectors.get(id)!
    const others = (gone: readonly (string | undefined)[]) =>
      this.#document.connectors.filter((each) => !gone.includes(each.id))
    if (member === undefined && value === undefined) {
      return [{ type: 'disconnect', connector: id } as const]
    }
    const wanted = member === undefined ? (value as object as typeof now) : withMemberAt(now, member, value)
    const there = this.#slots.get(slotOf(wanted))
    const occupant = there === id ? undefined : there
    return this.#checked(connectorCommands(now, wanted, occupant), () => ({
      ...this.#document,
      connectors: inOrder([...others([id, occupant]), wanted]),
    }))
  }

  #noteChoice(id: string, [member]: readonly string[], value: Json | undefined) {
    const now = this.#side.notes.get(id)!
    if (member === undefined && value === undefined) return [{ type: 'remove', notes: [id] } as const]
    const wanted = member === undefined ? (value as object as typeof now) : withMemberAt(now, member, value)
    return this.#checked(noteCommands(now, wanted), () => ({
      ...this.#document,
      notes: this.#document.notes.map((each) => (each.id === id ? wanted : each)),
    }))
  }

  /** The commands where the draft takes them, and else the whole document as it is to be. */
  #checked(commands: readonly EditCommand[], wanted: () => FlowDocument): readonly EditCommand[] {
    if (commands.length === 0) return []
    if (applyCommand(this.#draft(), { type: 'batch', commands }).ok) return commands
    return [{ type: 'replace', document: wanted() }]
  }

  #startsBeside(kept: ReadonlySet<string>): readonly string[] {
    return this.#draft().parts.starts.filter((id) => !kept.has(id))
  }

  #without(ids: readonly string[]): FlowDocument {
    const gone = new Set<string | undefined>(ids)
    const { nodes, connectors, notes } = this.#document
    return {
      ...this.#document,
      nodes: nodes.filter(({ id }) => !gone.has(id)),
      connectors: connectors.filter(({ from, to }) => !gone.has(from.node) && !gone.has(to)),
      notes: notes.filter(({ node }) => !gone.has(node)),
    }
  }
}
