import { isJsonObject } from '../base/json.ts'
import type { DataField, DataType, FlowDocument, FlowNode } from '../document/flow-document.ts'
import { createScope } from '../expressions/scope.ts'
import type { ObjectType, Scope, ValueType } from '../expressions/types.ts'
import { type OwnFacts, writtenBy } from './node-facts.ts'

/** What an expression may take a value of a declared type for. */
export function valueTypeOf(type: DataType): ValueType {
  switch (type) {
    case 'date':
      return 'text'
    case 'list':
      return { list: 'any' }
    case 'object':
      return { fields: {}, open: true }
    default:
      return type
  }
}

/** What the exception flow may read as `trigger.data`. */
const EXCEPTION_DATA: readonly DataField[] = ['code', 'message', 'flow', 'node'].map((name) => ({
  name,
  type: 'text',
}))

/** The data that a flow's start node declares to come with the trigger. */
export function triggerData(
  { role }: Pick<FlowDocument, 'role'>,
  start: FlowNode | undefined,
): readonly DataField[] {
  const declared = start?.config.data
  const fields = Array.isArray(declared) ? (declared.filter(isJsonObject) as unknown as DataField[]) : []
  return role === 'exception' ? [...EXCEPTION_DATA, ...fields] : fields
}

/**
 * The names that expressions of a flow may use, with their types, and which of them are sensitive. `nodes` gives the
 * nodes in the order of their ids; what they put out is looked up when an expression first asks for it.
 */
export function flowScope(
  flow: Pick<FlowDocument, 'role' | 'settings'>,
  start: FlowNode | undefined,
  nodes: () => Iterable<OwnFacts>,
  secretOutputs: ReadonlySet<string> = new Set(),
): Scope {
  const { variables = [], contact = [] } = flow.settings
  const data = triggerData(flow, start)
  const secret = new Set(variables.filter((variable) => variable.sensitive === true).map(({ name }) => name))
  return createScope({
    vars: Object.fromEntries(variables.map(({ name, type }) => [name, valueTypeOf(type)])),
    contact: objectOf(contact),
    trigger: {
      fields: { type: 'text', channel: 'text', from: 'text', to: 'text', text: 'text', data: objectOf(data) },
    },
    nodes: outputsOf(nodes),
    session: { fields: { id: 'text', language: 'text', flow: 'text', journey: 'text' } },
    sensitive: [
      ...[...secret].map((name) => ['vars', name]),
      ...contact.filter((field) => field.sensitive === true).map(({ name }) => ['contact', name]),
      ...data.filter((field) => field.sensitive === true).map(({ name }) => ['trigger', 'data', name]),
      ...[...secretOutputs].map((id) => ['nodes', id]),
      ...(secret.size === 0 ? [] : nodesFollowing(secret, nodes())),
    ],
  })
}

function outputsOf(nodes: () => Iterable<OwnFacts>): ObjectType {
  let fields: { [node: string]: ObjectType } | undefined
  return {
    get fields() {
      if (fields === undefined) {
        fields = {}
        for (const { node, outputs } of nodes())
          if (outputs !== undefined) fields[node.id] = { fields: outputs }
      }
      return fields
    },
  }
}

/** Nodes whose outputs carry the value of a secret variable that their config names. */
function nodesFollowing(secret: ReadonlySet<string>, nodes: Iterable<OwnFacts>): readonly string[][] {
  const following: string[][] = []
  for (const facts of nodes) {
    const { type, outputs, node } = facts
    if (type?.outputsFollowVariables !== true || outputs === undefined) continue
    if (writtenBy(facts).some((name) => secret.has(name))) following.push(['nodes', node.id])
  }
  return following
}

function objectOf(fields: readonly DataField[]): ObjectType {
  return { fields: Object.fromEntries(fields.map(({ name, type }) => [name, valueTypeOf(type)])) }
}
