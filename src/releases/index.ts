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
export { COMMAND_TYPES } from './command-schema.ts'
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
export { evolveFlow, replayFlow } from './evolve-flow.ts'
export { emptyWorkspace, evolveWorkspace, replayWorkspace } from './evolve-workspace.ts'
export { exceptionFlowOf } from './exception-flow.ts'
export { BUCKETS, bucketOf } from './gray/bucket.ts'
export { checkGrayRule, MAX_RULE_ENTRIES, MAX_RULE_PREFIXES } from './gray/check-gray-rule.ts'
export { checkGuards, MAX_MIN_SESSIONS } from './gray/check-guards.ts'
export { GRAY_FAULTS, type GrayFault, type GrayFaultCode } from './gray/gray-faults.ts'
export type {
  ConditionMatch,
  ContactMatch,
  GrayMatch,
  GrayRule,
  NumberMatch,
  NumberRange,
  PercentageMatch,
} from './gray/gray-rule.ts'
export { GUARD_REASONS, type GuardReason, type GuardReasonCode } from './gray/guard-reasons.ts'
export type { Guards, OutcomeGuard } from './gray/guards.ts'
export { type GuardFigures, type GuardVerdict, judgeGuards } from './gray/judge-guards.ts'
export {
  type GrayAnswer,
  type GrayMatcher,
  type MatchOptions,
  matcherOf,
  type RoutedContact,
} from './gray/match.ts'
export { normalisePhoneNumber } from './gray/phone-number.ts'
export { type Route, type RouteRequest, route, routeException } from './gray/route.ts'
export { ROUTE_REFUSALS, type RouteRefusal, type RouteRefusalCode } from './gray/route-refusals.ts'
export { ROUTING_REASONS, type RoutingReason, type RoutingReasonCode } from './gray/routing-reasons.ts'
export { inspect } from './inspect.ts'
export type { AskedVariable, FlowReference, Inspection } from './inspection.ts'
export { allowedEvents, type LifecycleEvent, type LifecycleState, nextState } from './lifecycle.ts'
export { currentRevision } from './lookup.ts'
export { parseCommand } from './parse-command.ts'
export { CATALOG_PERMISSIONS, COMMAND_PERMISSIONS, PERMISSIONS, type Permission } from './permission.ts'
export { confirmPlan } from './plan/confirm-plan.ts'
export { GATES, type GateName } from './plan/gates.ts'
export { OBSTACLES, type Obstacle, type ObstacleCode, type ObstacleEntry } from './plan/obstacles.ts'
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
export { parsePolicy } from './policy-schema.ts'
export { PRESETS, type PresetName } from './presets/presets.ts'
export {
  EVENT_UPGRADES,
  type EventFault,
  type EventUpgrade,
  type EventUpgrades,
  type ReadEventsOptions,
  readEvents,
} from './read-events.ts'
export { readFlowSnapshot, readWorkspaceSnapshot } from './read-snapshot.ts'
export { type FoundService, findServices, type ServiceQuery } from './reading/find-services.ts'
export { labelOfVersion, latestVersion, versionAt } from './reading/find-version.ts'
export { type HistoryEntry, type HistoryRelease, historyOf } from './reading/history.ts'
export { type LineageRow, lineage } from './reading/lineage.ts'
export {
  type FlowQuery,
  type FlowRow,
  type LatestVersion,
  listFlows,
  type StatusFilter,
} from './reading/list-flows.ts'
export { mergeStreams } from './reading/merge-streams.ts'
export { type Offers, type OfferTarget, offers } from './reading/offers.ts'
export type { Page, PageQuery } from './reading/pages.ts'
export { type FlowStatus, flowStatus, statusOf } from './reading/status.ts'
export { auditTrail, type TrailEntry, type TrailOptions } from './reading/trail.ts'
export { TRAIL_WORDING, type TrailFacts, type TrailWording } from './reading/trail-wording.ts'
export { referenceDiagnostics } from './reference-diagnostics.ts'
export type { Refusal, RefusalDetails } from './refusal.ts'
export { REFUSAL_TABLE, type RefusalCode, type RefusalEntry } from './refusal-table.ts'
export {
  type Application,
  type Approval,
  type ApprovalRequest,
  type ById,
  type Catalog,
  type CatalogKind,
  type Compilation,
  type Distribution,
  type FlowEntry,
  type FlowState,
  type GraySlot,
  type Group,
  type Integration,
  type LinkRules,
  type MediaFolder,
  type Member,
  type PasswordHash,
  type Revision,
  type Segment,
  type Service,
  type Share,
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
