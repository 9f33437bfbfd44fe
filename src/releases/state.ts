import type { Json } from '../base/json.ts'
import type { EditingLock } from '../document/editing-lock.ts'
import type { Audience, FlowRole, Medium } from '../document/flow-document.ts'
import type { GrayRule } from './gray/gray-rule.ts'
import type { Guards } from './gray/guards.ts'
import type { LifecycleState } from './lifecycle.ts'
import type { Permission } from './permission.ts'
import type { Policy } from './policy.ts'

/** The version of the shape of snapshots that this release writes. */
export const STATE_SCHEMA = 1

/** Items by id. */
export interface ById<Item> {
  readonly [id: string]: Item
}

/** What a command is decided on: the workspace, and the flow that the command names. Plain JSON, never changed in place. */
export interface State {
  readonly workspace: WorkspaceState
  /** Absent where the command names no flow, or one that does not exist. */
  readonly flow?: FlowState
}

/** One tenant: all that more than one flow has to do with. Rebuilt from the events of its stream. */
export interface WorkspaceState {
  readonly schema: typeof STATE_SCHEMA
  readonly id: string
  /** Counts the events of the stream; 0 before the workspace has been created. */
  readonly revision: number
  readonly name: string
  readonly policy: Policy
  readonly members: ById<Member>
  readonly catalog: Catalog
  /** The exception flow of each medium, by flow id; `any` stands in for the other two. */
  readonly exceptionFlows: { readonly [Each in Medium]?: string }
  readonly flows: ById<FlowEntry>
  /** The highest access code that was ever allocated; codes of deleted flows are not given again. */
  readonly lastAccessCode: number
  /**
   * Which key of an application is in force, by application id: 1 unless it has been regenerated. An application that is
   * removed and defined again goes on counting, so that no link of an earlier key comes back to life.
   */
  readonly applicationKeys: ById<number>
}

export interface Member {
  readonly id: string
  readonly name?: string
  readonly permissions: readonly Permission[]
}

/** The things that a workspace lists, each kind by id. */
export interface Catalog {
  readonly group: ById<Group>
  readonly team: ById<Team>
  readonly service: ById<Service>
  readonly testContact: ById<TestContact>
  readonly segment: ById<Segment>
  readonly application: ById<Application>
  readonly mediaFolder: ById<MediaFolder>
  readonly grayRule: ById<GrayRule>
  readonly integration: ById<Integration>
}

export type CatalogKind = keyof Catalog

export interface Group {
  readonly id: string
  readonly name: string
}

export interface Team {
  readonly id: string
  readonly name: string
  readonly group?: string
}

/** Where flows live: in a group or a team, or in the workspace itself. */
export interface Service {
  readonly id: string
  readonly name: string
  readonly group?: string
  readonly team?: string
}

/** Somebody whom test sessions may reach. */
export interface TestContact {
  readonly id: string
  readonly name: string
  /** Phone numbers and other addresses. */
  readonly addresses: readonly string[]
}

/** A set of contacts that the host keeps; entering it can start a flow. */
export interface Segment {
  readonly id: string
  readonly name: string
}

/** An app or a number through which one channel is spoken. */
export interface Application {
  readonly id: string
  readonly name: string
  readonly channel: string
  /** The number, the sender or the account, as the provider knows it. */
  readonly address?: string
  /** What holds for links that are handed out for it; nothing is bounded unless given. */
  readonly links?: LinkRules
}

/** What an application asks of protected links (DST-7). Links whose protection was switched off go past it. */
export interface LinkRules {
  /** How long a link can be opened, in milliseconds from when it was made. */
  readonly lifetimeMs?: number
  /** How often one link can start a session. */
  readonly maxInvocations?: number
  /** False where whoever opens a link may change its parameters; they may not unless given. */
  readonly fixedParameters?: boolean
  /** Origins whose pages may embed links, such as `https://shop.example`; none may unless given. */
  readonly embedding?: readonly string[]
}

/**
 * Something that brings node types of its own along. It is available where it says, and flows with its nodes travel no
 * further (IO-2): to one service, to the services of a team or a group, or, without any of these, to the whole workspace.
 */
export interface Integration {
  readonly id: string
  readonly name: string
  readonly group?: string
  readonly team?: string
  readonly service?: string
}

/** Where recordings of voice flows lie. */
export interface MediaFolder {
  readonly id: string
  readonly name: string
}

/** One of the two places of a flow that take live traffic. */
export type SlotName = 'official' | 'gray'

/** What a workspace knows of a flow: all that other flows and new sessions depend on. */
export interface FlowEntry {
  readonly id: string
  /** The service that it lives in. */
  readonly service?: string
  readonly labels: readonly string[]
  /** Allocated with the first release and kept. Digits, `*` and `#`. */
  readonly accessCode?: string
  /** True while it takes no new sessions. */
  readonly paused?: true
  /** How it is handed out by links. */
  readonly distribution?: Distribution
  /** The link by which people without an account look at it. */
  readonly share?: Share
  readonly official?: Slot
  readonly gray?: GraySlot
}

