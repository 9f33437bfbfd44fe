import { nearest } from '../../base/nearest.ts'
import type { CommandOf } from '../../releases/command.ts'
import type { Context } from '../../releases/context.ts'
import { decide } from '../../releases/decide.ts'
import { isId } from '../../releases/is-id.ts'
import { itemOf } from '../../releases/lookup.ts'
import { parseCommand } from '../../releases/parse-command.ts'
import { type Refusal, refuse } from '../../releases/refusal.ts'
import type { WorkspaceState } from '../../releases/state.ts'

/** Which flows of a workspace go into a bundle. */
export interface ExportFlows {
  /** Each flow once; as it was saved last unless a version is named. */
  readonly flows: readonly { readonly flow: string; readonly version?: string }[]
  /** True to take the flows along that these call, directly or not, as they were saved last. */
  readonly withSubflows?: boolean
}

/** What an import may be told. */
export interface ImportFlows {
  /** Id of the member. */
  readonly by: string
  /** Asked for where the bundle has one root. */
  readonly name?: string
  /** Asked for where the bundle has one root; may be empty. */
  readonly remark?: string
  /** The service that the flows shall live in. */
  readonly service?: string
  /** For each of the flows. */
  readonly labels?: readonly string[]
  /** `placeholder` to let placeholders stand for nodes that are not available here, where the policy allows it. */
  readonly missing?: 'refuse' | 'placeholder'
  /** For the history of each of the flows. */
  readonly comment?: string
}

export type CreateFlow = CommandOf<'createFlow'>

/** The command that creates each of the flows, but for their ids. */
export function readAsking(asking: ImportFlows): CreateFlow | Refusal {
  const { by, service, labels, missing, comment } = asking ?? {}
  if (!isId(by))
    return refuse('command.bad', { fault: 'the id of whoever sends it cannot be that of a member' })
  if (missing !== undefined && missing !== 'refuse' && missing !== 'placeholder')
    return refuse('command.bad', { fault: 'missing is neither refuse nor placeholder' })
  const parsed = parseCommand({
    type: 'createFlow',
    flow: 'imported',
    ...(service === undefined ? {} : { service }),
    ...(labels === undefined ? {} : { labels }),
    ...(comment === undefined ? {} : { comment }),
  })
  return parsed.ok ? (parsed.value as CreateFlow) : parsed.error
}

/** The flows that an export names. */
export function readRequest(request: ExportFlows): ExportFlows['flows'] | Refusal {
  const flows: unknown = request?.flows
  if (!Array.isArray(flows)) return refuse('command.bad', { fault: 'flows is no list' })
  const isNamed = (each: unknown) => {
    const { flow, version } = (each ?? {}) as { readonly flow?: unknown; readonly version?: unknown }
    return isId(flow) && (version === undefined || isId(version))
  }
  if (!flows.every(isNamed)) return refuse('command.bad', { fault: 'flows names something that is no flow' })
  return flows as ExportFlows['flows']
}

/** What keeps somebody from creating flows in a service, whatever stands in them. */
export function mayCreate(
  workspace: WorkspaceState,
  command: CreateFlow,
  head: Context,
): Refusal | undefined {
  const decision = decide({ workspace }, command, head)
  if (!decision.ok && decision.code !== 'inspection.wanted') return decision
  const { service } = command
  if (service === undefined || itemOf(workspace.catalog.service, service) !== undefined) return undefined
  const suggestion = nearest(service, Object.keys(workspace.catalog.service))
  return refuse('item.unknown', { kind: 'service', id: service, suggestion })
}
