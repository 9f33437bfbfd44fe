import type { Event, EventOf, Released } from './event.ts'
import { PRESETS } from './presets/presets.ts'
import {
  type ById,
  type Catalog,
  type FlowEntry,
  type GraySlot,
  type Member,
  type SlotName,
  STATE_SCHEMA,
  type WorkspaceState,
} from './state.ts'

/** A workspace before its first event. */
export function emptyWorkspace(id: string): WorkspaceState {
  return {
    schema: STATE_SCHEMA,
    id,
    revision: 0,
    name: '',
    policy: PRESETS.open,
    members: {},
    catalog: {
      group: {},
      team: {},
      service: {},
      testContact: {},
      segment: {},
      application: {},
      mediaFolder: {},
      grayRule: {},
    },
    exceptionFlows: {},
    flows: {},
    lastAccessCode: 0,
  }
}

/** The workspace after an event of its stream. */
export function evolveWorkspace(workspace: WorkspaceState, event: Event): WorkspaceState {
  return { ...workspace, ...changesOf(workspace, event), revision: workspace.revision + 1 }
}

function changesOf(workspace: WorkspaceState, event: Event): Partial<WorkspaceState> {
  switch (event.type) {
    case 'workspaceCreated':
      return {
        name: event.name,
        policy: event.policy,
        members: {
          [event.by]: { id: event.by, permissions: ['view', 'edit', 'approve', 'publish', 'admin'] },
        },
      }
    case 'policySet':
      return { policy: event.policy }
    case 'memberAdded': {
      const { member: id, name, permissions } = event
      return withMember(workspace, { id, ...(name === undefined ? {} : { name }), permissions })
    }
    case 'memberRemoved':
      return { members: without(workspace.members, event.member) }
    case 'permissionsGranted':
    case 'permissionsRevoked':
      return withMember(workspace, withPermissions(workspace.members[event.member]!, event))
    case 'itemDefined':
      return withItems(workspace, event.kind, {
        ...workspace.catalog[event.kind],
        [event.item.id]: event.item,
      })
    case 'itemRemoved':
      return withItems(workspace, event.kind, without(workspace.catalog[event.kind], event.id))
    case 'exceptionFlowSet': {
      const { [event.medium]: _earlier, ...others } = workspace.exceptionFlows
      return { exceptionFlows: event.flow === null ? others : { ...others, [event.medium]: event.flow } }
    }
    case 'flowCreated': {
      const { flow: id, service, labels = [] } = event
      return withEntry(workspace, { id, labels, ...(service === undefined ? {} : { service }) })
    }
    case 'flowDeleted':
      return { flows: without(workspace.flows, event.flow) }
    default:
      return changesOfEntry(workspace, event)
  }
}

/** Changes of what the workspace knows of one flow. */
function changesOfEntry(workspace: WorkspaceState, event: Event): Partial<WorkspaceState> {
  switch (event.type) {
    case 'released':
      return afterRelease(workspace, event)
    case 'releaseCancelled':
      return withEntry(workspace, emptied(workspace.flows[event.flow]!, event.slot))
    case 'versionRetired':
      return event.slot === undefined
        ? {}
        : withEntry(workspace, emptied(workspace.flows[event.flow]!, event.slot))
    case 'flowPaused':
      return withEntry(workspace, { ...workspace.flows[event.flow]!, paused: true })
    case 'flowResumed': {
      const { paused: _paused, ...entry } = workspace.flows[event.flow]!
      return withEntry(workspace, entry)
    }
    case 'flowPlaced': {
      const { service: _service, ...entry } = workspace.flows[event.flow]!
      return withEntry(workspace, event.service === null ? entry : { ...entry, service: event.service })
    }
    case 'flowLabelled':
      return withEntry(workspace, { ...workspace.flows[event.flow]!, labels: event.labels })
    default:
      return {}
  }
}

function afterRelease(workspace: WorkspaceState, event: Released): Partial<WorkspaceState> {
  const entry = workspace.flows[event.flow]!
  const { accessCode } = event
  const slots =
    event.slot === 'gray'
      ? { ...entry, gray: event.pin as GraySlot }
      : { ...(event.kind === 'promotion' ? emptied(entry, 'gray') : entry), official: event.pin }
  return {
    ...withEntry(workspace, { ...slots, ...(accessCode === undefined ? {} : { accessCode }) }),
    ...(accessCode !== undefined && /^[1-9]\d{0,8}$/.test(accessCode)
      ? { lastAccessCode: Math.max(workspace.lastAccessCode, Number(accessCode)) }
      : {}),
  }
}

/** The entry with a slot empty; a flow without a released version is not paused either. */
export function emptied(entry: FlowEntry, slot: SlotName): FlowEntry {
  const { official, gray, paused, ...idle } = entry
  const kept = slot === 'official' ? gray : official
  if (kept === undefined) return idle
  return {
    ...idle,
    ...(paused === undefined ? {} : { paused }),
    ...(slot === 'official' ? { gray: gray! } : { official: official! }),
  }
}

function withEntry(workspace: WorkspaceState, entry: FlowEntry): Pick<WorkspaceState, 'flows'> {
  return { flows: { ...workspace.flows, [entry.id]: entry } }
}

function withMember(workspace: WorkspaceState, member: Member): Pick<WorkspaceState, 'members'> {
  return { members: { ...workspace.members, [member.id]: member } }
}

function withPermissions(
  member: Member,
  { type, permissions }: EventOf<'permissionsGranted' | 'permissionsRevoked'>,
): Member {
  return {
    ...member,
    permissions:
      type === 'permissionsGranted'
        ? [...new Set([...member.permissions, ...permissions])]
        : member.permissions.filter((each) => !permissions.includes(each)),
  }
}

function withItems<Kind extends keyof Catalog>(
  { catalog }: WorkspaceState,
  kind: Kind,
  items: ById<unknown>,
): Pick<WorkspaceState, 'catalog'> {
  return { catalog: { ...catalog, [kind]: items } }
}

function without<Item>(items: ById<Item>, id: string): ById<Item> {
  const { [id]: _gone, ...rest } = items
  return rest
}
