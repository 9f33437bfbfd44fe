import type {
  DataField,
  FlowRole,
  FlowSettings,
  TransitionAction,
  Variable,
} from '../../src/document/flow-document.ts'
import { compile, type FlowDocument, type Json, type JsonObject, type Program } from '../../src/index.ts'
import type { NodeType } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import type { ValidationPolicy } from '../../src/validation/rule.ts'
import { deepFreeze } from './deep-freeze.ts'

// biome-ignore lint/suspicious/noExplicitAny: node types of every config stand side by side
type AnyNodeType = NodeType<any>

export interface NodeSpec {
  readonly type: string
  readonly config?: JsonObject
  readonly onEnter?: readonly TransitionAction[]
  readonly onLeave?: { readonly [outcome: string]: readonly TransitionAction[] }
}

/** A small flow, as tests write it. */
export interface FlowSpec {
  readonly id?: string
  readonly role?: FlowRole
  /** A node `start` is added unless it is among them. */
  readonly nodes: { readonly [id: string]: NodeSpec }
  /** `menu:1 -> balance`; the outcome is `next` where it is left out. */
  readonly connect: readonly string[]
  /** Where declared outcomes go that `connect` does not name. */
  readonly otherwise?: string
  readonly variables?: readonly Variable[]
  readonly contact?: readonly DataField[]
  /** Data that comes with the trigger. */
  readonly data?: readonly DataField[]
  /** Flow outcomes are declared from the ends. */
  readonly settings?: Partial<FlowSettings>
}

export interface ProgramOptions {
  /** Node types beside the palette. */
  readonly types?: readonly AnyNodeType[]
  readonly subflows?: readonly Program[]
  readonly exception?: Program
  readonly policy?: ValidationPolicy
}

/** The document of a small flow. */
export function flow(spec: FlowSpec, types: readonly AnyNodeType[] = []): FlowDocument {
  const { id = 'main', role = 'main', variables, contact, data, settings, otherwise } = spec
  const start: NodeSpec = {
    type: 'start',
    config: data === undefined ? {} : { data: data as unknown as Json },
  }
  const specs: { [id: string]: NodeSpec } = { start, ...spec.nodes }
  const connectors = spec.connect.map(readConnector)
  if (otherwise !== undefined) connectors.push(...rest(specs, connectors, otherwise, types))
  const ends = Object.values(specs).filter(({ type }) => type === 'end')
  const codes = [...new Set(ends.map(({ config }) => config?.outcome as string))]
  return {
    schema: 1,
    id,
    name: id,
    medium: 'any',
    role,
    audience: 'interaction',
    settings: {
      outcomes: codes.map((code) => ({ code, kind: 'completed' })),
      ...(variables === undefined ? {} : { variables }),
      ...(contact === undefined ? {} : { contact }),
      ...settings,
    },
    nodes: Object.entries(specs).map(([nodeId, { type, config = {}, onEnter, onLeave }]) => ({
      id: nodeId,
      type: type.includes('@') ? type : `${type}@1`,
      config,
      ...(onEnter === undefined ? {} : { onEnter }),
      ...(onLeave === undefined ? {} : { onLeave }),
    })),
    connectors,
    notes: [],
  }
}

/** Compiles a small flow with the palette; everything that sessions share is frozen. */
export function program(spec: FlowSpec, options: ProgramOptions = {}): Program {
  const { types = [], subflows = [], exception, policy } = options
  return frozen(
    compile(flow(spec, types), {
      nodes: [...palette, ...types],
      subflows,
      ...(exception === undefined ? {} : { exception }),
      ...(policy === undefined ? {} : { policy }),
    }),
  )
}

/** The program, with what a node could change by mistake frozen. */
export function frozen(linked: Program): Program {
  deepFreeze(linked.executable)
  deepFreeze(linked.defaults)
  deepFreeze(linked.pins)
  for (const node of linked.nodes) deepFreeze(node.config)
  return linked
}

export const say = (prompt: Json): NodeSpec => ({ type: 'send-message', config: { prompt } })
export const end = (outcome: string): NodeSpec => ({ type: 'end', config: { outcome } })
export const node = (type: string, config: JsonObject = {}): NodeSpec => ({ type, config })

/** `assign({ count: 'count + 1' })` */
export function assign(values: { readonly [variable: string]: string }): NodeSpec {
  const assignments = Object.entries(values).map(([variable, value]) => ({ variable, value }))
  return { type: 'set-variables', config: { assignments } }
}

/** A wait for a text or digits without end, which takes anything. */
export const ask = (prompt = '?', config: JsonObject = {}): NodeSpec => ({
  type: 'collect-input',
  config: { prompt, ...config },
})

function readConnector(text: string) {
  const [from, to] = text.split(' -> ') as [string, string | undefined]
  const colon = from.indexOf(':')
  const [source, outcome] = colon < 0 ? [from, 'next'] : [from.slice(0, colon), from.slice(colon + 1)]
  return { id: `${source}:${outcome}`, from: { node: source, outcome }, ...(to === undefined ? {} : { to }) }
}

function rest(
  specs: FlowSpec['nodes'],
  connectors: readonly { readonly id: string }[],
  to: string,
  types: readonly AnyNodeType[],
) {
  const known = new Map([...palette, ...types].map(({ runtime }) => [runtime.type, runtime]))
  const taken = new Set(connectors.map(({ id }) => id))
  return Object.entries(specs).flatMap(([source, { type, config = {} }]) =>
    (known.get(type)?.outcomes(config) ?? [])
      .map((outcome) => ({ id: `${source}:${outcome}`, from: { node: source, outcome }, to }))
      .filter(({ id }) => !taken.has(id)),
  )
}
