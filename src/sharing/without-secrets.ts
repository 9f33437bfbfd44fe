import type { Json } from '../base/json.ts'
import type {
  DataField,
  FlowDocument,
  FlowNode,
  FlowSettings,
  TransitionAction,
} from '../document/flow-document.ts'
import type { Field, Fields } from '../nodes/fields.ts'
import { createRegistry, type NodeTypes } from '../nodes/registry.ts'
import { type Cleaning, cleanConfig, cleanEntry } from './clean-config.ts'
import { cleanExpression, isConstant } from './clean-expression.ts'

/** A place from which something was taken. */
export interface Removed {
  /** Id of the node. */
  readonly node?: string
  /** Name of the variable. */
  readonly variable?: string
  /** Keys and indexes in the document as it was: from the node, or from the document where no node is named. */
  readonly path: readonly (string | number)[]
}

/**
 * The document without what may not leave with an export or a shared view, and a list of what was taken:
 *
 * - defaults of sensitive variables, and constants that config or transitions assign to them;
 * - fields that their node type declares `secret`;
 * - under names of credentials, such as `Authorization` or `api_key`, whatever says more than `Bearer {{token}}`;
 * - user info and parameters of such names in addresses.
 *
 * A constant is what reads nothing, what an expression chooses or falls back to, and what does not parse. Nothing is
 * guessed from how a text looks: a key that stands in a message, in a script or in the path of an address stays, for no
 * name tells what it is. The document is not changed; parts that lose nothing are the same objects. Doing it twice takes
 * nothing more.
 */
export function withoutSecrets(
  document: FlowDocument,
  nodes: NodeTypes,
): { readonly document: FlowDocument; readonly removed: readonly Removed[] } {
  const registry = createRegistry(nodes)
  const removed: Removed[] = []
  const variables = sensitiveNames(document.settings.variables)
  const contact = sensitiveNames(document.settings.contact)
  const settings = cleanSettings(document.settings, removed)
  const cleaned = document.nodes.map((node) =>
    cleanNode(node, registry.get(node.type)?.fields, {
      variables,
      contact,
      removed: (path) => removed.push({ node: node.id, path }),
    }),
  )
  if (removed.length === 0) return { document, removed }
  const same = cleaned.every((node, index) => node === document.nodes[index])
  return { document: { ...document, settings, nodes: same ? document.nodes : cleaned }, removed }
}

function sensitiveNames(declared: readonly DataField[] = []): ReadonlySet<string> {
  return new Set(declared.filter(({ sensitive }) => sensitive === true).map(({ name }) => name))
}

function cleanSettings(settings: FlowSettings, removed: Removed[]): FlowSettings {
  const variables = settings.variables?.map((variable, index) => {
    if (variable.sensitive !== true || variable.default === undefined) return variable
    removed.push({ variable: variable.name, path: ['settings', 'variables', index, 'default'] })
    const { default: _secret, ...rest } = variable
    return rest
  })
  return variables === undefined || removed.length === 0 ? settings : { ...settings, variables }
}

function cleanNode(node: FlowNode, fields: Fields | undefined, cx: Cleaning): FlowNode {
  const config = cleanConfig(fields, node.config, cx)
  const onEnter = node.onEnter && cleanActions(node.onEnter, ['onEnter'], cx)
  const onLeave = node.onLeave && cleanLeaving(node.onLeave, cx)
  if (config === node.config && onEnter === node.onEnter && onLeave === node.onLeave) return node
  return {
    ...node,
    config,
    ...(onEnter === undefined ? {} : { onEnter }),
    ...(onLeave === undefined ? {} : { onLeave }),
  }
}

type Leaving = NonNullable<FlowNode['onLeave']>

function cleanLeaving(onLeave: Leaving, cx: Cleaning): Leaving {
  const entries = Object.entries(onLeave).map(
    ([outcome, actions]) => [outcome, cleanActions(actions, ['onLeave', outcome], cx)] as const,
  )
  return entries.every(([outcome, actions]) => actions === onLeave[outcome])
    ? onLeave
    : Object.fromEntries(entries)
}

function cleanActions(
  actions: readonly TransitionAction[],
  path: readonly string[],
  cx: Cleaning,
): readonly TransitionAction[] {
  const cleaned = actions.map((action, index) => cleanAction(action, [...path, index], cx))
  return cleaned.every((action, index) => action === actions[index]) ? actions : cleaned
}

function cleanAction(
  action: TransitionAction,
  path: readonly (string | number)[],
  cx: Cleaning,
): TransitionAction {
  if ('set' in action) {
    // An action has a source, so an empty one is left behind: validation reports it.
    const isSecret = cx.variables.has(action.set) && isConstant(action.to)
    const to = isSecret ? '' : cleanExpression(action.to)
    if (to === action.to) return action
    cx.removed([...path, 'to'])
    return { ...action, to }
  }
  const fields = Object.entries(action.fields).flatMap(([name, source]) => {
    const clean = cleanEntry(LOGGED, name, source as Json, [...path, 'fields', name], cx)
    return clean === undefined ? [] : [[name, clean as typeof source] as const]
  })
  const same =
    fields.length === Object.keys(action.fields).length &&
    fields.every(([name, source]) => source === action.fields[name])
  return same ? action : { ...action, fields: Object.fromEntries(fields) }
}

const LOGGED: Field = { kind: 'expression', type: 'any' }
