export { type EditingLock, LOCK_LASTS_MS } from '../document/editing-lock.ts'
export {
  applyCommand,
  canApply,
  type Edit,
  type EditOptions,
  type Verdict,
} from './apply-command.ts'
export { applyPatches } from './apply-patches.ts'
export type {
  AddCommand,
  AddFlowOutcomeCommand,
  AddNoteCommand,
  AddVariableCommand,
  BatchCommand,
  ChangeFlowOutcomeCommand,
  ChangeNoteCommand,
  ChangeSettingsCommand,
  ChangeTypeCommand,
  ChangeVariableCommand,
  ConfigureCommand,
  ConnectCommand,
  ConnectorStart,
  DescribeCommand,
  DisconnectCommand,
  DuplicateCommand,
  EditCommand,
  InsertCommand,
  LabelCommand,
  MoveCommand,
  NewNode,
  PasteCommand,
  ReconnectCommand,
  RemoveCommand,
  RemoveFlowOutcomeCommand,
  RemoveVariableCommand,
  RenameFlowOutcomeCommand,
  RenameVariableCommand,
  ReplaceCommand,
  SetActionsCommand,
  SetMetaCommand,
} from './command.ts'
export { COMMAND_TYPES } from './command-schema.ts'
export {
  type BlankFlow,
  type CopyOfFlow,
  type CreateFlowOptions,
  type CreateFlowSource,
  createFlow,
  type FlowFromJson,
  type FlowFromTemplate,
} from './create-flow.ts'
export { CREATE_REFUSALS, type CreateRefusal, type CreateRefusalCode } from './create-refusals.ts'
export { Draft, type DraftOptions, openDraft } from './draft.ts'
export { copyFragment, type Fragment } from './fragment.ts'
export {
  type History,
  type HistoryOptions,
  type HistoryStep,
  NO_HISTORY,
  recordEdit,
  redo,
  type Undone,
  undo,
} from './history.ts'
export { describeMerge, type MergeNames } from './merge/describe-merge.ts'
export type {
  ChangeCounts,
  ConflictChoices,
  ConflictKind,
  Merge,
  MergeConflict,
  MergeOptions,
  MergeSide,
  RenamedNode,
} from './merge/merge.ts'
export { mergeDocuments } from './merge/merge-documents.ts'
export { invertPatches, joinPatches, type Patch } from './patch.ts'
export { EDIT_REFUSALS, type EditRefusal, type EditRefusalCode, type RefusalEntry } from './refusal.ts'
export {
  newSavedDraft,
  type Request,
  releaseLock,
  type SavedDraft,
  type SavedRevision,
  type SaveRequest,
  saveDraft,
  takeLock,
} from './saved-draft.ts'
export type { FlowTemplate, TemplateDocument } from './templates/flow-template.ts'
export { createTemplateCatalog, type TemplateCatalog } from './templates/template-catalog.ts'
export { TEMPLATES } from './templates/templates.ts'
