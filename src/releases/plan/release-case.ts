import type { Context, World } from '../context.ts'
import type { ReleaseKind } from '../event.ts'
import type { Inspection } from '../inspection.ts'
import type { FlowEntry, FlowState, Slot, SlotName, Version, WorkspaceState } from '../state.ts'
import type { PlannedAnswers } from './release-plan.ts'

/** Everything that a release is judged by, brought together once. */
export interface ReleaseCase {
  readonly workspace: WorkspaceState
  readonly flow: FlowState
  readonly entry: FlowEntry
  readonly version: Version
  readonly slot: SlotName
  readonly kind: ReleaseKind
  /** In semver form: the number that the version has, or will get. */
  readonly number: string
  readonly inspection: Inspection
  readonly world: World
  readonly context: Context
  readonly answers: PlannedAnswers
  /** What is in the slot now. */
  readonly replaced: Slot | undefined
  /** The access code that the flow has or will get. */
  readonly accessCode: AccessCode
}

/** `taken` and `bad` are what stands in the way of the one that was asked for. */
export interface AccessCode {
  readonly code?: string
  readonly isNew: boolean
  readonly fault?: 'taken' | 'bad' | 'kept'
}
