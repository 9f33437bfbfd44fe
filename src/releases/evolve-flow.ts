import { isHeld, lockFor } from '../document/editing-lock.ts'
import type { Event, EventOf, Released, SavedContent } from './event.ts'
import { type LifecycleEvent, nextState } from './lifecycle.ts'
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
  if (event.type === 'flowCreated') return createdFlow(event)
  const { remark, ...rest } = flow!
  const before = event.type === 'draftSaved' || remark === undefined ? rest : { ...rest, remark }
  return { ...before, ...changesOf(before, event), revision: before.revision + 1 }
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

function changesOf(flow: FlowState, event: Event): Partial<FlowState> {
  switch (event.type) {
    case 'draftSaved': {
      const { version, revision } = event
      return {
        ...describe(event),
        ...changeVersion(flow, version, (before) => ({
          ...moved(before, 'revise'),
          revisions: [...before.revisions, revisionOf(event, revision, event)],
          // Whoever holds the lock keeps it with every save.
          ...(before.lock !== undefined && isHeld(before.lock, event.at)
            ? { lock: lockFor(event.by, event.at) }
            : {}),
        })),
      }
    }
    case 'branched':
      return afterBranch(flow, event)
    case 'draftRestored':
      return changeVersion(setAside(flow, event.setAside), event.version, (before) =>
        moved(before, 'restore'),
      )
    case 'lockTaken':
      return changeVersion(flow, event.version, (before) => ({
        ...before,
        lock: lockFor(event.by, event.at),
      }))
    case 'lockReleased':
      return changeVersion(flow, event.version, withoutLock)
    case 'commented':
      return changeVersion(flow, event.version, (before) => ({
        ...before,
        comments: [...before.comments, ...commentsOf(event, event.text)],
      }))
    case 'voiceCompiled': {
      const { behaviourHash, errors, warnings, at, by } = event
      return changeVersion(flow, event.version, (before) => ({
        ...before,
        compiled: { behaviourHash, at, by, errors, warnings },
      }))
    }
    case 'flowDeleted':
      return { deleted: true }
    case 'versionDeleted':
      return changeVersion(flow, event.version, (before) => moved(withoutLock(before), 'delete'))
    case 'released':
      return afterRelease(flow, event)
    case 'releaseCancelled':
      return changeVersion(flow, event.version, (before) => moved(commented(before, event), 'cancel'))
    case 'versionRetired':
      return changeVersion(flow, event.version, (before) => moved(commented(before, event), 'retire'))
    default:
      return changesOfApproval(flow, event)
  }
}

function changesOfApproval(flow: FlowState, event: Event): Partial<FlowState> {
  switch (event.type) {
    case 'approvalRequested': {
      const { behaviourHash, at, by } = event
      return changeVersion(flow, event.version, (before) => ({
        ...before,
        approvalRequest: { behaviourHash, at, by },
      }))
    }
    case 'approved': {
      const { behaviourHash, at, by, comment } = event
      const approval = { behaviourHash, at, by, ...(comment === undefined ? {} : { comment }) }
      return changeVersion(flow, event.version, (before) => ({
        ...before,
        approvals: [...before.approvals.filter((each) => each.by !== by), approval],
      }))
    }
    case 'approvalWithdrawn':
      return changeVersion(flow, event.version, (before) => ({
        ...before,
        approvals: before.approvals.filter(({ by }) => by !== event.by),
      }))
    default:
      return {}
  }
}

function afterBranch(flow: FlowState, event: EventOf<'branched'>): Partial<FlowState> {
  const { version, from, number, at, by, comment } = event
  return {
    ...(number === undefined ? {} : { highest: number }),
    count: flow.count + 1,
    versions: {
      ...setAside(flow, event.setAside).versions,
      [version]: {
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
      },
    },
  }
}

function afterRelease(
  flow: FlowState,
  event: Released & { readonly at: number; readonly by: string },
): Partial<FlowState> {
  const { slot, kind, pin, replaces, comment, emergency, at, by } = event
  const { contentHash, behaviourHash, executable, applications, values, number } = pin
  const done: LifecycleEvent =
    kind === 'rollback'
      ? slot === 'gray'
        ? 'rollBackGray'
        : 'rollBackOfficial'
      : slot === 'gray'
        ? 'releaseGray'
        : 'releaseOfficial'
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
      : { ...flow, ...changeVersion(flow, replaces, (old) => moved(old, 'replace')) }
  const highest =
    flow.highest === undefined || compareNumbers(number, flow.highest) > 0 ? number : flow.highest
  return {
    highest,
    ...changeVersion(replaced, pin.version, (before) => ({
      ...moved(withoutLock(before), done),
      number,
      comments: [...before.comments, ...commentsOf(event, comment).map((each) => ({ ...each, slot }))],
      releases: [...before.releases, release],
    })),
  }
}

/** The version in the state that something leads to; `decide` has made sure that it may happen. */
function moved(version: Version, event: LifecycleEvent): Version {
  return { ...version, state: nextState(version.state, event) ?? version.state }
}

function setAside(flow: FlowState, ids: readonly string[]): FlowState {
  const versions = { ...flow.versions }
  for (const id of ids) versions[id] = moved(withoutLock(versions[id]!), 'setAside')
  return { ...flow, versions }
}

function changeVersion(
  { versions }: { readonly versions: ById<Version> },
  id: string,
  change: (version: Version) => Version,
): Pick<FlowState, 'versions'> {
  return { versions: { ...versions, [id]: change(versions[id]!) } }
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
  version: Version,
  event: Pick<Event, 'at' | 'by'> & { readonly comment?: string },
): Version {
  return { ...version, comments: [...version.comments, ...commentsOf(event, event.comment)] }
}

function withoutLock({ lock: _lock, ...version }: Version): Version {
  return version
}