/** How a flow is handed out by links (DST-2, DST-3). */
export interface Distribution {
  /** Ids of applications for which links can be made, beside those that its release speaks through. */
  readonly applications: readonly string[]
  /** False where links go without a token unless asked for. */
  readonly protect: boolean
}

/** All that is kept of a password: what a memory-hard function makes of it and a salt, and how it was asked to. */
export interface PasswordHash {
  readonly kdf: 'scrypt'
  /** Cost in memory and time: a power of two. */
  readonly n: number
  /** Size of a block. */
  readonly r: number
  /** Parallel lanes. */
  readonly p: number
  /** In base64url. */
  readonly salt: string
  /** In base64url. */
  readonly hash: string
}

/** A read-only link to a flow (SHR-1). */
export interface Share {
  /** What the link ends in; unguessable. */
  readonly id: string
  readonly password: PasswordHash
  /** False while it is switched off. */
  readonly on: boolean
  /** From this instant on it cannot be opened. */
  readonly expiresAt?: number
  readonly at: number
  readonly by: string
}

/** A released version: what new sessions are pinned to. */
export interface Slot {
  /** Id of the version. */
  readonly version: string
  /** Version number in semver form. */
  readonly number: string
  readonly contentHash: string
  readonly behaviourHash: string
  /** Hash of the executable that was made at release. */
  readonly executable: string
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly at: number
  readonly by: string
  readonly name: string
  readonly role: FlowRole
  readonly medium: Medium
  readonly audience: Audience
  /** What starts it, where its start node says so. */
  readonly trigger?: TriggerFacts
  /** Flows that it calls or jumps to. */
  readonly references: readonly string[]
  /** The app or number for each channel that it uses, by application id. */
  readonly applications: ById<string>
  /** What its variables start with in sessions of this release; those that are left out start with their defaults. */
  readonly values: { readonly [variable: string]: Json }
  /** Names of the values that never stand in a log. */
  readonly sensitive: readonly string[]
  readonly mediaFolder?: string
}

export interface GraySlot extends Slot {
  /** The gray rule that decides who reaches it. */
  readonly rule: string
  readonly guards?: Guards
}

/** What the start node says of what starts the flow. */
export interface TriggerFacts {
  readonly kind: string
  readonly channel?: string
  readonly segment?: string
  readonly event?: string
}

/** One flow with its versions. Rebuilt from the events of its stream. */
export interface FlowState {
  readonly schema: typeof STATE_SCHEMA
  readonly id: string
  /** Counts the events of the stream. */
  readonly revision: number
  /** As the version saved last says. */
  readonly name: string
  readonly remark?: string
  readonly role: FlowRole
  readonly medium: Medium
  readonly audience: Audience
  readonly createdAt: number
  readonly createdBy: string
  /** The highest number ever given, in semver form; deleting a version does not free its number. */
  readonly highest?: string
  /** Versions ever made; ids go on from here. */
  readonly count: number
  /** By id, in the order in which they were made; deleted ones stay as entries of the history. */
  readonly versions: ById<Version>
  /** True once it has been deleted. */
  readonly deleted?: true
}

/** A version of a flow. While it is new or unreleased its content can be saved anew; that is what a draft is. */
export interface Version {
  readonly id: string
  /** In semver form; absent on a draft where numbers are minted at release. */
  readonly number?: string
  /** The version that it was branched from. */
  readonly parent?: string
  readonly state: LifecycleState
  readonly createdAt: number
  readonly createdBy: string
  /** What was saved, the latest last: nothing that was saved is lost. */
  readonly revisions: readonly Revision[]
  readonly lock?: EditingLock
  readonly comments: readonly VersionComment[]
  readonly approvalRequest?: ApprovalRequest
  readonly approvals: readonly Approval[]
  /** The last time that it was compiled for voice. */
  readonly compiled?: Compilation
  /** Each time that it went into a slot, the latest last. */
  readonly releases: readonly VersionRelease[]
}

/** Content of a version as it was saved once. */
export interface Revision {
  /** Counts the saves of the version from 1. */
  readonly revision: number
  readonly contentHash: string
  readonly behaviourHash: string
  readonly at: number
  readonly by: string
}

export interface VersionComment {
  readonly at: number
  readonly by: string
  readonly text: string
  /** Where it was left with a release: the slot. */
  readonly slot?: SlotName
}

export interface ApprovalRequest {
  readonly behaviourHash: string
  readonly at: number
  readonly by: string
}

/** Holds for exactly this behaviour; layout, notes and labels may change. */
export interface Approval extends ApprovalRequest {
  readonly comment?: string
}

export interface Compilation {
  readonly behaviourHash: string
  readonly at: number
  readonly by: string
  readonly errors: number
  readonly warnings: number
}

export interface VersionRelease {
  readonly slot: SlotName
  readonly at: number
  readonly by: string
  readonly contentHash: string
  readonly behaviourHash: string
  readonly executable: string
  /** What it was released with; a rollback proposes it again. */
  readonly applications: ById<string>
  readonly values: { readonly [variable: string]: Json }
  /** Why it went past missing approvals. */
  readonly emergency?: string
  /** The revision of the flow at which another version took its place. */
  readonly replaced?: number
}
