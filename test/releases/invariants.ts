import { expect } from 'vitest'
import {
  type Event,
  type FlowEntry,
  type FlowState,
  type Inspection,
  labelOf,
  type Policy,
  type Released,
  type Slot,
  type WorkspaceState,
} from '../../src/releases/index.ts'
import type { Desk } from './desk.ts'

/** What holds after every command, whatever the policy. Written down once more, apart from the code that keeps it. */
export function checkInvariants(desk: Desk): void {
  const { workspace, flows } = desk
  for (const entry of Object.values(workspace.flows)) {
    const flow = flows.get(entry.id)!
    slotsAgreeWithStates(entry, flow)
    labelsAreUnique(flow, workspace.policy)
    if (entry.official !== undefined) holdsWhatItNames(workspace, entry.official, flow, true)
    if (entry.gray !== undefined) holdsWhatItNames(workspace, entry.gray, flow, false)
    if (entry.gray !== undefined) expect(workspace.catalog.grayRule).toHaveProperty(entry.gray.rule)
    if (entry.official === undefined && entry.gray === undefined) expect(entry.paused).toBeUndefined()
  }
  for (const named of Object.values(workspace.exceptionFlows)) expect(workspace.flows).toHaveProperty(named)
  for (const id of workspace.policy.approvals.approvers ?? []) {
    expect(workspace.members[id]?.permissions).toContain('approve')
  }
  expect(Object.values(workspace.members).some(({ permissions }) => permissions.includes('admin'))).toBe(true)
  const codes = Object.values(workspace.flows).flatMap(({ accessCode }) => accessCode ?? [])
  expect(new Set(codes).size).toBe(codes.length)
  if (workspace.policy.release.needsExceptionFlow) everyReleaseIsCovered(workspace)
  const shares = Object.values(workspace.flows).flatMap(({ share }) => share?.id ?? [])
  expect(new Set(shares).size).toBe(shares.length)
  for (const { distribution } of Object.values(workspace.flows))
    for (const id of distribution?.applications ?? [])
      expect(workspace.catalog.application).toHaveProperty(id)
  if (!workspace.policy.release.gray) {
    expect(Object.values(workspace.flows).filter(({ gray }) => gray !== undefined)).toEqual([])
  }
}

/** At most one version a slot: exactly the one that the slot names. */
function slotsAgreeWithStates({ official, gray }: FlowEntry, flow: FlowState): void {
  const inState = (wanted: string) =>
    Object.values(flow.versions)
      .filter(({ state }) => state === wanted)
      .map(({ id }) => id)
  expect(inState('official')).toEqual(official === undefined ? [] : [official.version])
  expect(inState('gray')).toEqual(gray === undefined ? [] : [gray.version])
}

function labelsAreUnique({ versions }: FlowState, { numbering }: Policy): void {
  const labels = Object.values(versions).flatMap(({ number }) =>
    number === undefined ? [] : [labelOf(number, numbering.labels)],
  )
  expect(new Set(labels).size).toBe(labels.length)
}

/** What a released version refers to is there, and its content is what was released. */
function holdsWhatItNames(workspace: WorkspaceState, slot: Slot, flow: FlowState, isOfficial: boolean): void {
  const { catalog, flows } = workspace
  const version = flow.versions[slot.version]!
  expect(version.revisions.at(-1)).toMatchObject({
    contentHash: slot.contentHash,
    behaviourHash: slot.behaviourHash,
  })
  expect(version.releases.at(-1)).toMatchObject({
    contentHash: slot.contentHash,
    executable: slot.executable,
  })
  for (const id of slot.references) {
    expect(flows).toHaveProperty(id)
    expect(isOfficial ? flows[id]!.official : (flows[id]!.official ?? flows[id]!.gray)).toBeDefined()
  }
  for (const [channel, id] of Object.entries(slot.applications)) {
    expect(catalog.application[id]).toMatchObject({ channel })
  }
  if (slot.trigger?.segment !== undefined) expect(catalog.segment).toHaveProperty(slot.trigger.segment)
  if (slot.mediaFolder !== undefined) expect(catalog.mediaFolder).toHaveProperty(slot.mediaFolder)
}

function everyReleaseIsCovered({ flows, exceptionFlows }: WorkspaceState): void {
  for (const { official, gray } of Object.values(flows)) {
    for (const slot of [official, gray]) {
      if (slot === undefined || slot.role === 'exception') continue
      const named =
        slot.medium === 'any'
          ? (exceptionFlows.any ?? exceptionFlows.voice ?? exceptionFlows.messaging)
          : (exceptionFlows[slot.medium] ?? exceptionFlows.any)
      const cover = flows[named ?? '']
      expect(cover?.paused).toBeUndefined()
      expect(slot === official ? cover?.official : (cover?.official ?? cover?.gray)).toBeDefined()
    }
  }
}

/** A release that happened was one that should have: its gates, judged by other code. */
export function checkRelease(
  { workspace, flow }: { readonly workspace: WorkspaceState; readonly flow: FlowState },
  event: Released & Event,
  inspection: Inspection,
): void {
  const { policy, catalog, members } = workspace
  const version = flow.versions[event.pin.version]!
  const { diagnostics, channels, asked, role, trigger, medium } = inspection
  const of = (severity: string) => diagnostics.filter((each) => each.severity === severity)
  expect(of('error')).toEqual([])
  if (policy.release.warningsBlock) expect(of('warning')).toEqual([])
  if (role === 'main') expect(trigger).toBeDefined()
  expect(Object.keys(event.pin.applications).sort()).toEqual([...channels].sort())
  for (const { name, required } of asked) if (required) expect(event.pin.values[name] ?? null).not.toBeNull()
  if (event.slot === 'gray')
    expect(catalog.grayRule).toHaveProperty((event.pin as { rule?: string }).rule ?? '')
  if (policy.release.compileVoice && medium === 'voice') {
    expect(version.compiled).toMatchObject({ behaviourHash: inspection.behaviourHash, errors: 0 })
  }
  expect(members[event.by]?.permissions).toContain('publish')
  const counted = version.approvals.filter(
    (each) =>
      each.behaviourHash === inspection.behaviourHash && members[each.by]?.permissions.includes('approve'),
  )
  const enough =
    policy.approvals.required === 0 ||
    (counted.length >= policy.approvals.required &&
      (policy.approvals.approvers ?? []).every((id) => counted.some(({ by }) => by === id)))
  if (!enough) {
    expect(policy.approvals.emergency).toBe(true)
    expect(event.emergency).toBeDefined()
  }
  const from =
    event.kind === 'rollback' ? ['retired'] : event.kind === 'promotion' ? ['gray'] : ['new', 'unreleased']
  expect(from).toContain(version.state)
}
