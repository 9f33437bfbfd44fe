import type {
  Connector,
  FlowDocument,
  FlowNode,
  FlowSettings,
  Source,
} from '../../src/document/flow-document.ts'

import type { NodeType } from '../../src/nodes/index.ts'
import type { ValidationPolicy } from '../../src/validation/index.ts'

/** What an example has beside or instead of the flow that it stands in. */
export interface FlowExample {
  readonly nodes?: readonly FlowNode[]
  readonly connectors?: readonly Connector[]
  readonly settings?: FlowSettings
  /** Ids of nodes and connectors that the flow lacks. */
  readonly without?: readonly string[]
  /** Node types beside the palette. */
  readonly types?: readonly NodeType[]
  readonly policy?: ValidationPolicy
  /** What else a reader has to know. */
  readonly remark?: string
}

const OK: FlowSettings = { outcomes: [{ code: 'ok', kind: 'completed' }] }
const START: FlowNode = { id: 'start', type: 'start@1', config: {} }
const HELLO: FlowNode = { id: 'hello', type: 'send-message@1', config: { prompt: 'Hello' } }
const DONE: FlowNode = { id: 'done', type: 'end@1', config: { outcome: 'ok' } }

/** `start → hello → done`, with nothing wrong, and what the example changes in it. */
export function exampleFlow({
  nodes = [],
  connectors = [],
  settings,
  without = [],
}: FlowExample): FlowDocument {
  const lead = (from: string, to: string) => connector(`${from}:next`, to)
  return {
    schema: 1,
    id: 'example',
    name: 'Example',
    medium: 'any',
    role: 'main',
    audience: 'interaction',
    settings: { ...OK, ...settings },
    nodes: merge([START, HELLO, DONE], nodes, without),
    connectors: merge([lead('start', 'hello'), lead('hello', 'done')], connectors, without),
    notes: [],
  }
}

function merge<Item extends { readonly id: string }>(
  base: readonly Item[],
  own: readonly Item[],
  without: readonly string[],
): readonly Item[] {
  const ids = new Set([...own.map(({ id }) => id), ...without])
  return [...base.filter(({ id }) => !ids.has(id)), ...own]
}

/** `connector('hello:on:error', 'done')` */
export function connector(id: string, to?: string): Connector {
  const colon = id.indexOf(':')
  const from = { node: id.slice(0, colon), outcome: id.slice(colon + 1) }
  return { id, from, ...(to === undefined ? {} : { to }) }
}

/** The message node of the flow with another text. */
export function says(prompt: FlowNode['config'][string]): FlowExample {
  return { nodes: [{ ...HELLO, config: { prompt } }] }
}

/** The message node of the flow, which sets the variable `note` to an expression; some names are declared. */
export function sets(to: Source, type: 'any' | 'number' | 'text' = 'any'): FlowExample {
  return {
    nodes: [{ ...HELLO, onEnter: [{ set: 'note', to }] }],
    settings: {
      variables: [
        { name: 'note', type },
        { name: 'retries', type: 'number', default: 0 },
        { name: 'name', type: 'text', default: '' },
        { name: 'items', type: 'list', default: [] },
      ],
      contact: [{ name: 'email', type: 'text' }],
    },
  }
}
