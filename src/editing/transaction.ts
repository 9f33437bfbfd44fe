import { MAX_JSON_VALUES } from '../base/check-json.ts'
import { countValues, equalJson, isJsonObject, type Json, type JsonObject, ownMember } from '../base/json.ts'
import { nearest } from '../base/nearest.ts'
import { MAX_ITEMS } from '../document/document-schema.ts'
import type { Connector, FlowNode, FlowSettings, Note } from '../document/flow-document.ts'
import { checkPart } from '../document/parse-document.ts'
import type { NodeType } from '../nodes/node-type.ts'
import { type Draft, type DraftParts, type EditContext, type FlowMembers, isStart } from './draft.ts'
import { HangingIndex } from './hanging-index.ts'
import type { IdMap } from './id-map.ts'
import { memberPatches, type Patch, patchOf } from './patch.ts'
import { type EditRefusalCode, Refused, refuse } from './refusal.ts'

interface Items {
  readonly nodes: FlowNode
  readonly connectors: Connector
  readonly notes: Note
}

export type ItemKind = keyof Items

const PART_OF = { nodes: 'node', connectors: 'connector', notes: 'note' } as const

/**
 * One edit in the making: reads see what has been written before. Nothing of it is seen outside until `commit`, which
 * checks what was touched as `parseDocument` would, and says as patches what has changed.
 */
