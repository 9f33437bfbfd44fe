import type { FlowDocument } from '../../document/flow-document.ts'
import { MAX_BUNDLE_FLOWS } from '../../interchange/bundle/bundle.ts'
import { type ExchangeRefusal, refuseExchange } from '../../interchange/bundle/exchange-refusals.ts'
import { type Exported, exportBundle } from '../../interchange/bundle/export-bundle.ts'
import { referencesIn } from '../../interchange/bundle/flow-references.ts'
import { createRegistry, type NodeTypes } from '../../nodes/registry.ts'
import { currentRevision, itemOf } from '../../releases/lookup.ts'
import { permit } from '../../releases/permit.ts'
import { latestVersion } from '../../releases/reading/find-version.ts'
import { type Refusal, refuse } from '../../releases/refusal.ts'
import type { FlowState } from '../../releases/state.ts'
import { type ExportFlows, readRequest } from './exchange-requests.ts'
import type { Inspector } from './inspector.ts'
import type { WorkspaceStreams } from './workspace-streams.ts'

/** What an export needs of its workspace. */
export interface ExportParts {
  readonly id: string
  readonly nodes: NodeTypes
  readonly streams: WorkspaceStreams
  readonly inspector: Inspector
}

/** Makes a bundle of flows of a workspace. */
export async function exportFlows(
  parts: ExportParts,
  request: ExportFlows,
  asking: { readonly by: string },
): Promise<Exported | ExchangeRefusal | Refusal> {
  const asked = readRequest(request)
  if ('ok' in asked) return asked
  const { streams, nodes, id: tenant } = parts
  const barred = permit(await streams.workspace(), asking?.by, 'view', 'exportBundle')
  if (barred !== undefined) return barred
  // Told before a thousand documents are read.
  if (asked.length > MAX_BUNDLE_FLOWS)
    return refuseExchange('export.tooLarge', { got: `${asked.length} flows` })
  const flows: FlowDocument[] = []
  for (const { flow, version } of asked) {
    const found = await documentOf(parts, flow, version)
    if ('ok' in found) return found
    flows.push(found)
  }
  const called = request.withSubflows === true ? await calledBy(parts, flows) : undefined
  return exportBundle(
    { flows, ...(called === undefined ? {} : { subflows: (id) => called.get(id) }) },
    { nodes, tenant },
  )
}

/** The flows that some flows call, directly or not, by id; those that are missing are left out. */
async function calledBy(
  parts: ExportParts,
  flows: readonly FlowDocument[],
): Promise<ReadonlyMap<string, FlowDocument>> {
  const registry = createRegistry(parts.nodes)
  const found = new Map(flows.map((flow) => [flow.id, flow]))
  // Goes on to those that are added on the way.
  for (const document of found.values()) {
    for (const { flow: id } of referencesIn(document, registry)) {
      if (found.has(id) || found.size > MAX_BUNDLE_FLOWS) continue
      const called = await documentOf(parts, id, undefined)
      if (!('ok' in called)) found.set(id, called)
    }
  }
  return found
}

async function documentOf(
  parts: ExportParts,
  id: string,
  versionId: string | undefined,
): Promise<FlowDocument | Refusal> {
  const { streams, inspector } = parts
  const flow: FlowState | undefined = await streams.flow(id)
  if (flow === undefined || flow.deleted === true) return refuse('flow.unknown', { flow: id })
  const version = versionId === undefined ? latestVersion(flow) : itemOf(flow.versions, versionId)
  if (version === undefined || version.state === 'deleted')
    return refuse('version.unknown', { flow: id, version: versionId ?? 'that is left' })
  return inspector.document(currentRevision(version).contentHash)
}
