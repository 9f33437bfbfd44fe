import { nearest } from '../base/nearest.ts'
import type { Result } from '../base/result.ts'
import { SluiceError } from '../base/sluice-error.ts'
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Imported, Importer, ImportOptions } from './importer.ts'
import { twilioStudio } from './importers/twilio-studio/index.ts'

/** Every format that is read, in the order in which they are tried. */
export const IMPORTERS: readonly Importer[] = [twilioStudio]

/** The importer of the format that a value looks like; `undefined` where none does. */
export function detectFormat(value: unknown): Importer | undefined {
  return IMPORTERS.find((importer) => importer.detect(value))
}

/**
 * Brings a foreign flow in. `from` names the format; it is guessed when left out. Throws `import.unknownFormat` for
 * a format that no importer reads.
 *
 * @example
 * const imported = importFlow(JSON.parse(text), { from: 'twilio-studio' })
 * if (imported.ok) console.log(imported.value.flow.name, imported.value.loss)
 */
export function importFlow(
  value: unknown,
  { from, ...options }: ImportOptions & { readonly from?: string } = {},
): Result<Imported, readonly Diagnostic[]> {
  const importer = from === undefined ? detectFormat(value) : importerOf(from)
  if (importer !== undefined) return importer.importFlow(value, options)
  const expected = `a flow of ${IMPORTERS.map(({ title }) => title).join(' or ')}`
  return {
    ok: false,
    error: [
      createDiagnostic('document.shape', { path: [] }, { at: 'the document', expected, got: 'none of them' }),
    ],
  }
}

function importerOf(format: string): Importer {
  const importer = IMPORTERS.find((each) => each.format === format)
  if (importer !== undefined) return importer
  const formats = IMPORTERS.map((each) => each.format)
  const suggestion = nearest(format, formats)
  throw new SluiceError({
    code: 'import.unknownFormat',
    problem: `There is no importer for ${format}${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`,
    next: `Use one of ${formats.join(', ')}`,
  })
}
