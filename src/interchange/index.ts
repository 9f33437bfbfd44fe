export type {
  ForeignNode,
  Imported,
  Importer,
  ImportOptions,
  LossEntry,
  TranslatedForeignNode,
  Translation,
} from './importer.ts'
export { detectFormat, IMPORTERS, importFlow } from './importers.ts'
