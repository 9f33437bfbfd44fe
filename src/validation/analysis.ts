import { isJsonObject, type JsonObject, valueAt } from '../base/json.ts'
import type {
  Connector,
  DataField,
  FlowDocument,
  FlowNode,
  FlowSettings,
  Source,
  Variable,
} from '../document/flow-document.ts'
import { cel } from '../expressions/cel.ts'
import type { Checked, ExpressionFault, ExpressionLanguage, Scope, ValueType } from '../expressions/types.ts'
import { contactFieldAt, type Field, isOptional } from '../nodes/fields.ts'
import type { NodeType } from '../nodes/node-type.ts'
import { isSource, promptTemplates } from '../nodes/prompt.ts'
import { createRegistry, type NodeRegistry, type NodeTypes } from '../nodes/registry.ts'
import { type ConfigPath, visitConfig, withDefaults } from '../nodes/visit-config.ts'
import { configFaults, type NodeFaultFound } from './config-faults.ts'
import { type FlowGraph, flowGraph, reach } from './flow-graph.ts'
import { flowScope, valueTypeOf } from './flow-scope.ts'
import { findWayOut, type WayOut } from './way-out.ts'

/** What validation and preparation need besides the document. */
export interface AnalysisOptions {
  /** The node types on offer. */
  readonly nodes: NodeTypes
  /** Expression languages beside CEL. */
  readonly languages?: readonly ExpressionLanguage[] | undefined
}

/** One expression or template of a node, read and checked. */
export interface CheckedSource {
  readonly kind: 'expression' | 'template'
  /** From the node, as in `['config', 'rules', 0, 'condition']`. */
  readonly path: ConfigPath
  readonly language: string
  readonly checked: Checked | undefined
  readonly faults: readonly ExpressionFault[]
  /** True where the node shows the value in logs, and masks it there itself. */
  readonly masked?: true
}

/** A flow outcome that a node is tagged with: what the run came to where it ends there. */
export interface OutcomeTag {
  /** From the node. */
  readonly path: ConfigPath
  /** Blank where none has been chosen. */
  readonly code: string
  readonly optional: boolean
}

/** All that one node says, by itself and within the names of its flow. */
export interface NodeFacts {
  readonly node: FlowNode
  readonly index: number
  /** Absent where the palette does not have it. */
  readonly type: NodeType | undefined
  /** The config with defaults filled in. */
  readonly config: JsonObject
  readonly outcomes: readonly string[]
  readonly tags: readonly OutcomeTag[]
  /** True where every way through the node waits. */
  readonly waits: boolean
  /** Outcomes that it takes only so often, until it has taken another one. */
  readonly bounded: readonly string[]
  /** True where nothing follows: the run ends, or goes on in another flow. */
  readonly ends: boolean
  readonly configFaults: readonly NodeFaultFound[]
  readonly sources: readonly CheckedSource[]
  /** Connectors that leave it, by outcome. */
  readonly connectors: ReadonlyMap<string, Connector>
}

/** What is known of a document; every rule reads it, and so does `prepare`. */
export interface Analysis {
  readonly document: FlowDocument
  readonly registry: NodeRegistry
  readonly scope: Scope
  readonly graph: FlowGraph
  /** In the order of the document. */
  readonly nodes: readonly NodeFacts[]
  readonly byId: ReadonlyMap<string, NodeFacts>
  readonly starts: readonly NodeFacts[]
  /** The variables of the flow by name. */
  readonly variables: ReadonlyMap<string, Variable>
  /** Where fixes lead what leads nowhere. */
  readonly wayOut: WayOut | undefined
  /** The language in which the duplicate rule tells sessions apart, checked. */
  readonly settingsSources: readonly CheckedSource[]
}

