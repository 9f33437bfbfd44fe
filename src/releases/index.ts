export { approvalsOf, isApproved } from './approvals.ts'
export type {
  CatalogItem,
  Command,
  CommandOf,
  CommandType,
  FlowCommand,
  ReleaseAnswers,
  WorkspaceCommand,
} from './command.ts'
export {
  type ContentComparison,
  type Context,
  type ExecutablePin,
  NOTHING_RUNS,
  type RunningReport,
  type RunningVersion,
  type World,
} from './context.ts'
export { can, type Decision, decide, type Permit } from './decide.ts'
export {
  EVENT_SCHEMA,
  EVENT_STREAMS,
  type Event,
  type EventBody,
  type EventOf,
  type EventType,
  type Released,
  type ReleaseKind,
  type StreamKind,
} from './event.ts'
export { evolve } from './evolve.ts'
export { evolveFlow } from './evolve-flow.ts'
export { emptyWorkspace, evolveWorkspace } from './evolve-workspace.ts'
export { exceptionFlowOf } from './exception-flow.ts'
export { inspect } from './inspect.ts'
export type { AskedVariable, FlowReference, Inspection } from './inspection.ts'
export { allowedEvents, type LifecycleEvent, type LifecycleState, nextState } from './lifecycle.ts'
export { parseCommand } from './parse-command.ts'
export { CATALOG_PERMISSIONS, COMMAND_PERMISSIONS, PERMISSIONS, type Permission } from './permission.ts'
export { GATES, type GateName } from './plan/gates.ts'
export { planRelease } from './plan/plan-release.ts'
export type {
  ApplicationAsk,
  ApprovalSummary,
  GateResult,
  PlannedAnswers,
  ReleaseAsks,
  ReleasePlan,
  ReleaseRequest,
  ReleaseSummary,
  RunningPlan,
  SegmentPlan,
  ValueAsk,
} from './plan/release-plan.ts'
export type { Policy, RunningChoice, StatusWords } from './policy.ts'
export { PRESETS, type PresetName } from './presets/presets.ts'
export { type EventFault, readEvents } from './read-events.ts'
export { referenceDiagnostics } from './reference-diagnostics.ts'
export type { Refusal } from './refusal.ts'
export { REFUSAL_TABLE, type RefusalCode, type RefusalEntry } from './refusal-table.ts'
export {
  type Application,
  type Approval,
  type ApprovalRequest,
  type ById,
  type Catalog,
  type CatalogKind,
  type Compilation,
  type FlowEntry,
  type FlowState,
  type GraySlot,
  type Group,
  type MediaFolder,
  type Member,
  type Revision,
  type Segment,
  type Service,
  type Slot,
  type SlotName,
  STATE_SCHEMA,
  type State,
  type Team,
  type TestContact,
  type TriggerFacts,
  type Version,
  type VersionComment,
  type VersionRelease,
  type WorkspaceState,
} from './state.ts'
export { compareNumbers, firstNumber, type LabelPolicy, labelOf, nextNumber } from './version-number.ts'
