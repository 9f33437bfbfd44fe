import { nearest } from '../base/nearest.ts'
import type { Context } from './context.ts'
import type { Inspection } from './inspection.ts'
import { giveUp } from './refusal.ts'
import type {
  ById,
  CatalogKind,
  FlowEntry,
  FlowState,
  Revision,
  State,
  Version,
  WorkspaceState,
} from './state.ts'
import { labelOf } from './version-number.ts'

/** An item by id; inherited members of objects are none. */
export function itemOf<Item>(items: ById<Item>, id: string): Item | undefined {
  return Object.hasOwn(items, id) ? items[id] : undefined
}

/** The flow that a command names, refused where there is none. */
export function flowOf({ workspace, flow }: State, id: string): { flow: FlowState; entry: FlowEntry } {
  const entry = itemOf(workspace.flows, id)
  if (entry === undefined || flow === undefined || flow.id !== id || flow.deleted === true) {
    giveUp('flow.unknown', { flow: id })
  }
  return { flow, entry }
}

/** The version that a command names, refused where there is none, or where it has been deleted. */
export function versionOf(
  state: State,
  { flow: id, version: versionId }: { readonly flow: string; readonly version: string },
): { flow: FlowState; entry: FlowEntry; version: Version } {
  const { flow, entry } = flowOf(state, id)
  const version = itemOf(flow.versions, versionId)
  if (version === undefined || version.state === 'deleted') {
    giveUp('version.unknown', { flow: id, version: versionId })
  }
  return { flow, entry, version }
}

/** A thing of the catalog, refused where there is none. */
export function catalogItem<Kind extends CatalogKind>(
  { catalog }: WorkspaceState,
  kind: Kind,
  id: string,
): WorkspaceState['catalog'][Kind][string] {
  const items: ById<unknown> = catalog[kind]
  const item = itemOf(items, id)
  if (item === undefined) {
    giveUp('item.unknown', { kind, id, suggestion: nearest(id, Object.keys(items)) })
  }
  return item as WorkspaceState['catalog'][Kind][string]
}

/** Which key of an application is in force, counted from 1. */
export function applicationKey({ applicationKeys }: WorkspaceState, application: string): number {
  return itemOf(applicationKeys, application) ?? 1
}

/** The versions of a flow in the order in which they were made, whatever order a database has brought them back in. */
export function versionsOf({ versions }: FlowState): readonly Version[] {
  return Object.values(versions).sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)))
}

/** What a version says now: what was saved last. */
export function currentRevision({ revisions }: Version): Revision {
  return revisions[revisions.length - 1]!
}

/** How a version is called: its number as the policy shows it, or its state where it has none yet. */
export function nameOfVersion({ number, state, id }: Version, { policy }: WorkspaceState): string {
  if (number !== undefined) return labelOf(number, policy.numbering.labels)
  return `${policy.words[state]} (${id})`
}

/** Label and status of a version, as refusals tell them. */
export function versionDetails(version: Version, workspace: WorkspaceState) {
  return { label: nameOfVersion(version, workspace), status: workspace.policy.words[version.state] }
}

/** The inspection of exactly this content, refused where it was not given. */
export function inspectionOf({ inspection }: Context, contentHash?: string): Inspection {
  if (inspection === undefined) giveUp('inspection.wanted')
  if (contentHash !== undefined && inspection.contentHash !== contentHash) {
    giveUp('inspection.wanted', { inspected: inspection.contentHash, content: contentHash })
  }
  return inspection
}
