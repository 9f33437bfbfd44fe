export type { Absence, AbsentNode } from './bundle/availability.ts'
export {
  BUNDLE_FORMAT,
  BUNDLE_SCHEMA,
  type Bundle,
  type BundledFlow,
  type BundledIntegrations,
  type BundledReference,
  MAX_BUNDLE_FLOWS,
  MAX_BUNDLE_LENGTH,
  MAX_BUNDLE_VALUES,
} from './bundle/bundle.ts'
export {
  EXCHANGE_REFUSALS,
  type ExchangeRefusal,
  type ExchangeRefusalCode,
} from './bundle/exchange-refusals.ts'
export {
  type Exported,
  type ExportOptions,
  type ExportRequest,
  exportBundle,
  type RemovedSecret,
  serialiseBundle,
} from './bundle/export-bundle.ts'
export { type ImportPlan, type ImportTarget, type PlannedFlow, planImport } from './bundle/plan-import.ts'
export { isBundle, type ReadBundle, readBundle } from './bundle/read-bundle.ts'
export type {
  ForeignNode,
  Imported,
  Importer,
  ImportOptions,
  LossEntry,
  TranslatedForeignNode,
  Translation,
} from './importer.ts'
export { detectFormat, IMPORTERS, type ImportFlowOptions, importFlow } from './importers.ts'
