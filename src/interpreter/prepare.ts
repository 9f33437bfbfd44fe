import { hashJson } from '../base/canonical.ts'
import { parseDuration } from '../base/duration.ts'
import type { Json, JsonObject } from '../base/json.ts'
import { normaliseJson } from '../base/normalise-json.ts'
import { err, ok, type Result } from '../base/result.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { FlowDocument, TransitionAction } from '../document/flow-document.ts'
import { behaviourHash } from '../document/serialise-document.ts'
import { contactFieldAt } from '../nodes/fields.ts'
import { promptTemplates } from '../nodes/prompt.ts'
import { visitConfig } from '../nodes/visit-config.ts'
import { type Analysis, analyse } from '../validation/analysis.ts'
import { loopHeads } from '../validation/flow-graph.ts'
import { triggerData } from '../validation/flow-scope.ts'
import type { NodeFacts } from '../validation/node-facts.ts'
import type { CheckedSource } from '../validation/source-reader.ts'
import { findAll, type ValidateOptions } from '../validation/validate.ts'
import {
  EXECUTABLE_FORMAT,
  type Executable,
  type ExecutableAction,
  type ExecutableNode,
  type ExecutableSource,
  type Link,
  type LinkPromptPart,
} from './executable.ts'
import { collectReads, liveOutputs } from './prepare-reads.ts'

/**
 * Checks a document and makes its executable: numbered, with checked trees in place of sources, hashed. Fails
 * with every diagnostic, warnings included, where there are errors.
 */
export function prepare(
  document: FlowDocument,
  options: ValidateOptions,
): Result<Executable, readonly Diagnostic[]> {
  const analysis = analyse(document, options)
  const diagnostics = findAll(analysis, options.policy)
  if (diagnostics.some(({ severity }) => severity === 'error')) return err(diagnostics)
  return ok(makeExecutable(document, analysis))
}

/**
 * The nodes as a session comes to them, outcome by outcome, and behind them those that none comes to: what runs one
 * after another lies side by side in memory.
 */
function inRunningOrder({ nodes, graph, starts }: Analysis): readonly NodeFacts[] {
  const order = new Set<NodeFacts>()
  const stack = [starts[0]!]
  for (let facts = stack.pop(); facts !== undefined; facts = stack.pop()) {
    if (order.has(facts)) continue
    order.add(facts)
    const targets = facts.outcomes.map((outcome) =>
      graph.indexOf.get(facts.connectors.get(outcome)?.to ?? ''),
    )
    for (const target of targets.reverse()) if (target !== undefined) stack.push(nodes[target]!)
  }
  for (const facts of nodes) order.add(facts)
  return [...order]
}

/** The expression that tells sessions apart, where duplicates are prevented. */
function duplicateRule({ settings, settingsSources }: Analysis): Pick<Executable, 'duplicates'> {
  const [identifier] = settingsSources
  if (settings.duplicates?.prevent !== true || identifier?.checked === undefined) return {}
  return { duplicates: { identifier: treeOf(identifier) } }
}

