import type { FlowDocument } from '../../document/flow-document.ts'
import type { NodeRegistry } from '../../nodes/registry.ts'
import { itemOf } from '../../releases/lookup.ts'
import type { Service, WorkspaceState } from '../../releases/state.ts'
import type { BundledIntegrations } from './bundle.ts'

/**
 * Why a node cannot come along: its type is not here, it belongs to an integration of another tenant, to one of a tenant
 * that the bundle does not tell, or to one that the service does not have.
 */
export type Absence = 'notSupported' | 'otherTenant' | 'unknownTenant' | 'notAvailable'

/** Where flows would come to. */
export interface Place {
  readonly workspace: WorkspaceState
  readonly registry: NodeRegistry
  /** The service that they would live in; in the workspace itself unless given. */
  readonly service?: string | undefined
}

/** Stands in drafts for what an import could not bring along; always welcome. */
export const PLACEHOLDER = 'placeholder@1'

/** What keeps nodes of a type away from a place (IO-2); `undefined` where they are available there. */
export function absenceOf(
  pin: string,
  integrations: BundledIntegrations | undefined,
  place: Place,
): Absence | undefined {
  if (pin === PLACEHOLDER) return undefined
  const type = place.registry.get(pin)
  const isCustom = integrations !== undefined && Object.hasOwn(integrations.pins, pin)
  if (type === undefined) return 'notSupported'
  if (isCustom && integrations.tenant !== place.workspace.id) return 'otherTenant'
  if (type.integration === undefined) return undefined
  // What belongs to an integration here, and does not say where it comes from, may come from another tenant.
  if (!isCustom) return 'unknownTenant'
  return isAvailable(type.integration, place) ? undefined : 'notAvailable'
}

/** Whether the integration can be used in the service: each scope that it has must hold. */
function isAvailable(id: string, { workspace: { catalog }, service: serviceId }: Place): boolean {
  const integration = itemOf(catalog.integration, id)
  if (integration === undefined) return false
  const service = serviceId === undefined ? undefined : itemOf(catalog.service, serviceId)
  const { group, team } = integration
  return (
    (group === undefined || (service !== undefined && isInGroup(service, group, catalog))) &&
    (team === undefined || service?.team === team) &&
    (integration.service === undefined || service?.id === integration.service)
  )
}

/** A service is in a group by itself, or with its team. */
function isInGroup({ group, team }: Service, wanted: string, catalog: WorkspaceState['catalog']): boolean {
  return group === wanted || (team !== undefined && itemOf(catalog.team, team)?.group === wanted)
}

/** A node that cannot come along. */
export interface AbsentNode {
  /** Id of the flow in the bundle. */
  readonly flow: string
  readonly id: string
  readonly type: string
  readonly label?: string
  readonly why: Absence
}

/** Every node of a flow that cannot come to a place. */
export function absentNodes(
  document: FlowDocument,
  integrations: BundledIntegrations | undefined,
  place: Place,
): readonly AbsentNode[] {
  return document.nodes.flatMap(({ id, type, label }): AbsentNode[] => {
    const why = absenceOf(type, integrations, place)
    if (why === undefined) return []
    return [{ flow: document.id, id, type, ...(label === undefined ? {} : { label }), why }]
  })
}
