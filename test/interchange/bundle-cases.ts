import type { JsonObject } from '../../src/base/json.ts'
import type { FlowDocument } from '../../src/document/index.ts'
import { withValues } from '../../src/interchange/bundle/flow-references.ts'
import {
  type Bundle,
  exportBundle,
  type ImportTarget,
  planImport,
  readBundle,
  serialiseBundle,
} from '../../src/interchange/index.ts'
import { defineNode, f, type NodeTypes } from '../../src/nodes/index.ts'
import { palette } from '../../src/palette/index.ts'
import { type Catalog, emptyWorkspace, PRESETS, type WorkspaceState } from '../../src/releases/index.ts'
import { end, flow, node, say } from '../support/flow.ts'

/** A custom node of an integration, or of none. */
export function custom(
  type: string,
  rest: { readonly integration?: string; readonly version?: string; readonly major?: number } = {},
) {
  const { major = 1, ...members } = rest
  return defineNode({
    ...members,
    runtime: { type, major, outcomes: () => ['good', 'bad'], enter: () => 'good' },
    title: 'Custom',
    category: 'integration',
    icon: 'plug',
    help: 'A node of a host.',
    fields: { score: f.number({ optional: true }), next: f.flowRef({ optional: true }) },
  })
}

export const rating = custom('acme-rating', { integration: 'acme-crm' })
export const nodes: NodeTypes = [...palette, rating]

/** A flow that says something. */
export const hello = (id = 'hello', name = 'Hello'): FlowDocument => ({
  ...flow({
    id,
    nodes: { start: node('start'), hi: say('Hi.'), done: end('ok') },
    connect: ['start -> hi'],
    otherwise: 'done',
  }),
  name,
  remark: 'Says hello.',
})

/** A flow with a node of the integration, with both outcomes connected and a label. */
export const rated = (id = 'rated', type = 'acme-rating@1'): FlowDocument => {
  const document = flow(
    {
      id,
      nodes: { start: node('start'), rate: node(type, { score: 3 }), done: end('ok') },
      connect: ['start -> rate', 'rate:good -> done', 'rate:bad -> done'],
    },
    [rating],
  )
  const labelled = document.nodes.map((each) => (each.id === 'rate' ? { ...each, label: 'Rating' } : each))
  return { ...document, nodes: labelled }
}

/** A flow that calls others. */
export const calling = (id: string, ...called: readonly string[]): FlowDocument => ({
  ...flow({
    id,
    nodes: {
      start: node('start'),
      ...Object.fromEntries(called.map((each, index) => [`c${index}`, node('call-subflow', { flow: each })])),
      done: end('ok'),
    },
    connect: ['start', ...called.map((_, index) => `c${index}:done`)].map(
      (from, index) => `${from} -> ${index < called.length ? `c${index}` : 'done'}`,
    ),
    otherwise: 'done',
  }),
  name: `Calls ${called.length}`,
})

export function workspaceOf(
  catalog: Partial<Catalog> = {},
  change: Partial<WorkspaceState> = {},
): WorkspaceState {
  const empty = emptyWorkspace('acme')
  return { ...empty, revision: 1, policy: PRESETS.open, catalog: { ...empty.catalog, ...catalog }, ...change }
}

/** Exports flows, which must succeed. */
export function exported(
  flows: readonly FlowDocument[],
  {
    all = [],
    tenant = 'acme',
    types = nodes,
  }: { all?: readonly FlowDocument[]; tenant?: string; types?: NodeTypes } = {},
) {
  const made = exportBundle(
    { flows, subflows: (id) => all.find((each) => each.id === id) },
    { nodes: types, tenant },
  )
  if (!made.ok) throw new Error(made.reason)
  return made
}

/** Reads a bundle, which must succeed. */
export function read(value: unknown) {
  const result = readBundle(value)
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join('\n'))
  return result.value
}

/** Plans the import of a bundle with `new1`, `new2` … as ids. */
export function plan(value: unknown, target: Partial<ImportTarget> = {}) {
  let count = 0
  return planImport(read(value).bundle, {
    workspace: workspaceOf(),
    nodes,
    ids: { next: () => `new${++count}` },
    names: { name: 'Hello', remark: 'Says hello.' },
    ...target,
  })
}

/** Plans an import that must be possible. */
export function planned(value: unknown, target: Partial<ImportTarget> = {}) {
  const result = plan(value, target)
  if (!result.ok) throw new Error(result.reason)
  return result
}

/** The text of a bundle with each of its flows called after its place. */
export function withoutIds(text: string): string {
  const bundle = JSON.parse(text) as Bundle
  const flows = bundle.flows.map((flow, place) => {
    const places = (flow.references ?? []).map((each) => ({ ...each, value: `#${each.place}` }))
    return { ...flow, document: { ...withValues(flow.document, places), id: `#${place}` } }
  })
  return serialiseBundle({ ...bundle, flows, roots: bundle.roots.map((_, place) => `#${place}`) })
}

/** A bundle as JSON with some parts changed. */
// biome-ignore lint/suspicious/noExplicitAny: tests change parts of every shape
export function changed(bundle: Bundle, change: (copy: any) => void): JsonObject {
  const copy = JSON.parse(JSON.stringify(bundle))
  change(copy)
  return copy
}
