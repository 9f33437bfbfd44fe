import type { Json } from '../base/json.ts'
import type { Medium } from '../document/flow-document.ts'
import type { GrayRule } from './gray/gray-rule.ts'
import type { Guards } from './gray/guards.ts'
import type { Permission } from './permission.ts'
import type { Policy, RunningChoice } from './policy.ts'
import type { PresetName } from './presets/presets.ts'
import type {
  Application,
  ById,
  Group,
  Integration,
  MediaFolder,
  PasswordHash,
  Segment,
  Service,
  SlotName,
  Team,
  TestContact,
} from './state.ts'

/** Everything that can be asked of a workspace, as plain JSON. */
export type Command = WorkspaceCommand | FlowCommand
export type CommandType = Command['type']

/** The command of one type. */
export type CommandOf<Type extends CommandType> = OfType<Command, Type>

/** The members of a union that may have a type; several types can share one member. */
export type OfType<Union extends { readonly type: string }, Type extends string> = Union extends unknown
  ? Type extends Union['type']
    ? Union & { readonly type: Type }
    : never
  : never

/** Commands that concern no flow in particular. */
export type WorkspaceCommand =
  /** The first of all: whoever sends it gets every permission. */
  | { readonly type: 'createWorkspace'; readonly name: string; readonly policy: PresetName | Policy }
  | { readonly type: 'setPolicy'; readonly policy: PresetName | Policy }
  | {
      readonly type: 'addMember'
      readonly member: string
      readonly name?: string
      readonly permissions: readonly Permission[]
    }
  | { readonly type: 'removeMember'; readonly member: string }
  | {
      readonly type: 'grant' | 'revoke'
      readonly member: string
      readonly permissions: readonly Permission[]
    }
  /** Adds a thing to the catalog, or changes the one that has its id. */
  | ({ readonly type: 'define' } & CatalogItem)
  | { readonly type: 'remove'; readonly kind: CatalogItem['kind']; readonly id: string }
  /** Names the exception flow of a medium; `null` takes the name away. */
  | { readonly type: 'setExceptionFlow'; readonly medium: Medium; readonly flow: string | null }
  /** Gives an application another key: no link that was made before can be opened any more (DST-4). */
  | { readonly type: 'regenerateKey'; readonly application: string }

/** One thing of the catalog, by its kind. */
export type CatalogItem =
  | { readonly kind: 'group'; readonly item: Group }
  | { readonly kind: 'team'; readonly item: Team }
  | { readonly kind: 'service'; readonly item: Service }
  | { readonly kind: 'testContact'; readonly item: TestContact }
  | { readonly kind: 'segment'; readonly item: Segment }
  | { readonly kind: 'application'; readonly item: Application }
  | { readonly kind: 'mediaFolder'; readonly item: MediaFolder }
  | { readonly kind: 'grayRule'; readonly item: GrayRule }
  | { readonly kind: 'integration'; readonly item: Integration }

/** Commands about one flow. Those about content are decided on an inspection of it, given in the context. */
export type FlowCommand =
  /** The inspected document becomes the first version. */
  | {
      readonly type: 'createFlow'
      readonly flow: string
      readonly service?: string
      readonly labels?: readonly string[]
      readonly comment?: string
    }
  /** The inspected document becomes the content of a draft, however broken it is. */
  | {
      readonly type: 'saveDraft'
      readonly flow: string
      readonly version: string
      /** The revision that was read. */
      readonly revision: number
    }
  /** A new version with the content of another one: a clone, or an edit of a version that cannot change. */
  | {
      readonly type: 'branch'
      readonly flow: string
      readonly from: string
      /** True to set a changed draft aside where the policy keeps one. */
      readonly over?: boolean
      readonly comment?: string
    }
  /** Makes a draft that was set aside the draft again. */
  | {
      readonly type: 'restoreDraft'
      readonly flow: string
      readonly version: string
      readonly over?: boolean
    }
  | { readonly type: 'takeLock' | 'releaseLock'; readonly flow: string; readonly version: string }
  | { readonly type: 'comment'; readonly flow: string; readonly version: string; readonly text: string }
  | { readonly type: 'requestApproval'; readonly flow: string; readonly version: string }
  /** For exactly the behaviour that was looked at. */
  | {
      readonly type: 'approve'
      readonly flow: string
      readonly version: string
      readonly behaviourHash: string
      readonly comment?: string
    }
  | {
      readonly type: 'withdrawApproval'
      readonly flow: string
      readonly version: string
      readonly comment?: string
    }
  /** Records what the inspection found, as the compilation of a voice flow. */
  | { readonly type: 'compileVoice'; readonly flow: string; readonly version: string }
  | ({
      readonly type: 'release'
      readonly flow: string
      readonly version: string
      readonly slot: SlotName
      /** Hash of the plan that was confirmed. */
      readonly plan: string
    } & ReleaseAnswers)
  /** Puts a retired version into the slot again: the one that was replaced last, unless another is named. */
  | ({
      readonly type: 'rollBack'
      readonly flow: string
      readonly slot: SlotName
      readonly version?: string
      readonly plan: string
    } & ReleaseAnswers)
  | {
      readonly type: 'cancelRelease'
      readonly flow: string
      readonly slot: SlotName
      readonly running?: RunningChoice
      readonly comment?: string
    }
  | { readonly type: 'retire'; readonly flow: string; readonly version: string; readonly comment?: string }
  | { readonly type: 'pause' | 'resume'; readonly flow: string; readonly comment?: string }
  | { readonly type: 'placeFlow'; readonly flow: string; readonly service: string | null }
  | { readonly type: 'labelFlow'; readonly flow: string; readonly labels: readonly string[] }
  /** Says for which applications links can be made, and whether they are protected unless asked for otherwise. */
  | {
      readonly type: 'setDistribution'
      readonly flow: string
      readonly applications: readonly string[]
      readonly protect: boolean
    }
  /** Makes the read-only link of a flow, or gives it another id, password or end; it is on afterwards (SHR-1). */
  | {
      readonly type: 'shareFlow'
      readonly flow: string
      /** What the link ends in. */
      readonly share: string
      readonly password: PasswordHash
      readonly expiresAt?: number
    }
  | { readonly type: 'switchShare'; readonly flow: string; readonly on: boolean }
  | { readonly type: 'deleteVersion'; readonly flow: string; readonly version: string }
  | { readonly type: 'deleteFlow'; readonly flow: string }

/** What a person answers before a release. */
export interface ReleaseAnswers {
  /** Application ids by channel. */
  readonly applications?: ById<string>
  /** Values of variables that are asked for. */
  readonly values?: { readonly [variable: string]: Json }
  /** For a gray release: the rule, and what it has to keep to. */
  readonly rule?: string
  readonly guards?: Guards
  /** The access code to allocate with the first release; the next free one unless given. */
  readonly accessCode?: string
  /** What becomes of sessions on earlier versions; as the policy proposes unless given. */
  readonly running?: RunningChoice
  /** True to withdraw cards of sessions that have ended, too. */
  readonly withdrawEnded?: boolean
  /** True to trigger the flow for contacts who are in the segment already. */
  readonly triggerExisting?: boolean
  readonly comment?: string
  /** Why approvals that are missing are passed over, where the policy lets that happen. */
  readonly emergency?: string
}
