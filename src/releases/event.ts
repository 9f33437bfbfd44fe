import type { Audience, FlowRole, Medium } from '../document/flow-document.ts'
import type { CatalogItem, OfType } from './command.ts'
import type { Permission } from './permission.ts'
import type { Policy, RunningChoice } from './policy.ts'
import type { GraySlot, PasswordHash, Slot, SlotName } from './state.ts'

/** The version of the shape of events that this release writes. */
export const EVENT_SCHEMA = 1

/** Which streams an event stands in: that of the workspace, that of its flow, or both. */
export type StreamKind = 'workspace' | 'flow'

/** What every event says: who did it, and when. */
export interface EventHead {
  readonly schema: typeof EVENT_SCHEMA
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number
  /** Id of the member. */
  readonly by: string
}

/** Something that has happened. Plain JSON, never changed once it is stored. */
export type Event = EventHead & EventBody
export type EventType = Event['type']
export type EventOf<Type extends EventType> = OfType<Event, Type>

/** What a flow says of itself, as it was saved. */
export interface SavedContent {
  readonly contentHash: string
  readonly behaviourHash: string
  readonly name: string
  readonly remark?: string
  readonly role: FlowRole
  readonly medium: Medium
  readonly audience: Audience
}

export type EventBody =
  | {
      readonly type: 'workspaceCreated'
      readonly workspace: string
      readonly name: string
      readonly policy: Policy
    }
  | { readonly type: 'policySet'; readonly policy: Policy }
  | {
      readonly type: 'memberAdded'
      readonly member: string
      readonly name?: string
      readonly permissions: readonly Permission[]
    }
  | { readonly type: 'memberRemoved'; readonly member: string }
  | {
      readonly type: 'permissionsGranted' | 'permissionsRevoked'
      readonly member: string
      readonly permissions: readonly Permission[]
    }
  | ({ readonly type: 'itemDefined' } & CatalogItem)
  | { readonly type: 'itemRemoved'; readonly kind: CatalogItem['kind']; readonly id: string }
  | { readonly type: 'exceptionFlowSet'; readonly medium: Medium; readonly flow: string | null }
  | { readonly type: 'keyRegenerated'; readonly application: string; readonly key: number }
  | ({
      readonly type: 'flowCreated'
      readonly flow: string
      readonly version: string
      readonly number?: string
      readonly service?: string
      readonly labels?: readonly string[]
      readonly comment?: string
    } & SavedContent)
  | ({
      readonly type: 'draftSaved'
      readonly flow: string
      readonly version: string
      readonly revision: number
    } & SavedContent)
  | {
      readonly type: 'branched'
      readonly flow: string
      readonly version: string
      readonly from: string
      readonly number?: string
      readonly contentHash: string
      readonly behaviourHash: string
      /** Drafts that made room for it. */
      readonly setAside: readonly string[]
      readonly comment?: string
    }
  | {
      readonly type: 'draftRestored'
      readonly flow: string
      readonly version: string
      readonly setAside: readonly string[]
    }
  | { readonly type: 'lockTaken' | 'lockReleased'; readonly flow: string; readonly version: string }
  | { readonly type: 'commented'; readonly flow: string; readonly version: string; readonly text: string }
  | {
      readonly type: 'approvalRequested'
      readonly flow: string
      readonly version: string
      readonly behaviourHash: string
    }
  | {
      readonly type: 'approved'
      readonly flow: string
      readonly version: string
      readonly behaviourHash: string
      readonly comment?: string
    }
  | {
      readonly type: 'approvalWithdrawn'
      readonly flow: string
      readonly version: string
      readonly comment?: string
    }
  | {
      readonly type: 'voiceCompiled'
      readonly flow: string
      readonly version: string
      readonly behaviourHash: string
      readonly errors: number
      readonly warnings: number
    }
  | Released
  | {
      readonly type: 'releaseCancelled'
      readonly flow: string
      readonly version: string
      readonly slot: SlotName
      readonly running: RunningChoice
      readonly comment?: string
    }
  | {
      readonly type: 'versionRetired'
      readonly flow: string
      readonly version: string
      /** The slot that it leaves empty. */
      readonly slot?: SlotName
      readonly comment?: string
    }
  | { readonly type: 'flowPaused' | 'flowResumed'; readonly flow: string; readonly comment?: string }
  | { readonly type: 'flowPlaced'; readonly flow: string; readonly service: string | null }
  | { readonly type: 'flowLabelled'; readonly flow: string; readonly labels: readonly string[] }
  | {
      readonly type: 'distributionSet'
      readonly flow: string
      readonly applications: readonly string[]
      readonly protect: boolean
    }
  | {
      readonly type: 'flowShared'
      readonly flow: string
      readonly share: string
      readonly password: PasswordHash
      readonly expiresAt?: number
    }
  | { readonly type: 'shareSwitched'; readonly flow: string; readonly on: boolean }
  | { readonly type: 'versionDeleted'; readonly flow: string; readonly version: string }
  | { readonly type: 'flowDeleted'; readonly flow: string }

