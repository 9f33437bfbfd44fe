import type { JsonObject } from '../base/json.ts'
import type { FlowOutcome } from '../document/flow-document.ts'
import type { EditCommand, NewNode } from '../editing/command.ts'
import { type NodeType, pinOf } from '../nodes/node-type.ts'
import type { NodeRegistry } from '../nodes/registry.ts'
import { withDefaults } from '../nodes/visit-config.ts'
import type { Analysis } from './analysis.ts'
import { configFaults } from './config-faults.ts'
import { fixOf, type WithFix } from './fixes/fix.ts'
import type { NodeFacts, OwnFacts } from './node-facts.ts'

/** An end to which fixes lead what leads nowhere. */
export interface WayOut {
  /** What a person reads on the fix. */
  readonly title: string
  /** Id of the end. */
  readonly to: string
  /** The end itself, where the flow has none yet. */
  readonly added?: JsonObject
}

/** True for a node that is tagged with a flow outcome and that nothing follows. */
export function isEnd({ type, tags }: OwnFacts): boolean {
  return type?.place === 'end' && tags.length > 0
}

/**
 * The end for fixes: of `ends`, which stand in the order of their ids, one that tells of trouble where there is one,
 * else any that is tagged, else a new one. None where no flow outcome is declared, for an end must have one.
 */
export function findWayOut(
  ends: readonly OwnFacts[],
  isTaken: (id: string) => boolean,
  types: NodeRegistry,
  flowOutcomes: readonly FlowOutcome[],
): WayOut | undefined {
  const declared = new Map(flowOutcomes.filter(({ code }) => code !== '').map((each) => [each.code, each]))
  const tellsOfTrouble = (code: string) => declared.get(code)?.kind !== 'completed'
  const tagged = ends.filter(({ tags }) => tags.every(({ code }) => declared.has(code)))
  const end = tagged.find(({ tags }) => tags.some(({ code }) => tellsOfTrouble(code))) ?? tagged[0]
  if (end !== undefined) return { title: `Connect to ${end.node.id}`, to: end.node.id }
  const codes = [...declared.keys()]
  const code = codes.find(tellsOfTrouble) ?? codes[0]
  return code === undefined ? undefined : newEnd(code, isTaken, types)
}

/**
 * True where a node may be led to the end. A new one would not be reached from a node that the start does not reach, and
 * must not take the id by which a connector that leaves no node calls its source.
 */
export function isWayOutOf(
  wayOut: WayOut | undefined,
  { index }: NodeFacts,
  { reach, strays }: Pick<Analysis, 'reach' | 'strays'>,
): wayOut is WayOut {
  if (wayOut?.added === undefined) return wayOut !== undefined
  return (reach.startless || reach.isReached(index)) && strays.every(({ from }) => from.node !== wayOut.to)
}

/** The fix that leads to the end by a command, and adds the end first where there is none. */
export function leadOut({ title, added }: WayOut, command: EditCommand): WithFix {
  const add = added === undefined ? [] : [{ type: 'add', node: added as unknown as NewNode } as const]
  return fixOf(title, ...add, command)
}

function newEnd(code: string, isTaken: (id: string) => boolean, types: NodeRegistry): WayOut | undefined {
  for (const type of types) {
    const config = configOfEnd(type, code)
    if (config === undefined) continue
    let id = 'end'
    for (let n = 2; isTaken(id); n++) id = `end_${n}`
    const added = { id, type: pinOf(type.runtime), config }
    return { title: `Add an end with ${code} and connect to it`, to: id, added }
  }
  return undefined
}

/** The config of an end that needs nothing but a flow outcome: a fix adds no error of its own. */
function configOfEnd(type: NodeType, code: string): JsonObject | undefined {
  if (type.place !== 'end') return undefined
  const tag = Object.entries(type.fields).find(
    ([, field]) => field.kind === 'text' && field.role === 'flowOutcome',
  )
  if (tag === undefined) return undefined
  const config = { [tag[0]]: code }
  return configFaults(type, config, withDefaults(type.fields, config)).length === 0 ? config : undefined
}
