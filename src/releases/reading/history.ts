import type { LifecycleState } from '../lifecycle.ts'
import { currentRevision, itemOf, versionsOf } from '../lookup.ts'
import type { Policy } from '../policy.ts'
import type {
  Approval,
  FlowEntry,
  FlowState,
  Revision,
  Version,
  VersionComment,
  VersionRelease,
} from '../state.ts'
import { labelOfVersion } from './find-version.ts'
import { statusOf } from './status.ts'

/** A release as the history shows it: without its values, some of which may be secret. */
export type HistoryRelease = Omit<VersionRelease, 'applications' | 'values'>

/** A version as the history of its flow shows it. */
export interface HistoryEntry {
  /** Its id. */
  readonly version: string
  /** Absent on a draft that has no number yet. */
  readonly label?: string
  readonly state: LifecycleState
  /** What the workspace calls that state. */
  readonly word: string
  /** Who made it, and when: milliseconds since 1970-01-01T00:00:00Z. */
  readonly by: string
  readonly at: number
  /** What it says now, and who saved that when. */
  readonly current: Revision
  /** Names the document that it says now. */
  readonly contentHash: string
  /** The version that it was branched from. */
  readonly parent?: { readonly version: string; readonly label?: string }
  /** The oldest first; `slot` is there where one was left with a release (REL-10). */
  readonly comments: readonly VersionComment[]
  /** Each time that it went into a slot, the oldest first. */
  readonly releases: readonly HistoryRelease[]
  /** Those that hold for what it does now. */
  readonly approvals: readonly Approval[]
}

/**
 * The versions of a flow, the newest first, deleted ones included (VER-6). Each can be opened: `current.contentHash`
 * names its document in the store. With the entry of the flow, a released version reads paused where it is.
 *
 * @example
 * for (const { label, word, by } of historyOf(flow, workspace.policy)) console.log(label, word, by)
 */
export function historyOf(flow: FlowState, policy: Policy, entry?: FlowEntry): readonly HistoryEntry[] {
  return [...versionsOf(flow)].reverse().map((version) => entryOf(version, flow, policy, entry))
}

function entryOf(version: Version, flow: FlowState, policy: Policy, entry?: FlowEntry): HistoryEntry {
  const current = currentRevision(version)
  const { id, state, createdBy, createdAt, comments, releases } = version
  const parent = version.parent === undefined ? undefined : itemOf(flow.versions, version.parent)
  return {
    version: id,
    ...labelled(version, policy),
    state,
    word: statusOf(version, policy, entry),
    by: createdBy,
    at: createdAt,
    current,
    contentHash: current.contentHash,
    ...(parent === undefined ? {} : { parent: { version: parent.id, ...labelled(parent, policy) } }),
    comments,
    releases: releases.map(withoutAnswers),
    approvals: version.approvals.filter(({ behaviourHash }) => behaviourHash === current.behaviourHash),
  }
}

function withoutAnswers({
  applications: _apps,
  values: _values,
  ...release
}: VersionRelease): HistoryRelease {
  return release
}

function labelled(version: Version, policy: Policy): { readonly label?: string } {
  const label = labelOfVersion(version, policy)
  return label === undefined ? {} : { label }
}
