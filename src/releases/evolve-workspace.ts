import type { Event, EventOf, Released } from './event.ts'
import { COPYING, copyingOnce, type Keeper } from './keeper.ts'
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
      integration: {},
    },
    exceptionFlows: {},
    flows: {},
    lastAccessCode: 0,
    applicationKeys: {},
  }
}

/** The workspace after an event of its stream. */
export function evolveWorkspace(workspace: WorkspaceState, event: Event): WorkspaceState {
  return evolveWith(COPYING, workspace, event)
}

/**
 * The workspace after many events: what `evolveWorkspace` comes to, event by event, in time that grows with the number of
 * events alone. The workspace that was passed stays as it is.
 */
export function replayWorkspace(workspace: WorkspaceState, events: readonly Event[]): WorkspaceState {
  const keeper = copyingOnce()
  return events.reduce((state, event) => evolveWith(keeper, state, event), workspace)
}

function evolveWith(keeper: Keeper, workspace: WorkspaceState, event: Event): WorkspaceState {
  return { ...workspace, ...changesOf(workspace, event, keeper), revision: workspace.revision + 1 }
}

function changesOf(workspace: WorkspaceState, event: Event, keeper: Keeper): Partial<WorkspaceState> {
  const withEntry = (entry: FlowEntry) => ({ flows: keeper.put(workspace.flows, entry.id, entry) })
  const withMember = (member: Member) => ({ members: keeper.put(workspace.members, member.id, member) })
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
      return withMember({ id, ...(name === undefined ? {} : { name }), permissions })
    }
    case 'memberRemoved':
      return { members: keeper.drop(workspace.members, event.member) }
    case 'permissionsGranted':
    case 'permissionsRevoked':
      return withMember(withPermissions(workspace.members[event.member]!, event))
    case 'itemDefined':
      return withItems(workspace, event.kind, (items) =>
        keeper.put<unknown>(items, event.item.id, event.item),
      )
    case 'itemRemoved':
      return withItems(workspace, event.kind, (items) => keeper.drop(items, event.id))
    case 'keyRegenerated':
      return { applicationKeys: keeper.put(workspace.applicationKeys, event.application, event.key) }
    case 'exceptionFlowSet': {
      const { [event.medium]: _earlier, ...others } = workspace.exceptionFlows
      return { exceptionFlows: event.flow === null ? others : { ...others, [event.medium]: event.flow } }
    }
    case 'flowCreated': {
      const { flow: id, service, labels = [] } = event
      return withEntry({ id, labels, ...(service === undefined ? {} : { service }) })
    }
    case 'flowDeleted':
      return { flows: keeper.drop(workspace.flows, event.flow) }
    default: {
      const changed = changedEntry(workspace, event)
      return changed === undefined ? {} : { ...withEntry(changed), ...afterAccessCode(workspace, event) }
    }
  }
}

/** What the workspace knows of one flow, after an event that changes it. */
function changedEntry({ flows }: WorkspaceState, event: Event): FlowEntry | undefined {
  switch (event.type) {
    case 'released':
      return afterRelease(flows[event.flow]!, event)
    case 'releaseCancelled':
      return emptied(flows[event.flow]!, event.slot)
    case 'versionRetired':
      return event.slot === undefined ? undefined : emptied(flows[event.flow]!, event.slot)
    case 'flowPaused':
      return { ...flows[event.flow]!, paused: true }
    case 'flowResumed': {
      const { paused: _paused, ...entry } = flows[event.flow]!
      return entry
    }
    case 'flowPlaced': {
      const { service: _service, ...entry } = flows[event.flow]!
      return event.service === null ? entry : { ...entry, service: event.service }
    }
    case 'flowLabelled':
      return { ...flows[event.flow]!, labels: event.labels }
    case 'distributionSet': {
      const { applications, protect } = event
      return { ...flows[event.flow]!, distribution: { applications, protect } }
    }
    case 'flowShared': {
      const { share: id, password, expiresAt, at, by } = event
      const ends = expiresAt === undefined ? {} : { expiresAt }
      return { ...flows[event.flow]!, share: { id, password, on: true, ...ends, at, by } }
    }
    case 'shareSwitched': {
      const entry = flows[event.flow]!
      return { ...entry, share: { ...entry.share!, on: event.on } }
    }
    default:
      return undefined
  }
}

function afterRelease(entry: FlowEntry, { slot, kind, pin, accessCode }: Released): FlowEntry {
  const filled = slot === 'gray' ? { ...entry, gray: pin as GraySlot } : { ...entry, official: pin }
  // Emptied last: a flow that has been gray alone is live throughout, and stays paused where it was.
  const slots = kind === 'promotion' ? emptied(filled, 'gray') : filled
  return accessCode === undefined ? slots : { ...slots, accessCode }
}

/** Codes that nobody has asked for go on from the highest one. */
function afterAccessCode({ lastAccessCode }: WorkspaceState, event: Event): Partial<WorkspaceState> {
  if (event.type !== 'released' || event.accessCode === undefined) return {}
  return /^[1-9]\d{0,8}$/.test(event.accessCode)
    ? { lastAccessCode: Math.max(lastAccessCode, Number(event.accessCode)) }
    : {}
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

function withItems(
  { catalog }: WorkspaceState,
  kind: keyof Catalog,
  change: (items: ById<unknown>) => ById<unknown>,
): Pick<WorkspaceState, 'catalog'> {
  return { catalog: { ...catalog, [kind]: change(catalog[kind]) } }
}
