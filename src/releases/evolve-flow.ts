import { isHeld, lockFor } from '../document/editing-lock.ts'
import type { Event, EventOf, Released, SavedContent } from './event.ts'
import { COPYING, copyingOnce, type Keeper } from './keeper.ts'
import { type LifecycleEvent, nextState, releaseEvent } from './lifecycle.ts'
import {
  type ById,
  type FlowState,
  STATE_SCHEMA,
  type Version,
  type VersionComment,
  type VersionRelease,
} from './state.ts'
import { compareNumbers } from './version-number.ts'

/** The flow after an event of its stream; the first one creates it. */
export function evolveFlow(flow: FlowState | undefined, event: Event): FlowState {
  return evolveWith(COPYING, flow, event)
}

/**
 * The flow after many events: what `evolveFlow` comes to, event by event, in time that grows with the number of events
 * alone. The flow that was passed stays as it is.
 */
export function replayFlow(flow: FlowState | undefined, events: readonly Event[]): FlowState | undefined {
  const keeper = copyingOnce()
  return events.reduce<FlowState | undefined>((state, event) => evolveWith(keeper, state, event), flow)
}

function evolveWith(keeper: Keeper, flow: FlowState | undefined, event: Event): FlowState {
  if (event.type === 'flowCreated') return createdFlow(event)
  const { remark, ...rest } = flow!
  const before = event.type === 'draftSaved' || remark === undefined ? rest : { ...rest, remark }
  return { ...before, ...changesOf(before, event, keeper), revision: before.revision + 1 }
}

function createdFlow(event: EventOf<'flowCreated'>): FlowState {
  const { flow: id, version, number, comment, at, by } = event
  return {
    schema: STATE_SCHEMA,
    id,
    revision: 1,
    ...describe(event),
    createdAt: at,
    createdBy: by,
    ...(number === undefined ? {} : { highest: number }),
    count: 1,
    versions: {
      [version]: {
        id: version,
        ...(number === undefined ? {} : { number }),
        state: 'new',
        createdAt: at,
        createdBy: by,
        revisions: [revisionOf(event, 1, event)],
        comments: commentsOf(event, comment),
        approvals: [],
        releases: [],
      },
    },
  }
}

function changesOf(flow: FlowState, event: Event, keeper: Keeper): Partial<FlowState> {
  const change = (id: string, to: (version: Version) => Version) => changeVersion(keeper, flow, id, to)
  switch (event.type) {
    case 'draftSaved': {
      const { version, revision } = event
      return {
        ...describe(event),
        ...change(version, (before) => ({
          ...moved(before, 'revise'),
          revisions: keeper.push(before.revisions, revisionOf(event, revision, event)),
          // Whoever holds the lock keeps it with every save.
          ...(before.lock !== undefined && isHeld(before.lock, event.at)
            ? { lock: lockFor(event.by, event.at) }
            : {}),
        })),
      }
    }
    case 'branched':
      return afterBranch(flow, event, keeper)
    case 'draftRestored':
      return changeVersion(keeper, setAside(keeper, flow, event.setAside), event.version, (before) =>
        moved(before, 'restore'),
      )
    case 'lockTaken':
      return change(event.version, (before) => ({
        ...before,
        lock: lockFor(event.by, event.at),
      }))
    case 'lockReleased':
      return change(event.version, withoutLock)
    case 'commented':
      return change(event.version, (before) => ({
        ...before,
        comments: keeper.push(before.comments, ...commentsOf(event, event.text)),
      }))
    case 'voiceCompiled': {
      const { behaviourHash, errors, warnings, at, by } = event
      return change(event.version, (before) => ({
        ...before,
        compiled: { behaviourHash, at, by, errors, warnings },
      }))
    }
    case 'flowDeleted':
      return { deleted: true }
    case 'versionDeleted':
      return change(event.version, (before) => moved(withoutLock(before), 'delete'))
    case 'released':
      return afterRelease(flow, event, keeper)
    case 'releaseCancelled':
      return change(event.version, (before) => moved(commented(keeper, before, event), 'cancel'))
    case 'versionRetired':
      return change(event.version, (before) => moved(withoutLock(commented(keeper, before, event)), 'retire'))
    default:
      return changesOfApproval(event, change)
  }
}