/** A version has gone into a slot. The host that keeps the sessions does what `running`, `withdrawEnded` and `trigger` say. */
export interface Released {
  readonly type: 'released'
  readonly flow: string
  readonly kind: ReleaseKind
  readonly slot: SlotName
  /** What new sessions are pinned to from now on; says who did it and when, as the event does. */
  readonly pin: Slot | GraySlot
  /** The version that it replaces, which is retired. */
  readonly replaces?: string
  /** Allocated with this release. */
  readonly accessCode?: string
  readonly comment?: string
  /** Why approvals that were missing were passed over. */
  readonly emergency?: string
  /** What becomes of sessions on earlier versions. */
  readonly running: RunningChoice
  /** True where cards of sessions that have ended are withdrawn, too. */
  readonly withdrawEnded?: true
  /** The segment whose members are triggered though they are in it already. */
  readonly triggerSegment?: string
  /** Hash of the plan that was confirmed. */
  readonly plan: string
}

/** `promotion` is a gray version that becomes official, `rollback` a retired one that returns. */
export type ReleaseKind = 'release' | 'promotion' | 'rollback'

/** The streams of each type of event. A release concerns other flows and the versions of its own one, so it stands in both. */
export const EVENT_STREAMS = {
  workspaceCreated: ['workspace'],
  policySet: ['workspace'],
  memberAdded: ['workspace'],
  memberRemoved: ['workspace'],
  permissionsGranted: ['workspace'],
  permissionsRevoked: ['workspace'],
  itemDefined: ['workspace'],
  itemRemoved: ['workspace'],
  exceptionFlowSet: ['workspace'],
  keyRegenerated: ['workspace'],
  flowCreated: ['workspace', 'flow'],
  draftSaved: ['flow'],
  branched: ['flow'],
  draftRestored: ['flow'],
  lockTaken: ['flow'],
  lockReleased: ['flow'],
  commented: ['flow'],
  approvalRequested: ['flow'],
  approved: ['flow'],
  approvalWithdrawn: ['flow'],
  voiceCompiled: ['flow'],
  released: ['workspace', 'flow'],
  releaseCancelled: ['workspace', 'flow'],
  versionRetired: ['workspace', 'flow'],
  flowPaused: ['workspace', 'flow'],
  flowResumed: ['workspace', 'flow'],
  flowPlaced: ['workspace', 'flow'],
  flowLabelled: ['workspace', 'flow'],
  distributionSet: ['workspace', 'flow'],
  flowShared: ['workspace', 'flow'],
  shareSwitched: ['workspace', 'flow'],
  versionDeleted: ['flow'],
  flowDeleted: ['workspace', 'flow'],
} as const satisfies { readonly [Type in EventType]: readonly StreamKind[] }