/** Reads a document once for all rules. */
export function analyse(document: FlowDocument, { nodes: types, languages = [] }: AnalysisOptions): Analysis {
  const registry = createRegistry(types)
  const typed = document.nodes.map((node) => [node, registry.get(node.type)] as const)
  const start = typed.find(([, type]) => type?.place === 'start')?.[0]
  const variables = new Map((document.settings.variables ?? []).map((each) => [each.name, each]))
  const connectors = connectorsBySource(document.connectors)
  const read = (secretOutputs?: ReadonlySet<string>) => {
    const scope = flowScope(document, start, typed, secretOutputs)
    const reader = new SourceReader(scope, document.settings, [cel, ...languages])
    const nodes = typed.map(([node, type], index) =>
      nodeFacts(node, type, index, connectors.get(node.id) ?? new Map(), reader),
    )
    return { reader, nodes }
  }
  // What a node computes is as sensitive as what it reads. That shows when all has been read; then once more.
  const first = read()
  const secretOutputs = findSecretOutputs(first.nodes)
  const { reader, nodes } = secretOutputs.size === 0 ? first : read(secretOutputs)
  const byId = new Map(nodes.map((facts) => [facts.node.id, facts]))
  return {
    document,
    registry,
    scope: reader.scope,
    graph: flowGraph(document),
    nodes,
    byId,
    variables,
    wayOut: findWayOut(byId, registry, document.settings.outcomes ?? []),
    starts: nodes.filter((facts) => facts.type?.place === 'start'),
    settingsSources: identifierSource(document, reader),
  }
}

/** Nodes whose outputs carry something sensitive, because their expressions read it, or outputs that do. */
function findSecretOutputs(nodes: readonly NodeFacts[]): ReadonlySet<string> {
  const readers = new Map<string, number[]>()
  const roots: number[] = []
  const readersOfAll: number[] = []
  for (const { type, index, sources } of nodes) {
    if (type?.valuesFollowExpressions !== true) continue
    for (const { kind, path, checked } of sources) {
      if (checked === undefined || kind !== 'expression' || path[0] !== 'config') continue
      if (checked.sensitive) roots.push(index)
      for (const each of checked.reads) {
        const [root, node] = each.path
        if (root !== 'nodes') continue
        if (node === undefined) readersOfAll.push(index)
        else if (readers.get(node)?.push(index) === undefined) readers.set(node, [index])
      }
    }
  }
  if (roots.length === 0) return new Set()
  const edges = nodes.map(({ node }) => readers.get(node.id) ?? [])
  const reached = reach([...roots, ...readersOfAll], edges)
  return new Set(nodes.filter(({ index }) => reached[index] === 1).map(({ node }) => node.id))
}

function connectorsBySource(connectors: readonly Connector[]): Map<string, Map<string, Connector>> {
  const bySource = new Map<string, Map<string, Connector>>()
  for (const connector of connectors) {
    const { node, outcome } = connector.from
    const leaving = bySource.get(node) ?? new Map<string, Connector>()
    bySource.set(node, leaving.set(outcome, connector))
  }
  return bySource
}

function nodeFacts(
  node: FlowNode,
  type: NodeType | undefined,
  index: number,
  connectors: ReadonlyMap<string, Connector>,
  reader: SourceReader,
): NodeFacts {
  const config = type === undefined ? node.config : withDefaults(type.fields, node.config)
  return {
    node,
    index,
    type,
    config,
    outcomes: type?.runtime.outcomes(config) ?? [],
    tags: type === undefined ? [] : outcomeTags(type, config),
    waits: type?.pauses?.(config) === true,
    bounded: type?.boundedOutcomes?.(config) ?? [],
    ends: type?.place === 'end' || type?.leavesFlow?.(config) === true,
    configFaults: type === undefined ? [] : configFaults(type, node.config, config),
    sources: [...(type === undefined ? [] : reader.ofConfig(type, config)), ...reader.ofActions(node)],
    connectors,
  }
}

/** Every field of a node that names a flow outcome, whether one has been chosen or not. */
function outcomeTags({ fields }: NodeType, config: JsonObject): readonly OutcomeTag[] {
  const tags: OutcomeTag[] = []
  visitConfig(fields, config, (field, value, path) => {
    if (field.kind !== 'text' || field.role !== 'flowOutcome') return
    const code = typeof value === 'string' ? value : ''
    tags.push({ path: ['config', ...path], code, optional: isOptional(field) })
  })
  return tags
}

