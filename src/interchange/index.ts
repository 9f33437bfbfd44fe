export type { Imported, Importer, ImportOptions, LossEntry } from './importer.ts'
export { detectFormat, IMPORTERS, importFlow } from './importers.ts'
