export {
  compareDocuments,
  type DocumentComparison,
  type ItemChange,
  type ItemComparison,
} from './compare-documents.ts'
export type { ValueChange } from './compare-values.ts'
export { describeComparison, listChanges } from './describe-comparison.ts'
export type {
  Audience,
  Connector,
  DataField,
  DataType,
  DuplicateRule,
  FlowDocument,
  FlowNode,
  FlowOutcome,
  FlowRole,
  FlowSettings,
  Languages,
  Logbook,
  Medium,
  Note,
  Position,
  Source,
  TransitionAction,
  Variable,
} from './flow-document.ts'
export { CURRENT_SCHEMA, MIGRATIONS, type Migration, migrate } from './migrations.ts'
export { MAX_DOCUMENT_LENGTH, parseDocument } from './parse-document.ts'
export { behaviourHash, contentHash, serialiseDocument } from './serialise-document.ts'