function identifierSource({ settings }: FlowDocument, reader: SourceReader): readonly CheckedSource[] {
  const identifier = settings.duplicates?.identifier
  return identifier === undefined || identifier === ''
    ? []
    : [reader.expression(identifier, ['settings', 'duplicates', 'identifier'], 'any')]
}

/** Reads the expressions and templates of a flow within its scope. */
class SourceReader {
  readonly scope: Scope
  readonly #languages: ReadonlyMap<string, ExpressionLanguage>
  readonly #variables: ReadonlyMap<string, ValueType>
  readonly #contact: ReadonlyMap<string, ValueType>

  constructor(scope: Scope, { variables, contact }: FlowSettings, languages: readonly ExpressionLanguage[]) {
    this.scope = scope
    this.#variables = typesOf(variables)
    this.#contact = typesOf(contact)
    this.#languages = new Map(languages.map((language) => [language.id, language]))
  }

  ofConfig(type: NodeType, config: JsonObject): CheckedSource[] {
    const found: CheckedSource[] = []
    visitConfig(type.fields, config, (field, value, path) => {
      if (value === undefined || value === null || value === '') return
      const at = ['config', ...path]
      if (field.kind === 'template' && isSource(value)) found.push(this.template(value, at))
      else if (field.kind === 'expression' && isSource(value)) {
        const contact = contactFieldAt(type.fields, path)
        const expected =
          contact === undefined ? this.#expected(field, config, path) : (this.#contact.get(contact) ?? 'any')
        const source = this.expression(value, at, expected)
        found.push(field.masked === true ? { ...source, masked: true } : source)
      } else if (field.kind === 'prompt') {
        for (const each of promptTemplates(value))
          found.push(this.template(each.source, [...at, ...each.path]))
      }
    })
    return found
  }

  ofActions({ onEnter = [], onLeave = {} }: FlowNode): CheckedSource[] {
    const lists = [
      { actions: onEnter, path: ['onEnter'] },
      ...Object.entries(onLeave).map(([outcome, actions]) => ({ actions, path: ['onLeave', outcome] })),
    ]
    return lists.flatMap(({ actions, path }) =>
      actions.flatMap((action, index) =>
        'set' in action
          ? [this.expression(action.to, [...path, index, 'to'], this.#variables.get(action.set) ?? 'any')]
          : Object.entries(action.fields).map(([name, source]) =>
              this.expression(source, [...path, index, 'fields', name], 'any'),
            ),
      ),
    )
  }

  expression(source: Source, path: ConfigPath, expected: ValueType): CheckedSource {
    return this.#read('expression', source, path, (language, text) =>
      language.checkExpression(text, this.scope, expected),
    )
  }

  template(source: Source, path: ConfigPath): CheckedSource {
    return this.#read('template', source, path, (language, text) => language.checkTemplate(text, this.scope))
  }

  #read(
    kind: CheckedSource['kind'],
    source: Source,
    path: ConfigPath,
    check: (
      language: ExpressionLanguage,
      text: string,
    ) => { readonly checked?: Checked; readonly faults: readonly ExpressionFault[] },
  ): CheckedSource {
    const { language, source: text } = typeof source === 'string' ? { language: 'cel', source } : source
    const reader = this.#languages.get(language)
    if (reader === undefined) {
      const range = { start: 0, end: text.length }
      const faults = [{ code: 'source.unknownLanguage', range, details: { language } }]
      return { kind, path, language, checked: undefined, faults }
    }
    const { checked, faults } = check(reader, text)
    return { kind, path, language, checked, faults }
  }

  /** An expression whose value goes into a variable beside it has the type of that variable. */
  #expected(field: Field & { kind: 'expression' }, config: JsonObject, path: ConfigPath): ValueType {
    if (field.forVariable === undefined) return field.type
    const beside = valueAt(config, path.slice(0, -1))
    const variable = isJsonObject(beside) ? beside[field.forVariable] : undefined
    return (typeof variable === 'string' ? this.#variables.get(variable) : undefined) ?? field.type
  }
}

function typesOf(declared: readonly DataField[] = []): ReadonlyMap<string, ValueType> {
  return new Map(declared.map(({ name, type }) => [name, valueTypeOf(type)]))
}
