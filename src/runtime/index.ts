export type { EffectAnswer } from '../nodes/effects.ts'
export type { Slice } from '../releases/reading/slice.ts'
export type {
  Channel,
  ChannelCapabilities,
  Delivery,
  EffectHandler,
  Inbound,
  Rate,
  WebhookAnswer,
  WebhookContext,
  WebhookReading,
  WebhookRequest,
} from './channels/channel.ts'
export { type ConsoleChannelOptions, consoleChannel } from './channels/console-channel.ts'
export { EffectFailure, type EffectFailureInit } from './channels/effect-failure.ts'
export { type MemoryChannel, type MemoryChannelOptions, memoryChannel } from './channels/memory-channel.ts'
export type { CallerContact, ContactGiven } from './host/callers.ts'
export { type AesCodecOptions, aesCodec, type Codec } from './host/codec.ts'
export { type Revival, reviveDeadLetter } from './host/dead-letters.ts'
export type { Emitted } from './host/emitter.ts'
export type { HostEvent, HostEventBody, HostFeed, HostListener } from './host/feed.ts'
export { createHost, type Host, type WebhookOutcome } from './host/host.ts'
export type { Erased } from './host/housekeeping.ts'
export { OPERATOR_PERMISSION, type Operated, type OperatorCommand } from './host/operator.ts'
export type { HostOptions } from './host/options.ts'
export {
  type DeadLetterView,
  type HistoryView,
  type LogView,
  SessionReader,
  type SessionView,
} from './host/reader.ts'
export type { Received } from './host/receiver.ts'
export { HOST_REFUSALS, type HostRefusal, type HostRefusalCode } from './host/refusal.ts'
export type { EmitRequest, TestRequest, TriggerRequest } from './host/requests.ts'
export type { Entered } from './host/segments.ts'
export { sessionCensus } from './host/session-census.ts'
export type { SessionFacts } from './host/session-record.ts'
export type { Started } from './host/starter.ts'
export { createWorkPool, type WorkPool, type WorkPoolOptions } from './host/work-pool.ts'
export type { Contact, ContactStore, Membership } from './stores/contact-store.ts'
export { type ContentStore, memoryContentStore } from './stores/content-store.ts'
export {
  type AppendAnswer,
  type EventBatch,
  type EventStore,
  memoryEventStore,
  type StreamHead,
} from './stores/event-store.ts'
export { memoryContactStore } from './stores/memory-contact-store.ts'
export { memorySessionStore } from './stores/memory-session-store.ts'
export { memoryStore } from './stores/memory-store.ts'
export type {
  Claim,
  Commit,
  CommitAnswer,
  DeadLetter,
  DeadLetterQuery,
  HistoryEntry,
  ListedSession,
  LogEntry,
  LogQuery,
  Mark,
  NewDeadLetter,
  NextRevision,
  OutboxEntry,
  Postponed,
  SessionHead,
  SessionQuery,
  SessionStore,
  StoredLogEntry,
  StoredSession,
  Timer,
  Work,
} from './stores/session-store.ts'
export type { Store } from './stores/store.ts'
export type { Asking } from './workspace/asked.ts'
export { type Census, EMPTY_CENSUS } from './workspace/census.ts'
export type { ExportFlows, ImportFlows } from './workspace/exchange-requests.ts'
export type { ImportedFlow, ImportOutcome } from './workspace/import-flows.ts'
export {
  type Outcome,
  openWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from './workspace/workspace.ts'