export class Transaction {
  readonly context: EditContext
  /** The last numbers behind names that were found free; `fresh-ids.ts` goes on from there. */
  readonly numbers = { nodes: new Map<string, number>(), notes: new Map<string, number>() }
  readonly #before: Draft
  readonly #written: { readonly [Kind in ItemKind]: Map<string, Items[Kind] | undefined> } = {
    nodes: new Map(),
    connectors: new Map(),
    notes: new Map(),
  }
  readonly #leaving: HangingIndex
  readonly #arriving: HangingIndex
  readonly #attached: HangingIndex
  readonly #starts: Set<string>
  #settings: FlowSettings
  #flow: FlowMembers

  constructor(draft: Draft) {
    const { leaving, arriving, attached, starts, settings, flow } = draft.parts
    this.context = draft.context
    this.#before = draft
    this.#leaving = new HangingIndex(leaving)
    this.#arriving = new HangingIndex(arriving)
    this.#attached = new HangingIndex(attached)
    this.#starts = new Set(starts)
    this.#settings = settings
    this.#flow = flow
  }

  get settings(): FlowSettings {
    return this.#settings
  }

  get flow(): FlowMembers {
    return this.#flow
  }

  /** Ids of the nodes that the flow begins at. */
  get starts(): ReadonlySet<string> {
    return this.#starts
  }

  setSettings(settings: FlowSettings): void {
    this.#settings = settings
  }

  setFlow(flow: FlowMembers): void {
    this.#flow = flow
  }

  get<Kind extends ItemKind>(kind: Kind, id: string): Items[Kind] | undefined {
    const written = this.#written[kind]
    return written.has(id)
      ? (written.get(id) as Items[Kind] | undefined)
      : (this.#before.parts[kind].get(id) as Items[Kind] | undefined)
  }

  /** The node, or a refusal that names the nearest one. */
  node(id: string): FlowNode {
    return (
      this.get('nodes', id) ?? this.refuse('edit.noNode', { node: id, suggestion: this.#suggestNode(id) })
    )
  }

  connector(id: string): Connector {
    return this.get('connectors', id) ?? this.refuse('edit.noConnector', { connector: id })
  }

  note(id: string): Note {
    return this.get('notes', id) ?? this.refuse('edit.noNote', { note: id })
  }

  typeOf(node: FlowNode): NodeType | undefined {
    return this.context.registry.get(node.type)
  }

  /** Every id of a kind, those just written included. */
  *ids(kind: ItemKind): Generator<string> {
    const written = this.#written[kind]
    for (const id of this.#before.parts[kind].ids()) if (!written.has(id)) yield id
    for (const [id, item] of written) if (item !== undefined) yield id
  }

  /** Connectors that leave a node, in the order of their ids. */
  leaving(node: string): readonly Connector[] {
    return this.#items('connectors', this.#leaving.get(node))
  }

  /** The connector that leaves a node by an outcome; there is one at most. */
  leavingBy(node: string, outcome: string): Connector | undefined {
    for (const id of this.#leaving.get(node)?.ids() ?? []) {
      const connector = this.get('connectors', id)!
      if (connector.from.outcome === outcome) return connector
    }
    return undefined
  }

  arriving(node: string): readonly Connector[] {
    return this.#items('connectors', this.#arriving.get(node))
  }

  attached(node: string): readonly Note[] {
    return this.#items('notes', this.#attached.get(node))
  }

  putNode(node: FlowNode): void {
    if (isStart(this.typeOf(node))) this.#starts.add(node.id)
    else this.#starts.delete(node.id)
    this.#written.nodes.set(node.id, node)
  }

  putConnector(connector: Connector): void {
    const { id, from, to } = connector
    const before = this.get('connectors', id)
    if (before?.from.node !== from.node) {
      if (before !== undefined) this.#leaving.remove(before.from.node, id)
      this.#leaving.add(from.node, id)
    }
    if (before?.to !== to) {
      if (before?.to !== undefined) this.#arriving.remove(before.to, id)
      if (to !== undefined) this.#arriving.add(to, id)
    }
    this.#written.connectors.set(id, connector)
  }

  putNote(note: Note): void {
    const before = this.get('notes', note.id)
    if (before?.node !== note.node) {
      if (before?.node !== undefined) this.#attached.remove(before.node, note.id)
      if (note.node !== undefined) this.#attached.add(note.node, note.id)
    }
    this.#written.notes.set(note.id, note)
  }

  /** Takes something away, and nothing that hangs on it. */
  remove(kind: ItemKind, id: string): void {
    if (kind === 'nodes') this.#starts.delete(id)
    if (kind === 'connectors') {
      const { from, to } = this.connector(id)
      this.#leaving.remove(from.node, id)
      if (to !== undefined) this.#arriving.remove(to, id)
    }
    if (kind === 'notes') {
      const { node } = this.note(id)
      if (node !== undefined) this.#attached.remove(node, id)
    }
    this.#written[kind].set(id, undefined)
  }

  refuse(code: EditRefusalCode, details?: { readonly [name: string]: Json | undefined }): never {
    throw new Refused(refuse(code, details))
  }

  /** The draft with what was written, and what that changed; the same draft where it changed nothing. */
  commit(): { readonly draft: Draft; readonly patches: readonly Patch[] } {
    const before = this.#before
    this.#dropSame()
    this.#checkWritten()
    const patches = [
      ...memberPatches(json(before.parts.flow), json(this.#flow), []),
      ...memberPatches(json(before.parts.settings), json(this.#settings), ['settings']),
      ...this.#itemPatches('nodes'),
      ...this.#itemPatches('connectors'),
      ...this.#itemPatches('notes'),
    ]
    if (patches.length === 0) return { draft: before, patches }
    const parts: DraftParts = {
      flow: this.#flow,
      settings: this.#settings,
      nodes: this.#merge('nodes'),
      connectors: this.#merge('connectors'),
      notes: this.#merge('notes'),
      leaving: this.#leaving.commit(),
      arriving: this.#arriving.commit(),
      attached: this.#attached.commit(),
      starts: [...this.#starts].sort(),
      values: this.#countValues(),
    }
    for (const kind of ['nodes', 'connectors', 'notes'] as const) {
      const max = MAX_ITEMS[kind]
      if (parts[kind].size > max) this.refuse('edit.tooMany', { what: kind, max })
    }
    if (parts.values > MAX_JSON_VALUES && parts.values > before.parts.values)
      this.refuse('edit.tooMany', { what: 'values', max: MAX_JSON_VALUES })
    return { draft: before.next(parts, this.#written), patches }
  }

  #items<Kind extends 'connectors' | 'notes'>(
    kind: Kind,
    ids: IdMap<true> | undefined,
  ): readonly Items[Kind][] {
    return ids === undefined ? [] : [...ids.ids()].sort().map((id) => this.get(kind, id)!)
  }

  #suggestNode(id: string): string | undefined {
    return nearest(id, this.ids('nodes'))
  }

  #merge<Kind extends ItemKind>(kind: Kind): IdMap<Items[Kind]> {
    const items = this.#before.parts[kind] as unknown as IdMap<Items[Kind]>
    return items.withAll(this.#written[kind] as ReadonlyMap<string, Items[Kind] | undefined>)
  }

  /** Forgets what was written as it stood there before, in whatever order of members: no patch would tell of it. */
  #dropSame(): void {
    const { flow, settings } = this.#before.parts
    this.#flow = keepSame(flow, this.#flow)
    this.#settings = keepSame(settings, this.#settings)
    for (const kind of ['nodes', 'connectors', 'notes'] as const) {
      const written = this.#written[kind] as Map<string, object | undefined>
      for (const [id, item] of written) {
        const before = this.#before.parts[kind].get(id)
        if (item === undefined || before === undefined) continue
        const kept = keepSame<object>(before, item)
        if (kept === before) written.delete(id)
        else written.set(id, kept)
      }
    }
  }

  #itemPatches(kind: ItemKind): Patch[] {
    const patches: Patch[] = []
    for (const [id, item] of this.#written[kind]) {
      const before = this.#before.parts[kind].get(id)
      if (before === item) continue
      if (before === undefined || item === undefined) {
        patches.push(patchOf([kind, id], optionalJson(before), optionalJson(item)))
      } else patches.push(...memberPatches(json(before), json(item), [kind, id]))
    }
    return patches
  }

  /** Of the document that is made: what was there before, and by how much each written part has grown. */
  #countValues(): number {
    const { parts } = this.#before
    let { values } = parts
    const count = (before: object | undefined, after: object | undefined) => {
      if (before !== after) values += countValues(optionalJson(after)) - countValues(optionalJson(before))
    }
    count(parts.flow, this.#flow)
    count(parts.settings, this.#settings)
    for (const kind of ['nodes', 'connectors', 'notes'] as const) {
      for (const [id, item] of this.#written[kind]) count(parts[kind].get(id), item)
    }
    return values
  }

  #checkWritten(): void {
    for (const kind of ['nodes', 'connectors', 'notes'] as const) {
      for (const [id, item] of this.#written[kind]) {
        if (item !== undefined && item !== this.#before.parts[kind].get(id))
          this.#check(PART_OF[kind], item, id)
      }
    }
    if (this.#settings !== this.#before.parts.settings) this.#check('settings', this.#settings, 'settings')
    const { schema: _schema, id: _id, ...members } = this.#flow
    if (this.#flow !== this.#before.parts.flow) this.#check('flow', members, 'flow')
    const sources = [...this.#written.connectors.values()].flatMap((connector) => connector?.from.node ?? [])
    for (const node of new Set(sources)) this.#checkOneEach(node)
  }

  #check(part: Parameters<typeof checkPart>[0], value: object, at: string): void {
    const [fault] = checkPart(part, json(value))
    if (fault !== undefined) this.refuse('edit.invalid', { at, fault: fault.message, code: fault.code })
  }

  /** At most one connector leaves an outcome. */
  #checkOneEach(node: string): void {
    const known = new Map<string, string>()
    for (const { id, from } of this.leaving(node)) {
      const other = known.get(from.outcome)
      if (other !== undefined) {
        const connector = this.#written.connectors.has(other) ? id : other
        this.refuse('edit.outcomeTaken', { ...from, connector })
      }
      known.set(from.outcome, id)
    }
  }
}

/** A thing with the members of before wherever they are equal; before itself where all are. */
function keepSame<Item extends object>(before: Item, after: Item): Item {
  if (before === after) return before
  const [old, fresh] = [json(before), json(after)]
  const entries = Object.entries(fresh).map(([name, value]): [string, Json | undefined] => {
    const known = ownMember(old, name)
    if (value === known || equalJson(value, known)) return [name, known]
    const within = name === 'config' && isJsonObject(known) && isJsonObject(value)
    return [name, within ? keepSame(known, value) : value]
  })
  const same =
    entries.length === Object.keys(old).length &&
    entries.every(([name, value]) => value === ownMember(old, name))
  return same ? before : (Object.fromEntries(entries) as Item)
}

/** Parts of documents are JSON, though their types do not say so. */
function json(value: object): JsonObject {
  return value as JsonObject
}

function optionalJson(value: object | undefined): Json | undefined {
  return value as Json | undefined
}
