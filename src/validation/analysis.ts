import type { Connector, FlowDocument, FlowRole, FlowSettings, Variable } from '../document/flow-document.ts'
import type { ExpressionLanguage, Scope } from '../expressions/types.ts'
import { createRegistry, type NodeRegistry, type NodeTypes } from '../nodes/registry.ts'
import { type DefiniteSets, findDefiniteSets } from './definite-sets.ts'
import { type FlowGraph, graphOf } from './flow-graph.ts'
import { flowScope } from './flow-scope.ts'
import { joinFacts, type NodeFacts, readNode, readSources } from './node-facts.ts'
import { findReachability, type Reachability } from './reachability.ts'
import { findSecretOutputs, judgeSources } from './secret-outputs.ts'
import { type CheckedSource, SourceReader } from './source-reader.ts'
import { findWayOut, isEnd, type WayOut } from './way-out.ts'

/** What validation and preparation need besides the document. */
export interface AnalysisOptions {
  /** The node types on offer. */
  readonly nodes: NodeTypes
  /** Expression languages beside CEL. */
  readonly languages?: readonly ExpressionLanguage[] | undefined
}

/** What is known of a flow; every rule reads it, and so does `prepare`. */
export interface Analysis {
  readonly flow: { readonly id: string; readonly role: FlowRole }
  readonly settings: FlowSettings
  readonly registry: NodeRegistry
  readonly scope: Scope
  readonly graph: FlowGraph
  /** By number, as in the graph. */
  readonly nodes: readonly NodeFacts[]
  readonly byId: ReadonlyMap<string, NodeFacts>
  /** In the order of their ids, as suggestions are looked for. */
  readonly ids: readonly string[]
  /** In the order of their ids. */
  readonly starts: readonly NodeFacts[]
  /** Connectors that leave nodes which do not exist, in the order of their ids. */
  readonly strays: readonly Connector[]
  /** The variables of the flow by name. */
  readonly variables: ReadonlyMap<string, Variable>
  /** Where fixes lead what leads nowhere. */
  readonly wayOut: WayOut | undefined
  /** Expressions in the settings. */
  readonly settingsSources: readonly CheckedSource[]
  /** Which variables are set, whatever path a session has come by. */
  readonly definite: DefiniteSets
  readonly reach: Reachability
}

/** Reads a document once for all rules. What is found does not depend on the order in which the document was drawn. */
export function analyse(document: FlowDocument, { nodes: types, languages }: AnalysisOptions): Analysis {
  const registry = createRegistry(types)
  const { settings } = document
  const typed = sortById(document.nodes).map((node) => readNode(node, registry.get(node.type)))
  const start = typed.find(({ type }) => type?.place === 'start')?.node
  const connectors = connectorsBySource(document.connectors)
  const declared = flowScope(document, start, () => typed)
  const reader = new SourceReader(declared, settings, languages)
  let nodes: readonly NodeFacts[] = typed.map((own, index) =>
    joinFacts(own, index, readSources(own, reader), connectors.get(own.node.id) ?? NO_CONNECTORS),
  )
  // What a node computes is as sensitive as what it reads. That shows when all has been read.
  const secretOutputs = findSecretOutputs(nodes, declared)
  const scope = secretOutputs.size === 0 ? declared : flowScope(document, start, () => typed, secretOutputs)
  if (scope !== declared) {
    nodes = nodes.map((facts) =>
      joinFacts(facts, facts.index, judgeSources(facts.sources, scope), facts.connectors),
    )
  }
  const byId = new Map(nodes.map((facts) => [facts.node.id, facts]))
  const graph = graphOf(nodes)
  const starts = nodes.filter(({ type }) => type?.place === 'start')
  return {
    flow: document,
    settings,
    registry,
    scope,
    graph,
    nodes,
    byId,
    ids: nodes.map(({ node }) => node.id),
    starts,
    strays: sortById(document.connectors.filter(({ from }) => !byId.has(from.node))),
    variables: variablesByName(settings),
    wayOut: findWayOut(nodes.filter(isEnd), (id) => byId.has(id), registry, settings.outcomes ?? []),
    settingsSources: readSettings(settings, reader),
    definite: findDefiniteSets(nodes, graph, starts[0], document.role, settings),
    reach: findReachability(nodes, graph, starts[0]),
  }
}

export const NO_CONNECTORS: ReadonlyMap<string, Connector> = new Map()

export function variablesByName({ variables = [] }: FlowSettings): ReadonlyMap<string, Variable> {
  return new Map(variables.map((each) => [each.name, each]))
}

export function sortById<Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] {
  return items.every((item, index) => index === 0 || items[index - 1]!.id < item.id)
    ? items
    : [...items].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Connectors of one node in the order of the outcomes that they leave. */
export function byOutcome(connectors: readonly Connector[]): ReadonlyMap<string, Connector> {
  const sorted =
    connectors.length < 2
      ? connectors
      : [...connectors].sort((a, b) => (a.from.outcome < b.from.outcome ? -1 : 1))
  return new Map(sorted.map((connector) => [connector.from.outcome, connector]))
}

function connectorsBySource(
  connectors: readonly Connector[],
): ReadonlyMap<string, ReadonlyMap<string, Connector>> {
  const lists = new Map<string, Connector[]>()
  for (const connector of connectors) {
    const { node } = connector.from
    if (lists.get(node)?.push(connector) === undefined) lists.set(node, [connector])
  }
  return new Map([...lists].map(([node, list]) => [node, byOutcome(list)]))
}

/** What tells duplicate sessions apart, checked. */
export function readSettings({ duplicates }: FlowSettings, reader: SourceReader): readonly CheckedSource[] {
  const identifier = duplicates?.identifier
  return identifier === undefined || identifier === ''
    ? []
    : [reader.expression(identifier, ['settings', 'duplicates', 'identifier'], 'any')]
}
