import type { Json } from '../../base/json.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { Audience, DataType, Medium } from '../../document/flow-document.ts'
import type { ReleaseAnswers } from '../command.ts'
import type { RunningVersion } from '../context.ts'
import type { ReleaseKind } from '../event.ts'
import type { RunningChoice } from '../policy.ts'
import type { SlotName, TriggerFacts } from '../state.ts'
import type { GateName } from './gates.ts'
import type { Obstacle } from './obstacles.ts'

/** What a release is asked for. */
export interface ReleaseRequest {
  readonly flow: string
  /** May be left out for a rollback, which returns to the version that was replaced last. */
  readonly version?: string
  readonly slot: SlotName
  /** True to put a retired version into the slot again. */
  readonly rollBack?: boolean
  readonly answers?: ReleaseAnswers
}

/**
 * A release before it happens: everything that is checked, everything that would change, everything that is asked. A
 * value, made without changing anything; to go back to editing, drop it. To go on, send the command that `confirmPlan` makes
 * of it.
 */
export interface ReleasePlan {
  /** Tells a plan from a refusal. */
  readonly ok: true
  readonly flow: string
  readonly version: string
  readonly slot: SlotName
  readonly kind: ReleaseKind
  /** True where every gate is passed. */
  readonly ready: boolean
  /** All of them, passed or not. */
  readonly gates: readonly GateResult[]
  readonly summary: ReleaseSummary
  readonly asks: ReleaseAsks
  /** What was answered, with what is proposed where nothing was: these are the answers to send. */
  readonly answers: PlannedAnswers
  /** What still runs on earlier versions: those that are in no slot afterwards. */
  readonly running: RunningPlan
  /** Who is in the segment already, for a flow that segment entry triggers. */
  readonly segment?: SegmentPlan
  /** Stands for everything that matters to the release. How many sessions run does not, while they are kept. */
  readonly hash: string
}

/** A condition of release, judged. What is in the way is there where it has not passed. */
export interface GateResult extends Partial<Obstacle> {
  readonly gate: GateName
  /** What it checks, as one sentence. */
  readonly checks: string
  readonly passed: boolean
  /** Why it was passed over, where the policy lets that happen. */
  readonly overridden?: string
}

/** What a person reads before confirming. */
export interface ReleaseSummary {
  readonly name: string
  /** As the version will be called. */
  readonly label: string
  /** In semver form. */
  readonly number: string
  readonly trigger?: TriggerFacts
  readonly medium: Medium
  readonly audience: Audience
  readonly channels: readonly string[]
  /**
   * What is different from the version that it replaces, or from the official one beside a first gray one, a line each:
   * the content, then applications, values, rule and guards. Values that never stand in a log are not told. Absent where
   * nothing is out.
   */
  readonly changes?: readonly string[]
  /** Of the flow by itself, and of it among the others of the workspace. */
  readonly errors: readonly Diagnostic[]
  readonly warnings: readonly Diagnostic[]
  readonly approvals: ApprovalSummary
  /** The version that leaves the slot, and what it is called. */
  readonly replaces?: { readonly version: string; readonly label: string }
  /** True where the gray slot is empty afterwards, because its version becomes official. */
  readonly emptiesGray: boolean
  /** True where the flow is paused, and takes no new sessions after the release either until it is resumed. */
  readonly paused: boolean
  readonly accessCode?: string
}

export interface ApprovalSummary {
  readonly required: number
  /** Members whose approval counts. */
  readonly given: readonly string[]
  /** Members whose approval is asked for by name and missing. */
  readonly missing: readonly string[]
}

/** What a person is asked before the release. */
export interface ReleaseAsks {
  readonly applications: readonly ApplicationAsk[]
  readonly values: readonly ValueAsk[]
  /** Gray rules to choose from, for a gray release. */
  readonly rules: readonly { readonly id: string; readonly name: string }[]
}

/** The app or number for a channel. */
export interface ApplicationAsk {
  readonly channel: string
  readonly options: readonly { readonly id: string; readonly name: string; readonly address?: string }[]
}

/** The value of a variable. */
export interface ValueAsk {
  readonly name: string
  readonly type: DataType
  readonly label?: string
  /** True where the release is refused without a value. */
  readonly required: boolean
  readonly sensitive?: true
}

/** Answers in full. */
export interface PlannedAnswers extends ReleaseAnswers {
  readonly applications: { readonly [channel: string]: string }
  readonly values: { readonly [variable: string]: Json }
  readonly running: RunningChoice
}

export interface RunningPlan {
  /**
   * Earlier versions with sessions, by label, with where these wait. Those that stay released are none; the version itself
   * is one where it did something else when it was released before.
   */
  readonly versions: readonly (RunningVersion & { readonly label: string })[]
  readonly sessions: number
  /** Cards and messages of running sessions that can still be withdrawn. */
  readonly cards: number
  /** Cards that ended sessions have left. */
  readonly endedCards: number
  readonly choices: readonly RunningChoice[]
}

export interface SegmentPlan {
  readonly segment: string
  /** Contacts in it now, who are not triggered unless `triggerExisting` is answered. */
  readonly members: number
}
