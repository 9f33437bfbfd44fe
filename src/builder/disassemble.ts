import type { Json, JsonObject } from '../base/json.ts'
import type { Connector, FlowDocument, FlowNode } from '../document/flow-document.ts'
import { isImplicitOutcome } from '../nodes/events.ts'
import type { NodeType } from '../nodes/node-type.ts'
import type { NodeRegistry } from '../nodes/registry.ts'
import { fitsFields } from './fits-types.ts'
import { inRunningOrder } from './running-order.ts'
import { nameFor } from './vocabulary.ts'

/** A flow as it is written in code, which `assemble` makes the same document of. Defaults are left out. */
export function disassemble(document: FlowDocument, types: NodeRegistry): JsonObject {
  const {
    schema: _schema,
    id,
    name,
    medium,
    role,
    audience,
    settings,
    nodes,
    connectors,
    notes,
    ...rest
  } = document
  const codes = new Set(settings.outcomes?.map(({ code }) => code))
  const ids = new Set(nodes.map((node) => node.id))
  const ways = new Map<string, Connector[]>(nodes.map((node) => [node.id, []]))
  for (const connector of connectors) ways.get(connector.from.node)?.push(connector)
  const loose: Connector[] = connectors.filter(({ from }) => !ids.has(from.node))
  const written: { [id: string]: Json } = {}
  for (const node of inRunningOrder(document, types)) {
    const outcomes = checkedOutcomes(node, types.get(node.type), codes)
    const isSaid = ({ from: { outcome }, to }: Connector) =>
      outcome !== '__proto__' &&
      (to === undefined || ids.has(to)) &&
      (outcomes === undefined || isImplicitOutcome(outcome) || outcomes.includes(outcome))
    const leaving = ways.get(node.id)!
    loose.push(...leaving.filter((way) => !isSaid(way)))
    written[node.id] = writeNode(node, outcomes !== undefined, inOrder(leaving.filter(isSaid), outcomes))
  }
  return {
    id,
    ...(name === '' ? {} : { name }),
    ...(medium === 'any' ? {} : { medium }),
    ...(role === 'main' ? {} : { role }),
    ...(audience === 'interaction' ? {} : { audience }),
    ...(rest as JsonObject),
    ...(Object.keys(settings).length === 0 ? {} : { settings: settings as unknown as Json }),
    nodes: written,
    ...(loose.length === 0 ? {} : { connectors: loose.map(writeLoose) }),
    ...(notes.length === 0 ? {} : { notes: notes as unknown as Json }),
  }
}

/** The outcomes that the compiler knows of a node; `undefined` for a node that it would refuse. */
function checkedOutcomes(
  { type: pin, config, onLeave = {} }: FlowNode,
  type: NodeType | undefined,
  codes: ReadonlySet<string>,
): readonly string[] | undefined {
  if (type === undefined || nameFor(pin) === undefined || !fitsFields(type.fields, config)) return undefined
  for (const [name, field] of Object.entries(type.fields)) {
    const value = config[name]
    if (
      field.kind === 'text' &&
      field.role === 'flowOutcome' &&
      value !== undefined &&
      !codes.has(value as string)
    )
      return undefined
  }
  const outcomes = type.runtime.outcomes(config)
  return Object.keys(onLeave).every((each) => isImplicitOutcome(each) || outcomes.includes(each))
    ? outcomes
    : undefined
}

function inOrder(ways: readonly Connector[], outcomes: readonly string[] = []): readonly Connector[] {
  const place = ({ from }: Connector) =>
    (outcomes.indexOf(from.outcome) + outcomes.length + 1) % (outcomes.length + 1)
  return [...ways].sort((a, b) => place(a) - place(b))
}

function writeNode(node: FlowNode, checked: boolean, ways: readonly Connector[]): JsonObject {
  const { id: _id, type, label, config, position, ...rest } = node
  return {
    ...(checked ? { type: nameFor(type)! } : { unchecked: type }),
    label,
    ...(Object.keys(config).length === 0 ? {} : { config }),
    ...(ways.length === 0
      ? {}
      : { to: Object.fromEntries(ways.map((way) => [way.from.outcome, writeWay(way)])) }),
    position: position as Json | undefined,
    ...(rest as JsonObject),
  }
}

function writeWay(way: Connector): Json {
  const { from: _from, ...said } = writeLoose(way)
  return Object.keys(said).length === 1 && said.to !== undefined ? said.to : said
}

/** A connector, without an id that it would be given anyway, and without what is not there. */
function writeLoose({ id, from, to, label, meta }: Connector): JsonObject {
  return {
    ...(id === `${from.node}:${from.outcome}` ? {} : { id }),
    from,
    ...(to === undefined ? {} : { to }),
    ...(label === undefined ? {} : { label }),
    ...(meta === undefined ? {} : { meta }),
  }
}
