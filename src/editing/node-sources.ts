import { type Json, type JsonObject, valueAt } from '../base/json.ts'
import { normaliseJson } from '../base/normalise-json.ts'
import type { FlowNode, Source, TransitionAction } from '../document/flow-document.ts'
import type { NodeType } from '../nodes/node-type.ts'
import { isSource, promptTemplates } from '../nodes/prompt.ts'
import { type ConfigPath, visitConfig } from '../nodes/visit-config.ts'

export type SourceKind = 'expression' | 'template'

/**
 * What rewrites a node: each source, each name of a variable or logbook, each tag with a flow outcome; the same value
 * keeps it.
 */
export interface NodeRewriter {
  source?(source: Source, kind: SourceKind): Source
  variable?(name: string): string
  flowOutcome?(code: string): string
  logbook?(name: string): string
}

/** The node with everything rewritten that its fields and actions name; the same node where nothing changes. */
export function rewriteNode(node: FlowNode, type: NodeType | undefined, rewriter: NodeRewriter): FlowNode {
  const config = type === undefined ? node.config : rewriteConfig(type, node.config, rewriter)
  const onEnter = node.onEnter === undefined ? undefined : rewriteActions(node.onEnter, rewriter)
  const onLeave = node.onLeave === undefined ? undefined : rewriteLeaving(node.onLeave, rewriter)
  if (config === node.config && onEnter === node.onEnter && onLeave === node.onLeave) return node
  return {
    ...node,
    config,
    ...(onEnter === undefined ? {} : { onEnter }),
    ...(onLeave === undefined ? {} : { onLeave }),
  }
}

function rewriteConfig({ fields }: NodeType, config: JsonObject, rewriter: NodeRewriter): JsonObject {
  const { source = keep, variable = keep, flowOutcome = keep, logbook = keep } = rewriter
  const changes: { readonly path: ConfigPath; readonly value: Json }[] = []
  const change = <Value>(path: ConfigPath, before: Value, after: Value) => {
    if (after !== before) changes.push({ path, value: after as Json })
  }
  visitConfig(fields, config, (field, value, path) => {
    if (field.kind === 'prompt') {
      for (const each of promptTemplates(value))
        change([...path, ...each.path], each.source, source(each.source, 'template'))
    } else if ((field.kind === 'template' || field.kind === 'expression') && isSource(value)) {
      change(path, value, source(value, field.kind))
    } else if (typeof value === 'string' && field.kind === 'variable') change(path, value, variable(value))
    else if (typeof value === 'string' && field.kind === 'text') {
      if (field.role === 'flowOutcome') change(path, value, flowOutcome(value))
      if (field.role === 'logbook') change(path, value, logbook(value))
    }
  })
  if (changes.length === 0) return config
  const rewritten = normaliseJson(config) as JsonObject
  for (const { path, value } of changes) {
    const holder = valueAt(rewritten, path.slice(0, -1)) as { [key: string | number]: Json }
    holder[path.at(-1)!] = value
  }
  return rewritten
}

function rewriteLeaving(
  actions: NonNullable<FlowNode['onLeave']>,
  rewriter: NodeRewriter,
): NonNullable<FlowNode['onLeave']> {
  const entries = Object.entries(actions)
  const rewritten = entries.map(([outcome, list]) => [outcome, rewriteActions(list, rewriter)] as const)
  return rewritten.every(([, list], index) => list === entries[index]![1])
    ? actions
    : Object.fromEntries(rewritten)
}

function rewriteActions(
  actions: readonly TransitionAction[],
  rewriter: NodeRewriter,
): readonly TransitionAction[] {
  const rewritten = actions.map((action) => rewriteAction(action, rewriter))
  return rewritten.every((action, index) => action === actions[index]) ? actions : rewritten
}

function rewriteAction(action: TransitionAction, rewriter: NodeRewriter): TransitionAction {
  const { source = keep, variable = keep, logbook = keep } = rewriter
  if ('set' in action) {
    const [set, to] = [variable(action.set), source(action.to, 'expression')]
    return set === action.set && to === action.to ? action : { set, to }
  }
  const entries = Object.entries(action.fields)
  const fields = entries.map(([name, each]) => [name, source(each, 'expression')] as const)
  const log = logbook(action.log)
  return log === action.log && fields.every(([, each], index) => each === entries[index]![1])
    ? action
    : { log, fields: Object.fromEntries(fields) }
}

function keep<Value>(value: Value): Value {
  return value
}
