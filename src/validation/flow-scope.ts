import { isJsonObject, type JsonObject } from '../base/json.ts'
import type { DataField, DataType, FlowDocument, FlowNode } from '../document/flow-document.ts'
import { createScope } from '../expressions/scope.ts'
import type { ObjectType, Scope, ValueType } from '../expressions/types.ts'
import type { NodeType } from '../nodes/node-type.ts'
import { writtenVariables } from '../nodes/visit-config.ts'

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
export function triggerData({ role }: Pick<FlowDocument, 'role'>, start: FlowNode | undefined): readonly DataField[] {
  const declared = start?.config.data
  const fields = Array.isArray(declared) ? (declared.filter(isJsonObject) as unknown as DataField[]) : []
  return role === 'exception' ? [...EXCEPTION_DATA, ...fields] : fields
}

/** The names that expressions of a flow may use, with their types, and which of them are sensitive. */
export function flowScope(
  flow: Pick<FlowDocument, 'role' | 'settings'>,
  start: FlowNode | undefined,
  typed: Iterable<{ readonly node: FlowNode; readonly type: NodeType | undefined }>,
  secretOutputs: ReadonlySet<string> = new Set(),
): Scope {
  const { variables = [], contact = [] } = flow.settings
  const data = triggerData(flow, start)
  const secret = new Set(variables.filter((variable) => variable.sensitive === true).map(({ name }) => name))
  const sensitive: string[][] = [
    ...[...secret].map((name) => ['vars', name]),
    ...contact.filter((field) => field.sensitive === true).map(({ name }) => ['contact', name]),
    ...data.filter((field) => field.sensitive === true).map(({ name }) => ['trigger', 'data', name]),
  ]
  const outputs: { [node: string]: ObjectType } = {}
  for (const { node, type } of typed) {
    const fields = type?.outputs?.(node.config)
    if (fields === undefined) continue
    outputs[node.id] = { fields }
    const followsSecret = type?.outputsFollowVariables === true && namesSecret(type, node.config, secret)
    if (followsSecret || secretOutputs.has(node.id)) sensitive.push(['nodes', node.id])
  }
  return createScope({
    vars: Object.fromEntries(variables.map(({ name, type }) => [name, valueTypeOf(type)])),
    contact: objectOf(contact),
    trigger: {
      fields: { type: 'text', channel: 'text', from: 'text', to: 'text', text: 'text', data: objectOf(data) },
    },
    nodes: { fields: outputs },
    session: { fields: { id: 'text', language: 'text', flow: 'text' } },
    sensitive,
  })
}

function objectOf(fields: readonly DataField[]): ObjectType {
  return { fields: Object.fromEntries(fields.map(({ name, type }) => [name, valueTypeOf(type)])) }
}

function namesSecret({ fields }: NodeType, config: JsonObject, secret: ReadonlySet<string>): boolean {
  return writtenVariables(fields, config).some((name) => secret.has(name))
}
