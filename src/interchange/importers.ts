import { nearest } from '../base/nearest.ts'
import type { Result } from '../base/result.ts'
import { SluiceError } from '../base/sluice-error.ts'
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Imported, Importer, ImportOptions } from './importer.ts'
import { amazonConnect } from './importers/amazon-connect/index.ts'
import { twilioStudio } from './importers/twilio-studio/index.ts'

/** Every format that is read, in the order in which they are tried. */
export const IMPORTERS: readonly Importer[] = [twilioStudio, amazonConnect]

/** The importer of the format that a value looks like; `undefined` where none of them knows it. */
export function detectFormat(
  value: unknown,
  importers: readonly Importer[] = IMPORTERS,
): Importer | undefined {
  return importers.find((importer) => importer.detect(value))
}

/** What an import of any format may be told. */
export interface ImportFlowOptions extends ImportOptions {
  /** The format; it is guessed when left out. */
  readonly from?: string
  /** Importers of the host's own, which are asked before those that come with the package. */
  readonly importers?: readonly Importer[]
}

/**
 * Brings a foreign flow in. Throws `import.unknownFormat` for a format that no importer reads.
 *
 * @example
 * const imported = importFlow(JSON.parse(text), { from: 'twilio-studio' })
 * if (imported.ok) console.log(imported.value.flow.name, imported.value.loss)
 */
export function importFlow(
  value: unknown,
  { from, importers: own = [], ...options }: ImportFlowOptions = {},
): Result<Imported, readonly Diagnostic[]> {
  const importers = [...own, ...IMPORTERS]
  const importer = from === undefined ? detectFormat(value, importers) : importerOf(from, importers)
  if (importer !== undefined) return importer.importFlow(value, options)
  const expected = `a flow of ${importers.map(({ title }) => title).join(' or ')}`
  return {
    ok: false,
    error: [
      createDiagnostic('document.shape', { path: [] }, { at: 'the document', expected, got: 'none of them' }),
    ],
  }
}

function importerOf(format: string, importers: readonly Importer[]): Importer {
  const importer = importers.find((each) => each.format === format)
  if (importer !== undefined) return importer
  const formats = importers.map((each) => each.format)
  const suggestion = nearest(format, formats)
  throw new SluiceError({
    code: 'import.unknownFormat',
    problem: `There is no importer for ${format}${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`,
    next: `Use one of ${formats.join(', ')}`,
  })
}
