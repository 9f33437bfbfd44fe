import { SluiceError } from '../../base/sluice-error.ts'
import type { Audience, FlowRole, Medium } from '../../document/flow-document.ts'
import type { LifecycleState } from '../lifecycle.ts'
import { currentRevision, itemOf } from '../lookup.ts'
import type { FlowEntry, FlowState, WorkspaceState } from '../state.ts'
import { labelOfVersion, latestVersion } from './find-version.ts'
import { nameFilter } from './fold-name.ts'
import { type Page, type PageQuery, pageOf } from './pages.ts'
import { type FlowStatus, flowStatus, statusOf } from './status.ts'

/**
 * Where a flow stands: with a version in that slot, with one in any (`live`), live and paused, or with nothing released
 * (`draft`). The first three count paused flows.
 */
export type StatusFilter = 'official' | 'gray' | 'live' | 'paused' | 'draft'

/** Which flows, and how. What is left out filters nothing. */
export interface FlowQuery extends PageQuery {
  /** A part of the name; case and accents do not count. */
  readonly text?: string
  readonly status?: StatusFilter
  readonly role?: FlowRole
  readonly medium?: Medium
  readonly audience?: Audience
  readonly label?: string
  /** Id of a service; `null` for flows that live in none. */
  readonly service?: string | null
  /** By name, from A on, unless given; `updated` has the flow first that was saved last. */
  readonly sort?: 'name' | 'updated'
}

/** A flow as lists show it. */
export interface FlowRow extends FlowStatus {
  /** Its id. */
  readonly flow: string
  readonly name: string
  readonly remark?: string
  readonly role: FlowRole
  readonly medium: Medium
  readonly audience: Audience
  readonly labels: readonly string[]
  /** Id of the service that it lives in. */
  readonly service?: string
  readonly accessCode?: string
  /** The version that opens by default; `lineage` has the others. */
  readonly latest?: LatestVersion
  /** Versions that have not been deleted. */
  readonly versions: number
  /** When something of it was saved last, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly updatedAt: number
}

export interface LatestVersion {
  readonly id: string
  /** Absent on a draft that has no number yet. */
  readonly label?: string
  readonly state: LifecycleState
  readonly word: string
  /** When it was saved last, and by whom. */
  readonly at: number
  readonly by: string
}

/**
 * Lists the flows of a workspace, one page at a time (DOC-14). Flows that have been deleted, or that the workspace does not
 * know, are left out. Takes time in proportion to the flows and their versions.
 *
 * @example
 * const { items, next } = listFlows(workspace, flows, { text: 'hours', status: 'live', limit: 20 })
 * @throws SluiceError `list.badPage` where `after` is no `next` of such a list, `limit` no whole number from 1 on, or `sort` no
 * order; `list.badStatus` where there is no such status.
 */
export function listFlows(
  workspace: WorkspaceState,
  flows: Iterable<FlowState>,
  query: FlowQuery = {},
): Page<FlowRow> {
  const named = nameFilter(query.text)
  const found: { readonly flow: FlowState; readonly entry: FlowEntry }[] = []
  for (const flow of flows) {
    const entry = itemOf(workspace.flows, flow.id)
    if (entry === undefined || flow.deleted === true) continue
    if (isAsked(flow, entry, query) && named(flow.name)) found.push({ flow, entry })
  }
  const page = pageOf(
    found.map((item) => ({
      ...item,
      id: item.flow.id,
      name: item.flow.name,
      updatedAt: updatedAt(item.flow),
    })),
    query.sort ?? 'name',
    query,
  )
  return { ...page, items: page.items.map(({ flow, entry }) => rowOf(workspace, flow, entry)) }
}

function isAsked(flow: FlowState, entry: FlowEntry, query: FlowQuery): boolean {
  const { role, medium, audience, label, service, status } = query
  return (
    (role === undefined || flow.role === role) &&
    (medium === undefined || flow.medium === medium) &&
    (audience === undefined || flow.audience === audience) &&
    (label === undefined || entry.labels.includes(label)) &&
    (service === undefined || (entry.service ?? null) === service) &&
    (status === undefined || standsAs(entry, status))
  )
}

function standsAs({ official, gray, paused }: FlowEntry, status: StatusFilter): boolean {
  const isLive = official !== undefined || gray !== undefined
  switch (status) {
    case 'official':
      return official !== undefined
    case 'gray':
      return gray !== undefined
    case 'live':
      return isLive
    case 'paused':
      return isLive && paused === true
    case 'draft':
      return !isLive
    default:
      throw new SluiceError({
        code: 'list.badStatus',
        problem: `Flows cannot be filtered by the status ${JSON.stringify(status)}`,
        next: 'Use official, gray, live, paused or draft',
      })
  }
}

function rowOf(workspace: WorkspaceState, flow: FlowState, entry: FlowEntry): FlowRow {
  const { id, name, remark, role, medium, audience, versions } = flow
  const { labels, service, accessCode } = entry
  const latest = latestOf(workspace, flow, entry)
  return {
    flow: id,
    name,
    ...(remark === undefined ? {} : { remark }),
    role,
    medium,
    audience,
    labels,
    ...(service === undefined ? {} : { service }),
    ...(accessCode === undefined ? {} : { accessCode }),
    ...flowStatus(entry, flow, workspace.policy),
    ...(latest === undefined ? {} : { latest }),
    versions: Object.values(versions).filter(({ state }) => state !== 'deleted').length,
    updatedAt: updatedAt(flow),
  }
}

function latestOf({ policy }: WorkspaceState, flow: FlowState, entry: FlowEntry): LatestVersion | undefined {
  const version = latestVersion(flow)
  if (version === undefined) return undefined
  const label = labelOfVersion(version, policy)
  const { at, by } = currentRevision(version)
  return {
    id: version.id,
    ...(label === undefined ? {} : { label }),
    state: version.state,
    word: statusOf(version, policy, entry),
    at,
    by,
  }
}

function updatedAt({ createdAt, versions }: FlowState): number {
  return Object.values(versions).reduce(
    (latest, version) => Math.max(latest, currentRevision(version).at),
    createdAt,
  )
}