function makeExecutable(document: FlowDocument, analysis: Analysis): Executable {
  const { nodes, starts, graph, settings } = analysis
  const start = starts[0]!
  const reads = collectReads(nodes)
  const order = inRunningOrder(analysis)
  const numbers = new Map(order.map(({ node }, number) => [node.id, number]))
  const counted = loopHeads(start.index, graph.next)
  const live = liveOutputs(analysis, reads)
  const content: Omit<Executable, 'hash'> = {
    format: EXECUTABLE_FORMAT,
    flow: document.id,
    behaviourHash: behaviourHash(document),
    role: document.role,
    medium: document.medium,
    audience: document.audience,
    start: 0,
    nodes: order.map((facts) => ({
      ...makeNode(facts, numbers),
      ...(counted[facts.index] === 1 ? { counted: true as const } : {}),
      ...(reads.outputs.has(facts.node.id) ? { output: true as const } : {}),
      ...(live === undefined || live[facts.index]!.length === 0 ? {} : { live: live[facts.index]! }),
    })),
    variables: (settings.variables ?? []).map(({ name, type, default: preset, sensitive, askAtRelease }) => ({
      name,
      type,
      ...(preset === undefined ? {} : { default: preset }),
      ...(sensitive === true ? { sensitive } : {}),
      ...(askAtRelease === undefined ? {} : { askAtRelease }),
    })),
    reads: {
      contact: [...reads.contact].sort(),
      trigger: [...reads.trigger].sort(),
      ...(reads.wholeContact ? { wholeContact: true as const } : {}),
      ...(reads.wholeTrigger ? { wholeTrigger: true as const } : {}),
    },
    sensitive: {
      contact: [...sensitiveNames(settings.contact ?? []), ...secretFields(analysis)],
      data: sensitiveNames(triggerData(document, start.node)),
    },
    ...(live === undefined ? { keepsOutputs: true as const } : {}),
    outcomes: (settings.outcomes ?? []).map(({ code, kind }) => ({ code, kind })),
    logbooks: (settings.logbooks ?? []).map(({ name, fields }) => ({ name, fields })),
    ...duplicateRule(analysis),
    required: triggerData(document, start.node).flatMap(({ name, required }) =>
      required === true ? [name] : [],
    ),
    language: settings.languages?.default ?? 'en',
    limits: settings.limits ?? {},
    stopWords: settings.stopWords ?? [],
    subflows: calledFlows(nodes),
  }
  const plain = normaliseJson(content as unknown as Json) as unknown as typeof content
  return { ...plain, hash: hashJson(plain as unknown as Json) }
}

function makeNode(facts: NodeFacts, indexOf: ReadonlyMap<string, number>): ExecutableNode {
  const { node, connectors } = facts
  // Implicit outcomes stand in the list where the flow connects them.
  const declared = new Set(facts.outcomes)
  const outcomes = [
    ...facts.outcomes,
    ...[...connectors.keys()].filter((outcome) => !declared.has(outcome)).sort(),
  ]
  const { config, links } = makeConfig(facts)
  return {
    id: node.id,
    type: node.type,
    config,
    ...(links.length > 0 ? { links } : {}),
    outcomes,
    targets: outcomes.map((outcome) => indexOf.get(connectors.get(outcome)?.to ?? '') ?? -1),
    ...makeActions(facts, outcomes),
    ...(facts.sources.some(
      ({ path, checked, masked }) => path[0] === 'config' && checked?.sensitive === true && masked !== true,
    )
      ? { sensitive: true as const }
      : {}),
  }
}

/** The config with durations in milliseconds and sources taken out, and what is linked in their place. */
function makeConfig({ type, config, sources }: NodeFacts): {
  readonly config: JsonObject
  readonly links: readonly Link[]
} {
  const copy = structuredClone(config) as Container
  const links: Link[] = []
  const records: Link[] = []
  const byPath = new Map(sources.map((source) => [pathKey(source.path), source]))
  const sourceAt = (path: readonly (string | number)[]) => byPath.get(pathKey(['config', ...path]))!
  visitConfig(type!.fields, config, (field, value, path) => {
    if (value === undefined || value === null) return
    switch (field.kind) {
      case 'duration':
        place(copy, path, parseDuration(value as string)!)
        break
      case 'expression':
      case 'template':
        if (value === '') place(copy, path, undefined)
        else {
          const source = sourceAt(path)
          const secret = field.kind === 'expression' && source.checked!.sensitive
          links.push({
            kind: field.kind,
            path,
            ...treeOf(source),
            ...(secret ? { sensitive: true as const } : {}),
          })
          place(copy, path, null)
        }
        break
      case 'pattern':
        if (value !== '') links.push({ kind: 'pattern', path, pattern: value as string })
        place(copy, path, value === '' ? undefined : null)
        break
      case 'prompt':
        links.push(makePrompt(value, path, sourceAt))
        place(copy, path, null)
        break
      case 'record':
        // After the links of its members; inner records come after outer ones, and are linked before them.
        records.unshift({ kind: 'record', path })
        break
    }
  })
  return { config: copy as JsonObject, links: [...links, ...records] }
}

