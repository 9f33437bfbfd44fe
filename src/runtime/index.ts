export { type Census, EMPTY_CENSUS } from './census.ts'
export { type ContentStore, memoryContentStore } from './content-store.ts'
export { type AppendAnswer, type EventBatch, type EventStore, memoryEventStore } from './event-store.ts'
export {
  type Asking,
  type Outcome,
  openWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from './workspace.ts'