function changesOfApproval(
  event: Event,
  change: (id: string, to: (version: Version) => Version) => Partial<FlowState>,
): Partial<FlowState> {
  switch (event.type) {
    case 'approvalRequested': {
      const { behaviourHash, at, by } = event
      return change(event.version, (before) => ({
        ...before,
        approvalRequest: { behaviourHash, at, by },
      }))
    }
    case 'approved': {
      const { behaviourHash, at, by, comment } = event
      const approval = { behaviourHash, at, by, ...(comment === undefined ? {} : { comment }) }
      return change(event.version, (before) => ({
        ...before,
        approvals: [...before.approvals.filter((each) => each.by !== by), approval],
      }))
    }
    case 'approvalWithdrawn':
      return change(event.version, (before) => ({
        ...before,
        approvals: before.approvals.filter(({ by }) => by !== event.by),
      }))
    default:
      return {}
  }
}

function afterBranch(flow: FlowState, event: EventOf<'branched'>, keeper: Keeper): Partial<FlowState> {
  const { version, from, number, at, by, comment } = event
  return {
    ...(number === undefined ? {} : { highest: number }),
    count: flow.count + 1,
    versions: keeper.put(setAside(keeper, flow, event.setAside).versions, version, {
      id: version,
      ...(number === undefined ? {} : { number }),
      parent: from,
      state: 'new',
      createdAt: at,
      createdBy: by,
      revisions: [revisionOf(event, 1, event)],
      comments: commentsOf(event, comment),
      approvals: [],
      releases: [],
    }),
  }
}

function afterRelease(
  flow: FlowState,
  event: Released & { readonly at: number; readonly by: string },
  keeper: Keeper,
): Partial<FlowState> {
  const { slot, kind, pin, replaces, comment, emergency, at, by } = event
  const { contentHash, behaviourHash, executable, applications, values, number } = pin
  const release: VersionRelease = {
    slot,
    at,
    by,
    contentHash,
    behaviourHash,
    executable,
    applications,
    values,
    ...(emergency === undefined ? {} : { emergency }),
  }
  const replaced =
    replaces === undefined
      ? flow
      : { ...flow, ...changeVersion(keeper, flow, replaces, (old) => replacedAt(old, flow.revision + 1)) }
  const highest =
    flow.highest === undefined || compareNumbers(number, flow.highest) > 0 ? number : flow.highest
  return {
    highest,
    ...changeVersion(keeper, replaced, pin.version, (before) => ({
      ...moved(withoutLock(before), releaseEvent(kind, slot)),
      number,
      comments: keeper.push(
        before.comments,
        ...commentsOf(event, comment).map((each) => ({ ...each, slot })),
      ),
      releases: keeper.push(before.releases, release),
    })),
  }
}

/** The version in the state that something leads to; `decide` has made sure that it may happen. */
function moved(version: Version, event: LifecycleEvent): Version {
  return { ...version, state: nextState(version.state, event) ?? version.state }
}

/** The version after another one took its place, which its last release remembers. */
function replacedAt(version: Version, revision: number): Version {
  const { releases } = version
  const last = releases.slice(-1).map((release) => ({ ...release, replaced: revision }))
  return { ...moved(version, 'replace'), releases: [...releases.slice(0, -1), ...last] }
}

function setAside(keeper: Keeper, flow: FlowState, ids: readonly string[]): FlowState {
  let { versions } = flow
  for (const id of ids) versions = keeper.put(versions, id, moved(withoutLock(versions[id]!), 'setAside'))
  return { ...flow, versions }
}

function changeVersion(
  keeper: Keeper,
  { versions }: { readonly versions: ById<Version> },
  id: string,
  change: (version: Version) => Version,
): Pick<FlowState, 'versions'> {
  return { versions: keeper.put(versions, id, change(versions[id]!)) }
}

/** What a flow says of itself; an earlier remark goes where there is none now. */
function describe({ name, remark, role, medium, audience }: SavedContent) {
  return { name, ...(remark === undefined ? {} : { remark }), role, medium, audience }
}

function revisionOf(
  { contentHash, behaviourHash }: Pick<SavedContent, 'contentHash' | 'behaviourHash'>,
  revision: number,
  { at, by }: Pick<Event, 'at' | 'by'>,
) {
  return { revision, contentHash, behaviourHash, at, by }
}

function commentsOf({ at, by }: Pick<Event, 'at' | 'by'>, text: string | undefined): VersionComment[] {
  return text === undefined ? [] : [{ at, by, text }]
}

function commented(
  keeper: Keeper,
  version: Version,
  event: Pick<Event, 'at' | 'by'> & { readonly comment?: string },
): Version {
  return { ...version, comments: keeper.push(version.comments, ...commentsOf(event, event.comment)) }
}

function withoutLock({ lock: _lock, ...version }: Version): Version {
  return version
}
