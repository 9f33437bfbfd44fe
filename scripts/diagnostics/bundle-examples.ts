import type { Json, JsonObject } from '../../src/base/json.ts'
import type { Diagnostic } from '../../src/diagnostics/index.ts'
import { exportBundle, planImport, readBundle } from '../../src/interchange/index.ts'
import { palette } from '../../src/palette/index.ts'
import { exampleFlow, type FlowExample } from './example-flow.ts'
import { exampleWorkspace } from './example-workspace.ts'

/** What is different in a bundle of the flow of the examples. */
export interface BundleExample {
  /** What the flow has beside or instead of its own. */
  readonly flow?: FlowExample
  /** Members of the bundle that are changed after the export. */
  readonly members?: JsonObject
  /** The same for the document in it. */
  readonly document?: JsonObject
  /** The whole text, where it is no bundle. */
  readonly text?: string
}

/** For each code that an import can give, a bundle that has this wrong. */
export const BUNDLE_EXAMPLES: { readonly [code: string]: BundleExample } = {
  'bundle.notJson': { text: '{ "format": "sluice-bundle", "schema":' },
  'bundle.json': { members: { nodeTypes: { prototype: '^1.0.0' } } },
  'bundle.notABundle': { text: '{ "format": "zip" }' },
  'bundle.noSchema': { members: { schema: 'one' } },
  'bundle.newerSchema': { members: { schema: 99 } },
  'bundle.unknownMember': { members: { lang: ['en'] } },
  'bundle.shape': { members: { prompts: 'welcome' } },
  'bundle.repeated': { members: { flows: 'twice' } },
  'bundle.noRoot': { members: { roots: ['exmaple'] } },
  'bundle.range': { members: { nodeTypes: { 'start@1': 'newest' } } },
  'bundle.reference': {
    members: { references: [{ node: 'hello', path: ['prompt'], place: 0 }] },
  },
  'bundle.hash': { document: { medium: 'voice' } },
  'bundle.bidi': { document: { name: 'Invoice \u202egpj.exe' } },
  'bundle.noteScript': { document: { notes: [{ id: 'note', text: '<script>alert(1)</script>' }] } },
  'bundle.noteLink': { document: { notes: [{ id: 'note', text: '[Read this](javascript:alert(1))' }] } },
  'bundle.flowMissing': {
    flow: {
      nodes: [{ id: 'hello', type: 'call-subflow@1', config: { flow: 'billing' } }],
      connectors: [{ id: 'hello:done', from: { node: 'hello', outcome: 'done' }, to: 'done' }],
      without: ['hello:next'],
    },
  },
  'bundle.segmentMissing': {
    flow: { nodes: [{ id: 'start', type: 'start@1', config: { trigger: 'segment', segment: 'vip' } }] },
  },
  'bundle.mediaFolderMissing': { flow: { settings: { mediaFolder: 'announcements' } } },
}

/** What is found while the bundle of an example is read, and while its import into an empty workspace is planned. */
export function findingsInBundle({
  text,
  flow = {},
  members = {},
  document = {},
}: BundleExample): readonly Diagnostic[] {
  const read = readBundle(text ?? bundleOf(flow, members, document))
  if (!read.ok) return read.error
  const plan = planImport(read.value.bundle, {
    workspace: exampleWorkspace({}),
    nodes: palette,
    ids: { next: () => 'imported' },
    names: { name: 'Example', remark: '' },
  })
  return [...read.value.warnings, ...(plan.ok ? plan.warnings : [])]
}

/** The part of a bundle that an example shows. */
export function shownOf({ flow, members, document }: BundleExample): Json {
  if (flow !== undefined) {
    const { settings, nodes, connectors } = flow
    return JSON.parse(JSON.stringify({ settings, nodes, connectors })) as Json
  }
  if (members?.flows === 'twice')
    return { flows: [{ document: { id: 'example' } }, { document: { id: 'example' } }] }
  return { ...members, ...document }
}

function bundleOf(example: FlowExample, members: JsonObject, changes: JsonObject): Json {
  const exported = exportBundle({ flows: [exampleFlow(example)] }, { nodes: palette, tenant: 'example' })
  if (!exported.ok) throw new Error(exported.reason)
  const bundle = JSON.parse(exported.text) as JsonObject & { readonly flows: readonly JsonObject[] }
  const [flow] = bundle.flows
  const { references, ...rest } = members
  const changed = {
    ...flow,
    document: { ...(flow!.document as JsonObject), ...changes },
    ...(references === undefined ? {} : { references }),
  }
  const flows = members.flows === 'twice' ? [changed, changed] : [changed]
  return { ...bundle, ...rest, flows }
}
