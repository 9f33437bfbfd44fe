export type { Asking } from './asked.ts'
export { type Census, EMPTY_CENSUS } from './census.ts'
export { type ContentStore, memoryContentStore } from './content-store.ts'
export {
  type AppendAnswer,
  type EventBatch,
  type EventStore,
  memoryEventStore,
  type StreamHead,
} from './event-store.ts'
export {
  type Outcome,
  openWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from './workspace.ts'
