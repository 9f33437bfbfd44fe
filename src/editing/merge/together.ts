import type { Json } from '../../base/json.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { FlowDocument } from '../../document/flow-document.ts'
import { applyCommand } from '../apply-command.ts'
import type { EditCommand } from '../command.ts'
import type { Draft } from '../draft.ts'
import { connectorCommands, nodeCommands } from './item-commands.ts'
import type { Clash, MergeSide, Three } from './merge.ts'
import { slotOf } from './merge-connectors.ts'
import { namePath } from './settings-commands.ts'
import { type Side, sideOf } from './sides.ts'

type Validate = (document: FlowDocument) => readonly Diagnostic[]

/** Nodes that are validated once more to find small ways out; from then on a choice is one side as a whole. */
const MAX_NODES_CHECKED = 20_000

/** An error that only both sides together make, with what takes it away. */
export interface Together {
  readonly key: string
  readonly clash: Clash
}

/** Errors of the merged document that neither side has, by code and place. */
export function findTogether(
  { base: merged, a, b }: Three<FlowDocument>,
  validate: Validate,
): readonly Together[] {
  const known = new Set([a, b].flatMap((each) => errorsOf(each, validate).map(({ key }) => key)))
  const found = new Map<string, Together>()
  for (const { key, error } of errorsOf(merged, validate)) {
    if (known.has(key) || found.has(key)) continue
    found.set(key, { key, clash: { kind: 'together', path: pathOf(merged, error), error, noBase: true } })
  }
  return [...found.values()]
}

/** The commands that settle such errors. Each choice is checked: the error is gone after it. */
export class TogetherChoices {
  readonly #draft: Draft
  readonly #merged: Side
  readonly #sides: { readonly [Name in MergeSide]: Side }
  readonly #validate: Validate
  #nodesLeft = MAX_NODES_CHECKED

  constructor(draft: Draft, sides: { readonly [Name in MergeSide]: FlowDocument }, validate: Validate) {
    this.#draft = draft
    this.#merged = sideOf(draft.document)
    this.#sides = { a: sideOf(sides.a), b: sideOf(sides.b) }
    this.#validate = validate
  }

  choicesOf({ key, clash: { error } }: Together): { readonly [Name in MergeSide]: readonly EditCommand[] } {
    // Both, or neither: which of the two is called a must not matter.
    const cost = 2 * this.#merged.nodes.size
    const isCheap = this.#nodesLeft >= cost
    this.#nodesLeft -= isCheap ? cost : 0
    const choose = (name: MergeSide): readonly EditCommand[] => {
      const commands = isCheap ? this.#adopt(nodesOf(error!, this.#merged), this.#sides[name]) : undefined
      return commands !== undefined && this.#mends(commands, key)
        ? commands
        : [{ type: 'replace', document: this.#sides[name].document }]
    }
    return { a: choose('a'), b: choose('b') }
  }

  #mends(commands: readonly EditCommand[], key: string): boolean {
    const edit = applyCommand(this.#draft, { type: 'batch', commands })
    return edit.ok && !errorsOf(edit.draft.document, this.#validate).some((each) => each.key === key)
  }

  /** Makes nodes with the connectors around them what one side has; `undefined` where no command does. */
  #adopt(ids: ReadonlySet<string>, side: Side): readonly EditCommand[] | undefined {
    const commands: EditCommand[] = []
    const gone: string[] = []
    for (const id of ids) {
      const [now, wanted] = [this.#merged.nodes.get(id), side.nodes.get(id)]
      if (now === undefined) return undefined
      if (wanted === undefined) gone.push(id)
      else commands.push(...nodeCommands(now, wanted))
    }
    const slots = (each: Side) =>
      new Map(
        [...each.connectors.values()]
          .filter(({ from, to }) => ids.has(from.node) || (to !== undefined && ids.has(to)))
          .map((connector) => [slotOf(connector), connector]),
      )
    const wanted = slots(side)
    const there = new Map([...this.#merged.connectors.values()].map((each) => [slotOf(each), each]))
    const taken = new Set(this.#merged.connectors.keys())
    for (const [slot, { id }] of slots(this.#merged)) {
      if (wanted.has(slot)) continue
      commands.push({ type: 'disconnect', connector: id })
      taken.delete(id)
    }
    for (const [slot, connector] of wanted) {
      const now = there.get(slot)
      if (now !== undefined) commands.push(...connectorCommands(now, { ...connector, id: now.id }))
      else {
        const { id, from, to, label, meta } = connector
        const end = { ...(to === undefined ? {} : { to }), ...(label === undefined ? {} : { label }) }
        const own = taken.has(id) ? {} : { id }
        commands.push({ type: 'connect', from, ...end, ...own })
        if (own.id !== undefined && meta !== undefined)
          commands.push({ type: 'setMeta', connector: id, meta })
      }
    }
    if (gone.length > 0) commands.push({ type: 'remove', nodes: gone })
    return commands.length === 0 ? undefined : commands
  }
}

function errorsOf(document: FlowDocument, validate: Validate) {
  return validate(document).flatMap((error) => {
    if (error.severity !== 'error') return []
    const { node, outcome, connector, range } = error.location
    const place = [node, outcome, connector, range?.start].map((each) => each ?? null)
    return { error, key: JSON.stringify([error.code, place, pathOf(document, error)]) }
  })
}

/** Where an error is, so that it is the same place in every version. */
function pathOf(document: FlowDocument, { location }: Diagnostic): readonly (string | number)[] {
  const { node, connector, path = [] } = location
  if (node !== undefined) {
    const found = document.nodes.find(({ id }) => id === node)
    return ['nodes', node, ...(found === undefined ? path : namePath(found as unknown as Json, path))]
  }
  if (connector !== undefined) return ['connectors', connector]
  return namePath(document as unknown as Json, path)
}

/** The nodes that an error is about. */
function nodesOf({ location, related = [] }: Diagnostic, { nodes, connectors }: Side): ReadonlySet<string> {
  const places = [location, ...related]
  const ends = places.flatMap(({ connector }) => {
    const found = connector === undefined ? undefined : connectors.get(connector)
    return found === undefined ? [] : [found.from.node, found.to]
  })
  const ids = [...places.map(({ node }) => node), ...ends]
  return new Set(ids.filter((id) => id !== undefined && nodes.has(id)) as string[])
}