function makePrompt(
  value: Json,
  path: readonly (string | number)[],
  sourceAt: (path: readonly (string | number)[]) => CheckedSource,
): Link {
  const parts = promptTemplates(value).map((each): LinkPromptPart => {
    const { tree, language } = treeOf(sourceAt([...path, ...each.path]))
    return { part: each.part, text: each.language, tree, ...(language === undefined ? {} : { language }) }
  })
  const audio = typeof value === 'object' && value !== null ? (value as JsonObject).audio : undefined
  return { kind: 'prompt', path, parts, ...(typeof audio === 'string' ? { audio } : {}) }
}

function makeActions(
  { node, sources }: NodeFacts,
  outcomes: readonly string[],
): Pick<ExecutableNode, 'onEnter' | 'onLeave'> {
  const byPath = new Map(sources.map((source) => [pathKey(source.path), source]))
  const sourceAt = (path: readonly (string | number)[]): ExecutableSource => {
    const source = byPath.get(pathKey(path))!
    return { ...treeOf(source), ...(source.checked!.sensitive ? { sensitive: true as const } : {}) }
  }
  const make = (actions: readonly TransitionAction[], at: readonly (string | number)[]): ExecutableAction[] =>
    actions.map((action, index) =>
      'set' in action
        ? { set: action.set, to: sourceAt([...at, index, 'to']) }
        : {
            log: action.log,
            fields: Object.keys(action.fields)
              .sort()
              .map((name) => ({
                name,
                ...sourceAt([...at, index, 'fields', name]),
              })),
          },
    )
  const { onEnter = [], onLeave = {} } = node
  const leaving = Object.entries(onLeave).filter(
    ([outcome, actions]) => actions.length > 0 && outcomes.includes(outcome),
  )
  return {
    ...(onEnter.length > 0 ? { onEnter: make(onEnter, ['onEnter']) } : {}),
    ...(leaving.length > 0
      ? {
          onLeave: Object.fromEntries(
            leaving.map(([outcome, actions]) => [
              outcomes.indexOf(outcome),
              make(actions, ['onLeave', outcome]),
            ]),
          ),
        }
      : {}),
  }
}

function treeOf({ checked, language }: CheckedSource): { readonly tree: Json; readonly language?: string } {
  return { tree: checked!.tree, ...(language === 'cel' ? {} : { language }) }
}

function calledFlows(nodes: readonly NodeFacts[]): readonly string[] {
  const called = new Set<string>()
  for (const { type, config } of nodes) {
    visitConfig(type!.fields, config, (field, value) => {
      if (field.kind === 'flowRef' && typeof value === 'string' && value !== '') called.add(value)
    })
  }
  return [...called].sort()
}

function sensitiveNames(
  fields: readonly { readonly name: string; readonly sensitive?: boolean }[],
): readonly string[] {
  return fields.filter((field) => field.sensitive === true).map(({ name }) => name)
}

/** Fields of the contact that no setting declares and that take something sensitive: flows beside this one may read them. */
function secretFields({ settings, nodes }: Analysis): readonly string[] {
  const declared = new Set((settings.contact ?? []).map(({ name }) => name))
  const written = nodes.flatMap(({ type, sources }) =>
    sources.flatMap(({ path, checked }) => {
      const field = path[0] === 'config' ? contactFieldAt(type!.fields, path.slice(1)) : undefined
      return field === undefined || checked?.sensitive !== true || declared.has(field) ? [] : [field]
    }),
  )
  return [...new Set(written)].sort()
}

type Container = { [key: string | number]: unknown }

function place(root: Container, path: readonly (string | number)[], value: unknown): void {
  let container = root
  for (let i = 0; i < path.length - 1; i++) container = container[path[i]!] as Container
  const last = path[path.length - 1]!
  if (value === undefined) delete container[last]
  else container[last] = value
}

function pathKey(path: readonly (string | number)[]): string {
  return path.join('\u0000')
}
