import type { Json } from '../base/json.ts'
import type { Severity } from './diagnostic.ts'

/** The values that a message speaks of. */
export type Details = { readonly [name: string]: Json }

/** What the table says about one code. Wording lives here alone, so that hosts can translate it. */
export interface DiagnosticEntry {
  readonly severity: Severity
  /** One sentence for the author of the flow; says what is wrong in the words of the canvas. */
  readonly message: (details: Details) => string
  /** Why it happens. */
  readonly cause: string
  /** How to mend it. */
  readonly mend: string
}
