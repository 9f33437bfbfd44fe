import type { Diagnostic, Fix, Location, Severity } from './diagnostic.ts'
import { DIAGNOSTICS } from './diagnostics-table.ts'
import type { Details } from './entry.ts'

/** Makes the diagnostic of a code in the table: wording and, unless given, severity come from there. */
export function createDiagnostic(
  code: string,
  location: Location,
  details: Details = {},
  extra: { readonly related?: readonly Location[]; readonly fix?: Fix; readonly severity?: Severity } = {},
): Diagnostic {
  const entry = DIAGNOSTICS[code]
  if (entry === undefined) throw new TypeError(`The diagnostics table has no entry for ${code}`)
  return { code, severity: entry.severity, location, message: entry.message(details), details, ...extra }
}
