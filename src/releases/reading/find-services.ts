import { itemOf } from '../lookup.ts'
import type { FlowState, Service, WorkspaceState } from '../state.ts'
import { compareTexts, foldName, nameFilter } from './fold-name.ts'

/** Which services. What is left out filters nothing. */
export interface ServiceQuery {
  /** A part of the name; case and accents do not count. */
  readonly text?: string
  /** Id of a group: services in it, and in the teams of it. */
  readonly group?: string
  /** Id of a team. */
  readonly team?: string
}

/** A service with the flows that live in it. */
export interface FoundService {
  readonly service: Service
  /** Id of the group that it lives in: its own, or that of its team. */
  readonly group?: string
  /** By name. */
  readonly flows: readonly { readonly flow: string; readonly name: string }[]
}

/**
 * Finds services by a part of their name, or by where they live (DOC-16), sorted by name. Takes time in proportion to the
 * services and the flows.
 *
 * @example
 * const [sales] = findServices(workspace, flows, { text: 'sales', group: 'europe' })
 */
export function findServices(
  workspace: WorkspaceState,
  flows: Iterable<FlowState>,
  { text, group, team }: ServiceQuery = {},
): readonly FoundService[] {
  const isNamed = nameFilter(text)
  const flowsOf = flowsByService(workspace, flows)
  return byName(Object.values(workspace.catalog.service))
    .map((service) => {
      const home = groupOf(workspace, service)
      return {
        service,
        ...(home === undefined ? {} : { group: home }),
        flows: byName(flowsOf.get(service.id) ?? []).map(({ id, name }) => ({ flow: id, name })),
      }
    })
    .filter(
      (found) =>
        isNamed(found.service.name) &&
        (group === undefined || found.group === group) &&
        (team === undefined || found.service.team === team),
    )
}

function groupOf({ catalog }: WorkspaceState, { group, team }: Service): string | undefined {
  return group ?? (team === undefined ? undefined : itemOf(catalog.team, team)?.group)
}

function flowsByService(
  workspace: WorkspaceState,
  flows: Iterable<FlowState>,
): ReadonlyMap<string, readonly FlowState[]> {
  const found = new Map<string, FlowState[]>()
  for (const flow of flows) {
    const service = itemOf(workspace.flows, flow.id)?.service
    if (service === undefined || flow.deleted === true) continue
    const others = found.get(service)
    if (others === undefined) found.set(service, [flow])
    else others.push(flow)
  }
  return found
}

function byName<Item extends { readonly id: string; readonly name: string }>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, name: foldName(item.name) }))
    .sort((a, b) => compareTexts(a.name, b.name) || compareTexts(a.item.id, b.item.id))
    .map(({ item }) => item)
}
